package agent

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

const noticesURL = base + "/notices"

// A NoticeLine is something that the reader was told.
type NoticeLine struct {
	ID     int64
	Says   web.Text
	Ticket string // its number and subject
	URL    string
	Note   string
	Times  int
	At     time.Time
	Unread bool
}

// A NoticesPage lists what the reader was told.
type NoticesPage struct {
	Nav    []web.NavSection
	List   []NoticeLine
	Unread int
	Only   bool // only what is unread is shown
	Empty  web.Empty
}

// View makes the page ready to be shown.
func (p NoticesPage) View() web.View {
	return web.View{Template: "agent/notices", Title: web.T("notices.title"), Nav: p.Nav, Body: p}
}

// A BellPage is the bell alone.
type BellPage struct{ Nav []web.NavSection }

// View makes the part ready to be shown.
func (p BellPage) View() web.View {
	return web.View{Template: "agent/bell", Title: web.T("notices.title"), Nav: p.Nav, Body: p}
}

// bell leads to what the reader was told and counts what he has not read.
func (h handler) bell(r *http.Request) (web.NavSection, error) {
	n, err := h.desk.UnreadNotices(r.Context(), web.Actor(r))
	item := web.NavItem{Label: web.T("notices.title"), URL: noticesURL, Icon: "bell", Count: n, Current: r.URL.Path == noticesURL}
	return web.NavSection{Bell: true, Items: []web.NavItem{item}}, err
}

// onlyBell shows the bell, for pages that are open.
func (h handler) onlyBell(w http.ResponseWriter, r *http.Request) error {
	bell, err := h.bell(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, BellPage{[]web.NavSection{bell}}.View())
}

// notices shows what the reader was told.
func (h handler) notices(w http.ResponseWriter, r *http.Request) error {
	only := r.URL.Query().Get("only") != ""
	list, err := h.desk.Notices(r.Context(), web.Actor(r), only)
	if err != nil {
		return err
	}
	f, err := h.frame(r)
	if err != nil {
		return err
	}
	page := NoticesPage{Nav: f.nav, Only: only, Empty: web.Empty{Icon: "bell", Title: web.T("notices.none"), Hint: web.T("notices.none.hint")}}
	for _, n := range list {
		line := NoticeLine{ID: int64(n.ID), Says: noticeText(&n), Ticket: n.Notice.Ticket.String() + " " + n.Subject, URL: ticketURL(n.Notice.Ticket),
			Note: n.Note, Times: n.Times, At: f.reader.In(n.At), Unread: n.Read.IsZero()}
		if line.Unread {
			page.Unread++
		}
		page.List = append(page.List, line)
	}
	return h.site.Show(w, r, page.View())
}

// noticeText says in words what somebody is told.
func noticeText(n *service.NoticeLine) web.Text {
	key := "notices." + string(n.Kind)
	switch {
	case n.Kind == desk.NoticeReminder, n.Kind == desk.NoticeClock:
		return web.T(key)
	case n.Kind == desk.NoticeRule:
		return web.T(key, n.Rule)
	case n.Internal && n.Kind == desk.NoticeReply:
		key += ".internal"
	}
	if n.Who.Text == "" {
		return web.T(key + ".desk")
	}
	return web.T(key, n.Who.Text)
}

// changeNotice marks one of the reader's notices as read, or as not.
func (h handler) changeNotice(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.NoticeID](r, "id")
	if err != nil {
		return err
	}
	do := r.PathValue("do")
	if do != "read" && do != "unread" {
		return h.nothing(w, r)
	}
	if err := h.desk.SetNotice(r.Context(), web.Actor(r), id, do == "read"); err != nil {
		return err
	}
	http.Redirect(w, r, noticesURL, http.StatusSeeOther)
	return nil
}

// readNotices marks all of them as read.
func (h handler) readNotices(w http.ResponseWriter, r *http.Request) error {
	n, err := h.desk.ReadNotices(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	return h.site.Done(w, r, noticesURL, web.Notice{Level: "good", Text: counted("notices.read", n)})
}

// read notes that the reader opens a ticket, and returns up to where he had read
// it. What a browser fetches before somebody looks at it is not read.
func (h handler) read(r *http.Request, id desk.TicketID) (desk.MessageID, error) {
	if web.Ahead(r) || r.Method != http.MethodGet || r.Header.Get("X-By-Itself") != "" && r.Header.Get("X-Seen") == "" {
		return 0, nil
	}
	return h.desk.ReadTicket(r.Context(), web.Actor(r), id)
}

// markTickets marks tickets of a list as read or unread: those that are ticked, or
// where none is, all that are shown.
func (h handler) markTickets(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	texts := r.PostForm["ticket"]
	if len(texts) == 0 {
		texts = strings.Split(r.PostFormValue("shown"), ",")
	}
	var ids []desk.TicketID
	for _, text := range texts {
		if id := ticketID(text); id != 0 {
			ids = append(ids, id)
		}
	}
	do := r.PostFormValue("mark")
	if do != "read" && do != "unread" {
		return h.nothing(w, r)
	}
	n, err := h.desk.MarkTickets(r.Context(), web.Actor(r), ids, do == "unread")
	if err != nil {
		return err
	}
	to := base + "/tickets"
	if list := r.PostFormValue("list"); list != "" {
		to += "?" + list
	}
	return h.site.Done(w, r, to, web.Notice{Level: "good", Text: counted("unread.done."+do, n)})
}

// shown are the numbers of the tickets of a list, for its form.
func shown(rows []Row) string {
	var ids []string
	for _, row := range rows {
		ids = append(ids, strconv.FormatInt(row.ID, 10))
	}
	return strings.Join(ids, ",")
}

// counted is a text that has a form for one and one for any other number.
func counted(key string, n int) web.Text {
	if n == 1 {
		return web.T(key + ".one")
	}
	return web.T(key+".many", n)
}
