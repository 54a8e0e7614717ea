package bench

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	mrand "math/rand/v2"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"time"

	"github.com/emersion/go-smtp"

	"gatehouse/desk"
)

// A caller is somebody who asks, in a browser or by a program.
type caller struct {
	user    desk.UserID
	kind    desk.UserKind
	token   string
	session string
	tickets []desk.TicketID // that he saw before the load began
}

// A call is one request, sent again until it is answered.
type call struct {
	kind         string // whose figures it counts for
	who          *caller
	method, path string
	body         string
	typ          string // of the body
	key          string // Idempotency-Key
	pages        bool   // with a session, else with a token
	on           int    // one more than the number of a node; zero: any
}

// An answer is what came back. Its time begins with the version that was
// confirmed when the call was sent for the first time.
type answer struct {
	from     *version
	status   int // zero: given up
	body     string
	doubtful bool // it was sent once without being answered
}

// ask sends a call until it is answered, to any node each time.
func (d *drive) ask(ctx context.Context, c call) answer {
	a := answer{from: d.history.now()}
	until := time.Now().Add(d.ServeOptions.Patience)
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, time.Second) {
		status, body, sent, err := d.once(ctx, c)
		switch {
		case err == nil && status < 500 && status != http.StatusTooManyRequests:
			a.status, a.body = status, body
			return a
		case err != nil:
			a.doubtful = a.doubtful || sent
			d.counts.failed(c.kind, "no answer")
		default:
			d.counts.failed(c.kind, fmt.Sprintf("status %d", status))
		}
		if ctx.Err() != nil || time.Now().After(until) {
			d.counts.giveUp(c.kind)
			return a
		}
		<-time.After(wait)
		d.counts.retry()
	}
}

// once sends a call once. Sent is false where it was certainly not sent.
func (d *drive) once(ctx context.Context, c call) (status int, body string, sent bool, err error) {
	node := mrand.IntN(len(d.Nodes))
	if c.on > 0 {
		node = c.on - 1
	}
	var wrote atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(got httptrace.GotConnInfo) {
			wrote.Store(true)
			if !got.Reused {
				d.counts.connect()
			}
		},
	})
	request, err := http.NewRequestWithContext(ctx, c.method, strings.TrimSuffix(d.Nodes[node].Web, "/")+c.path, strings.NewReader(c.body))
	if err != nil {
		return 0, "", false, err
	}
	if c.pages {
		request.Header.Set("Cookie", "gatehouse="+c.who.session)
	} else {
		request.Header.Set("Authorization", "Bearer "+c.who.token)
	}
	if c.typ != "" {
		request.Header.Set("Content-Type", c.typ)
	}
	if c.key != "" {
		request.Header.Set("Idempotency-Key", c.key)
	}
	response, err := d.client.Do(request)
	if err != nil {
		return 0, "", wrote.Load(), err
	}
	defer response.Body.Close()
	all, err := io.ReadAll(io.LimitReader(response.Body, 16<<20))
	return response.StatusCode, string(all), true, err
}

// randomName is a word that no other run has used.
func randomName() string { return rand.Text()[:10] }

// A letterWriter writes letters from an address to one.
type letterWriter struct{ from, to string }

// sendLetter brings a letter to any node that takes letters, again until it is
// taken. It reports whether it was.
func (d *drive) sendLetter(ctx context.Context, w letterWriter, raw []byte) bool {
	var takes []string
	for _, n := range d.Nodes {
		if n.LMTP != "" {
			takes = append(takes, n.LMTP)
		}
	}
	until := time.Now().Add(d.ServeOptions.Patience)
	for wait := 50 * time.Millisecond; len(takes) > 0; wait = min(2*wait, time.Second) {
		err := sendOnce(ctx, takes[mrand.IntN(len(takes))], w, raw)
		if err == nil {
			return true
		}
		what := "no answer"
		if refused, ok := err.(*smtp.SMTPError); ok { //nolint:errorlint // as the library returns it
			what = fmt.Sprintf("status %d", refused.Code)
		}
		d.counts.failed(kindLetter, what)
		if ctx.Err() != nil || time.Now().After(until) {
			break
		}
		<-time.After(wait)
		d.counts.retry()
	}
	d.counts.giveUp(kindLetter)
	return false
}

// sendOnce hands a letter over by LMTP (RFC 2033).
func sendOnce(ctx context.Context, to string, w letterWriter, raw []byte) error {
	dialer := net.Dialer{Timeout: 5 * time.Second}
	conn, err := dialer.DialContext(ctx, "tcp", to)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		return err
	}
	client := smtp.NewClientLMTP(conn)
	defer client.Close()
	if err := client.Mail(w.from, nil); err != nil {
		return err
	}
	if err := client.Rcpt(w.to, nil); err != nil {
		return err
	}
	data, err := client.Data()
	if err != nil {
		return err
	}
	if _, err := io.Copy(data, bytes.NewReader(raw)); err != nil {
		return err
	}
	return data.Close()
}
