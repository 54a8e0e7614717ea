package admin_test

import (
	"fmt"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// TestPassedOnInTheList shows what was passed on with where it comes from,
// finds it by its last day, and withdraws it.
func TestPassedOnInTheList(t *testing.T) {
	d := newDesk(t)
	right := desk.Grant{Who: d.Who["ann"], Right: desk.StealTicket, Place: desk.OnQueue(d.Queue["Billing"])}
	source := webtest.Must(d.Grant(t.Context(), d.Sys, right))(t)
	d.Give(d.Who["ann"], 0, desk.OnSystem(), "DelegateRights")
	day := webtest.Must(desk.ParseDay("2027-03-31"))(t)
	id := webtest.Must(d.Delegate(t.Context(), d.By("ann"), service.Delegation{Source: source, To: d.Who["mia"], Until: day}))(t)
	from := fmt.Sprintf("passed on by Ann Archer, from grant %d", source)
	wants(t, d.Get("root", "/admin/grants?until=2027-03-31"), 200, "StealTicket", from, `value="2027-03-31"`, "!ShowTicket")
	wants(t, d.Get("root", "/admin/grants?until=2027-03-30"), 200, "Nothing found")
	wants(t, d.Get("root", "/admin/grants?until=soon"), 200, "Nothing found")
	withdraw := fmt.Sprintf("/admin/grants/%d/revoke", id)
	wants(t, d.Get("root", withdraw), 200, "loses StealTicket")
	wants(t, next(t, d, "root", d.Post("root", withdraw)), 200, "StealTicket", "!"+from)
	wants(t, d.Post("root", withdraw), 404)
}
