// Package push sends messages to people's devices (Web Push: RFC 8030), sealed
// so that the service between reads nothing (RFC 8291) and signed as the desk's
// (RFC 8292).
//
// It promises that a device which is gone is forgotten, and that a service which
// is away for a while is tried again. It does not know who is told and what he
// may see: service does, and asks again when the message is sent. It calls with
// the client that it is given, which should reach nothing inside.
package push

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	webpush "github.com/SherClockHolmes/webpush-go"

	"gatehouse/desk"
	"gatehouse/dial"
	"gatehouse/service"
)

// kept is for how long a push service keeps a message for a device that is off,
// in seconds: a day later it is no news.
const kept = 24 * 60 * 60

// A message is what the desk's script on a device is given.
type message struct {
	Title string `json:"title"`
	Body  string `json:"body"`
	URL   string `json:"url"`
	Tag   string `json:"tag"`
}

// Handler returns the handler of jobs of the kind service.JobPush.
func Handler(svc *service.Service, client *http.Client) func(context.Context, desk.Job) error {
	by := desk.System(desk.ViaJob)
	return func(ctx context.Context, job desk.Job) error {
		p, err := svc.Push(ctx, by, job)
		if err != nil {
			return err
		}
		if p == nil {
			return svc.PushEnded(ctx, by, job, false, false)
		}
		status, err := send(ctx, client, p)
		if errors.Is(err, dial.ErrInside) {
			return svc.PushEnded(ctx, by, job, false, true) // no browser's service is there
		}
		if err != nil {
			return fmt.Errorf("sending to the device %s: %w", p.Device.Name, withoutAddress(err))
		}
		switch {
		case status < 300:
			return svc.PushEnded(ctx, by, job, true, false)
		case status == http.StatusTooManyRequests, status == http.StatusRequestTimeout, status >= 500:
			return fmt.Errorf("the push service of the device %s answered %d", p.Device.Name, status)
		}
		gone := status == http.StatusNotFound || status == http.StatusGone || status == http.StatusForbidden
		return svc.PushEnded(ctx, by, job, false, gone)
	}
}

// send posts a message once, and returns the status of the answer.
func send(ctx context.Context, client *http.Client, p *service.Push) (int, error) {
	body, err := json.Marshal(message{p.Title, p.Text, p.URL, p.Tag})
	if err != nil {
		return 0, err
	}
	to := &webpush.Subscription{Endpoint: p.Device.Endpoint, Keys: webpush.Keys{P256dh: p.Device.Key, Auth: p.Device.Auth}}
	answer, err := webpush.SendNotificationWithContext(ctx, body, to, &webpush.Options{
		HTTPClient: client, Subscriber: p.Contact, TTL: kept, Topic: topic(p.Tag), Urgency: webpush.UrgencyNormal,
		VAPIDPublicKey: p.PublicKey, VAPIDPrivateKey: p.Key,
	})
	if err != nil {
		return 0, err
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<16)) // what it says is not read
	return answer.StatusCode, answer.Body.Close()
}

// topic is the tag as a header may have it: at most 32 of some characters.
func topic(tag string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r == '-' {
			return r
		}
		return -1
	}, tag[:min(len(tag), 32)])
}

// withoutAddress takes the device's address out of an error: whoever has it
// knows the device.
func withoutAddress(err error) error {
	text := err.Error()
	if at := strings.LastIndex(text, "\": "); at >= 0 {
		return errors.New(text[at+3:])
	}
	return err
}
