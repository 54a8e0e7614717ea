package webtest_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"gatehouse/api"
	"gatehouse/desk"
	"gatehouse/web/admin"
	"gatehouse/web/agent"
	"gatehouse/web/webtest"
)

// A bureau is a desk with three people at it: full holds every right but
// SuperUser, just exactly what something asks, lack everything but one right of
// that. All of it is granted on the desk.
type bureau struct {
	*theatre
	given map[string]map[desk.Right]desk.GrantID // by login
	made  map[string]string                      // what stands for the words in braces, in this try
}

func newBureau(t testing.TB) *bureau {
	t.Helper()
	th := &theatre{t: t, tokens: map[string]string{}, Desk: webtest.NewDesk(t,
		webtest.Area{Templates: agent.Templates, Routes: agent.Routes}, webtest.Area{Templates: admin.Templates, Routes: admin.Routes})}
	th.apiDoor = api.New(th.Service, api.Options{})
	b := &bureau{theatre: th, given: map[string]map[desk.Right]desk.GrantID{}}
	for _, login := range []string{"root", "full", "just", "lack"} {
		th.enter(somebody{login: login, kind: desk.Agent})
		b.given[login] = map[desk.Right]desk.GrantID{}
	}
	b.holds("root", desk.RightsOf(desk.SuperUser))
	webtest.Must(b.SaveView(t.Context(), b.Sys, desk.View{Name: "view of all", Address: "status=new"}))(t)
	return b
}

// everyRight is what full holds; who is a superuser lacks nothing.
func everyRight() (all desk.RightSet) {
	for _, info := range desk.AllRights() {
		all |= desk.RightsOf(info.Right)
	}
	return all &^ desk.RightsOf(desk.SuperUser)
}

// holds grants and revokes until somebody holds just these rights.
func (b *bureau) holds(login string, rights desk.RightSet) {
	ctx, given := b.t.Context(), b.given[login]
	for right, id := range given {
		if !rights.Has(right) {
			b.OK(b.Revoke(ctx, b.Sys, id))
			delete(given, right)
		}
	}
	for _, right := range rights.List() {
		if given[right] == 0 {
			given[right] = webtest.Must(b.Grant(ctx, b.Sys, desk.Grant{Who: b.Who[login], Right: right, Place: desk.OnSystem()}))(b.t)
		}
	}
}

// plays tries an office by each of its doors: with all rights and with each set
// that is enough it is done, without one right of each of them it is refused.
func (b *bureau) plays(o office) {
	all, lacks := everyRight(), []desk.RightSet{everyRight()}
	if slices.Contains(o.needs, "SuperUser") {
		all |= desk.RightsOf(desk.SuperUser)
		lacks[0] = all
	}
	b.holds("full", all)
	b.tries(o, "full", all, true)
	for _, need := range o.needs {
		just := rightsOf(need) | rightsOf(o.beside)
		b.holds("just", just)
		b.tries(o, "just", just, true)
		var next []desk.RightSet
		for _, set := range lacks {
			for _, right := range rightsOf(need).List() {
				next = append(next, set&^desk.RightsOf(right))
			}
		}
		lacks = next
	}
	for _, set := range lacks {
		b.holds("lack", set)
		b.tries(o, "lack", set, false)
	}
}

// tries holds what comes of each door against what should.
func (b *bureau) tries(o office, login string, held desk.RightSet, may bool) {
	for _, door := range slices.Sorted(maps.Keys(o.doors)) {
		b.n++
		b.made = map[string]string{"n": strconv.Itoa(b.n), "me": strconv.FormatInt(int64(b.Who[login]), 10), "me!": login}
		how := b.filled(o.doors[door])
		before := b.written()
		code, said := map[string]func(string, string) (int, string){"page": b.byPage, "api": b.byRequest, "cli": b.byCommand}[door](login, how)
		wrote := b.written() != before
		done := code < 400 && strings.Contains(said, o.shows) && (o.shows != "" || o.quiet || wrote)
		what := fmt.Sprintf("%s by %s as %s: %s", o.name, door, login, how)
		switch {
		case code >= 500 || may != done:
			b.t.Errorf("%s: got %d, want it done: %v; held is %v, all but %v\n%.1500s", what, code, may, held.Names(), (everyRight() &^ held).Names(), plain(said))
		case !may && wrote:
			b.t.Errorf("%s: it was refused, and the audit log has a new line", what)
		}
	}
}

// written is the newest line of the audit log.
func (b *bureau) written() int64 {
	return webtest.Must(b.AuditState(b.t.Context(), b.Sys))(b.t).Last
}

var (
	word = regexp.MustCompile(`\{[a-z0-9!=@-]+\}`)
	tag  = regexp.MustCompile(`(?s)<(script|style|head|nav|header).*?</(script|style|head|nav|header)>|<[^>]*>|\s+`)
)

// plain is about what a page says.
func plain(said string) string { return tag.ReplaceAllString(said, " ") }

