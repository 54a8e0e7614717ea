package webtest_test

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"gatehouse/web/webtest"
)

// A posted is a page that only a form leads to: a preview, a question before
// something is done, or the form again with why it was refused.
type posted struct {
	pattern, login, path, form string
	status                     int
	got                        *httptest.ResponseRecorder
}

// beyond are forms that show more than those of lines, which look for what is
// hidden: previews and refusals.
var beyond = map[string][]string{
	"POST /agent/batch":                            {"tickets=1,2&status=stalled", "tickets=1,2&priority=x", "tickets=1,2", "tickets=1,2&kind=reply&text=Hello", "tickets=1,9999&merge=2"},
	"POST /agent/templates":                        {"name=Ask&text=Hello {{contact.first}}&on=1&do=look", "name=&text=", "name=x&text={{nonsense}}"},
	"POST /agent/tickets/{id}/reply":               {"text=Late&seen=1&also=x"},
	"POST /agent/tickets/{id}/customer":            {"customer=nobody"},
	"POST /agent/tickets/{id}/plan":                {"due=someday"},
	"POST /agent/tickets/{id}/reminders":           {"due=someday"},
	"POST /agent/dashboards/{id}":                  {"name="},
	"POST /admin/grants":                           {"who=group:Team&what=rw&where=queue:Support&do=look", "who=&what=&where=", "who=anna&what=SuperUser&where=system&do=look"},
	"POST /admin/users":                            {"login=&kind=agent", "login=x y&kind=contact&address=nowhere"},
	"POST /admin/customers":                        {"key=", "key=globex&name=Again"},
	"POST /admin/groups":                           {"name="},
	"POST /admin/queues":                           {"name=", "name=Support"},
	"POST /admin/queues/{id}":                      {"name=&do=look", "name=Support&guard=&do=look"},
	"POST /admin/queues/{id}/form":                 {"customer=nobody&intro=Hello", "intro=" + strings.Repeat("x", 4100)},
	"POST /admin/fields":                           {"name=&kind=text", "name=New&kind=text&pattern=("},
	"POST /admin/permissions":                      {"name="},
	"POST /admin/default-groups/{of}":              {"group=Team&level=rw&do=look"},
	"POST /admin/switches/{switch}":                {"on=1&do=look", "do=look"},
	"POST /admin/mail/letters/{name}":              {"language=en&subject=Hello&text=Dear {{nonsense}}&do=look", "language=en&text=Hello&do=look"},
	"POST /admin/mail/relays":                      {"name=&server="},
	"POST /admin/mail/accounts":                    {"name=&server="},
	"POST /admin/directories":                      {"name=&kind=ldap"},
	"POST /admin/rules":                            {"name=&on=created", "name=x&on=created&if=nonsense(&comment=x"},
	"POST /admin/users/{id}/erase":                 {"sure=no"},
	"POST /admin/customers/{id}/erase":             {"sure=no"},
	"POST /portal/tickets":                         {"queue=1&subject=&text="},
	"POST /portal/tickets/{id}/messages":           {"text=&seen=99", "text=Late&seen=1"},
	"POST /portal/people/{id}":                     {"address=nowhere"},
	"POST /account/password":                       {"old=x&new=short"},
	"POST /agent/tickets/{id}/fields":              {"field-1=abc&was-1=[\"7\"]"},
	"POST /admin/clocks/calendars/{id}":            {"name=&hours=someday"},
	"POST /admin/clocks":                           {"customer=nobody&agreement=1"},
	"POST /admin/users/{id}/fields":                {"field-2=abc&was-2=[]"},
	"POST /admin/customers/{id}/fields":            {"field-3=abc&was-3=[]"},
	"POST /admin/clocks/agreements/{id}":           {"name=&first_response=soon"},
	"POST /admin/life-cycles/{id}":                 {"name=&do=look", "name=&do=save"},
	"POST /portal/tickets/{id}/rating":             {"mark="},
	"POST /portal/tickets/{id}/fields":             {"field-1=abc&was-1=[]"},
	"POST /admin/import/{id}":                      {"do=look"},
	"POST /admin/relations/{relation}/{side}/{id}": {"do=look"},
	"POST /agent/personal-groups":                  {"name="},
	"POST /agent/delegations":                      {"what=nonsense&where=system&to=anna"},
	"POST /agent/forward/{message}":                {"to=&text=x"},
	"POST /admin/blueprints/{name}":                {"queue=&do=look", "queue=Help&group=Helpers&do=look"},
}

