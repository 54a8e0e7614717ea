package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
)

// The kinds of what is done.
const (
	kindList         = "list"
	kindListPage     = "list page"
	kindTicket       = "ticket"
	kindTicketPage   = "ticket page"
	kindSearch       = "search"
	kindOpen         = "open"
	kindReply        = "reply"
	kindPortalList   = "portal list"
	kindPortalTicket = "portal ticket"
	kindPortalReply  = "portal reply"
	kindLetter       = "letter"
	kindChange       = "membership"
	kindAfter        = "after a membership" // its own kind in the report; not in the mix
)

// Kinds lists what can be in a mix.
func Kinds() []string {
	return []string{kindList, kindListPage, kindTicket, kindTicketPage, kindSearch, kindOpen, kindReply, kindPortalList,
		kindPortalTicket, kindPortalReply, kindLetter, kindChange}
}

// DefaultMix is how often each kind comes: mostly people read.
func DefaultMix() map[string]int {
	return map[string]int{kindList: 5, kindListPage: 10, kindTicket: 10, kindTicketPage: 20, kindSearch: 5, kindOpen: 4, kindReply: 8,
		kindPortalList: 8, kindPortalTicket: 15, kindPortalReply: 5, kindLetter: 8, kindChange: 2}
}

// spread lists each kind as often as it comes.
func spread(mix map[string]int) ([]string, error) {
	if len(mix) == 0 {
		mix = DefaultMix()
	}
	var list []string
	for kind, often := range mix {
		if !slices.Contains(Kinds(), kind) {
			return nil, desk.Errorf(desk.Invalid, "There is no kind of request called %q; there are: %s.", kind, strings.Join(Kinds(), ", "))
		}
		for range often {
			list = append(list, kind)
		}
	}
	if len(list) == 0 {
		return nil, desk.Errorf(desk.Invalid, "Nothing is in the mix.")
	}
	slices.Sort(list)
	return list, nil
}

// act does one thing of a kind, which was due at a time.
func (d *drive) act(ctx context.Context, kind string, due time.Time) {
	if kind == kindChange && !d.changing.TryLock() {
		kind = kindTicket // one administrator does one thing after the other
	}
	agent, contact := d.visitor(desk.Agent), d.visitor(desk.Contact)
	anybody := d.visitors[rand.IntN(len(d.visitors))]
	done := true
	switch kind {
	case kindList:
		done = d.list(ctx, anybody)
	case kindListPage:
		done = d.listPage(ctx, kind, agent, "/agent/tickets?view=open")
	case kindPortalList:
		done = d.listPage(ctx, kind, contact, "/portal/company")
	case kindTicket:
		done = d.ticket(ctx, anybody, d.someTicket(anybody), kind, 0)
	case kindTicketPage:
		done = d.ticketPage(ctx, kind, agent, "/agent/tickets/")
	case kindPortalTicket:
		done = d.ticketPage(ctx, kind, contact, "/portal/tickets/")
	case kindSearch:
		done = d.search(ctx, anybody)
	case kindOpen:
		done = d.openTicket(ctx, anybody)
	case kindReply:
		done = d.reply(ctx, agent)
	case kindPortalReply:
		done = d.portalReply(ctx, contact)
	case kindLetter:
		done = d.letter(ctx)
	case kindChange:
		done = d.changeMembership(ctx)
		d.changing.Unlock()
	}
	if done {
		d.counts.done(kind, time.Since(due))
	}
}

// visitor is one of a kind, or anybody where there is none.
func (d *drive) visitor(kind desk.UserKind) *caller {
	for range 50 {
		if v := d.visitors[rand.IntN(len(d.visitors))]; v.kind == kind {
			return v
		}
	}
	return d.visitors[0]
}

// someTicket is mostly one that he could see before, else any that somebody
// could.
func (d *drive) someTicket(v *caller) desk.TicketID {
	if rand.IntN(4) > 0 {
		return v.tickets[rand.IntN(len(v.tickets))]
	}
	if made := d.tickets.recent(50); len(made) > 0 && rand.IntN(2) == 0 {
		return made[rand.IntN(len(made))]
	}
	other := d.visitors[rand.IntN(len(d.visitors))]
	return other.tickets[rand.IntN(len(other.tickets))]
}

// seen is the question whether somebody sees a ticket.
func seen(v *caller, id desk.TicketID) asked {
	return asked{user: v.user, right: desk.ShowTicket, ticket: id}
}

// judge compares whether something was allowed with what may be answered.
func (d *drive) judge(ctx context.Context, a answer, q asked, allowed bool, where string) {
	var facts *desk.TicketFacts
	if q.ticket != 0 {
		var err error
		if facts, err = d.tickets.facts(ctx, q.ticket); err != nil {
			d.counts.wrong("%s: ticket %d, which was shown, is not there: %v", where, q.ticket, err)
			return
		}
	}
	some, all := d.history.may(a.from, q, facts)
	d.counts.compared()
	if allowed && !some {
		d.counts.wrong("%s: user %d was given what he has no right to: %s on ticket %d, queue %d", where, q.user, q.right, q.ticket, q.queue)
	}
	if !allowed && all {
		d.counts.wrong("%s: user %d was refused (status %d) what he has a right to: %s on ticket %d, queue %d", where, q.user, a.status, q.right, q.ticket, q.queue)
	}
}