// filled writes numbers for {word}, names for {word!} and x for {=x}; what they
// stand for is made when it is first asked for in a try.
func (b *bureau) filled(text string) string {
	return word.ReplaceAllStringFunc(text, func(in string) string {
		in = strings.Trim(in, "{}")
		if literal, is := strings.CutPrefix(in, "="); is {
			return literal
		}
		if b.made[in] == "" {
			key := strings.TrimSuffix(in, "!")
			make, known := b.makers()[key]
			if !known {
				b.t.Fatalf("nothing makes a %s", in)
			}
			b.n++
			name := fmt.Sprintf("made%d", b.n)
			if id := make(name); b.made[in] == "" {
				b.made[key], b.made[key+"!"] = strconv.FormatInt(id, 10), name
			}
		}
		return b.made[in]
	})
}

func (b *bureau) byRequest(login, how string) (int, string) {
	return b.theatre.byAPI(somebody{login: login}, how)
}

func (b *bureau) byCommand(login, how string) (int, string) {
	return b.byCLI(somebody{login: login}, how)
}

// byPage asks for a page or sends a form, and sends it again where its effect is
// shown first. A * in the form stands for all that the form has when root looks
// at it, on the page that is the star's value.
func (b *bureau) byPage(login, how string) (int, string) {
	path, form, sent := strings.Cut(how, "?")
	if !sent {
		w := b.Get(login, path)
		return w.Code, w.Body.String()
	}
	values := webtest.Must(url.ParseQuery(form))(b.t)
	if star, whole := values["*"]; whole {
		page := star[0]
		if page == "" {
			page = path
		}
		delete(values, "*")
		shown := formOf(b.t, b.Get("root", page), path)
		maps.Copy(shown, values)
		values = shown
	}
	var pairs []string
	for name, list := range values {
		for _, value := range list {
			pairs = append(pairs, name, value)
		}
	}
	w := b.Post(login, path, pairs...)
	if w.Code == http.StatusOK && strings.Contains(w.Body.String(), `name="weighed"`) {
		w = b.Post(login, path, append(pairs, "weighed", "yes")...)
	}
	return w.Code, w.Body.String()
}

// formOf is what a browser would send of the form with that action.
func formOf(t testing.TB, w *httptest.ResponseRecorder, action string) url.Values {
	t.Helper()
	root := webtest.Must(html.Parse(w.Body))(t)
	for n := range root.Descendants() {
		path, _, _ := strings.Cut(attr(n, "action"), "?")
		if n.Data == "form" && attr(n, "method") == "post" && (path == action || path == "") {
			return entered(n)
		}
	}
	t.Fatalf("there is no form for %s (status %d)", action, w.Code)
	return nil
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// entered is what stands in the fields of a form.
func entered(form *html.Node) url.Values {
	out := url.Values{}
	for n := range form.Descendants() {
		name, kind := attr(n, "name"), attr(n, "type")
		switch {
		case name == "" || has(n, "disabled"):
		case n.Data == "input" && ((kind != "checkbox" && kind != "radio") || has(n, "checked")):
			out.Add(name, attr(n, "value"))
		case n.Data == "textarea" && n.FirstChild != nil:
			out.Add(name, n.FirstChild.Data)
		case n.Data == "select":
			out.Add(name, chosenIn(n))
		}
	}
	return out
}

// chosenIn is the value of the option that a select shows.
func chosenIn(list *html.Node) (value string) {
	first := true
	for n := range list.Descendants() {
		if n.Data == "option" && (first || has(n, "selected")) {
			value, first = attr(n, "value"), false
		}
	}
	return value
}

// TestAdministeringByEveryDoor goes through what is administered, by page, API
// and command line: with all rights, with exactly what it asks for, and without
// one right of that.
func TestAdministeringByEveryDoor(t *testing.T) {
	list := offices()
	const desks = 2 // so that two are busy at once
	for part := range desks {
		t.Run(fmt.Sprint("desk ", part), func(t *testing.T) {
			t.Parallel()
			b := newBureau(t)
			for i := part; i < len(list); i += desks {
				b.plays(list[i])
			}
		})
	}
}

// TestEveryAdministratorHasDoors: each right that is not about tickets opens
// something in the table, and each form below /admin is one of its doors.
func TestEveryAdministratorHasDoors(t *testing.T) {
	opens, known := map[string]bool{}, map[string]bool{}
	blank := func(pattern string) string { return regexp.MustCompile(`\{[^}]*\}`).ReplaceAllString(pattern, "{}") }
	for pattern, why := range unplayed {
		if known[blank(pattern)] = true; why == "" {
			t.Errorf("%s stands aside without a reason", pattern)
		}
	}
	for _, o := range offices() {
		for _, need := range o.needs {
			for right := range strings.FieldsSeq(need) {
				opens[right] = true
			}
		}
		if path, _, sent := strings.Cut(o.doors["page"], "?"); sent {
			known[blank("POST "+path)] = true
		}
	}
	for _, info := range desk.AllRights() {
		besideTickets := !onTickets().Has(info.Right) || elsewhere[info.Name] == "TestAdministeringByEveryDoor"
		if besideTickets && !opens[info.Name] {
			t.Errorf("the right %s opens nothing in the table of offices", info.Name)
		}
	}
	patterns := newBureau(t).Mux.Patterns()
	for _, pattern := range patterns {
		if strings.HasPrefix(pattern, "POST /admin/") && !known[blank(pattern)] {
			t.Errorf("%s is a door that the table of offices does not know", pattern)
		}
	}
	for pattern := range unplayed {
		if !slices.Contains(patterns, pattern) {
			t.Errorf("the router has no pattern %q any more; remove it", pattern)
		}
	}
}
