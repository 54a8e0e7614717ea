package portal_test

import (
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
	"gatehouse/web/portal"
	"gatehouse/web/webtest"
)

func approvalSamples() []webtest.Sample {
	a := web.Approval{ID: 31, URL: "/portal/tickets/31", Subject: "A spare arm", State: "open", Asker: web.Plain("Ann Archer"), Of: "Mei Chen", At: webtest.Now(), Reason: web.Blocks("It costs 14,000."),
		For: web.Link{Label: web.Plain("#7 Arm 7 stops"), URL: "/portal/tickets/7"}, Action: "/portal/approvals/31", May: true, Answer: web.Field{Form: "approval31-", Name: "word", Kind: "textarea", Rows: 2}}
	on := ticket()
	on.Approval = &a
	return []webtest.Sample{{Name: "portal-approvals", View: portal.ApprovalsPage{Nav: nav(""), List: []web.Approval{a}, Error: "This was decided meanwhile: it is refused."}.View()},
		{Name: "portal-approvals-none", View: portal.ApprovalsPage{Nav: nav("")}.View()}, {Name: "portal-approval", View: on.View()}}
}

// TestApprovalsInThePortal: a contact who is asked finds it there, decides, and
// sees nothing else of the ticket; his colleagues see nothing of it.
func TestApprovalsInThePortal(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "New laptop", "acme")
	webtest.Must(d.ApplyBlueprint(t.Context(), d.Sys, "approvals", map[string]string{"queue": "Approvals"}))(t)
	says := func(login, path string, want ...string) {
		t.Helper()
		w := d.Get(login, path)
		text := w.Body.String()
		for _, part := range want {
			part, not := strings.CutPrefix(part, "!")
			if w.Code != 200 || strings.Contains(text, part) == not {
				t.Errorf("%s as %s has status %d; said %v, want the other: %q", path, login, w.Code, !not, part)
			}
		}
	}
	says("mei", "/portal/", "!To approve")
	one := webtest.Must(d.AskApproval(t.Context(), d.By("ann"), service.ApprovalAsk{Ticket: id, Of: []desk.PrincipalID{d.Who["mei"]}, Subject: "Laptop for Bob", Reason: "It costs 900."}))(t)[0]
	says("mei", "/portal/", "To approve")
	says("mei", "/portal/approvals", "Laptop for Bob", "It costs 900.", "Ann", "Grant")
	says("mei", url1(one), "decides on this", "It costs 900.", "Refuse")
	says("bob", "/portal/", "!To approve", "!Laptop for Bob")
	says("bob", "/portal/company", "!Laptop for Bob")
	says("bob", url1(id), "!Laptop for Bob", "!approval")
	do := "/portal/approvals/" + strings.TrimPrefix(one.String(), "#")
	for _, try := range []struct {
		login, do, word string
		want            int
	}{
		{"bob", "/grant", "", 404}, {"mei", "/bless", "", 404}, {"mei", "/withdraw", "", 403},
		{"mei", "/refuse", "", 422}, {"mei", "/refuse", "He has one.", 303}, {"mei", "/grant", "", 409},
	} {
		if w := d.Post(try.login, do+try.do, "word", try.word); w.Code != try.want {
			t.Errorf("%s%s by %s has status %d, want %d", do, try.do, try.login, w.Code, try.want)
		}
	}
	says("mei", url1(one), "He has one.", "!decides on this")
	if err := d.SetStatus(t.Context(), d.By("ann"), id, desk.StatusResolved, 0); desk.KindOf(err) != desk.Conflict {
		t.Errorf("what Mei refused was solved: %v", err)
	}
}
