package rules

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/dial"
	"gatehouse/service"
)

// Names of headers that a webhook gets. The signature is "t=SECONDS,v1=HEX",
// HEX being the HMAC-SHA256 of "SECONDS.BODY" under the rule's secret.
const (
	SignatureHeader = "Gatehouse-Signature"
	DeliveryHeader  = "Gatehouse-Delivery" // the same on every try
)

// Webhooks returns the handler of jobs of the kind service.JobWebhook, which
// calls by the client. What cannot work however often it is tried ends at once.
func Webhooks(svc *service.Service, client *http.Client) func(context.Context, desk.Job) error {
	by := desk.System(desk.ViaJob)
	return func(ctx context.Context, job desk.Job) error {
		h, err := svc.Hook(ctx, by, job)
		if err != nil {
			return err
		}
		if h == nil {
			return svc.HookEnded(ctx, by, job, "", false)
		}
		failed := call(ctx, client, h, svc.Now())
		switch {
		case failed == nil:
			return svc.HookEnded(ctx, by, job, "", false)
		case failed.forGood || h.Last:
			return svc.HookEnded(ctx, by, job, failed.reason, failed.grave)
		}
		return failed
	}
}

// A callError says why a webhook did not take what was sent.
type callError struct {
	reason  string
	forGood bool // trying again will not help
	grave   bool // it will never help: the rule is wrong
}

func (e *callError) Error() string { return e.reason }

// call sends a hook once.
func call(ctx context.Context, client *http.Client, h *service.Hook, at time.Time) *callError {
	body, err := json.Marshal(payload(h))
	if err != nil {
		return &callError{reason: err.Error(), forGood: true}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.URL, bytes.NewReader(body))
	if err != nil {
		return &callError{"its address is none: " + h.URL, true, true}
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Gatehouse")
	req.Header.Set(SignatureHeader, Sign(h.Secret, body, at))
	req.Header.Set(DeliveryHeader, strconv.FormatInt(int64(h.Run), 10))
	resp, err := client.Do(req)
	if err != nil {
		return notReached(h.URL, err)
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, dial.AnswerSize)) // what it says is not read
	_ = resp.Body.Close()
	return refusal(resp)
}

// refusal says what an answer means; nil: it was taken.
func refusal(resp *http.Response) *callError {
	switch code := resp.StatusCode; {
	case code < 300:
		return nil
	case code < 400:
		return &callError{fmt.Sprintf("it redirects to %s, and redirects are not followed; write down where it really is", resp.Header.Get("Location")), true, true}
	case code == http.StatusRequestTimeout, code == http.StatusTooEarly, code == http.StatusTooManyRequests, code >= 500:
		return &callError{reason: "it answered " + resp.Status}
	default:
		return &callError{reason: "it refused with " + resp.Status, forGood: true}
	}
}

func notReached(address string, err error) *callError {
	var timeout net.Error
	switch {
	case errors.Is(err, dial.ErrInside):
		return &callError{address + " points inside the desk's own network, which is not called; the setting webhook_allow names exceptions", true, true}
	case errors.As(err, &timeout) && timeout.Timeout():
		return &callError{reason: "it did not answer in time"}
	}
	text := err.Error()
	if at := strings.LastIndex(text, "\": "); at >= 0 {
		text = text[at+3:] // without the method and the address
	}
	return &callError{reason: "it cannot be reached: " + text}
}

// Sign returns the signature of a body at a moment.
func Sign(secret string, body []byte, at time.Time) string {
	seconds := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(seconds + "."))
	mac.Write(body)
	return "t=" + seconds + ",v1=" + hex.EncodeToString(mac.Sum(nil))
}

// Payload is what a webhook gets.
type Payload struct {
	Delivery int64           `json:"delivery"`
	Rule     string          `json:"rule"`
	Event    PayloadEvent    `json:"event"`
	Ticket   PayloadTicket   `json:"ticket"`
	Message  *PayloadMessage `json:"message,omitempty"`
}

// PayloadEvent is what happened.
type PayloadEvent struct {
	ID   int64             `json:"id"`
	Kind string            `json:"kind"`
	By   string            `json:"by,omitempty"` // user:bob; empty: the desk
	At   time.Time         `json:"at"`
	Data map[string]string `json:"data,omitempty"` // from, to and so on, as the history has it
}

// PayloadTicket is the ticket as it stands when it is sent.
type PayloadTicket struct {
	ID         int64    `json:"id"`
	Subject    string   `json:"subject"`
	Status     string   `json:"status"`
	Queue      string   `json:"queue"`
	Priority   int      `json:"priority"`
	Owner      string   `json:"owner,omitempty"`
	Requestors []string `json:"requestors,omitempty"`
	Customers  []string `json:"customers,omitempty"`
	URL        string   `json:"url,omitempty"`
}

// PayloadMessage is what was written.
type PayloadMessage struct {
	ID      int64  `json:"id"`
	Kind    string `json:"kind"` // reply or comment
	Subject string `json:"subject"`
	Text    string `json:"text"`
	Files   int    `json:"files"`
}

func payload(h *service.Hook) Payload {
	ref := func(id desk.PrincipalID) string {
		if id == 0 {
			return ""
		}
		return h.Names[id].Ref
	}
	p := Payload{
		Delivery: int64(h.Run), Rule: h.Rule,
		Event: PayloadEvent{int64(h.Event.ID), string(h.Event.Kind), ref(desk.PrincipalID(h.Event.By)), h.Event.At, h.Event.Data},
		Ticket: PayloadTicket{ID: int64(h.Ticket.ID), Subject: h.Ticket.Subject, Status: string(h.Ticket.Status), Queue: h.Queue,
			Priority: h.Ticket.Priority, Owner: ref(desk.PrincipalID(h.Ticket.Owner)), URL: h.PageURL},
	}
	for _, id := range h.Ticket.In(desk.Requestor) {
		p.Ticket.Requestors = append(p.Ticket.Requestors, ref(id))
	}
	for _, id := range h.Ticket.In(desk.CustomerRole) {
		p.Ticket.Customers = append(p.Ticket.Customers, ref(id))
	}
	if m := h.Message; m != nil {
		p.Message = &PayloadMessage{int64(m.ID), m.Kind.String(), m.Subject, m.Text, len(m.Attachments)}
	}
	return p
}
