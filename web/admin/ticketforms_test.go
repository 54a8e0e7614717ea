package admin_test

import (
	"fmt"
	"net/http"
	"testing"

	"gatehouse/desk"
	"gatehouse/web/webtest"
)

// TestTicketFormsByPage: who runs a queue writes its form, for everybody and for
// one customer, and others find no such page.
func TestTicketFormsByPage(t *testing.T) {
	d := newDesk(t)
	page := at(d, "queue", "Support") + "/form"
	machine := webtest.Must(d.CreateField(t.Context(), d.Sys, desk.Field{Of: desk.OfTickets, Name: "Machine", Kind: desk.TextField, Everywhere: true}))(t)
	wants(t, d.Get("root", at(d, "queue", "Support")), http.StatusOK, page)
	wants(t, d.Get("root", page), http.StatusOK, "There is no form of its own", "Machine", "Has to be filled in")
	for _, login := range []string{"ann", "bob", "uma", "carl"} {
		wants(t, d.Get(login, page), http.StatusNotFound)
		wants(t, d.Post(login, page, "closed", "1"), http.StatusNotFound)
	}
	field := fmt.Sprint(int64(machine))
	wants(t, saved(t, d, "root", page, "intro", "Which <machine>?\n\nThanks.", "required", field), http.StatusOK, "The form is saved.", "Everybody", "Which &lt;machine&gt;? …", "1 more to fill in")
	wants(t, saved(t, d, "root", page, "customer", "acme", "closed", "1", "hidden", field), http.StatusOK, "Acme Robotics", "not offered", "1 not asked for")
	wants(t, d.Get("root", page+"?customer=acme"), http.StatusOK, `name="closed" value="1" checked`, `value="acme"`)
	wants(t, d.Post("root", page, "customer", "nobody", "intro", "Kept <so>"), http.StatusUnprocessableEntity, "There is no customer with this key.", "Kept &lt;so&gt;")
	wants(t, d.Post("root", page, "required", "99"), http.StatusNotFound)
	wants(t, saved(t, d, "root", page, "customer", "acme"), http.StatusOK, "!Acme Robotics")
	wants(t, d.Get("root", "/admin/audit?about=queue:Support"), http.StatusOK, "changed the form of the portal")
}
