package cli

import (
	"context"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"gatehouse/desk"
	"gatehouse/jobs"
	"gatehouse/service"
)

// figuresTime bounds how long the database may take to give its figures.
const figuresTime = 5 * time.Second

// figures are what an operator watches, for Prometheus. The names and meanings
// are listed in docs/operation.md; a test compares.
type figures struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	work     *prometheus.CounterVec
	lastWork *prometheus.GaugeVec
}

func newFigures(svc *service.Service, log *slog.Logger) *figures {
	f := &figures{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "gatehouse_request_seconds",
			Help: "How long requests took, by part, method and status.", Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}},
			[]string{"part", "method", "status"}),
		work: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "gatehouse_work_total",
			Help: "Pieces of work that this node did, by step and outcome (done, failed)."}, []string{"step", "outcome"}),
		lastWork: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "gatehouse_work_last_look_timestamp_seconds",
			Help: "When this node last looked for work, by step."}, []string{"step"}),
	}
	f.registry.MustRegister(f.requests, f.work, f.lastWork, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), &deskFigures{svc: svc, log: log})
	return f
}

func (f *figures) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(f.registry, promhttp.HandlerOpts{Registry: f.registry}))
	return mux
}

// methods are those that are counted by name; a stranger can invent others.
var methods = map[string]bool{"GET": true, "HEAD": true, "POST": true, "PUT": true, "PATCH": true, "DELETE": true}

func (f *figures) seen(part, method string, status int, took time.Duration) {
	if !methods[method] {
		method = "other"
	}
	f.requests.WithLabelValues(part, method, strconv.Itoa(status)).Observe(took.Seconds())
}

// counted returns a step that is counted.
func (f *figures) counted(step jobs.Step) jobs.Step {
	do := step.Do
	step.Do = func(ctx context.Context) (bool, error) {
		worked, err := do(ctx)
		f.lastWork.WithLabelValues(step.Name).SetToCurrentTime()
		switch {
		case err != nil:
			f.work.WithLabelValues(step.Name, "failed").Inc()
		case worked:
			f.work.WithLabelValues(step.Name, "done").Inc()
		}
		return worked, err
	}
	return step
}

// deskFigures asks the desk when Prometheus asks.
type deskFigures struct {
	svc *service.Service
	log *slog.Logger
}

// A gauge is a figure of the desk.
type gauge struct {
	name, help string
	value      func(f service.Figures, now time.Time) float64
}

func gauges() []gauge {
	age := func(of func(service.Figures) time.Time) func(service.Figures, time.Time) float64 {
		return func(f service.Figures, now time.Time) float64 {
			if since := of(f); !since.IsZero() {
				return now.Sub(since).Seconds()
			}
			return 0
		}
	}
	number := func(of func(service.Figures) int) func(service.Figures, time.Time) float64 {
		return func(f service.Figures, _ time.Time) float64 { return float64(of(f)) }
	}
	count := func(of func(service.Figures) int64) func(service.Figures, time.Time) float64 {
		return func(f service.Figures, _ time.Time) float64 { return float64(of(f)) }
	}
	yes := func(of func(service.Figures) bool) func(service.Figures, time.Time) float64 {
		return number(func(f service.Figures) int {
			if of(f) {
				return 1
			}
			return 0
		})
	}
	return []gauge{
		{"gatehouse_letters_in_waiting", "Letters that came in and were not yet looked at.", number(func(f service.Figures) int { return f.SpoolWaiting })},
		{"gatehouse_letters_in_parked", "Letters that came in and failed too often.", number(func(f service.Figures) int { return f.SpoolParked })},
		{"gatehouse_letters_in_oldest_seconds", "Age of the oldest letter that waits to be looked at.", age(func(f service.Figures) time.Time { return f.OldestSpool })},
		{"gatehouse_letters_out_waiting", "Letters that wait to be sent.", number(func(f service.Figures) int { return f.OutWaiting })},
		{"gatehouse_letters_out_failed", "Letters that were refused or given up.", number(func(f service.Figures) int { return f.OutFailed })},
		{"gatehouse_letters_out_oldest_seconds", "Age of the oldest letter that waits to be sent.", age(func(f service.Figures) time.Time { return f.OldestOut })},
		{"gatehouse_jobs_waiting", "Jobs that wait.", number(func(f service.Figures) int { return f.Jobs })},
		{"gatehouse_jobs_parked", "Jobs that failed too often.", number(func(f service.Figures) int { return f.JobsParked })},
		{"gatehouse_access_version", "Version of everything that access depends on.", func(f service.Figures, _ time.Time) float64 { return float64(f.AccessVersion) }},
		{"gatehouse_access_version_lag", "By how many versions this node's engine is behind; the next request catches up.", func(f service.Figures, _ time.Time) float64 { return float64(f.AccessVersion - f.EngineVersion) }},
		{"gatehouse_replica_used", "Whether this node reads lists from the replica: 1 or 0, also where none is set.", yes(func(f service.Figures) bool { return f.Replica.Used })},
		{"gatehouse_replica_late_seconds", "By how much the replica is late at the most; -1: not known, or none is set.", func(f service.Figures, _ time.Time) float64 {
			if !f.Replica.Set || f.Replica.Late < 0 {
				return -1
			}
			return f.Replica.Late.Seconds()
		}},
		{"gatehouse_replica_answers_total", "Questions that the replica answered.", count(func(f service.Figures) int64 { return f.Replica.Answered })},
		{"gatehouse_replica_behind_total", "Questions that the database answered, as the replica was behind.", count(func(f service.Figures) int64 { return f.Replica.Behind })},
		{"gatehouse_replica_failures_total", "Questions that the database answered, as the replica failed.", count(func(f service.Figures) int64 { return f.Replica.Failed })},
		{"gatehouse_database_connections_used", "Connections to the database in use.", number(func(f service.Figures) int { return f.Pools.Read.InUse })},
		{"gatehouse_database_wait_seconds_total", "How long work waited for a connection that writes.", func(f service.Figures, _ time.Time) float64 { return f.Pools.Write.WaitDuration.Seconds() }},
	}
}

