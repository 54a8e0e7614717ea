package agent

import (
	"net/http"
	"strconv"
	"time"

	"gatehouse/desk"
	"gatehouse/web"
)

// A Held is a reply that its writer can still take back.
type Held struct {
	ID      int64
	Blocks  []web.Block
	Files   []web.File
	Due     time.Time
	Left    int    // seconds
	Refused string // why it was not sent; empty: it waits
}

// fillHeld shows the reader's held replies on the ticket.
func (o *opened) fillHeld(page *TicketPage, now time.Time) {
	for _, h := range o.held {
		if h.Ticket != o.ID {
			continue
		}
		shown := Held{ID: int64(h.ID), Blocks: web.Blocks(h.Text.Text), Due: o.reader.In(h.Due), Left: max(seconds(h.Due.Sub(now)), 0), Refused: h.Refused}
		for _, f := range h.Files {
			shown.Files = append(shown.Files, web.File{Name: web.CleanName(f.Name), Size: web.Size(f.Size)})
		}
		page.Held = append(page.Held, shown)
		if h.Refused == "" {
			page.HeldFor = max(page.HeldFor, shown.Left+2) // the desk looks once a second
		}
	}
}

// seconds are those of a length of time, a part of one as a whole.
func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }

// heldItems lead to replies that are on their way, and to those that could not
// be sent.
func heldItems(list []desk.Held) []web.NavItem {
	items := make([]web.NavItem, len(list))
	for i, h := range list {
		items[i] = web.NavItem{Label: web.T("held.nav", h.Ticket.String()), URL: ticketURL(h.Ticket) + "#held" + strconv.FormatInt(int64(h.ID), 10), Icon: "send"}
		if h.Refused != "" {
			items[i].Label, items[i].Icon = web.T("held.nav.refused", h.Ticket.String()), "warn"
		}
	}
	return items
}

// changeHeld takes a held reply back, or sends it at once.
func (h handler) changeHeld(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.HeldID](r, "id")
	if err != nil {
		return err
	}
	switch r.PathValue("do") {
	case "undo":
		ticket, err := h.desk.TakeBackReply(r.Context(), web.Actor(r), id)
		if err != nil {
			return err
		}
		return h.site.Done(w, r, back(r, ticket)+"#compose", web.Notice{Level: "good", Text: web.T("held.back")})
	case "send":
		written, err := h.desk.SendHeld(r.Context(), web.Actor(r), id)
		if err != nil {
			return err
		}
		m, err := h.desk.Message(r.Context(), web.Actor(r), written)
		if err != nil {
			return err
		}
		return h.site.Done(w, r, back(r, m.Ticket)+"#m"+strconv.FormatInt(int64(written), 10), web.Notice{Level: "good", Text: web.T("held.sent")})
	}
	return h.nothing(w, r)
}
