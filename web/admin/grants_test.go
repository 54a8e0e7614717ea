package admin_test

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"time"

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

// TestReviewOfGrants: who holds what since when, the oldest first, on the page and
// as a file of all that was found, without formulas and as far as the reader may
// know of grants.
func TestReviewOfGrants(t *testing.T) {
	d := newDesk(t)
	d.Group("=SUM(A1)")
	d.Pass(48 * time.Hour)
	until := webtest.Must(desk.ParseDay("2027-03-31"))(t)
	for i, name := range []string{"=SUM(A1)", "ann"} {
		webtest.Must(d.Grant(t.Context(), d.Sys, desk.Grant{Who: d.Who[name], Right: desk.StealTicket, Place: desk.OnQueue(d.Queue["Billing"]), Until: desk.Day(i) * until}))(t)
		d.Pass(24 * time.Hour)
	}
	at := webtest.Now().Add(48 * time.Hour)
	wants(t, d.Get("root", "/admin/grants?what=StealTicket&where=queue:Billing"), 200, "Since", `datetime="`+at.UTC().Format("2006-01-02T15:04Z"), "/admin/grants.csv?what=StealTicket&amp;where=queue:Billing")
	w := d.Get("root", "/admin/grants.csv?what=StealTicket&where=queue:Billing")
	rows, err := csv.NewReader(w.Body).ReadAll()
	if err != nil || w.Code != 200 || len(rows) != 3 {
		t.Fatalf("got %d: %q (%v)", w.Code, rows, err)
	}
	for i, want := range []string{"'=SUM(A1)||StealTicket|queue:Billing|" + at.Format(time.RFC3339) + "||", "Ann Archer||StealTicket|queue:Billing|" + at.Add(24*time.Hour).Format(time.RFC3339) + "|2027-03-31|"} {
		if got := strings.Join(rows[i+1][1:], "|"); got != want {
			t.Errorf("row %d: got %s, want %s", i, got, want)
		}
	}
	all, err := csv.NewReader(d.Get("root", "/admin/grants.csv").Body).ReadAll()
	list, _, errs := d.Grants(t.Context(), d.Sys, service.GrantFilter{Limit: 500})
	if err != nil || errs != nil || len(all) != len(list)+1 {
		t.Errorf("%d rows of %d grants: %v, %v", len(all), len(list), err, errs)
	}
	wants(t, d.Get("quinn", "/admin/grants.csv"), 200, "!Carl Cole", "!SuperUser", "passed_on_by")
	wants(t, d.Get("ann", "/admin/grants.csv"), 404)
}