// said says what an answer was worth: yes, no, or nothing that can be compared.
func (d *drive) said(a answer, yes int, where string) (allowed, ok bool) {
	switch a.status {
	case 0:
		return false, false
	case yes:
		return true, true
	case http.StatusNotFound, http.StatusForbidden:
		return false, true
	}
	d.counts.wrong("%s: got status %d, want %d: %.200s", where, a.status, yes, a.body)
	return false, false
}

// ticket asks for a ticket by the interface for programs.
func (d *drive) ticket(ctx context.Context, v *caller, id desk.TicketID, kind string, on int) bool {
	a := d.ask(ctx, call{kind: kind, who: v, method: "GET", path: fmt.Sprintf("/api/v1/tickets/%d", id), on: on})
	if allowed, ok := d.said(a, http.StatusOK, kind); ok {
		d.judge(ctx, a, seen(v, id), allowed, kind)
	}
	return a.status != 0
}

// ticketPage asks for the page of a ticket: everything that was confirmed to be
// written there must be on it, and the remark for those only who may see it.
func (d *drive) ticketPage(ctx context.Context, kind string, v *caller, at string) bool {
	id := d.someTicket(v)
	written := d.tickets.written(id)
	a := d.ask(ctx, call{kind: kind, who: v, method: "GET", path: fmt.Sprintf("%s%d?all=1", at, id), pages: true})
	allowed, ok := d.said(a, http.StatusOK, kind)
	if !ok {
		return a.status != 0
	}
	d.judge(ctx, a, seen(v, id), allowed, kind)
	if !allowed {
		return true
	}
	for _, mark := range written {
		if !strings.Contains(a.body, mark) {
			d.counts.wrong("%s: a message that was confirmed is not on the page of ticket %d: %s", kind, id, mark)
		}
	}
	shown := strings.Contains(a.body, remarkMark(id))
	if d.tickets.remarked(id) && (shown || kind == kindTicketPage) {
		d.judge(ctx, a, asked{user: v.user, right: desk.ShowTicketComments, ticket: id}, shown, kind+", comment")
	}
	return true
}

// A wireList is what is read of a list.
type wireList struct {
	Items []struct {
		ID desk.TicketID `json:"id"`
	} `json:"items"`
	Next string `json:"next"`
}

// list asks for the newest tickets: none that he may not see, and none missing
// that he may.
func (d *drive) list(ctx context.Context, v *caller) bool {
	known := d.tickets.recent(100)
	a := d.ask(ctx, call{kind: kindList, who: v, method: "GET", path: "/api/v1/tickets?limit=50"})
	page, ok := d.page(a, kindList)
	if !ok {
		return a.status != 0
	}
	listed := map[desk.TicketID]bool{}
	oldest := desk.TicketID(0)
	for _, item := range page.Items {
		if listed[item.ID] {
			d.counts.wrong("list: ticket %d stands there twice", item.ID)
		}
		listed[item.ID], oldest = true, item.ID
		d.judge(ctx, a, seen(v, item.ID), true, kindList)
	}
	for _, id := range known {
		if !listed[id] && (id > oldest || page.Next == "") {
			d.judge(ctx, a, seen(v, id), false, "list, which leaves it out")
		}
	}
	return true
}

func (d *drive) page(a answer, kind string) (page wireList, ok bool) {
	if _, ok := d.said(a, http.StatusOK, kind); !ok {
		return page, false
	}
	if err := json.Unmarshal([]byte(a.body), &page); err != nil {
		d.counts.wrong("%s: the answer cannot be read: %v", kind, err)
		return page, false
	}
	return page, true
}

// search looks for the one ticket that has a word.
func (d *drive) search(ctx context.Context, v *caller) bool {
	id, word := d.tickets.someWord()
	if word == "" {
		word = "printer"
	}
	a := d.ask(ctx, call{kind: kindSearch, who: v, method: "GET", path: "/api/v1/tickets?limit=50&text=" + url.QueryEscape(word)})
	page, ok := d.page(a, kindSearch)
	if !ok {
		return a.status != 0
	}
	found := false
	for _, item := range page.Items {
		found = found || item.ID == id
		d.judge(ctx, a, seen(v, item.ID), true, kindSearch)
	}
	if id != 0 && !found {
		d.judge(ctx, a, seen(v, id), false, "search, which does not find it")
	}
	return true
}

var ticketLink = regexp.MustCompile(`href="/(?:agent|portal)/tickets/([0-9]+)[?"]`)

