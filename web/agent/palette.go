package agent

import (
	"net/http"
	"net/url"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// A PalettePage finds whatever one can go to or do, by a few letters. Part is
// the list alone, for script.
type PalettePage struct {
	Nav    []web.NavSection
	Find   web.Field
	At     string // the page from which it was asked
	Groups []PaletteGroup
	Part   bool
}

// A PaletteGroup is what was found of one kind.
type PaletteGroup struct {
	Title web.Text
	Items []PaletteItem
}

// A PaletteItem leads somewhere. Press is the key of an element that does it on
// the page from which one asked; empty: it leads to URL only.
type PaletteItem struct {
	Label web.Text
	Hint  string
	URL   string
	Icon  string
	Keys  string
	Press string
}

// View makes the page ready to be shown.
func (p PalettePage) View() web.View {
	if p.Part {
		return web.View{Template: "agent/palette-part", Title: web.T("palette.title"), Body: p}
	}
	return web.View{Template: "agent/palette", Title: web.T("palette.title"), Nav: p.Nav, Body: p}
}

// paletteMost is how many things of one kind the palette shows.
const paletteMost = 7

// palette shows what the letters find, within what the reader may.
func (h handler) palette(w http.ResponseWriter, r *http.Request) error {
	text := strings.TrimSpace(r.URL.Query().Get("q"))
	if len(text) > 200 {
		return desk.Errorf(desk.TooLarge, "Write at most 200 characters.")
	}
	page := &PalettePage{Find: web.Field{Name: "q", Kind: "search", Value: text, Autofocus: true}, At: r.URL.Query().Get("at"), Part: r.URL.Query().Get("part") != ""}
	f, err := h.frame(r)
	if err != nil {
		return err
	}
	page.Nav = f.nav
	find := &finder{handler: h, r: r, f: f, page: page, text: desk.Fold(text), typed: text}
	for _, step := range []func() error{find.tickets, find.actions, find.views, find.people, find.pages} {
		if err := step(); err != nil {
			return err
		}
	}
	return h.site.Show(w, r, page.View())
}

// A finder fills the palette.
type finder struct {
	handler
	r     *http.Request
	f     *frame
	page  *PalettePage
	text  string // folded
	typed string
}

// has reports whether something is called as was typed: each word is in it.
func (p *finder) has(label string) bool {
	label = desk.Fold(label)
	for word := range strings.FieldsSeq(p.text) {
		if !strings.Contains(label, word) {
			return false
		}
	}
	return true
}

func (p *finder) group(title string, items []PaletteItem) {
	if len(items) > 0 {
		p.page.Groups = append(p.page.Groups, PaletteGroup{web.T(title), items[:min(len(items), paletteMost)]})
	}
}

// actions finds commands; those of a ticket where one is at one, as far as one
// may there.
func (p *finder) actions() error {
	at, err := p.at()
	if err != nil {
		return err
	}
	var ticket desk.TicketID
	var rights desk.RightSet
	if at != nil {
		ticket, rights = at.ID, at.Rights
	}
	needs := map[string][]desk.Right{"reply": {desk.ReplyToTicket}, "comment": {desk.CommentOnTicket}, "template": {desk.ReplyToTicket, desk.CommentOnTicket}, "remind": {desk.ShowTicket}, "status": {desk.ModifyTicket},
		"take": {desk.TakeTicket, desk.ModifyTicket, desk.ReassignTicket}, "links": {desk.ShowTicket}, "who": {desk.ShowTicket}}
	paths := map[string]string{"reply": "#compose", "comment": "#compose", "template": "/templates", "remind": "#reminders", "status": "#context", "take": "#context", "links": "/links", "who": "/who"}
	var items []PaletteItem
	for _, a := range web.Actions(p.f.reader) {
		item := PaletteItem{Label: a.Label(), URL: a.URL, Icon: a.Icon, Keys: a.Keys}
		if list := needs[a.Name]; ticket != 0 && rights&desk.RightsOf(list...) != 0 {
			item.URL, item.Press = ticketURL(ticket)+paths[a.Name], a.Keys
		}
		if item.URL != "" && a.Name != "palette" && p.has(p.f.reader.Say(item.Label)) {
			items = append(items, item)
		}
	}
	if at != nil && p.text != "" {
		items = append(items, p.steps(at)...)
	}
	p.group("palette.actions", items)
	return nil
}

// steps finds the changes of status that one may make to a ticket: those of its
// queue's life cycle.
func (p *finder) steps(at *service.TicketView) []PaletteItem {
	var items []PaletteItem
	for _, s := range at.Steps {
		item := PaletteItem{Label: web.T("palette.status", statusText(string(s.To))), Icon: "check"}
		q, form := url.Values{"step": {string(s.To)}}, "#context"
		if s.Does != desk.StepPlain {
			q.Set("with", string(s.Does))
			form = "#compose"
		}
		label := p.f.reader.Say(item.Label)
		if s.Label != "" {
			label += " " + p.f.reader.Say(web.Known("step.", s.Label))
		}
		if item.URL = ticketURL(at.ID) + "?" + q.Encode() + form; p.has(label) {
			items = append(items, item)
		}
	}
	return items
}

// at is the ticket from whose page one asks; nil: from none that one may see.
func (p *finder) at() (*service.TicketView, error) {
	rest, ok := strings.CutPrefix(p.page.At, base+"/tickets/")
	number, _, _ := strings.Cut(rest, "/")
	id := ticketID(number)
	if !ok || id == 0 {
		return nil, nil
	}
	v, err := p.desk.Ticket(p.r.Context(), web.Actor(p.r), id)
	switch desk.KindOf(err) {
	case 0:
		return v, nil
	case desk.NotFound, desk.Forbidden:
		return nil, nil
	}
	return nil, err
}

// views finds lists: those of the desk, saved ones, and queues.
func (p *finder) views() error {
	var lists, queues []PaletteItem
	for _, v := range views() {
		if label := web.T("view." + v.name); p.has(p.f.reader.Say(label)) {
			lists = append(lists, PaletteItem{Label: label, URL: base + "/tickets?view=" + v.name, Icon: v.icon})
		}
	}
	for _, v := range p.f.views {
		if p.has(v.Name) {
			lists = append(lists, PaletteItem{Label: web.Plain(v.Name), Hint: v.GroupName, URL: savedURL(&v), Icon: iconOf(v)})
		}
	}
	for _, q := range p.f.queues {
		if !q.Disabled && p.has(q.Name) {
			queues = append(queues, PaletteItem{Label: web.Plain(q.Name), URL: base + "/tickets?queue=" + url.QueryEscape(q.Name), Icon: "place"})
		}
	}
	p.group("palette.views", lists)
	p.group("palette.queues", queues)
	return nil
}

// tickets finds them by number, and by words of their subjects.
func (p *finder) tickets() error {
	if p.text == "" {
		return nil
	}
	var items []PaletteItem
	add := func(t service.TicketLine) {
		items = append(items, PaletteItem{Label: web.Plain(t.ID.String() + " " + t.Subject), Hint: t.QueueName, URL: ticketURL(t.ID), Icon: "ticket"})
	}
	filters := []service.TicketFilter{{Text: p.typed, Limit: paletteMost}}
	if id := numberOf(p.typed); id != 0 {
		filters = append([]service.TicketFilter{{IDs: []desk.TicketID{id}, Limit: 1}}, filters...)
	}
	seen := map[desk.TicketID]bool{}
	for _, filter := range filters {
		page, err := p.desk.Tickets(p.r.Context(), web.Actor(p.r), filter)
		if err != nil {
			return err
		}
		for _, t := range page.Lines {
			if !seen[t.ID] {
				seen[t.ID] = true
				add(t)
			}
		}
	}
	p.group("palette.tickets", items)
	return nil
}

// people finds people and companies: their tickets, and for administrators
// their records.
func (p *finder) people() error {
	if len(p.text) < 2 {
		return nil
	}
	found, err := p.desk.Suggest(p.r.Context(), web.Actor(p.r), p.typed)
	var items []PaletteItem
	for _, n := range found {
		item := PaletteItem{Label: web.Plain(n.Text), Hint: strings.TrimPrefix(strings.TrimPrefix(n.Ref, n.Kind), ":")}
		switch n.Kind {
		case "user":
			item.Icon, item.URL = "person", base+"/tickets?query="+url.QueryEscape("Watcher = '"+strings.ReplaceAll(item.Hint, "'", `\'`)+"'")
		case "customer":
			item.Icon, item.URL = "customer", base+"/tickets?customer="+url.QueryEscape(item.Hint)+"&status=active"
		default:
			continue
		}
		items = append(items, item)
	}
	p.group("palette.people", items)
	return err
}

// pages finds what other areas offer.
func (p *finder) pages() error {
	offers, err := p.site.Offers(p.r)
	var items []PaletteItem
	for _, o := range offers {
		if p.text != "" && p.has(p.f.reader.Say(o.Label)) {
			items = append(items, PaletteItem{Label: o.Label, URL: o.URL, Icon: o.Icon})
		}
	}
	p.group("palette.pages", items)
	return err
}
