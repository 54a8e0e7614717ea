//go:build trace

package trace

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// What is sent, in the JSON of OTLP 1.
type (
	export struct {
		Resources []resourceSpans `json:"resourceSpans"`
	}
	resourceSpans struct {
		Resource struct {
			Attributes []attribute `json:"attributes"`
		} `json:"resource"`
		Scopes []scopeSpans `json:"scopeSpans"`
	}
	scopeSpans struct {
		Scope struct {
			Name string `json:"name"`
		} `json:"scope"`
		Spans []span `json:"spans"`
	}
	span struct {
		Trace      string      `json:"traceId"`
		ID         string      `json:"spanId"`
		Parent     string      `json:"parentSpanId,omitempty"`
		Name       string      `json:"name"`
		Kind       int         `json:"kind"`
		Begun      string      `json:"startTimeUnixNano"`
		Ended      string      `json:"endTimeUnixNano"`
		Attributes []attribute `json:"attributes,omitempty"`
		Status     struct {
			Code int `json:"code,omitempty"`
		} `json:"status"`
	}
	attribute struct {
		Key   string `json:"key"`
		Value struct {
			Text string `json:"stringValue"`
		} `json:"value"`
	}
)

// The numbers of OTLP for what a span is of, and for a failure.
const (
	kindInternal = 1
	kindServer   = 2
	statusError  = 2
)

func attributed(key, text string) attribute {
	a := attribute{Key: key}
	a.Value.Text = text
	return a
}

func nanos(t time.Time) string { return strconv.FormatInt(t.UnixNano(), 10) }

func (s *Span) wire() span {
	out := span{Trace: s.trace, ID: s.id, Parent: s.parent, Name: s.name, Kind: kindInternal, Begun: nanos(s.begun), Ended: nanos(s.ended)}
	if s.server {
		out.Kind = kindServer
	}
	if s.failed {
		out.Status.Code = statusError
	}
	for key, text := range s.attributes {
		out.Attributes = append(out.Attributes, attributed(key, text))
	}
	return out
}

// run sends what waits, now and then, and at last when it is stopped.
func (t *Tracer) run() {
	defer close(t.stopped)
	ticker := time.NewTicker(sendEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			_ = t.send() // a collector that is away misses them
		case <-t.stop:
			_ = t.send()
			return
		}
	}
}

func (t *Tracer) send() error {
	t.mu.Lock()
	waiting := t.waiting
	t.waiting = nil
	t.mu.Unlock()
	if len(waiting) == 0 {
		return nil
	}
	var scope scopeSpans
	scope.Scope.Name = "gatehouse"
	for _, s := range waiting {
		scope.Spans = append(scope.Spans, s.wire())
	}
	resource := resourceSpans{Scopes: []scopeSpans{scope}}
	resource.Resource.Attributes = []attribute{attributed("service.name", t.service)}
	body, err := json.Marshal(export{[]resourceSpans{resource}})
	if err != nil {
		return err
	}
	response, err := t.client.Post(t.url, "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		err = fmt.Errorf("the collector answers %s", response.Status)
	}
	return errors.Join(err, response.Body.Close())
}

// Stop sends what waits and ends.
func (t *Tracer) Stop(ctx context.Context) error {
	if t == nil {
		return nil
	}
	close(t.stop)
	select {
	case <-t.stopped:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