// posts are all forms of a pattern, as those who may send them.
func (w *whole) posts(pattern string) []posted {
	at := lines[pattern]
	method, path, _ := strings.Cut(pattern, " ")
	if method != http.MethodPost || at.alone != "" || at.files {
		return nil
	}
	if n := w.numbers[at.of]; len(n) > 1 {
		at.of, w.numbers["one"] = "one", n[:1]
	}
	var out []posted
	for _, path := range w.paths(strings.TrimSuffix(path, "{$}"), at) {
		for _, form := range slices.Concat(beyond[pattern], []string{""}, at.tries) {
			out = append(out, posted{pattern: pattern, login: reader(path), path: path, form: form})
		}
	}
	return out
}

// postedPages sends all forms, and returns those that lead to a page, one of each
// status.
func (w *whole) postedPages() []posted {
	var out []posted
	patterns := w.Mux.Patterns()
	slices.Reverse(patterns) // the portal's come first, before agents have merged its tickets
	for _, pattern := range patterns {
		for _, p := range w.posts(pattern) {
			p.got = w.sends(&p)
			p.status = p.got.Code
			known := slices.ContainsFunc(out, func(o posted) bool { return o.pattern == pattern && o.status == p.status })
			if !known && isPage(p.got) {
				out = append(out, p)
			}
		}
	}
	slices.SortFunc(out, func(a, b posted) int { return cmp.Or(strings.Compare(a.pattern, b.pattern), a.status-b.status) })
	return out
}

// isPage reports whether an answer is a page of its own, and not one that only
// says that there is nothing or that one may not.
func isPage(got *httptest.ResponseRecorder) bool {
	return strings.HasPrefix(got.Header().Get("Content-Type"), "text/html") && strings.Contains(got.Body.String(), "<form") &&
		slices.Contains([]int{http.StatusOK, http.StatusUnprocessableEntity, http.StatusConflict, http.StatusUnauthorized}, got.Code)
}

func (w *whole) sends(p *posted) *httptest.ResponseRecorder {
	values, err := url.ParseQuery(p.form)
	if err != nil {
		panic(err)
	}
	var form []string
	for name, list := range values {
		for _, v := range list {
			form = append(form, name, v)
		}
	}
	return w.Post(p.login, p.path, form...)
}

// TestPagesReachedByFormsAlone opens every page that a form alone leads to, on a
// phone in the dark and on a desk in the light, as the other pages are opened.
func TestPagesReachedByFormsAlone(t *testing.T) {
	w := rich(t)
	pages := w.postedPages()
	w.checkSwept(pages)
	b := webtest.Open(t, http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		var n int
		if _, err := fmt.Sscanf(r.URL.Path, "/posted/%d", &n); err != nil || n >= len(pages) {
			w.Handler.ServeHTTP(out, r)
			return
		}
		got := pages[n].got // as it was: what came after would change it
		for name, values := range got.Header() {
			out.Header()[name] = values
		}
		out.WriteHeader(got.Code)
		_, _ = out.Write(got.Body.Bytes())
	}))
	for n, p := range pages {
		t.Run(strings.ReplaceAll(strings.TrimPrefix(p.pattern, "POST /"), "/", "-")+"-"+fmt.Sprint(p.status), func(t *testing.T) {
			b.Go(t, fmt.Sprintf("/posted/%d", n), webtest.Looks()["wide-light"])
			b.ExamineIn(t, "posted-"+strings.ReplaceAll(strings.TrimPrefix(p.pattern, "POST /"), "/", "-"), "wide-light", "phone-dark")
		})
	}
}

