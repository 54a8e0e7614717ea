package agent

import (
	"net/http"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// findPrincipal returns who is meant by a login, an address, a reference such
// as group:Support, or a name that only one has. An address that nobody has
// becomes a contact.
func (h handler) findPrincipal(r *http.Request, typed string) (desk.PrincipalID, error) {
	if typed == "" {
		return 0, desk.Errorf(desk.Invalid, "Name somebody: a login, an address, or group:NAME.")
	}
	id, err := h.desk.Find(r.Context(), web.Actor(r), typed)
	if desk.KindOf(err) != desk.NotFound {
		return id, err
	}
	found, err := h.desk.Suggest(r.Context(), web.Actor(r), typed)
	if err != nil {
		return 0, err
	}
	if n, ok := theOne(found, typed); ok {
		return n.ID, nil
	}
	if strings.Contains(typed, "@") {
		return h.desk.ContactFor(r.Context(), web.Actor(r), typed)
	}
	return 0, desk.Errorf(desk.Invalid, "“%s” is nobody that the desk knows, or more than one. Write a login or an address.", typed)
}

// theOne is what a name means if only one thing is called exactly so.
func theOne(found []service.Name, typed string) (service.Name, bool) {
	var one service.Name
	n := 0
	for _, f := range found {
		if desk.Fold(f.Text) == desk.Fold(typed) {
			one = f
			n++
		}
	}
	return one, n == 1
}

// findCustomer returns the customer that is meant by a key or a name, or a
// sentence that says that there is none.
func (h handler) findCustomer(r *http.Request, typed string) (desk.CustomerID, string, error) {
	ref := typed
	if !strings.HasPrefix(ref, "customer:") {
		ref = "customer:" + ref
	}
	id, err := h.desk.Find(r.Context(), web.Actor(r), ref)
	switch desk.KindOf(err) {
	case 0:
		return desk.CustomerID(id), "", nil
	case desk.NotFound:
	default:
		return 0, "", err
	}
	found, err := h.desk.Suggest(r.Context(), web.Actor(r), typed)
	if err != nil {
		return 0, "", err
	}
	var customers []service.Name
	for _, n := range found {
		if n.Kind == "customer" {
			customers = append(customers, n)
		}
	}
	if n, ok := theOne(customers, typed); ok {
		return desk.CustomerID(n.ID), "", nil
	}
	return 0, web.ReaderOf(r).Say(web.T("filter.customer.none", typed)), nil
}

// people reads names, logins, addresses and references with commas between
// them.
func people(text string) []string {
	var list []string
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ';' }) {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}
