package agent

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// A Pick is what a list offers for changing several of its tickets.
type Pick struct {
	List  string // the list's address behind the question mark
	Shown string // the numbers of its tickets
}

// A BatchPage asks what is to be changed of several tickets, and shows what
// that would do before it is done.
type BatchPage struct {
	Nav     []web.NavSection
	Count   int
	First   int    // more than zero: the list has more than so many
	Tickets string // their numbers, with commas
	List    string // the list that one came from
	Back    string // its URL
	Numbers []int64
	Token   string
	Seen    string // what the preview was made for
	Error   string

	Status, Owner, Priority, Queue, Customer, Field, Value, Kind, Text, Link, To, Merge web.Field

	Preview *BatchLook // nil: it was not asked for yet
}

// A BatchLook is what a change would do.
type BatchLook struct {
	Changes, Letters int
	Skipped          int
	Skips            []BatchSkip
	Words            []web.Text
}

// A BatchSkip is a reason for leaving tickets as they are.
type BatchSkip struct {
	Reason  string
	Tickets []int64
	More    bool
}

// View makes the page ready to be shown.
func (p BatchPage) View() web.View {
	return web.View{Template: "agent/batch", Title: web.T("batch.title"), Nav: p.Nav, Body: p}
}

// skipsShown is how many tickets of one reason are named.
const skipsShown = 20

func batchSkips(list []service.BatchSkip) []BatchSkip {
	out := make([]BatchSkip, len(list))
	for i, s := range list {
		out[i] = BatchSkip{Reason: s.Reason, More: len(s.Tickets) > skipsShown}
		for _, id := range s.Tickets[:min(len(s.Tickets), skipsShown)] {
			out[i].Tickets = append(out[i].Tickets, int64(id))
		}
	}
	return out
}

