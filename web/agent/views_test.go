package agent_test

import (
	"crypto/sha256"
	"fmt"
	"html"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/web"
)

// TestSavedViews keeps a list under a name, finds it in the navigation with its
// count, renames it, takes it away and brings it back.
func TestSavedViews(t *testing.T) {
	d := newDesk(t)
	ask(t, d, "bob", "Arm 7 stops")
	list := "/agent/tickets?query=Subject+LIKE+'arm'"
	wants(t, d.Get("ann", list), 200, "Save this list", "Myself", "!Everybody at the desk")
	kept := follow(t, d, "ann", d.Post("ann", "/agent/views", "name", "Arms <b>", "for", "me", "address", "query=Subject+LIKE+%27arm%27&columns=status"))
	wants(t, kept, 200, "Arms &lt;b&gt;", "Arm 7 stops", "Change this view", "The view Arms")
	wants(t, d.Get("tom", "/agent/tickets?view=open"), 200, "!Arms")
	wants(t, d.Post("tom", "/agent/views/1", "name", "Toms", "address", "view=open"), 404)
	wants(t, d.Post("tom", "/agent/views", "name", "All", "for", "desk", "address", "view=open"), 403, `value="All"`, "EditSavedSearches", "<details class=\"columns\" open>")
	long := strings.Repeat("long ", 50)
	wants(t, d.Post("ann", "/agent/views", "name", long, "for", "me", "address", "status=open"), 422, long, "<details class=\"columns\" open>", `value="open" selected`)
	wants(t, d.Post("ann", "/agent/views/1", "name", long, "address", "status=open"), 422, long, `action="/agent/views/1"`)
	wants(t, follow(t, d, "ann", d.Post("ann", "/agent/views/1", "name", "My arms", "address", "query=Subject+LIKE+%27arm%27")), 200, "My arms")
	gone := d.Post("ann", "/agent/views/1/remove")
	wants(t, follow(t, d, "ann", gone), 200, "!My arms", "Bring it back", "/agent/views/1/restore")
	wants(t, follow(t, d, "ann", d.Post("ann", "/agent/views/1/restore")), 200, "My arms")
	d.Give(desk.Agents, 0, desk.OnSystem(), "ShowSavedSearches")
	d.Give(d.Who["tom"], 0, desk.OnSystem(), "EditSavedSearches")
	wants(t, follow(t, d, "tom", d.Post("tom", "/agent/views", "name", "All of us", "for", "desk", "address", "query=Subject+LIKE+%27arm%27")), 200, "All of us")
	zoe := d.Get("zoe", "/agent/tickets?view=open")
	wants(t, zoe, 200, "All of us", "!My arms")
	if strings.Contains(zoe.Body.String(), "Arm 7 stops") {
		t.Error("a view shows what one may not see")
	}
}

// sideItems are the names of what stands in the list on the left, in its order.
var sideItem = regexp.MustCompile(`<a[^>]* href="/agent/tickets\?[^"]*"[^>]*>(?:<svg.*?</svg>)?<span>([^<]*)`)

func sideViews(body string) string {
	_, body, _ = strings.Cut(body, "<nav")
	body, _, _ = strings.Cut(body, "</nav>")
	var names []string
	for _, m := range sideItem.FindAllStringSubmatch(body, -1) {
		names = append(names, m[1])
	}
	return strings.Join(names, ", ")
}

// TestArrangingViews moves views, hides one, opens the desk with another, each by
// a button that works without script and has the focus afterwards.
func TestArrangingViews(t *testing.T) {
	d := newDesk(t)
	press := func(login, do string) *httptest.ResponseRecorder {
		t.Helper()
		return follow(t, d, login, d.Post(login, "/agent/views/arrange", "do", do))
	}
	d.Post("ann", "/agent/views", "name", "Arms", "for", "me", "address", "query=Subject+LIKE+%27arm%27")
	page := d.Get("ann", "/agent/views")
	wants(t, page, 200, "Arms", "Every desk has it", "!Usual order", `value="up:mine" disabled`, `value="down:1" disabled`)
	for range 8 {
		page = press("ann", "up:1")
	}
	wants(t, page, 200, "Your views are in order.", `value="up:1" autofocus`, "Usual order")
	wants(t, press("ann", "up:1"), 200, `value="up:1" disabled`, `value="down:1" autofocus`)
	wants(t, press("ann", "hide:recent"), 200, `value="show:recent" autofocus`, "· hidden")
	if got, want := sideViews(d.Get("ann", "/agent/tickets?view=open").Body.String()), "Arms, My tickets, New and unowned, All open, I watch, Stalled, Waiting for 48 hours, Overdue, Due soon"; !strings.HasPrefix(got, want) || strings.Contains(got, "Recently") {
		t.Errorf("on the left stand %s, want %s", got, want)
	}
	wants(t, d.Get("ann", "/agent/palette?q=recently"), 200, "Recently resolved")
	wants(t, press("ann", "start:1"), 200, "The desk opens with this", `value="unstart:1" autofocus`)
	if to := d.Get("ann", "/agent/").Header().Get("Location"); to != "/agent/tickets?query=Subject+LIKE+%27arm%27&saved=1" {
		t.Errorf("the desk opens at %s", to)
	}
	wants(t, press("ann", "unstart:1"), 200, "!The desk opens with this")
	wants(t, press("ann", "usual"), 200, "!Usual order", "!· hidden")
	wants(t, d.Post("ann", "/agent/views/arrange", "do", "up:77"), 404, "There is no view 77.")
	wants(t, d.Post("tom", "/agent/views/arrange", "do", "hide:1"), 404)
	wants(t, d.Post("ann", "/agent/views/arrange", "do", "burn:1"), 404)
	wants(t, d.Post("bob", "/agent/views/arrange", "do", "up:mine"), 404)
}

