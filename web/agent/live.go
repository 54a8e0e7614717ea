package agent

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

const (
	// liveLasts is how long one stream of changes is open; the browser opens the
	// next one by itself.
	liveLasts = 10 * time.Minute
	// liveBeat is after how long without changes the stream shows that it lives,
	// and looks whether its reader is still signed in.
	liveBeat = 25 * time.Second
	// livePause is how much time changes have to come together.
	livePause = 300 * time.Millisecond
)

// live tells a page that something changed, as server-sent events without any
// content: of one ticket, or of all that the reader may see.
func (h handler) live(w http.ResponseWriter, r *http.Request) error {
	feed, err := h.desk.Watch(r.Context(), web.Actor(r), ticketID(r.URL.Query().Get("ticket")))
	if err != nil {
		return err
	}
	defer feed.Close()
	head := w.Header()
	head.Set("Content-Type", "text/event-stream")
	head.Set("Cache-Control", "no-store")
	head.Set("X-Accel-Buffering", "no")
	s := stream{w, http.NewResponseController(w)}
	ctx, cancel := context.WithTimeout(r.Context(), liveLasts)
	defer cancel()
	if s.say(": here\n\n") != nil {
		return nil
	}
	for h.site.StillSignedIn(r) {
		change, err := next(ctx, feed)
		switch {
		case errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil:
			err = s.say(": here\n\n")
		case err != nil: // the reader is gone, may see it no longer, or the program ends
		case !h.site.StillSignedIn(r):
			return nil
		case change.People:
			err = s.say("event: people\ndata:\n\n")
		case change.Notices:
			err = s.say("event: notices\ndata:\n\n")
		default:
			err = s.say("event: change\ndata:\n\n")
		}
		if err != nil {
			return nil
		}
	}
	return nil
}

// next waits for a change, and a moment for others to come with it.
func next(ctx context.Context, feed *service.Feed) (service.FeedChange, error) {
	waiting, cancel := context.WithTimeout(ctx, liveBeat)
	defer cancel()
	first, err := feed.Next(waiting)
	if err != nil {
		return first, err
	}
	more, cancelMore := context.WithTimeout(ctx, livePause)
	defer cancelMore()
	for {
		c, err := feed.Next(more)
		if err != nil {
			return first, nil
		}
		if first != c {
			first = service.FeedChange{}
		}
	}
}

// A stream is an answer that goes on.
type stream struct {
	io.Writer
	*http.ResponseController
}

func (s stream) say(text string) error {
	if err := s.SetWriteDeadline(time.Now().Add(10 * time.Second)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	if _, err := io.WriteString(s, text); err != nil {
		return err
	}
	return s.Flush()
}

// A Here is somebody who has the ticket open too.
type Here struct {
	web.Person
	Writes bool
}

// A HerePage is the part of a ticket's page that says who else is there.
type HerePage struct{ Here []Here }

// View makes the part ready to be shown.
func (p HerePage) View() web.View { return web.View{Template: "agent/here", Body: p} }

func heres(list []service.Presence) []Here {
	out := make([]Here, len(list))
	for i, p := range list {
		out[i] = Here{web.Person{Name: p.Text, Agent: true}, p.Writes}
	}
	return out
}

// here tells that the reader has the ticket open, or no longer, and shows who
// else has.
func (h handler) here(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.TicketID](r, "id")
	if err != nil {
		return err
	}
	if err := web.ReadForm(r); err != nil {
		return err
	}
	if r.PostFormValue("gone") != "" {
		if err := h.desk.Leave(r.Context(), web.Actor(r), id); err != nil {
			return err
		}
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	list, err := h.desk.Attend(r.Context(), web.Actor(r), id, r.PostFormValue("writes") != "")
	if err != nil {
		return err
	}
	return h.site.Show(w, r, HerePage{heres(list)}.View())
}