// askBatch shows the form for the tickets that were ticked, or for all of the
// list from which one comes.
func (h handler) askBatch(w http.ResponseWriter, r *http.Request) error {
	f, err := h.frame(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	var ids []desk.TicketID
	first := 0
	if q.Get("all") != "" {
		var more bool
		if ids, more, err = h.wholeList(r, f, q.Get("list")); err != nil {
			return err
		}
		if more {
			first = len(ids)
		}
	}
	for _, text := range q["ticket"] {
		if id := ticketID(text); id != 0 && len(ids) < service.MaxBatch {
			ids = append(ids, id)
		}
	}
	page, err := h.batchPage(r, f, ids)
	if err != nil {
		return err
	}
	page.First = first
	return h.site.Show(w, r, page.View())
}

// wholeList returns the tickets of a list on all its pages, up to as many as
// can be changed at once, and whether there are more.
func (h handler) wholeList(r *http.Request, f *frame, address string) ([]desk.TicketID, bool, error) {
	query, err := url.ParseQuery(address)
	if err != nil {
		return nil, false, desk.Errorf(desk.Invalid, "The list cannot be read; open it again.")
	}
	l, err := h.listingOf(r, query, f.queues)
	if err != nil {
		return nil, false, err
	}
	l.filter.Limit, l.filter.Before, l.filter.After = service.MaxBatch, 0, 0
	page, err := h.desk.Tickets(r.Context(), web.Actor(r), l.filter)
	if err != nil {
		return nil, false, err
	}
	ids := make([]desk.TicketID, len(page.Lines))
	for i, t := range page.Lines {
		ids[i] = t.ID
	}
	return ids, page.More, nil
}

// batchPage is the form with what the request brings.
func (h handler) batchPage(r *http.Request, f *frame, ids []desk.TicketID) (*BatchPage, error) {
	value := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	keep := web.Option{Label: web.T("batch.keep")}
	list := r.FormValue("list")
	page := &BatchPage{
		Nav: f.nav, Count: len(ids), List: list, Back: base + "/tickets?" + list, Token: web.FormToken(),
		Status: choices("status", value("status"), keep), Owner: web.Field{Name: "owner", Value: value("owner"), Suggest: "user"},
		Priority: web.Field{Name: "priority", Kind: "number", Value: value("priority")}, Queue: choices("queue", value("queue"), keep),
		Customer: web.Field{Name: "customer", Value: value("customer"), Suggest: "customer"},
		Field:    choices("field", value("field"), keep), Value: web.Field{Name: "value", Kind: "textarea", Rows: 2, Value: r.PostFormValue("value")},
		Kind: choices("kind", value("kind"), web.Option{Label: web.T("batch.kind.none")}),
		Text: web.Field{Name: "text", Kind: "textarea", Rows: 5, Value: r.PostFormValue("text")},
		Link: choices("link", value("link"), web.Option{Label: web.T("batch.link.none")}), To: web.Field{Name: "to", Value: value("to")},
		Merge: web.Field{Name: "merge", Value: value("merge")},
	}
	var numbers []string
	for _, id := range ids {
		page.Numbers = append(page.Numbers, int64(id))
		numbers = append(numbers, strconv.FormatInt(int64(id), 10))
	}
	page.Tickets, page.Numbers = strings.Join(numbers, ","), page.Numbers[:min(len(ids), 100)]
	statuses, err := h.desk.StatusesOf(r.Context(), web.Actor(r), ids)
	if err != nil {
		return nil, err
	}
	for _, s := range statuses {
		add(&page.Status, value("status"), string(s.Name), statusText(string(s.Name)))
	}
	for _, q := range f.queues {
		if !q.Disabled && len(page.Queue.Options) < manyQueues {
			add(&page.Queue, value("queue"), strconv.FormatInt(int64(q.ID), 10), web.Plain(q.Name))
		}
	}
	for _, kind := range []desk.MessageKind{desk.Comment, desk.Reply} {
		add(&page.Kind, value("kind"), kind.String(), web.T("batch.kind."+kind.String()))
	}
	for _, link := range linkTypes {
		add(&page.Link, value("link"), link, web.T("kin."+link))
	}
	fields, err := h.desk.Fields(r.Context(), web.Actor(r))
	for _, field := range fields {
		if field.Of == desk.OfTickets && !field.Disabled {
			add(&page.Field, value("field"), strconv.FormatInt(int64(field.ID), 10), web.Plain(field.Name))
		}
	}
	return page, err
}

// sentTickets are the tickets of a form that was sent.
func sentTickets(r *http.Request) []desk.TicketID {
	var ids []desk.TicketID
	for text := range strings.SplitSeq(r.PostFormValue("tickets"), ",") {
		if id := ticketID(text); id != 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

// batch takes the form: it shows what would happen, and does it where that was
// seen for just this change.
func (h handler) batch(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	ids := sentTickets(r)
	f, err := h.frame(r)
	if err != nil {
		return err
	}
	page, err := h.batchPage(r, f, ids)
	if err != nil {
		return err
	}
	change, err := h.readBatch(r)
	if err != nil {
		return h.batchAgain(w, r, page, err)
	}
	if page.Seen = seenBatch(ids, change); r.PostFormValue("do") == "start" && r.PostFormValue("seen") == page.Seen {
		return h.startBatch(w, r, page, ids, change)
	}
	look, err := h.desk.PreviewBatch(r.Context(), web.Actor(r), ids, change)
	if err != nil {
		return h.batchAgain(w, r, page, err)
	}
	page.Preview = &BatchLook{Changes: look.Changes, Letters: look.Letters, Skipped: look.Skipped(), Skips: batchSkips(look.Skips)}
	return h.site.Show(w, r, page.View())
}

func (h handler) startBatch(w http.ResponseWriter, r *http.Request, page *BatchPage, ids []desk.TicketID, change service.BatchChange) error {
	id, err := h.desk.StartBatch(r.Context(), web.Actor(r), ids, change, r.PostFormValue("form"))
	if err != nil {
		return h.batchAgain(w, r, page, err)
	}
	return h.site.Done(w, r, batchURL(id), web.Notice{Level: "good", Text: web.T("batch.started")})
}

// seenBatch stands for a change of tickets in the form, so that only what was
// previewed is done.
func seenBatch(ids []desk.TicketID, change service.BatchChange) string {
	text, err := json.Marshal([]any{ids, change})
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:12])
}

// batchAgain shows the form with why it was refused and all that was typed.
func (h handler) batchAgain(w http.ResponseWriter, r *http.Request, page *BatchPage, err error) error {
	if kind := desk.KindOf(err); kind == desk.Internal || kind == desk.Unauthenticated || kind == desk.Unavailable {
		return err
	}
	page.Error = web.Refuse(err, &page.Status, &page.Owner, &page.Priority, &page.Customer, &page.Text, &page.Link, &page.To, &page.Merge)
	v := page.View()
	v.Status = web.StatusOf(desk.KindOf(err))
	return h.site.Show(w, r, v)
}

// readBatch reads what is to be changed.
func (h handler) readBatch(r *http.Request) (service.BatchChange, error) {
	value := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	c := service.BatchChange{Status: desk.Status(value("status")), Queue: desk.QueueID(ticketID(value("queue"))), Link: value("link"),
		To: numberOf(value("to")), Merge: numberOf(value("merge"))}
	if c.Merge == 0 && value("merge") != "" {
		return c, desk.InvalidFields(map[string]string{"merge": "Write the number of a ticket."})
	}
	if c.Link == "" {
		c.To = 0
	}
	switch value("kind") {
	case desk.Reply.String():
		c.Kind = desk.Reply
	case desk.Comment.String():
		c.Kind = desk.Comment
	}
	if c.Text = strings.ReplaceAll(r.PostFormValue("text"), "\r\n", "\n"); c.Kind == 0 {
		if strings.TrimSpace(c.Text) != "" {
			return c, desk.InvalidFields(map[string]string{"text": "Say whether this is a reply or a comment."})
		}
		c.Text = ""
	}
	if text := value("priority"); text != "" {
		n, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			return c, desk.InvalidFields(map[string]string{"priority": "The priority is a whole number."})
		}
		priority := int(n)
		c.Priority = &priority
	}
	if field := ticketID(value("field")); field != 0 {
		c.Fields = []service.FieldSet{{Field: desk.FieldID(field), Values: lines(r.PostFormValue("value"))}}
	}
	return c, h.readBatchPeople(r, &c)
}

