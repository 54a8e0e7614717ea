package agent_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// bell says how much the bell counts for somebody.
func bell(d *webtest.Desk, login string) string {
	found := regexp.MustCompile(`unread: </span>(\d+)`).FindStringSubmatch(d.Get(login, "/agent/notices/bell").Body.String())
	if found == nil {
		return ""
	}
	return found[1]
}

// TestNotices: what concerns somebody is counted at the bell of every page,
// listed, and read one by one, all together, or with the ticket.
func TestNotices(t *testing.T) {
	d := newDesk(t)
	arm := ask(t, d, "bob", "Arm")
	wants(t, d.Get("ann", "/agent/notices"), 200, "Nothing new for you")
	d.OK(d.SetOwner(t.Context(), d.By("tom"), arm, service.Give, desk.UserID(d.Who["ann"])))
	say(d, "bob", desk.Reply, arm, "Well?")
	say(d, "bob", desk.Reply, arm, "Hello?")
	say(d, "tom", desk.Comment, arm, "He waits, @ann.")
	if got := bell(d, "ann"); got != "3" {
		t.Errorf("the bell counts %q", got)
	}
	page := d.Get("ann", "/agent/notices")
	wants(t, page, 200, "Tom Tailor gave you a ticket", "Bob Baker replied", "2 times", "Tom Tailor mentioned you", "Arm", "Mark all as read", "/agent/notices?only=unread", `class="unread"`)
	wants(t, d.Get("tom", "/agent/notices"), 200, "Nothing new for you")
	wants(t, d.Get("bob", "/agent/notices"), 404)
	one := regexp.MustCompile(`/agent/notices/\d+/read`).FindString(page.Body.String())
	wants(t, d.Post("tom", one), 404)
	wants(t, d.Post("ann", strings.Replace(one, "/read", "/nonsense", 1)), 404)
	wants(t, d.Post("ann", one), http.StatusSeeOther)
	wants(t, d.Get("ann", "/agent/notices?only=unread"), 200, "!mentioned you", "replied", "Show all")
	wants(t, d.Post("ann", strings.Replace(one, "/read", "/unread", 1)), http.StatusSeeOther)
	if got := bell(d, "ann"); got != "3" {
		t.Errorf("marked as unread again, the bell counts %q", got)
	}
	wants(t, d.Post("ann", "/agent/notices/read"), http.StatusSeeOther)
	wants(t, d.Get("ann", "/agent/notices"), 200, "!Mark all as read", "Mark as unread")
	say(d, "bob", desk.Reply, arm, "Still there?")
	wants(t, d.Get("ann", "/agent/tickets?view=open"), 200, `unread: </span>1`)
	wants(t, d.Get("ann", path(arm)), 200, "!unread: </span>")
	if got := bell(d, "ann"); got != "" {
		t.Errorf("who opened the ticket is told of it: %q", got)
	}
}

// TestNoticesOfHiddenTickets: what one may not see any more is neither listed nor
// counted.
func TestNoticesOfHiddenTickets(t *testing.T) {
	d := newDesk(t)
	arm := ask(t, d, "bob", "Arm")
	d.OK(d.SetOwner(t.Context(), d.By("ann"), arm, service.Give, desk.UserID(d.Who["tom"])))
	if got := bell(d, "tom"); got != "1" {
		t.Fatalf("the bell counts %q", got)
	}
	d.OK(d.SetStatus(t.Context(), d.By("root"), arm, desk.StatusDeleted, 0))
	if got := bell(d, "tom"); got != "" {
		t.Errorf("of a deleted ticket the bell counts %q", got)
	}
	wants(t, d.Get("tom", "/agent/notices"), 200, "!Arm")
}

// TestUnreadMarks: lists show what is new to their reader until he opens it, a
// ticket where it begins; he can say otherwise. What a page asks by itself in the
// background is not read.
func TestUnreadMarks(t *testing.T) {
	d := newDesk(t)
	arm, belt := ask(t, d, "bob", "Arm"), ask(t, d, "mei", "Belt")
	const list = "/agent/tickets?view=open"
	unread := func(why, login, want string) {
		t.Helper()
		var got []string
		page := d.Get(login, list).Body.String()
		for _, row := range regexp.MustCompile(`<td>(<i class=unread>Unread</i> )?<a href="[^"]*">([^<]*)</a>`).FindAllStringSubmatch(page, -1) {
			if row[1] != "" {
				got = append(got, row[2])
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: to %s it is %q that is unread, want %q", why, login, got, want)
		}
	}
	unread("at first", "ann", "Belt Arm")
	wants(t, d.Get("ann", path(arm)), 200, "!New since", "Mark as unread")
	wants(t, d.Get("ray", path(arm)), 200)
	unread("opened", "ann", "Belt")
	say(d, "tom", desk.Comment, arm, "He calls every week.")
	unread("a comment", "ann", "Belt Arm")
	unread("a comment that he may not read", "ray", "Belt")
	unread("his own", "tom", "Belt Arm")
	wants(t, d.GetWith("ann", path(arm), "X-By-Itself", "1"), 200, "He calls every week.")
	wants(t, d.GetWith("ann", path(arm), "Sec-Purpose", "prefetch"), 200)
	unread("a page in the background", "ann", "Belt Arm")
	page := d.Get("ann", path(arm)).Body.String()
	if at := strings.Index(page, "New since you last read this"); at < 0 || at > strings.Index(page, "He calls every week.") || strings.Count(page, "New since") != 1 {
		t.Errorf("the ticket does not say once where the new begins: %d", at)
	}
	wants(t, d.Post("ann", "/agent/tickets/mark", "ticket", fmt.Sprint(int64(arm)), "mark", "unread", "list", "view=open"), http.StatusSeeOther)
	wants(t, d.Get("ann", list), 200, "One ticket is marked as unread.")
	unread("marked", "ann", "Belt Arm")
	wants(t, d.Post("ann", "/agent/tickets/mark", "shown", fmt.Sprintf("%d,%d,999", arm, belt), "mark", "read"), http.StatusSeeOther)
	unread("all that is shown", "ann", "")
	wants(t, d.Post("ann", "/agent/tickets/mark", "mark", "nonsense"), 404)
	wants(t, d.GetWith("ray", path(belt), "X-By-Itself", "1", "X-Seen", "1"), 200)
	unread("a page that is looked at", "ray", "")
}
