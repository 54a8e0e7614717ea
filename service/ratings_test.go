package service_test

import (
	"fmt"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// ratingDesk has a ticket of carla, a contact of Acme with dana, that agnes
// resolved.
func ratingDesk(t *testing.T) (*house, desk.TicketID) {
	h := newHouse(t)
	h.agent("agnes")
	h.contact("carla")
	h.contact("dana")
	h.contact("eric")
	q := h.makeQueue(desk.Queue{Name: "support", Address: "support@desk.example"})
	h.grant(h.names["agnes"], "ShowTicket ModifyTicket ReplyToTicket", desk.OnQueue(q))
	for _, name := range []string{"carla", "dana"} {
		must(h.Grant(h.ctx, h.sys, desk.Grant{Who: h.names[name], As: desk.RolesOf(desk.Requestor, desk.Cc), Right: desk.ShowTicket, Place: desk.OnQueue(q)}))(t)
	}
	id := h.open(service.NewTicket{Queue: q, Subject: "Toner", Requestors: []desk.PrincipalID{h.names["carla"]}})
	return h, id
}

// TestRate says who may rate what, when, and who reads it.
func TestRate(t *testing.T) {
	h, id := ratingDesk(t)
	rate := func(login string, mark desk.Mark, note string) error {
		return h.Rate(h.ctx, h.by(login), desk.Rating{Ticket: id, Mark: mark, Note: note})
	}
	wantKind(t, rate("carla", desk.MarkContent, ""), desk.Conflict) // it is open
	h.ok(h.SetStatus(h.ctx, h.by("agnes"), id, desk.StatusResolved, 0))
	for _, tt := range []struct {
		why, login string
		mark       desk.Mark
		note       string
		want       desk.Kind
	}{
		{"a stranger learns nothing", "eric", desk.MarkContent, "", desk.NotFound},
		{"a colleague who does not stand on it neither", "dana", desk.MarkContent, "", desk.NotFound},
		{"who worked on it does not rate himself", "agnes", desk.MarkContent, "", desk.Forbidden},
		{"no mark", "carla", 0, "x", desk.Invalid},
		{"a mark that there is not", "carla", 9, "x", desk.Invalid},
		{"a book", "carla", desk.MarkNot, strings.Repeat("ä", 2001), desk.Invalid},
		{"who asked", "carla", desk.MarkNot, " slow ", 0},
		{"and thinks again", "carla", desk.MarkPartly, "slow, but done", 0},
	} {
		if err := rate(tt.login, tt.mark, tt.note); desk.KindOf(err) != tt.want {
			t.Errorf("%s: %v, want kind %d", tt.why, err, tt.want)
		}
	}
	list := must(h.Ratings(h.ctx, h.by("agnes"), id))(t).Lines
	if len(list) != 1 || list[0].Mark != desk.MarkPartly || list[0].Note != "slow, but done" || list[0].Name.ID != h.names["carla"] {
		t.Errorf("agnes reads %+v", list)
	}
	h.ok(h.AddWatcher(h.ctx, h.sys, id, desk.Cc, h.names["dana"]))
	if list := must(h.Ratings(h.ctx, h.by("dana"), id))(t).Lines; len(list) != 0 {
		t.Errorf("a colleague reads %+v", list)
	}
	h.ok(rate("dana", desk.MarkContent, ""))
	if list := must(h.Ratings(h.ctx, h.by("dana"), id))(t).Lines; len(list) != 1 {
		t.Errorf("she reads %+v, want her own", list)
	}
	rated := 0
	for _, e := range must(h.Ticket(h.ctx, h.by("agnes"), id))(t).Events {
		if e.Kind == desk.EventRated {
			rated++
		}
	}
	if rated != 3 {
		t.Errorf("the history has %d ratings, want 3", rated)
	}
}

// TestRateByLink: the link of the letter rates in the name of its receiver, as
// long as he may see the ticket; a wrong one is refused in the same words
// whatever is wrong with it.
func TestRateByLink(t *testing.T) {
	h, id := ratingDesk(t)
	h.ok(h.SetStatus(h.ctx, h.by("agnes"), id, desk.StatusResolved, 0))
	link := ""
	for _, e := range must(h.Ticket(h.ctx, h.sys, id))(t).Events {
		news := must(h.News(h.ctx, h.sys, e.ID))(t)
		if e.Kind != desk.EventStatus && len(news.Rate) != 0 {
			t.Errorf("the letter of %s asks for a rating", e.Kind)
		}
		link = strings.TrimPrefix(news.Rate[h.id("carla")]+link, "http://desk.example/rate/")
	}
	if link == "" {
		t.Fatal("no letter has a link to rate")
	}
	good := desk.Rating{Mark: desk.MarkContent, Note: "by letter"}
	other := strings.Replace(link, fmt.Sprint(h.id("carla"))+"-", fmt.Sprint(h.id("dana"))+"-", 1)
	want := h.RateByLink(h.ctx, "x", good)
	wantKind(t, want, desk.NotFound)
	for _, wrong := range []string{"", "-", "1-", other, link[:len(link)-1], "9" + link, "1.9999-" + link, strings.ToUpper(link)} {
		if err := h.RateByLink(h.ctx, wrong, good); err == nil || err.Error() != want.Error() {
			t.Errorf("%q: %v, want %v", wrong, err, want)
		}
	}
	wantKind(t, h.RateByLink(h.ctx, link, desk.Rating{}), desk.Invalid)
	h.ok(h.RateByLink(h.ctx, link, good))
	if list := must(h.Ratings(h.ctx, h.sys, id))(t).Lines; len(list) != 1 || list[0].User != h.id("carla") || list[0].Note != "by letter" {
		t.Errorf("there is %+v", list)
	}
	h.ok(h.RemoveWatcher(h.ctx, h.sys, id, desk.Requestor, h.names["carla"]))
	if err := h.RateByLink(h.ctx, link, good); err == nil || err.Error() != want.Error() {
		t.Errorf("after she was taken off: %v", err)
	}
}

// TestSharedTickets: what others share with one, and neither one's own nor
// one's company's.
func TestSharedTickets(t *testing.T) {
	h, id := ratingDesk(t)
	h.customer(desk.Customer{Key: "acme"})
	h.join("acme", "dana", desk.PartMember, true)
	q := h.queue["support"]
	must(h.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["dana"], Right: desk.CreateTicket, Place: desk.OnQueue(q)}))(t)
	h.open(service.NewTicket{Queue: q, Subject: "Hidden"})
	must(h.OpenTicket(h.ctx, h.by("dana"), service.NewTicket{Queue: q, Subject: "Own", Requestors: []desk.PrincipalID{h.names["dana"]}}))(t)
	shown := func(limit int) (ids []desk.TicketID) {
		for _, line := range must(h.SharedTickets(h.ctx, h.by("dana"), service.TicketFilter{Limit: limit}))(t).Lines {
			ids = append(ids, line.ID)
		}
		return ids
	}
	if got := shown(5); len(got) != 0 {
		t.Errorf("before anything is shared there are %v", got)
	}
	h.ok(h.AddWatcher(h.ctx, h.sys, id, desk.Cc, h.names["dana"]))
	second := h.open(service.NewTicket{Queue: q, Subject: "Second", Cc: []desk.PrincipalID{h.names["dana"]}})
	if got := shown(5); len(got) != 2 || got[0] != second || got[1] != id {
		t.Errorf("shared are %v, want %v and %v", got, second, id)
	}
	page := must(h.SharedTickets(h.ctx, h.by("dana"), service.TicketFilter{Limit: 1}))(t)
	if !page.More || len(page.Lines) != 1 {
		t.Errorf("the first page has %d of them, more: %v", len(page.Lines), page.More)
	}
	next := must(h.SharedTickets(h.ctx, h.by("dana"), service.TicketFilter{Limit: 1, Before: second}))(t)
	if next.More || len(next.Lines) != 1 || next.Lines[0].ID != id {
		t.Errorf("the second page is %+v", next)
	}
}