func numberOf(text string) desk.TicketID { return ticketID(strings.TrimPrefix(text, "#")) }

// lines are those of a text that say something.
func lines(text string) []string {
	var list []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// readBatchPeople finds the owner and the customer that were typed.
func (h handler) readBatchPeople(r *http.Request, c *service.BatchChange) error {
	if typed := strings.TrimSpace(r.PostFormValue("owner")); typed != "" {
		owner, err := h.ownerTyped(r, typed)
		if err != nil {
			return refusal("owner", err)
		}
		c.Owner = &owner
	}
	typed := strings.TrimSpace(r.PostFormValue("customer"))
	if typed == "" {
		return nil
	}
	customer, sentence, err := h.findCustomer(r, typed)
	if sentence != "" {
		return desk.InvalidFields(map[string]string{"customer": sentence})
	}
	c.Customer = customer
	return err
}

// ownerTyped is who is meant as owner: oneself, nobody, or a name.
func (h handler) ownerTyped(r *http.Request, typed string) (desk.UserID, error) {
	switch desk.Fold(typed) {
	case "me", "ich":
		return web.Actor(r).User, nil
	case "nobody", "niemand":
		return 0, nil
	}
	if strings.Contains(typed, "@") { // only who is there already can own
		id, err := h.desk.Find(r.Context(), web.Actor(r), "user:"+typed)
		return desk.UserID(id), err
	}
	id, err := h.findPrincipal(r, typed)
	return desk.UserID(id), err
}

func batchURL(id desk.BatchID) string { return base + "/batches/" + strconv.FormatInt(int64(id), 10) }