// TestSharingViews shares a view with a group and chooses it as what its members
// begin with; a member who may not sees what is chosen.
func TestSharingViews(t *testing.T) {
	d := newDesk(t)
	d.Group("Arms team")
	d.Join("Arms team", "ann", 0)
	d.Join("Arms team", "tom", 0)
	team := strconv.FormatInt(int64(d.Who["Arms team"]), 10)
	d.Post("ann", "/agent/views", "name", "Arms", "for", "me", "address", "query=Subject+LIKE+%27arm%27")
	wants(t, d.Get("ann", "/agent/views"), 200, "!Share:", "!First view")
	wants(t, d.Post("ann", "/agent/views/1/share", "for", team), 403, "EditSavedSearches")
	d.Give(desk.Agents, 0, desk.OnGroup(desk.GroupID(d.Who["Arms team"])), "ShowSavedSearches")
	d.Give(d.Who["ann"], 0, desk.OnGroup(desk.GroupID(d.Who["Arms team"])), "EditSavedSearches")
	wants(t, d.Get("ann", "/agent/views"), 200, "Share: Arms", "First view: Arms team")
	wants(t, d.Get("ann", "/agent/tickets?query=Subject+LIKE+%27arm%27&saved=1"), 200, "For whom it is", "/agent/views/1/share")
	wants(t, follow(t, d, "ann", d.Post("ann", "/agent/views/1/share", "for", team)), 200, "It is saved for whom the view is.", ">Arms team")
	wants(t, d.Get("tom", "/agent/views"), 200, "Arms team", "!Share:", "!First view")
	wants(t, d.Post("tom", "/agent/views/start", "for", team, "view", "1"), 403)
	wants(t, follow(t, d, "ann", d.Post("ann", "/agent/views/start", "for", team, "view", "1")), 200, "It is saved with what the desk opens.")
	wants(t, d.Get("tom", "/agent/views"), 200, "Arms team: Arms")
	if to := d.Get("tom", "/agent/").Header().Get("Location"); !strings.HasSuffix(to, "&saved=1") {
		t.Errorf("for tom the desk opens at %s", to)
	}
	wants(t, d.Post("ann", "/agent/views/1/share", "for", "x"), 422)
	wants(t, follow(t, d, "ann", d.Post("ann", "/agent/views/1/remove")), 200, "Bring it back", "!Arms team: Arms")
	if to := d.Get("tom", "/agent/").Header().Get("Location"); strings.Contains(to, "saved") {
		t.Errorf("for tom the desk opens at %s, which is gone", to)
	}
}

// TestShippedViewsHaveOneName: the API and the command line call a view as its page
// does in English.
func TestShippedViewsHaveOneName(t *testing.T) {
	reader := web.Reader{Lang: "en"}
	for _, key := range desk.ShippedViews() {
		if got := reader.Say(web.T("view." + string(key))); got != key.Name() {
			t.Errorf("%s is %q on pages and %q elsewhere", key, got, key.Name())
		}
	}
}

// TestALongQueryIsCarriedBySavedViews: the tickets of a list do not carry a long
// query; where the list was saved they name that, and it stands beside them.
func TestALongQueryIsCarriedBySavedViews(t *testing.T) {
	d := newDesk(t)
	for i := range 50 {
		ask(t, d, "bob", fmt.Sprintf("Arm %02d", i))
	}
	ask(t, d, "bob", "Belt")
	alike := func(n int) string {
		var text strings.Builder
		text.WriteString("Subject LIKE 'arm'")
		for i := range n {
			fmt.Fprintf(&text, " AND Subject != 'no such thing as %x'", sha256.Sum256([]byte{byte(i)}))
		}
		return text.String()
	}
	query := url.Values{"query": {alike(14)}, "sort": {"by-subject"}}
	page := look(t, d, "ann", "/agent/tickets?"+query.Encode()) // it fails where it is more than 60 KB
	wants(t, page, 200, "Arm 49", "too long to go along", `href="7?sort=by-subject"`)
	at := d.Get("ann", "/agent/tickets?"+query.Encode()).Header().Get("Location")
	if to := d.Get("ann", strings.Split(at, "?")[0]+"7?sort=by-subject").Header().Get("Location"); to != "/agent/tickets/7?sort=by-subject" {
		t.Errorf("a ticket of the list leads to %s", to)
	}
	short := d.Get("ann", "/agent/tickets?query=Subject+LIKE+'arm'")
	wants(t, short, 200, "!too long to go along", "?query=Subject")
	kept := follow(t, d, "ann", d.Post("ann", "/agent/views", "name", "Arms", "for", "me", "address", html.UnescapeString(hidden(t, page, "address"))))
	wants(t, kept, 200, "Arm 49", "!too long to go along", "?saved=1")
	wants(t, d.Get("ann", "/agent/tickets?saved=1"), 200, "Arm 00", "!Belt", `aria-sort="ascending"`)
	wants(t, d.Get("ann", "/agent/tickets/7?saved=1"), 200, "<h2><a href=", "Arm 00</span>", "!Belt</span>")
	wants(t, d.Get("mei", "/agent/tickets?saved=1"), 404)
	query.Set("query", query.Get("query")+" AND Owner = 'Nobody'")
	query.Set("saved", "1")
	changed := look(t, d, "ann", "/agent/tickets?"+query.Encode())
	wants(t, changed, 200, "too long to go along", "!/agent/tickets/7?saved=1")
}
