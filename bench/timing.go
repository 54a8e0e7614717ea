package bench

import (
	"slices"
	"time"
)

// times are how long something took, each time.
type times []time.Duration

// percentile returns the time below which so many percent of them are.
func (t times) percentile(percent int) time.Duration {
	if len(t) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(t))
	return sorted[min(len(sorted)*percent/100, len(sorted)-1)]
}

func (t times) median() time.Duration { return t.percentile(50) }

// A watch says when something was measured often enough: after so many times,
// or after so long and a few times.
type watch struct {
	most  int
	until time.Time
}

const least = 5

func (r *run) watch(most int) watch { return watch{most, time.Now().Add(r.Patience)} }

func (w watch) goOn(done int) bool {
	return done < w.most && (done < least || time.Now().Before(w.until))
}

func millis(d time.Duration) float64 { return round(float64(d) / float64(time.Millisecond)) }
func micros(d time.Duration) float64 { return round(float64(d) / float64(time.Microsecond)) }

// round keeps three digits after the point: less is noise.
func round(x float64) float64 { return float64(int64(x*1000+0.5)) / 1000 }