func (g gauge) desc() *prometheus.Desc { return prometheus.NewDesc(g.name, g.help, nil, nil) }

// lagDesc is of a figure for each node, also of those that Prometheus does not
// reach.
func lagDesc() *prometheus.Desc {
	return prometheus.NewDesc("gatehouse_node_access_version_lag", "Changes of rights since each node was last heard of; -1: not known.", []string{"node"}, nil)
}

func silentDesc() *prometheus.Desc {
	return prometheus.NewDesc("gatehouse_node_silent_seconds", "How long ago each node was last heard of. One that ended in order is none.", []string{"node"}, nil)
}

// A workGauge is a figure for each sort of work, over all nodes.
type workGauge struct {
	name, help string
	value      func(w service.Work, now time.Time) float64
}

func workGauges() []workGauge {
	moment := func(at time.Time) float64 {
		if at.IsZero() {
			return 0
		}
		return float64(at.UnixMilli()) / 1000
	}
	return []workGauge{
		{"gatehouse_work_last_run_timestamp_seconds", "When the last piece of work began on any node, by step; 0: never.", func(w service.Work, _ time.Time) float64 { return moment(w.Ran) }},
		{"gatehouse_work_last_run_seconds", "How long the last piece of work took, by step.", func(w service.Work, _ time.Time) float64 { return w.Took.Seconds() }},
		{"gatehouse_work_next_run_timestamp_seconds", "When the next piece of work is due, by step; 0: as soon as there is one.", func(w service.Work, _ time.Time) float64 { return moment(w.Next) }},
		{"gatehouse_work_waiting", "Pieces of work that wait, by step, as far as they can be counted.", func(w service.Work, _ time.Time) float64 { return float64(w.Waiting) }},
		{"gatehouse_work_failures_in_a_row", "How often work failed in a row on one node, by step.", func(w service.Work, _ time.Time) float64 { return float64(w.Failures) }},
		{"gatehouse_work_trouble_seconds", "For how long work has been late, failed, hung or not been looked for on a node, by step; 0: it is well.", func(w service.Work, now time.Time) float64 {
			if !w.State.Trouble() {
				return 0
			}
			return now.Sub(w.Since).Seconds()
		}},
	}
}

func (g workGauge) desc() *prometheus.Desc {
	return prometheus.NewDesc(g.name, g.help, []string{"step"}, nil)
}

func upDesc() *prometheus.Desc {
	return prometheus.NewDesc("gatehouse_up", "Whether the database gave its figures: 1 or 0.", nil, nil)
}

// Describe names the figures.
func (d *deskFigures) Describe(to chan<- *prometheus.Desc) {
	to <- upDesc()
	to <- lagDesc()
	to <- silentDesc()
	for _, g := range gauges() {
		to <- g.desc()
	}
	for _, g := range workGauges() {
		to <- g.desc()
	}
}

// Collect asks the desk. Where it does not answer, only that is told.
func (d *deskFigures) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), figuresTime)
	defer cancel()
	f, err := d.svc.Figures(ctx, desk.System(desk.ViaJob))
	if err != nil {
		d.log.Warn("the figures cannot be read", "error", err)
		to <- prometheus.MustNewConstMetric(upDesc(), prometheus.GaugeValue, 0)
		return
	}
	to <- prometheus.MustNewConstMetric(upDesc(), prometheus.GaugeValue, 1)
	for _, n := range f.Nodes {
		to <- prometheus.MustNewConstMetric(lagDesc(), prometheus.GaugeValue, float64(n.Behind), n.Name)
		to <- prometheus.MustNewConstMetric(silentDesc(), prometheus.GaugeValue, d.svc.Now().Sub(n.Seen).Seconds(), n.Name)
	}
	for _, g := range workGauges() {
		for _, w := range f.Work {
			to <- prometheus.MustNewConstMetric(g.desc(), prometheus.GaugeValue, g.value(w, d.svc.Now()), w.Step)
		}
	}
	for _, g := range gauges() {
		kind := prometheus.GaugeValue
		if strings.HasSuffix(g.name, "_total") {
			kind = prometheus.CounterValue
		}
		to <- prometheus.MustNewConstMetric(g.desc(), kind, g.value(f, d.svc.Now()))
	}
}
