package agent_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/agent"
	"gatehouse/web/webtest"
)

// TestLists: each view and filter shows what it says.
func TestLists(t *testing.T) {
	d := newDesk(t)
	mine, stalled, done, other := ask(t, d, "bob", "Mine"), ask(t, d, "bob", "Stalled"), ask(t, d, "mei", "Done"), ask(t, d, "vera", "Other")
	billing := webtest.Must(d.OpenTicket(t.Context(), d.Sys, service.NewTicket{Queue: d.Queue["Billing"], Subject: "Invoice"}))(t)
	d.OK(d.SetOwner(t.Context(), d.By("ann"), mine, service.Take, 0))
	d.OK(d.SetStatus(t.Context(), d.By("ann"), stalled, desk.StatusStalled, 0))
	d.OK(d.SetStatus(t.Context(), d.By("ann"), done, desk.StatusResolved, 0))
	say(d, "ann", desk.Comment, other, "Pineapple.")
	for _, tt := range []struct {
		login, query string
		want         string
	}{
		{"ann", "view=mine", "Mine"},
		{"ann", "view=new", "Other Stalled"},
		{"ann", "view=open", "Other Stalled Mine"},
		{"ann", "view=stalled", "Stalled"},
		{"ann", "view=recent", "Done"},
		{"ann", "view=watching", "Mine"},
		{"ann", "", "Other Done Stalled Mine"},
		{"ann", "queue=Support", "Other Stalled Mine"},
		{"ann", "queue=Billing", ""},
		{"tom", "queue=Billing", "Invoice"},
		{"tom", "queue=nowhere", ""},
		{"ann", "owner=me", "Mine"},
		{"ann", "query=Status+%3D+stalled", "Stalled"},
		{"ann", "query=Owner+%3D+Nobody+AND+Status+%3D+%27__Active__%27", "Other Stalled"},
		{"ann", "query=Content+LIKE+pineapple", "Other"},
		{"ann", "query=Queue+%3D+Billing", ""},
		{"ann", "owner=nobody&status=active", "Other Stalled"},
		{"ann", "status=inactive", "Done"},
		{"ann", "customer=acme", "Done Stalled Mine"},
		{"ann", "customer=Br%C3%BCckner+%26+S%C3%B6hne", "Other"},
		{"ann", "text=pineapple", "Other"},
		{"ray", "text=pineapple", ""},
		{"ann", "view=open&text=stalled", "Stalled"},
		{"zoe", "", ""},
		{"ann", "before=abc&after=-7&view=nowhere", "Other Done Stalled Mine"},
	} {
		t.Run(tt.login+" "+tt.query, func(t *testing.T) {
			w := look(t, d, tt.login, "/agent/tickets?"+tt.query)
			var got []string
			for _, row := range regexp.MustCompile(`value=\d+>\d+</label><td>(?:<i class=unread>[^<]*</i> )?<a href="[^"]*">([^<]*)</a>`).FindAllStringSubmatch(w.Body.String(), -1) {
				got = append(got, row[1])
			}
			if strings.Join(got, " ") != tt.want || w.Code != 200 {
				t.Errorf("got %d: %q, want %q", w.Code, got, tt.want)
			}
			if tt.want == "" {
				wants(t, w, 200, "Nothing here")
			}
		})
	}
	wants(t, d.Get("ann", "/agent/tickets?customer=nowhere"), 200, "There is no customer “nowhere”")
	wants(t, d.Get("ann", "/agent/tickets"), 200, "!Billing")
	if got := d.Get("ann", "/agent/tickets?text=%23"+fmt.Sprint(int64(mine))).Header().Get("Location"); got != path(mine) {
		t.Errorf("a number leads to %q, want its ticket", got)
	}
	wants(t, d.Get("ann", "/agent/tickets?text="+fmt.Sprint(int64(billing))), 200, "Nothing here")
}

// TestEmptyListsLeadOn: an empty list says where there are tickets, and not that
// a filter is in the way where none is.
func TestEmptyListsLeadOn(t *testing.T) {
	d := newDesk(t)
	for _, tt := range []struct{ query, says, to string }{
		{"view=mine", "Take one that nobody has yet.", "/agent/tickets?view=new"},
		{"view=open", "Letters to a queue become tickets", "/agent/tickets/new"},
		{"", "Letters to a queue become tickets", "/agent/tickets/new"},
		{"view=overdue", "No ticket is in this view now.", "/agent/tickets?view=open"},
		{"view=open&text=kettle", "Clear the filter", "/agent/tickets?view=open"},
		{"query=Status+%3D+stalled", "Clear the filter", "/agent/tickets?view=open"},
		{"query=Status+%3D+", "was not understood", "/agent/tickets?view=open"},
		{"customer=nowhere", "Nothing was searched", "/agent/tickets?view=open"},
		{"text=" + strings.Repeat("x", 201), "Nothing was searched", "/agent/tickets?view=open"},
	} {
		body := d.Get("zoe", "/agent/tickets?"+tt.query).Body.String()
		_, empty, _ := strings.Cut(body, `class="empty"`)
		if !strings.Contains(empty, tt.says) || !strings.Contains(empty, `href="`+tt.to+`"`) {
			t.Errorf("%q: got %.600s", tt.query, empty)
		}
		if strings.Contains(empty, "Nothing was searched") && strings.Contains(empty, "Clear the filter") {
			t.Errorf("%q: a mistake is taken for a filter: %.600s", tt.query, empty)
		}
	}
}

