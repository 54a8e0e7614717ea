package portal

import (
	"net/http"
	"strconv"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// A PeoplePage shows a manager the people of his company.
type PeoplePage struct {
	Nav       []web.NavSection
	Name      string
	URL       string
	Companies []Choice // that the reader manages; shown when there are several
	People    []Colleague
	Waiting   []Colleague // who would join by their mail domain
	Address   web.Field
	Called    web.Field
	Part      web.Field
	Error     web.Text // zero: none
}

// A Colleague is one of the people of a company.
type Colleague struct {
	Person web.Person
	Member string // what the forms about him send
	Is     web.Text
	Part   web.Field
	Mail   web.Field // of which tickets he is told
	Quiet  bool      // of those only on which he stands
	Change bool      // may be changed here: he is a person, and not the reader
}

// View makes the page ready to be shown.
func (p PeoplePage) View() web.View {
	return web.View{Template: "portal/people", Title: web.T("portal.people.title", p.Name), Nav: p.Nav,
		Crumbs: []web.Link{{Label: web.T("portal.company"), URL: "/portal/company"}}, Body: p}
}

// managed returns the companies whose people the reader chooses.
func (h handler) managed(r *http.Request, companies []desk.Customer) ([]desk.Customer, error) {
	var list []desk.Customer
	for _, c := range companies {
		m, err := h.svc.ManagesCustomer(r.Context(), web.Actor(r), c.ID)
		if desk.KindOf(err) == desk.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		if m.People {
			list = append(list, c)
		}
	}
	return list, nil
}

func peopleURL(id desk.CustomerID) string {
	return "/portal/people/" + strconv.FormatInt(int64(id), 10)
}

// people shows the people of a company.
func (h handler) people(w http.ResponseWriter, r *http.Request) error {
	page, _, err := h.peoplePage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) peoplePage(r *http.Request) (*PeoplePage, *desk.Customer, error) {
	companies, err := h.svc.Companies(r.Context(), web.Actor(r))
	if err != nil {
		return nil, nil, err
	}
	managed, err := h.managed(r, companies)
	if err != nil {
		return nil, nil, err
	}
	id, err := web.ID[desk.CustomerID](r, "id")
	if err != nil {
		return nil, nil, err
	}
	page := &PeoplePage{
		URL:     peopleURL(id),
		Address: web.Field{Form: "new", Name: "address", Kind: "email", Required: true, Autocomplete: "off"},
		Called:  web.Field{Form: "new", Name: "name", Autocomplete: "off"},
		Part:    web.Field{Form: "new", Name: "part", Kind: "select", Options: partOptions(desk.PartMember)},
	}
	if page.Nav, err = h.nav(r, "", companies); err != nil {
		return nil, nil, err
	}
	var company *desk.Customer
	for i, c := range managed {
		page.Companies = append(page.Companies, Choice{Name: web.Plain(c.Name), URL: peopleURL(c.ID), Current: c.ID == id})
		if c.ID == id {
			company = &managed[i]
		}
	}
	if company == nil {
		return nil, nil, desk.Errorf(desk.NotFound, "There is no such page.")
	}
	page.Name = company.Name
	waiting, err := h.svc.PendingMembers(r.Context(), web.Actor(r), id)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range waiting {
		member := strconv.FormatInt(int64(p.User), 10)
		page.Waiting = append(page.Waiting, Colleague{
			Person: web.Person{Name: p.Name.Text, Address: p.Address}, Member: member, Is: web.T("join.by", p.Domain),
			Part: web.Field{Form: "w" + member, Name: "part", Kind: "select", Options: partOptions(desk.PartMember)},
		})
	}
	list, err := h.svc.ContactsOf(r.Context(), web.Actor(r), id)
	for _, m := range list {
		page.People = append(page.People, colleague(r, m))
	}
	return page, company, err
}

func colleague(r *http.Request, m service.CustomerMember) Colleague {
	member := strconv.FormatInt(int64(m.Membership.Member), 10)
	return Colleague{
		Person: web.Person{Name: m.Name.Text, Address: m.Address, Agent: m.Name.Agent}, Member: member, Is: web.T("part." + m.Part.String()),
		Part: web.Field{Form: "p" + member, Name: "part", Kind: "select", Options: partOptions(m.Part)},
		Mail: web.Field{Form: "m" + member, Name: "letters", Kind: "select", Options: web.LetterOptions(m.Quiet)}, Quiet: m.Quiet,
		Change: m.Name.Kind == "user" && m.Membership.Member != desk.PrincipalID(web.Actor(r).User),
	}
}

func partOptions(chosen desk.Part) []web.Option {
	var options []web.Option
	for _, p := range []desk.Part{desk.PartContact, desk.PartReader, desk.PartMember, desk.PartManager} {
		options = append(options, web.Option{Value: p.String(), Label: web.T("part." + p.String()), Selected: p == chosen})
	}
	return options
}

// invite takes the form for somebody new.
func (h handler) invite(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, company, err := h.peoplePage(r)
	if err != nil {
		return err
	}
	part, _ := desk.ParsePart(r.PostFormValue("part"))
	err = h.svc.Invite(r.Context(), web.Actor(r), service.Invitation{
		Customer: company.ID, Address: r.PostFormValue("address"), Name: r.PostFormValue("name"), Part: part,
	})
	switch kind := desk.KindOf(err); kind {
	case 0:
		return h.site.Done(w, r, page.URL, web.Notice{Level: "good", Text: web.T("portal.people.invited", r.PostFormValue("address"))})
	case desk.Invalid, desk.Conflict, desk.TooMany:
		web.Retype(r, &page.Address, &page.Called, &page.Part)
		if rest := web.Refuse(err, &page.Address, &page.Called, &page.Part); rest != "" {
			page.Error = web.Plain(rest)
		}
		view := page.View()
		view.Status = web.StatusOf(kind)
		return h.site.Show(w, r, view)
	}
	return err
}

// admit lets somebody in who waits, or refuses him.
func (h handler) admit(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, company, err := h.peoplePage(r)
	if err != nil {
		return err
	}
	for _, c := range page.Waiting {
		if c.Member != r.PostFormValue("member") {
			continue
		}
		in := service.Admission{Customer: company.ID, Refuse: r.PostFormValue("refuse") != ""}
		user, _ := strconv.ParseInt(c.Member, 10, 64)
		in.User = desk.UserID(user)
		in.Part, _ = desk.ParsePart(r.PostFormValue("part"))
		if err := h.svc.Admit(r.Context(), web.Actor(r), in); err != nil {
			return err
		}
		text := web.T("join.done", c.Person.Name)
		if in.Refuse {
			text = web.T("join.refused", c.Person.Name)
		}
		return h.site.Done(w, r, page.URL, web.Notice{Level: "good", Text: text})
	}
	return desk.Errorf(desk.NotFound, "Nobody like that waits any more. Open the page again.")
}

// changeColleague changes somebody's part, or ends his membership.
func (h handler) changeColleague(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	_, company, err := h.peoplePage(r)
	if err != nil {
		return err
	}
	list, err := h.svc.ContactsOf(r.Context(), web.Actor(r), company.ID)
	if err != nil {
		return err
	}
	for _, m := range list {
		if !colleague(r, m).Change || strconv.FormatInt(int64(m.Membership.Member), 10) != r.PostFormValue("member") {
			continue
		}
		text := web.T("portal.people.changed", m.Name.Text)
		if r.PostFormValue("end") != "" {
			text = web.T("portal.people.ended", m.Name.Text)
			err = h.svc.RemoveMember(r.Context(), web.Actor(r), m.Group, m.Membership.Member)
		} else {
			err = h.setColleague(r, m)
		}
		if err != nil {
			return err
		}
		return h.site.Done(w, r, peopleURL(company.ID), web.Notice{Level: "good", Text: text})
	}
	return desk.Errorf(desk.NotFound, "He does not belong to this company any more. Open the page again.")
}

// setColleague sets somebody's part and which letters he gets, as the form says:
// both or neither.
func (h handler) setColleague(r *http.Request, m service.CustomerMember) error {
	_, err := h.svc.Together(r.Context(), web.Actor(r), func(in *service.Service, by desk.Actor) error {
		if part, ok := desk.ParsePart(r.PostFormValue("part")); ok && part != m.Part {
			m.Part = part
			if err := in.UpdateMember(r.Context(), by, m.Membership); err != nil {
				return err
			}
		}
		letters := r.PostFormValue("letters")
		if letters == "" {
			return nil
		}
		return in.SetCompanyLetters(r.Context(), by, service.CompanyLetters{Customer: desk.CustomerID(m.Group), Member: desk.UserID(m.Membership.Member), Quiet: letters == "named"})
	})
	return err
}
