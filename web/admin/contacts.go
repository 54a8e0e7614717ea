package admin

import (
	"net/http"
	"strconv"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// addContact makes somebody a contact of a customer.
func (h handler) addContact(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, c, err := h.customerPage(r)
	if err != nil {
		return err
	}
	if page.Add == nil {
		return desk.Errorf(desk.Forbidden, "You may not choose the people of this customer: it asks for the right AdminCustomer.")
	}
	m := desk.Membership{Group: desk.PrincipalID(c.ID), Primary: r.PostFormValue("primary") != ""}
	if m.Member, err = h.svc.FindMember(r.Context(), web.Actor(r), m.Group, r.PostFormValue("who")); err == nil {
		m.Part, err = readPart(r)
	}
	if err == nil {
		err = h.svc.AddMember(r.Context(), web.Actor(r), m)
	}
	if err != nil {
		page.Add.refuse(r, err)
		return h.showRefused(w, r, page.View(), err)
	}
	return h.done(w, r, page.URL, web.T("admin.done.added", r.PostFormValue("who")))
}

func readPart(r *http.Request) (desk.Part, error) {
	part, ok := desk.ParsePart(r.PostFormValue("part"))
	if !ok {
		return 0, desk.InvalidFields(map[string]string{"part": "Choose one of these."})
	}
	return part, nil
}

// readMember reads which member a form is about.
func readMember(r *http.Request) (desk.PrincipalID, error) {
	id, err := strconv.ParseInt(r.PostFormValue("member"), 10, 64)
	if err != nil {
		return 0, desk.Errorf(desk.NotFound, "There is no such member.")
	}
	return desk.PrincipalID(id), nil
}

// changePart changes a contact's part, or makes the customer his primary one;
// what the form does not show stays as it is.
func (h handler) changePart(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	id, err := web.ID[desk.CustomerID](r, "id")
	if err != nil {
		return err
	}
	member, err := readMember(r)
	if err != nil {
		return err
	}
	part, err := readPart(r)
	if err != nil {
		return err
	}
	list, err := h.svc.Members(r.Context(), web.Actor(r), desk.PrincipalID(id))
	if err != nil {
		return err
	}
	for _, m := range list {
		if m.Membership.Member != member {
			continue
		}
		m.Part = part
		m.Primary = m.Primary || r.PostFormValue("primary") != ""
		if err := h.svc.UpdateMember(r.Context(), web.Actor(r), m.Membership); err != nil {
			return err
		}
		return h.done(w, r, placeURL("customer", int64(id)), web.T("admin.done.part", m.Name.Text, web.ReaderOf(r).Say(web.T("part."+part.String()))))
	}
	return desk.Errorf(desk.NotFound, "He does not belong to this customer any more. Open its page again.")
}

// removeContact ends somebody's belonging to a customer.
func (h handler) removeContact(w http.ResponseWriter, r *http.Request) error {
	return h.remove(w, r, "customer")
}

// remove ends a membership of a group or customer.
func (h handler) remove(w http.ResponseWriter, r *http.Request, kind string) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	group, err := web.ID[desk.PrincipalID](r, "id")
	if err != nil {
		return err
	}
	member, err := readMember(r)
	if err != nil {
		return err
	}
	if err := h.svc.RemoveMember(r.Context(), web.Actor(r), group, member); err != nil {
		return err
	}
	return h.done(w, r, placeURL(kind, int64(group)), web.T("admin.done.removed"))
}

// waiting are the people who wait to become contacts of a customer.
func (h handler) waiting(r *http.Request, id desk.CustomerID) ([]CustomerPerson, error) {
	list, err := h.svc.PendingMembers(r.Context(), web.Actor(r), id)
	var people []CustomerPerson
	for _, p := range list {
		member := strconv.FormatInt(int64(p.User), 10)
		people = append(people, CustomerPerson{
			Person: web.Person{Name: p.Name.Text, Address: p.Address, URL: urlOf(p.Name)}, Member: member, Is: web.T("join.by", p.Domain),
			Part: &web.Field{Form: "wait-" + member + "-", Name: "part", Kind: "select", Options: partOptions(desk.PartMember)},
		})
	}
	return people, err
}

// admit lets somebody in who waits for a customer, or refuses him.
func (h handler) admit(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.CustomerID](r, "id")
	if err != nil {
		return err
	}
	member, err := readMember(r)
	if err != nil {
		return err
	}
	in := service.Admission{Customer: id, User: desk.UserID(member), Refuse: r.PostFormValue("refuse") != ""}
	in.Part, _ = desk.ParsePart(r.PostFormValue("part"))
	name := ""
	waiting, err := h.svc.PendingMembers(r.Context(), web.Actor(r), id)
	for _, p := range waiting {
		if p.User == in.User {
			name = p.Name.Text
		}
	}
	if err != nil {
		return err
	}
	if err := h.svc.Admit(r.Context(), web.Actor(r), in); err != nil {
		return err
	}
	text := web.T("join.done", name)
	if in.Refuse {
		text = web.T("join.refused", name)
	}
	return h.done(w, r, placeURL("customer", int64(id)), text)
}
