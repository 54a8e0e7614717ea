package portal_test

import (
	"net/http"
	"strconv"
	"testing"

	"gatehouse/desk"
	"gatehouse/web/webtest"
)

func peopleOf(d *webtest.Desk, customer string) string {
	return "/portal/people/" + strconv.FormatInt(int64(d.Who[customer]), 10)
}

// TestManagersLookAfterTheirPeople: Mei invites, sets parts and takes out, at
// Acme and nowhere else; nobody else sees the page.
func TestManagersLookAfterTheirPeople(t *testing.T) {
	d := newDesk(t)
	acme := peopleOf(d, "acme")
	wants(t, d.Get("mei", "/portal/company"), 200, acme)
	wants(t, d.Get("bob", "/portal/company"), 200, "!/portal/people/")
	wants(t, d.Get("mei", acme), 200, "Bob Baker", "bob@acme.example", "!Vera")
	for _, login := range []string{"bob", "vera", "lone", "ann"} {
		wants(t, d.Get(login, acme), 404, "!Bob Baker")
		wants(t, d.Post(login, acme, "address", "x@acme.example", "part", "manager"), 404)
	}
	wants(t, d.Get("mei", peopleOf(d, "brueckner")), 404)
	wants(t, d.Post("mei", acme, "address", "Kim@acme.example", "name", "Kim", "part", "reader"), http.StatusSeeOther)
	wants(t, d.Get("mei", acme), 200, "kim@acme.example")
	wants(t, d.Post("mei", acme, "address", "vera@brueckner.example", "part", "member"), 422, "cannot be invited")
	wants(t, d.Post("mei", acme, "address", "nonsense", "part", "member"), 422, "nonsense")

	bob := strconv.FormatInt(int64(d.Who["bob"]), 10)
	wants(t, d.Post("mei", acme+"/change", "member", bob, "part", "manager"), http.StatusSeeOther)
	wants(t, d.Get("bob", acme), 200, "Mei Chen")
	mei := strconv.FormatInt(int64(d.Who["mei"]), 10)
	wants(t, d.Post("mei", acme+"/change", "member", mei, "end", "1"), 404)
	vera := strconv.FormatInt(int64(d.Who["vera"]), 10)
	wants(t, d.Post("mei", acme+"/change", "member", vera, "end", "1"), 404)
	wants(t, d.Post("mei", acme+"/change", "member", bob, "end", "1"), http.StatusSeeOther)
	wants(t, d.Get("bob", acme), 404)
	for _, m := range webtest.Must(d.Members(t.Context(), d.Sys, desk.PrincipalID(d.Who["acme"])))(t) {
		if m.Name.Text == "Bob Baker" {
			t.Error("Bob still belongs to Acme")
		}
	}
}
