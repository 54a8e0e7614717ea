package admin_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/web"
	"gatehouse/web/admin"
)

func askFields(p admin.AskPage) admin.AskPage {
	p.Nav = nav("admin.ask")
	p.Who, p.Object = web.Field{Name: "who", Value: "tom"}, web.Field{Name: "object", Value: "queue:Support", Required: true}
	p.Right, p.At = choice("", "right", "ShowTicket", "SeeQueue"), web.Field{Name: "at", Kind: "date", Value: "2026-03-03"}
	return p
}

func askChain() web.Chain {
	return web.Chain{{Kind: "group", Text: web.T("step.member", "Field engineers"), URL: "/admin/groups/4"},
		{Kind: "grant", Text: web.T("step.grant.to", "Staff", "ro"), URL: "/admin/grants/7/revoke"}, {Kind: "place", Text: web.T("step.queue", "Support")}}
}

func askSample() admin.AskPage {
	turned := auditSample().Rows[0]
	return askFields(admin.AskPage{Asked: web.T("ask.one", "tom", "ShowTicket", "queue:Support"), Then: "2026-03-03", Turned: &turned, Sides: []admin.AskSide{
		{Title: web.T("ask.then", "2026-03-03"), Yes: true, Said: web.T("ask.yes", "Tom Tailor"), Chain: askChain()},
		{Title: web.T("ask.now"), Said: web.T("ask.no", "Tom Tailor"), Why: web.T("miss.path", "Tom Tailor", "Staff"), Chain: askChain()[1:]},
	}})
}

func askList() admin.AskPage {
	return askFields(admin.AskPage{Asked: web.T("ask.rights", "tom", "queue:Support"), Then: "2026-03-03", ByDay: true,
		Rights: []admin.AskRight{{Name: "ShowTicket", URL: "/admin/ask?1", Then: true}, {Name: "SeeQueue", URL: "/admin/ask?2", Then: true, Now: true}},
		People: []admin.AskPeople{{Title: web.T("ask.people.now"), Count: 1, Capped: true, Proofs: []web.Proof{{Who: who("Ann Archer", ""), Chains: []web.Chain{askChain()}}}}}})
}

// TestAsk asks who may what, now and earlier.
func TestAsk(t *testing.T) {
	d := newDesk(t)
	d.Pass(48 * time.Hour)
	d.OK(d.RemoveMember(t.Context(), d.Sys, d.Who["Field engineers"], d.Who["ann"]))
	d.Join("Field engineers", "mia", desk.PartNone)
	const queue = "object=queue:Support"
	for _, tt := range []struct {
		by, query string
		status    int
		says      []string
	}{
		{"root", "", 200, []string{"Ask about one person", `name="at"`, "!Now</h3>"}},
		{"root", "?" + queue + "&who=mia&right=ShowTicket", 200, []string{"Yes, Mia Moor may", "member of Field engineers", "member of Staff", "Staff: ro", "/revoke"}},
		{"root", "?" + queue + "&who=ann&right=ShowTicket", 200, []string{"No, Ann Archer may not", "is not among those to whom it was granted", "What comes nearest"}},
		{"root", "?" + queue + "&who=ann&right=ShowTicket&at=2026-11-22", 200, []string{"Yes, Ann Archer may", "No, Ann Archer may not", "This change made the difference", "removed Ann Archer from group:Field engineers", "#line-"}},
		{"root", "?" + queue + "&who=ann&right=OwnTicket&at=2026-11-22", 200, []string{"The answer is the same", "is not among those"}},
		{"root", "?" + queue + "&who=ann&at=2026-11-22", 200, []string{"ShowTicketComments", "!OwnTicket</code>"}},
		{"root", "?" + queue + "&who=mia", 200, []string{"ShowTicketComments", "!As it was</th>"}},
		{"root", "?" + queue + "&right=ShowTicket", 200, []string{"These may", "Mia Moor", "Root Reed", "!Ann Archer"}},
		{"root", "?" + queue + "&right=ShowTicket&at=2026-11-22", 200, []string{"They could then, and cannot now", "Ann Archer", "They can now, and could not then", "Mia Moor"}},
		{"root", "?" + queue, 422, []string{"Choose a right"}},
		{"root", "?object=queue:None&right=ShowTicket", 404, []string{"There is no queue:None", `value="queue:None"`}},
		{"root", "?" + queue + "&who=mia&right=ShowTicket&at=march", 422, []string{"Write a day"}},
		{"root", "?" + queue + "&who=mia&right=ShowTicket&at=2036-01-01", 422, []string{"still to come"}},
		{"quinn", "?" + queue + "&right=ShowTicket&at=2026-11-22", 200, []string{"Mia Moor", "!Ann Archer", `!name="at"`}},
		{"quinn", "?object=queue:Billing&right=ShowTicket", 404, []string{"There is no queue:Billing"}},
		{"uma", "?" + queue + "&who=mia&right=ShowTicket&at=2026-11-22", 404, []string{"or you may not ask"}},
	} {
		t.Run(tt.by+" "+tt.query, func(t *testing.T) { wants(t, d.Get(tt.by, "/admin/ask"+tt.query), tt.status, tt.says...) })
	}
	for _, login := range []string{"ann", "bob"} {
		if w := d.Get(login, "/admin/ask?"+queue+"&right=ShowTicket"); w.Code == 200 {
			t.Errorf("%s may ask", login)
		}
	}
	wants(t, d.Get("root", at(d, "queue", "Support")), 200, "Who sees this?", "right=ShowTicket")
}

// TestRevokedFromTheAnswer: from who sees it to the grant, which is revoked and
// taken back.
func TestRevokedFromTheAnswer(t *testing.T) {
	d := newDesk(t)
	id := strconv.FormatInt(int64(grantOf(t, d, "Staff")), 10)
	wants(t, d.Get("root", "/admin/ask?object=queue:Support&right=ShowTicket"), 200, `href="/admin/grants/`+id+`/revoke"`)
	wants(t, d.Get("root", "/admin/grants/"+id+"/revoke"), 200, "They lose")
	w := next(t, d, "root", d.Post("root", "/admin/grants/"+id+"/revoke"))
	wants(t, w, 200, "The grant was revoked", "/take-back")
	_, rest, _ := strings.Cut(w.Body.String(), `action="/admin/changes/`)
	change, _, _ := strings.Cut(rest, "/")
	w = d.Post("root", "/admin/changes/"+change+"/take-back", "to", "/admin/grants", "weighed", "yes")
	wants(t, next(t, d, "root", w), 200, "The change was taken back", "Staff")
}
