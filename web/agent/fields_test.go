package agent_test

import (
	"fmt"
	"html"
	"testing"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// makeFields gives the desk a choice in Support, a decimal number everywhere
// and a moment, which Support staff may change; ray sees none.
func makeFields(t testing.TB, d *webtest.Desk) (building, cost, needed desk.FieldID) {
	t.Helper()
	make := func(f desk.Field) desk.FieldID {
		f.Of = desk.OfTickets
		return webtest.Must(d.CreateField(t.Context(), d.Sys, f))(t)
	}
	building = make(desk.Field{Name: "Building <b>", Kind: desk.OneField, Queues: []desk.QueueID{d.Queue["Support"]}, Description: "Where it stands",
		Choices: []desk.Choice{{Name: "North & South"}, {Name: "West 😀"}}})
	cost = make(desk.Field{Name: "Cost", Kind: desk.DecimalField, Everywhere: true, Lowest: "0"})
	needed = make(desk.Field{Name: "Tags", Kind: desk.SeveralField, Everywhere: true, Choices: []desk.Choice{{Name: "red"}, {Name: "blue"}}})
	d.Give(d.Who["Support staff"], 0, desk.OnQueue(d.Queue["Support"]), "SeeCustomField", "ModifyCustomField")
	return building, cost, needed
}

// field sends the form of one field of a ticket's page, as it was shown.
func field(f desk.FieldID, seen string, values ...string) []string {
	form := []string{fmt.Sprint("was-", f), seen}
	for _, v := range values {
		form = append(form, fmt.Sprint("field-", f), v)
	}
	return form
}

// TestFieldsOfATicket: fields are shown by right, changed in place, and what is
// refused keeps what was typed.
func TestFieldsOfATicket(t *testing.T) {
	d := newDesk(t)
	building, cost, tags := makeFields(t, d)
	id := ask(t, d, "bob", "Arm 7 stops")
	page := d.Get("ann", path(id))
	wants(t, page, 200, "Custom fields", "Building &lt;b&gt;", "North &amp; South", "Where it stands", "!<b></", `type="checkbox" id="f-custom-field-`)
	wants(t, d.Get("ray", path(id)), 200, "!Custom fields", "!Building", "!Cost")
	seen := html.UnescapeString(hidden(t, page, fmt.Sprint("was-", building)))
	wants(t, follow(t, d, "ann", d.Post("ann", path(id)+"/fields", field(building, seen, "West 😀")...)), 200, "West 😀", "set Building &lt;b&gt; to “West 😀”")
	wants(t, d.Post("tom", path(id)+"/fields", field(building, seen, "North & South")...), 409, "Somebody else changed Building", "West 😀")
	wants(t, d.Post("ann", path(id)+"/fields", field(building, `["West 😀"]`, "East")...), 422, "choose one of those offered")
	wants(t, d.Post("ann", path(id)+"/fields", field(cost, "[]", "-1")...), 422, "Cost is at least 0", `value="-1"`, "!: Cost is at least 0")
	wants(t, follow(t, d, "ann", d.Post("ann", path(id)+"/fields", field(tags, "[]", "blue", "red")...)), 200, "red, blue")
	wants(t, d.Post("ray", path(id)+"/fields", field(cost, "[]", "1")...), 303) // a form of fields that he does not see says nothing
	for _, f := range webtest.Must(d.Ticket(t.Context(), d.Sys, id))(t).Fields {
		if f.ID == cost && len(f.Values) > 0 {
			t.Errorf("ray has set the cost: %v", f.Values)
		}
	}
	wants(t, d.Get("ray", path(id)+"?all=1"), 200, "!West 😀", "!changed a field")
	wants(t, d.Get("ann", "/agent/tickets?query=CF.{Tags}+=+'red'"), 200, "Arm 7 stops")
	wants(t, d.Get("ray", "/agent/tickets?query=CF.{Tags}+=+'red'"), 200, "!Arm 7 stops")
	wants(t, d.Get("ann", "/agent/tickets?query=CF.{Cost}+>+'many'"), 200, "Cost is compared with a number")
}

// TestNewTicketWithFields: the form shows the fields of the queue, another one
// when it is asked for, and keeps what was typed.
func TestNewTicketWithFields(t *testing.T) {
	d := newDesk(t)
	building, cost, _ := makeFields(t, d)
	support, billing := fmt.Sprint(d.Queue["Support"]), fmt.Sprint(d.Queue["Billing"])
	wants(t, d.Get("tom", "/agent/tickets/new?queue="+support), 200, "Building &lt;b&gt;", "Show the fields of this queue")
	wants(t, d.Get("tom", "/agent/tickets/new?queue="+billing), 200, "!Building", "!Cost")
	typed := []string{"queue", support, "requestor", "bob", "subject", "A <new> one", "text", "Please", "form", "f1"}
	wants(t, d.Post("tom", "/agent/tickets", append(typed, "do", "queue")...), 200, "A &lt;new&gt; one", "Building")
	bad := append(typed, fmt.Sprint("field-", cost), "much", fmt.Sprint("field-", building), "West 😀")
	wants(t, d.Post("tom", "/agent/tickets", bad...), 422, "Cost is a number", `value="much"`, "A &lt;new&gt; one", `<option value="West 😀" selected`)
	good := append(typed, fmt.Sprint("field-", cost), "12,5", fmt.Sprint("field-", building), "West 😀")
	wants(t, follow(t, d, "tom", d.Post("tom", "/agent/tickets", good...)), 200, "A &lt;new&gt; one", "12.5", "West 😀")
}

// TestFieldStory fills a field in by keyboard and sees it in the history.
func TestFieldStory(t *testing.T) {
	d := newDesk(t)
	_, cost, tags := makeFields(t, d)
	id := ask(t, d, "bob", "Arm 7 stops")
	d.OK(d.SetFields(t.Context(), d.Sys, service.FieldsChange{Ticket: id, Set: []service.FieldSet{{Field: tags, Values: []string{"red"}}}}))
	password := d.Password("ann")
	b := webtest.Open(t, d.Handler)
	b.Go(t, "/", webtest.Looks()["wide-light"])
	b.Do(t, chromedp.SetValue("#f-login", "ann"), chromedp.SetValue("#f-password", password))
	b.Press(t, "Sign in")
	b.Go(t, path(id), webtest.Looks()["wide-light"])
	b.Do(t, chromedp.Click(".context section[aria-labelledby=fields] dd:nth-of-type(2) summary"))
	b.Examine(t, "real-ticket-fields")
	input := fmt.Sprintf("#f-custom-field-%d", cost)
	b.Follow(t, chromedp.SendKeys(input, "12.5\r"))
	b.Says(t, "12.5", "set Cost to “12.5”")
}

// TestColumns: a list has the columns of one's choice, custom fields among them
// where one may see them, and so has the export.
func TestColumns(t *testing.T) {
	d := newDesk(t)
	_, cost, _ := makeFields(t, d)
	id := ask(t, d, "bob", "Arm 7 stops")
	d.OK(d.SetFields(t.Context(), d.Sys, service.FieldsChange{Ticket: id, Set: []service.FieldSet{{Field: cost, Values: []string{"12.5"}}}}))
	wants(t, d.Get("ann", "/agent/tickets?view=open"), 200, "Columns of this list", "!12.5", `value="cf.Cost"`)
	wants(t, look(t, d, "ann", "/agent/tickets?view=open&columns=status,CF.cost,priority,nonsense"), 200, "12.5", `>Cost<span class="unseen"> · sort by it`, "sort=by-cf.Cost", "Priority", `name="view" value="open"`, `columns=status`)
	wants(t, look(t, d, "ann", "/agent/tickets?view=open&column=status&column=cf.Cost"), 200, "12.5", "columns=status%2Ccf.Cost")
	wants(t, d.Get("ray", "/agent/tickets?view=open&columns=status,cf.Cost"), 200, "Arm 7 stops", "!12.5", "!>Cost<")
	wants(t, d.Get("ann", "/agent/tickets.csv?view=open"), 200, "CF.Cost", "12.5")
	wants(t, d.Get("ray", "/agent/tickets.csv?view=open"), 200, "Arm 7 stops", "!CF.", "!12.5")
}
