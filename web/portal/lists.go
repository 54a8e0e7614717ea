package portal

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// pageSize is how many tickets a list shows at once.
const pageSize = 30

// mine shows the tickets that are the reader's own.
func (h handler) mine(w http.ResponseWriter, r *http.Request) error {
	found, err := h.svc.OwnTickets(r.Context(), web.Actor(r), filter(r))
	if err != nil {
		return err
	}
	companies, err := h.svc.Companies(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	page := listPage(r, "/portal/", found)
	page.Name = web.T("portal.mine")
	if err := h.fillAnswered(r, &page); err != nil {
		return err
	}
	if page.Nav, err = h.nav(r, "portal.mine", companies); err != nil {
		return err
	}
	return h.showList(w, r, page)
}

// shared shows the tickets that others share with the reader.
func (h handler) shared(w http.ResponseWriter, r *http.Request) error {
	found, err := h.svc.SharedTickets(r.Context(), web.Actor(r), filter(r))
	if err != nil {
		return err
	}
	companies, err := h.svc.Companies(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	page := listPage(r, "/portal/shared", found)
	page.Name = web.T("portal.shared")
	if page.Nav, err = h.nav(r, "portal.shared", companies); err != nil {
		return err
	}
	page.Pager = web.Pager{}
	if number(r, "before") != 0 {
		page.Pager.Newer = listURL(r, "/portal/shared", "before", "")
	}
	if found.More {
		page.Pager.Older = listURL(r, "/portal/shared", "before", strconv.FormatInt(int64(found.Lines[len(found.Lines)-1].ID), 10))
	}
	page.Empty = web.Empty{Icon: "ticket", Title: web.T("portal.shared.empty.title"), Hint: web.T("portal.shared.empty.hint")}
	return h.site.Show(w, r, page.View())
}

// company shows the tickets on which the reader's companies stand.
func (h handler) company(w http.ResponseWriter, r *http.Request) error {
	companies, err := h.svc.Companies(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	f := filter(r)
	if f.Standing, err = chosenCompanies(r, companies); err != nil {
		return err
	}
	found := &service.TicketPage{}
	if len(f.Standing) > 0 {
		if found, err = h.svc.Tickets(r.Context(), web.Actor(r), f); err != nil {
			return err
		}
	}
	page := listPage(r, "/portal/company", found)
	page.Name = web.T("portal.company")
	if page.Nav, err = h.nav(r, "portal.company", companies); err != nil {
		return err
	}
	if len(companies) > 1 {
		page.Companies = switcher(r, companies)
	}
	managed, err := h.managed(r, companies)
	if err != nil {
		return err
	}
	if len(managed) > 0 {
		page.People = peopleURL(managed[0].ID)
	}
	return h.showList(w, r, page)
}

// showList offers a new ticket to who may open one somewhere, and shows the
// list.
func (h handler) showList(w http.ResponseWriter, r *http.Request, page ListPage) error {
	queues, err := h.svc.Queues(r.Context(), web.Actor(r), desk.CreateTicket)
	if err != nil {
		return err
	}
	if len(queues) > 0 {
		page.New = "/portal/tickets/new"
	}
	page.Empty = emptyList(r, page.New)
	return h.site.Show(w, r, page.View())
}

func emptyList(r *http.Request, open string) web.Empty {
	empty := web.Empty{Icon: "ticket", Title: web.T("portal.empty.title"), Hint: web.T("portal.empty.hint")}
	if !showsAll(r) {
		empty.Title, empty.Hint = web.T("portal.empty.open.title"), web.T("portal.empty.open.hint")
	}
	if open != "" {
		empty.Action = web.Link{Label: web.T("portal.new.link"), URL: open}
	}
	return empty
}

// chosenCompanies returns the company that the address names, or all.
func chosenCompanies(r *http.Request, companies []desk.Customer) ([]desk.PrincipalID, error) {
	key := r.FormValue("of")
	var ids []desk.PrincipalID
	for _, c := range companies {
		if key == "" || desk.Fold(key) == desk.Fold(c.Key) {
			ids = append(ids, desk.PrincipalID(c.ID))
		}
	}
	if key != "" && len(ids) == 0 {
		return nil, desk.Errorf(desk.NotFound, "You belong to no such company.")
	}
	return ids, nil
}

func switcher(r *http.Request, companies []desk.Customer) []Choice {
	key := desk.Fold(r.FormValue("of"))
	choices := []Choice{{Name: web.T("portal.everycompany"), URL: listURL(r, "/portal/company", "of", ""), Current: key == ""}}
	for _, c := range companies {
		choices = append(choices, Choice{
			Name: web.Plain(c.Name), URL: listURL(r, "/portal/company", "of", c.Key), Current: key == desk.Fold(c.Key),
		})
	}
	return choices
}

func showsAll(r *http.Request) bool { return r.FormValue("status") == "all" }

// filter reads which tickets the address asks for.
func filter(r *http.Request) service.TicketFilter {
	f := service.TicketFilter{Unread: true, Limit: pageSize, Before: number(r, "before"), After: number(r, "after")}
	if !showsAll(r) {
		f.Activity = service.OnlyActive
	}
	return f
}

// number reads a ticket's number; what is none is as if it were not there.
func number(r *http.Request, name string) desk.TicketID {
	n, err := strconv.ParseInt(r.FormValue(name), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return desk.TicketID(n)
}

// listURL leads to the first page of a list that is narrowed as this one but
// for one thing.
func listURL(r *http.Request, path, name, value string) string {
	query := url.Values{}
	for _, key := range []string{"of", "status"} {
		if v := r.FormValue(key); v != "" && key != name {
			query.Set(key, v)
		}
	}
	if value != "" {
		query.Set(name, value)
	}
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

func listPage(r *http.Request, path string, found *service.TicketPage) ListPage {
	reader := web.ReaderOf(r)
	page := ListPage{
		Open: Choice{Name: web.T("portal.open"), URL: listURL(r, path, "status", ""), Current: !showsAll(r)},
		All:  Choice{Name: web.T("portal.all"), URL: listURL(r, path, "status", "all"), Current: showsAll(r)},
	}
	page.Rows = rows(reader, found.Lines)
	page.News = news(page.Rows)
	page.Pager = pager(r, path, found)
	return page
}

func rows(reader web.Reader, lines []service.TicketLine) []Row {
	var list []Row
	for _, t := range lines {
		list = append(list, Row{
			ID: int64(t.ID), URL: ticketURL(t.ID), Subject: t.Subject, Reporter: label(reader, t.Asked), Unread: t.Unread,
			Customer: companyTag(t.Customers), Status: string(t.Status), Updated: reader.In(t.Updated),
		})
	}
	return list
}

// news says on how many tickets of a list there is something new; zero: on none.
func news(list []Row) web.Text {
	n := 0
	for _, row := range list {
		if row.Unread {
			n++
		}
	}
	switch n {
	case 0:
		return web.Text{}
	case 1:
		return web.T("portal.news.one")
	}
	return web.T("portal.news.many", n)
}

// fillAnswered puts those of the reader's own tickets above the open ones that
// were closed with something he has not read: else he would look for the answer.
func (h handler) fillAnswered(r *http.Request, page *ListPage) error {
	f := filter(r)
	if showsAll(r) || f.Before != 0 || f.After != 0 {
		return nil
	}
	f.Activity = service.OnlyInactive
	found, err := h.svc.OwnTickets(r.Context(), web.Actor(r), f)
	if err != nil {
		return err
	}
	closed := slices.DeleteFunc(rows(web.ReaderOf(r), found.Lines), func(row Row) bool { return !row.Unread })
	page.Rows = append(closed, page.Rows...)
	page.News = news(page.Rows)
	return nil
}

// pager leads to the neighbouring pages: the one where the reader came from is
// there, the other one if there is more.
func pager(r *http.Request, path string, found *service.TicketPage) web.Pager {
	if len(found.Lines) == 0 {
		return web.Pager{}
	}
	first, last := found.Lines[0].ID, found.Lines[len(found.Lines)-1].ID
	before, after := number(r, "before"), number(r, "after")
	var p web.Pager
	if after != 0 && found.More || before != 0 {
		p.Newer = listURL(r, path, "after", strconv.FormatInt(int64(first), 10))
	}
	if after != 0 || found.More {
		p.Older = listURL(r, path, "before", strconv.FormatInt(int64(last), 10))
	}
	return p
}