// checkSwept fails where a form is neither in the sweep nor among those that lead
// to no page of their own.
func (w *whole) checkSwept(pages []posted) {
	w.t.Helper()
	quietForms := slices.Concat(slices.Collect(maps.Values(leadOn))...)
	for _, pattern := range w.Mux.Patterns() {
		if !strings.HasPrefix(pattern, "POST ") || lines[pattern].alone != "" || lines[pattern].files {
			continue
		}
		swept, quiet := slices.ContainsFunc(pages, func(p posted) bool { return p.pattern == pattern }), slices.Contains(quietForms, pattern)
		switch {
		case swept && quiet:
			w.t.Errorf("%s leads to a page; take it out of leadOn", pattern)
		case !swept && !quiet:
			w.t.Errorf("no form of %s leads to a page: give beyond one that is refused or asks before it acts, or put it into leadOn", pattern)
		}
	}
}

// leadOn are the forms that no try here leads to a page of its own, by the reason.
var leadOn = map[string][]string{
	"a button and nothing to type: what came of it is told on the page to which it leads": {
		"POST /agent/notices/{id}/{do}", "POST /agent/notices/read", "POST /agent/tickets/mark",
		"POST /account/companies/{id}/letters", "POST /account/devices/{id}/remove", "POST /account/devices/{id}/try", "POST /account/passkeys/remove", "POST /account/sessions/end",
		"POST /account/sessions/end-others", "POST /account/tokens/end", "POST /admin/audit/check", "POST /admin/customers/{id}/admit",
		"POST /admin/customers/{id}/members/remove", "POST /admin/directories/{id}/sync", "POST /admin/directories/{id}/{switch}",
		"POST /admin/fields/order", "POST /admin/fields/{id}/{switch}", "POST /admin/groups/{id}/members/remove", "POST /admin/groups/{id}/{switch}",
		"POST /admin/mail/accounts/{id}/{do}", "POST /admin/mail/relays/{id}/{do}", "POST /admin/outbox/{id}/retry",
		"POST /admin/queues/{id}/watchers/remove", "POST /admin/queues/{id}/{switch}", "POST /admin/roles/{id}/{switch}", "POST /admin/users/{id}/sign-ins/end", "POST /admin/rules/{id}/{switch}", "POST /admin/runs/{id}/again",
		"POST /admin/spool/{id}/retry", "POST /admin/spool/{id}/ticket", "POST /admin/users/{id}/factors/reset", "POST /agent/batches/{id}/{do}",
		"POST /agent/dashboards/{id}/{do}", "POST /agent/delegations/{id}/withdraw", "POST /agent/held/{id}/{do}", "POST /agent/reminders/{id}/{do}",
		"POST /agent/templates/{id}/{do}", "POST /agent/tickets/{id}/links/remove", "POST /agent/tickets/{id}/watchers/remove",
		"POST /agent/views/arrange", "POST /agent/views/{id}/{do}", "POST /portal/people/{id}/admit", "POST /portal/tickets/{id}/follow",
		"POST /portal/tickets/{id}/unfollow",
	},
	"it asks for a setting up of its own: its pages are among the samples that CheckAll looks at, or in the stories": {
		"POST /first", "POST /admin/first/{step}",
		"POST /account/app", "POST /account/connect/{id}", "POST /account/disconnect/{id}", "POST /admin/life-cycles/{id}",
		"POST /admin/queues/{id}/life-cycle", "POST /agent/tickets/{id}/queue", "POST /portal/tickets/{id}/fields", "POST /portal/tickets/{id}/rating",
		"POST /rate/{token}", "POST /sign-in/link", "POST /sign-in/passkey", "POST /sign-in/second", "POST /sign-in/setup", "POST /sign-in/use-link",
		"POST /unsubscribe/{token}",
	},
	"it has a field or two, and what cannot be is a sentence on the page of errors": {
		"POST /account/data", "POST /account/tokens/renew", "POST /admin/customers/{id}/parts", "POST /admin/mail/paused", "POST /agent/dashboards", "POST /agent/reports",
		"POST /agent/tickets/{id}/suggestions", "POST /agent/tickets/{id}/templates", "POST /agent/views/start",
		"POST /admin/roles/{id}", "POST /keys", "POST /portal/people/{id}/change", "POST /preferences",
	},
}