// TestBuilderBeginsWithStatus: the form beside a query begins with what people look
// for most, and not with the first of the fields.
func TestBuilderBeginsWithStatus(t *testing.T) {
	body := newDesk(t).Get("ann", "/agent/tickets").Body.String()
	if _, field, _ := strings.Cut(body, `name="field"`); !strings.Contains(strings.SplitN(field, "</select>", 2)[0], `<option value="Status" selected>`) {
		t.Errorf("it begins with %.300s", field)
	}
}

// TestNowhereToOpenATicket: who can open none is told what comes first, on a page
// from which he can go on.
func TestNowhereToOpenATicket(t *testing.T) {
	empty := webtest.NewDesk(t, webtest.Area{Templates: agent.Templates, Routes: agent.Routes})
	empty.User("Root Rudolf", "desk.example", desk.Agent)
	empty.Give(empty.Who["root"], 0, desk.OnSystem(), "SuperUser")
	wants(t, empty.Get("root", "/agent/tickets/new"), 403, "there is none yet", `class="button primary" href="/admin/blueprints"`, "!<form class=\"form\"", "My tickets")
	d := newDesk(t)
	wants(t, d.Get("zoe", "/agent/tickets/new"), 403, "Ask the people who run this desk", "!/admin/")
	d.Give(d.Who["zoe"], 0, desk.OnSystem(), "ShowConfigTab", "SeeQueue")
	wants(t, d.Get("zoe", "/agent/tickets/new"), 403, "lets you", `class="button primary" href="/admin/queues"`)
}

var older = regexp.MustCompile(`rel="(prev|next)" href="([^"]*)"`)

// way is where a page's link to the newer (prev) or older (next) one leads.
func way(page, rel string) string {
	for _, m := range older.FindAllStringSubmatch(page, -1) {
		if m[1] == rel {
			return strings.ReplaceAll(m[2], "&amp;", "&")
		}
	}
	return ""
}

// TestListPages: fifty rows a page, older and newer ones beyond, and a page of
// them is small.
func TestListPages(t *testing.T) {
	d := newDesk(t)
	for i := range 120 {
		ask(t, d, "bob", fmt.Sprintf("Ticket %d of a long list of tickets with subjects of some length", i))
	}
	at := "/agent/tickets?view=open"
	var sizes []int
	var last string
	for at != "" && len(sizes) < 9 {
		last = d.Get("ann", at).Body.String()
		sizes = append(sizes, strings.Count(last, "<tr><td>"))
		at = way(last, "next")
	}
	if fmt.Sprint(sizes) != "[50 50 20]" {
		t.Errorf("the pages have %v rows, want 50, 50, 20", sizes)
	}
	back := d.Get("ann", way(last, "prev")).Body.String()
	if !strings.Contains(back, "Ticket 69 of") || !strings.Contains(back, "Ticket 20 of") || way(back, "next") == "" {
		t.Errorf("the page before the last has not the rows from 69 to 20")
	}
}

// TestLongTicket: a long conversation fits into a page; the rest is one step
// away.
func TestLongTicket(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	for i := range 60 {
		say(d, "ann", desk.Reply, id, fmt.Sprintf("Message %d. %s", i, strings.Repeat("word ", 60)))
	}
	say(d, "bob", desk.Reply, id, strings.Repeat("A very long text. ", 5000))
	w := d.Get("ann", path(id)) // Get fails where it is more than 60 KB
	wants(t, w, 200, "Show earlier messages", "A very long text.", "!Message 0.")
	r := d.Get("ann", "/agent/tickets?view=open")
	wants(t, r, 200, path(id)+"?view=open")
}

// TestTheViewOfThoseWhoWait: it says for how long each has waited, which other
// views say where one chooses it.
func TestTheViewOfThoseWhoWait(t *testing.T) {
	d := newDesk(t)
	ask(t, d, "bob", "Arm 7 stops")
	d.Pass(75 * time.Hour)
	wants(t, d.Get("ann", "/agent/tickets?view=waiting"), 200, "Arm 7 stops", "Waits for", "3 d")
	wants(t, d.Get("ann", "/agent/tickets?view=open"), 200, "Arm 7 stops", "!3 d")
	wants(t, d.Get("ann", "/agent/tickets?view=open&columns=waited"), 200, "Arm 7 stops", "3 d")
}
