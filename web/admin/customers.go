package admin

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// customers lists customers by key.
func (h handler) customers(w http.ResponseWriter, r *http.Request) error {
	page, err := h.customersPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) customersPage(r *http.Request) (*PlacesPage, error) {
	f, err := h.frame(r, "admin.customers")
	if err != nil {
		return nil, err
	}
	if err := partOf(f.Customers); err != nil {
		return nil, err
	}
	list, more, err := h.svc.Customers(r.Context(), web.Actor(r), service.CustomerFilter{
		Text: strings.TrimSpace(r.URL.Query().Get("text")), After: r.URL.Query().Get("after"), Limit: pageSize,
	})
	if err != nil {
		return nil, err
	}
	page := &PlacesPage{Nav: f.nav, Kind: "customer", Text: searchField(r), Empty: empty(r)}
	var ids []desk.PrincipalID
	var filters []service.TicketFilter
	for _, c := range list {
		page.Rows = append(page.Rows, PlaceRow{Name: c.Name, URL: placeURL("customer", int64(c.ID)), About: c.Key, Disabled: c.Disabled})
		ids = append(ids, desk.PrincipalID(c.ID))
		filters = append(filters, service.TicketFilter{Customers: []desk.CustomerID{c.ID}})
	}
	if err := h.fillCounts(r, page, ids, filters); err != nil {
		return nil, err
	}
	if more {
		page.Pager.Older = next(r, "after", desk.Fold(list[len(list)-1].Key))
	}
	if f.NewCustomers {
		page.New = &PlaceForm{Action: "/admin/customers", Offer: true, Fields: []Labelled{
			input("key", "", "admin.customer.key"), input("name", "", "col.name"), input("domains", "", "admin.customer.domains"),
		}}
		page.New.Fields[0].Field.Required = true
		page.New.Fields[0].Help, page.New.Fields[2].Help = web.T("admin.customer.key.help"), web.T("admin.customer.domains.help")
	}
	return page, nil
}

// fillCounts counts people and open tickets of the rows.
func (h handler) fillCounts(r *http.Request, page *PlacesPage, ids []desk.PrincipalID, filters []service.TicketFilter) error {
	people, err := h.svc.MemberCounts(r.Context(), web.Actor(r), ids)
	if err != nil {
		return err
	}
	tickets, err := h.openTickets(r, filters)
	for i := range page.Rows {
		if i < len(ids) {
			page.Rows[i].People = people[ids[i]]
		}
		if i < len(tickets) {
			page.Rows[i].Tickets = tickets[i]
		}
	}
	return err
}

func (h handler) makeCustomer(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, err := h.customersPage(r)
	if err != nil {
		return err
	}
	if err := partOf(page.New != nil); err != nil {
		return err
	}
	c := desk.Customer{Key: r.PostFormValue("key"), Name: r.PostFormValue("name"), Domains: words(r.PostFormValue("domains"))}
	id, err := h.svc.CreateCustomer(r.Context(), web.Actor(r), c)
	if err != nil {
		page.New.refuse(r, err)
		return h.showRefused(w, r, page.View(), err)
	}
	return h.done(w, r, placeURL("customer", int64(id)), web.T("admin.done.made", c.Key))
}

// customer shows one customer with its people.
func (h handler) customer(w http.ResponseWriter, r *http.Request) error {
	page, _, err := h.customerPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) customerPage(r *http.Request) (*CustomerPage, *desk.Customer, error) {
	f, err := h.frame(r, "admin.customers")
	if err != nil {
		return nil, nil, err
	}
	id, err := web.ID[desk.CustomerID](r, "id")
	if err != nil {
		return nil, nil, err
	}
	c, err := h.svc.Customer(r.Context(), web.Actor(r), id)
	if err != nil {
		return nil, nil, err
	}
	may, err := h.svc.ManagesCustomer(r.Context(), web.Actor(r), id)
	if err != nil {
		return nil, nil, err
	}
	page := &CustomerPage{
		Nav: f.nav, URL: placeURL("customer", int64(id)), Tag: web.Customer{Name: c.Name}, About: aboutCustomer(c), Disabled: c.Disabled, Switch: may.Switch,
	}
	page.AllGrants = grantsLink("who", "customer:"+c.Key)
	if f.Grants {
		page.Sees = whoLink(desk.SeeCustomer, "customer:"+c.Key)
	}
	page.Data = dataOf(f, page.URL)
	page.From, page.Relations = cameFromSheet(r), h.relationLinks(f, "customer", desk.PrincipalID(id))
	if page.Holds, err = h.effective(r, "customer", desk.PrincipalID(id)); err != nil {
		return nil, nil, err
	}
	if page.Fields, err = h.recordForm(r, desk.PrincipalID(id), page.URL); err != nil {
		return nil, nil, err
	}
	if page.Related, err = h.aroundCustomer(r, c, may); err != nil {
		return nil, nil, err
	}
	if page.People, page.Pager, err = h.customerPeople(r, id, may.People); err != nil {
		return nil, nil, err
	}
	if may.People {
		if page.Waiting, err = h.waiting(r, id); err != nil {
			return nil, nil, err
		}
		page.Add = &MemberForm{
			Who: whoField(), How: web.Field{Form: "add-", Name: "part", Kind: "select", Options: partOptions(desk.PartMember)},
			Primary: web.Field{Form: "add-", Name: "primary", Kind: "checkbox"},
		}
	}
	if may.Settings {
		page.Settings = customerSettings(c, page.URL, may.Switch)
	}
	page.Grants, err = h.grantRows(r, desk.PrincipalID(id), desk.OnCustomer(id))
	return page, c, err
}