// listPage asks for a page with a list: all tickets that it leads to must be
// his to see.
func (d *drive) listPage(ctx context.Context, kind string, v *caller, path string) bool {
	a := d.ask(ctx, call{kind: kind, who: v, method: "GET", path: path, pages: true})
	if _, ok := d.said(a, http.StatusOK, kind); !ok {
		return a.status != 0
	}
	for _, found := range ticketLink.FindAllStringSubmatch(a.body, -1) {
		id, err := strconv.ParseInt(found[1], 10, 64)
		if err == nil {
			d.judge(ctx, a, seen(v, desk.TicketID(id)), true, kind)
		}
	}
	return true
}

// openTicket opens a ticket by the interface for programs.
func (d *drive) openTicket(ctx context.Context, v *caller) bool {
	queue, mark := d.world.Queues[rand.IntN(len(d.world.Queues))].ID, "o"+strings.ToLower(randomName())
	body, err := json.Marshal(map[string]any{"queue": queue, "subject": "Opened " + mark, "text": sentence(rand.New(rand.NewPCG(rand.Uint64(), 1)), 60)})
	if err != nil {
		return false
	}
	a := d.ask(ctx, call{kind: kindOpen, who: v, method: "POST", path: "/api/v1/tickets", body: string(body), typ: "application/json", key: mark})
	allowed, ok := d.said(a, http.StatusCreated, kindOpen)
	if !ok {
		return a.status != 0
	}
	d.judge(ctx, a, asked{user: v.user, right: desk.CreateTicket, queue: queue}, allowed, kindOpen)
	var made struct {
		ID desk.TicketID `json:"id"`
	}
	if allowed && json.Unmarshal([]byte(a.body), &made) == nil {
		d.tickets.opened(ctx, made.ID, mark)
	}
	return true
}

// mayReply compares the answer to a reply: it takes ReplyToTicket, and to know
// of the ticket.
func (d *drive) mayReply(ctx context.Context, a answer, q asked, allowed bool, kind string) {
	facts, err := d.tickets.facts(ctx, q.ticket)
	if err != nil {
		return
	}
	_, sees := d.history.may(a.from, q, facts)
	if q.right = desk.ReplyToTicket; allowed || sees {
		d.judge(ctx, a, q, allowed, kind)
	}
}

// reply writes on a ticket by the interface for programs.
func (d *drive) reply(ctx context.Context, v *caller) bool {
	id, mark := d.someTicket(v), "w"+strings.ToLower(randomName())
	body, err := json.Marshal(map[string]any{"kind": "reply", "text": "Written: " + mark})
	if err != nil {
		return false
	}
	a := d.ask(ctx, call{kind: kindReply, who: v, method: "POST", path: fmt.Sprintf("/api/v1/tickets/%d/messages", id), body: string(body), typ: "application/json", key: mark})
	allowed, ok := d.said(a, http.StatusCreated, kindReply)
	if !ok {
		return a.status != 0
	}
	d.mayReply(ctx, a, seen(v, id), allowed, kindReply)
	if allowed {
		d.tickets.write(id, mark)
	}
	return true
}

// portalReply writes on a ticket by the form of its page.
func (d *drive) portalReply(ctx context.Context, v *caller) bool {
	id, mark := d.someTicket(v), "p"+strings.ToLower(randomName())
	form := url.Values{"text": {"Written: " + mark}, "form": {mark}}
	a := d.ask(ctx, call{kind: kindPortalReply, who: v, method: "POST", path: fmt.Sprintf("/portal/tickets/%d/messages", id),
		body: form.Encode(), typ: "application/x-www-form-urlencoded", pages: true})
	if a.status == http.StatusUnprocessableEntity || a.status == http.StatusConflict {
		d.counts.failed(kindPortalReply, fmt.Sprintf("status %d", a.status)) // somebody wrote meanwhile; the page shows what and asks
		return true
	}
	allowed, ok := d.said(a, http.StatusSeeOther, kindPortalReply)
	if !ok {
		return a.status != 0
	}
	d.mayReply(ctx, a, seen(v, id), allowed, kindPortalReply)
	if allowed {
		d.tickets.write(id, mark)
	}
	return true
}

// letter sends a letter that opens a ticket.
func (d *drive) letter(ctx context.Context) bool {
	if len(d.writers) == 0 {
		return false
	}
	w, mark := d.writers[rand.IntN(len(d.writers))], "l"+strings.ToLower(randomName())
	raw := fmt.Sprintf("Message-ID: <%s@customers.example>\r\nDate: %s\r\nFrom: Somebody <%s>\r\nTo: <%s>\r\nSubject: Letter %s\r\n"+
		"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello,\r\n\r\n%s.\r\n",
		mark, time.Now().UTC().Format(time.RFC1123Z), w.from, w.to, mark, sentence(rand.New(rand.NewPCG(rand.Uint64(), 2)), 80))
	if !d.sendLetter(ctx, w, []byte(raw)) {
		return false
	}
	d.tickets.posted(mark)
	return true
}