func aboutCustomer(c *desk.Customer) string {
	var parts []string
	for _, part := range []string{c.Key, c.Street, c.City, c.Country, strings.Join(c.Domains, ", "), c.Comment} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " · ")
}

func (h handler) customerPeople(r *http.Request, id desk.CustomerID, may bool) ([]CustomerPerson, web.Pager, error) {
	all, err := h.svc.ContactsOf(r.Context(), web.Actor(r), id)
	if err != nil {
		return nil, web.Pager{}, err
	}
	all = slices.DeleteFunc(all, func(m service.CustomerMember) bool { return m.Name.Kind != "user" })
	list, pager := membersPage(r, all, func(m service.CustomerMember) desk.PrincipalID { return m.Membership.Member })
	var people []CustomerPerson
	for _, m := range list {
		p := CustomerPerson{
			Person: web.Person{Name: m.Name.Text, Address: m.Address, URL: urlOf(m.Name)}, Member: memberNumber(m.Membership),
			Is: web.T("part." + m.Part.String()), Primary: m.Primary, Remove: may && byHand(m.Membership), Disabled: m.Name.Disabled,
			Source: sourceText(m.Membership), Days: daysText(m.Membership),
		}
		if may {
			p.Part = &web.Field{Form: "part-" + p.Member + "-", Name: "part", Kind: "select", Options: partOptions(m.Part)}
		}
		people = append(people, p)
	}
	return people, pager, nil
}

func memberNumber(m desk.Membership) string { return strconv.FormatInt(int64(m.Member), 10) }

// byHand reports whether people can end a membership: no directory gives it.
func byHand(m desk.Membership) bool {
	return slices.Contains([]string{"hand", "domain", "import", "merge"}, m.Source)
}

func partOptions(now desk.Part) []web.Option {
	return options(now.String(), "manager", "part.manager", "member", "part.member", "reader", "part.reader", "contact", "part.contact")
}

// customerSettings are the fields of a customer; its key only for who may
// change that.
func customerSettings(c *desk.Customer, action string, key bool) *PlaceForm {
	f := &PlaceForm{Action: action, Seen: seenState(describe(c))}
	if key {
		f.Fields = append(f.Fields, input("key", c.Key, "admin.customer.key"))
	}
	domains := input("domains", strings.Join(c.Domains, ", "), "admin.customer.domains")
	domains.Help = web.T("admin.customer.domains.help")
	join := Labelled{Label: web.T("admin.customer.join"), Field: web.Field{Form: "set-", Name: "join", Kind: "checkbox", Checked: c.AutoJoin}}
	ask := Labelled{Label: web.T("join.ask"), Field: web.Field{Form: "set-", Name: "ask", Kind: "checkbox", Checked: c.AskFirst}}
	own := Labelled{Label: web.T("customer.own"), Help: web.T("customer.own.help"), Field: web.Field{Form: "set-", Name: "own", Kind: "checkbox", Checked: c.OwnOnly}}
	f.Fields = append(f.Fields, input("name", c.Name, "col.name"), domains, join, ask, own, input("comment", c.Comment, "admin.comment"),
		input("street", c.Street, "admin.street"), input("city", c.City, "admin.city"), input("country", c.Country, "admin.country"),
		sharingField(c.Sharing))
	f.Fields = append(f.Fields, presenceFields(c.Presences)...)
	return f
}

// describe makes a customer comparable: what a pointer leads to counts.
func describe(c *desk.Customer) any {
	plain := *c
	plain.Sharing = nil
	if c.Sharing == nil {
		return plain
	}
	return []any{plain, *c.Sharing}
}

func (h handler) changeCustomer(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, c, err := h.customerPage(r)
	if err != nil {
		return err
	}
	if page.Settings == nil {
		return desk.Errorf(desk.Forbidden, "You may not change this customer: it asks for the right ModifyCustomer.")
	}
	if err = stale(r, page.Settings.Seen); err == nil {
		err = h.saveCustomer(r, *c)
	}
	if err != nil {
		page.Settings.refuse(r, err)
		return h.showRefused(w, r, page.View(), err)
	}
	return h.done(w, r, page.URL, web.T("admin.done.saved"))
}

func (h handler) saveCustomer(r *http.Request, c desk.Customer) error {
	if key, sent := r.PostForm["key"]; sent {
		c.Key = key[0]
	}
	c.Name, c.Comment, c.Domains = r.PostFormValue("name"), r.PostFormValue("comment"), words(r.PostFormValue("domains"))
	c.Street, c.City, c.Country = r.PostFormValue("street"), r.PostFormValue("city"), r.PostFormValue("country")
	c.AutoJoin, c.AskFirst, c.OwnOnly = r.PostFormValue("join") != "", r.PostFormValue("ask") != "", r.PostFormValue("own") != ""
	if err := readPresences(r, &c.Presences); err != nil {
		return err
	}
	var err error
	if c.Sharing, err = readSharing(r); err != nil {
		return err
	}
	return h.svc.UpdateCustomer(r.Context(), web.Actor(r), c)
}

func (h handler) switchCustomer(w http.ResponseWriter, r *http.Request) error {
	disable, err := switched(r)
	if err != nil {
		return err
	}
	page, c, err := h.customerPage(r)
	if err != nil {
		return err
	}
	c.Disabled = disable
	if err := h.svc.UpdateCustomer(r.Context(), web.Actor(r), *c); err != nil {
		return err
	}
	return h.done(w, r, page.URL, switchedText(c.Name, disable))
}
