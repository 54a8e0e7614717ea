package agent_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
	"gatehouse/web/agent"
	"gatehouse/web/webtest"
)

// approvalsPage is a page with something to approve of, of which one word was
// refused.
func approvalsPage() agent.ApprovalsPage {
	waits := approval("open")
	waits.May, waits.Answer.Error, waits.Answer.Value = true, "Say in a word why you refuse it.", " "
	return agent.ApprovalsPage{Nav: nav(""), List: []web.Approval{waits}, Error: "This was decided meanwhile: it is granted."}
}

func approval(state string) web.Approval {
	return web.Approval{ID: 31, URL: "/agent/tickets/31", Subject: "A spare arm for hall two, to be ordered this week", State: state, Asker: web.Plain("Ann Archer"), Of: "Tom Tailor",
		At: ago(0), By: "Tom Tailor", Ended: webtest.Now(), Word: web.Blocks("Only if it comes before the audit."), Reason: web.Blocks("It costs 14,000.\n\nTheirs is worn."),
		For: web.Link{Label: web.Plain("#10470 Arm 7 stops"), URL: "/agent/tickets/10470"}, Action: "/agent/approvals/31", Back: "10470",
		Answer: web.Field{Form: "approval31-", Name: "word", Kind: "textarea", Rows: 2}}
}

// approvalTicket is a ticket with approvals in each state, on which the reader
// may ask for more and was refused.
func approvalTicket() agent.TicketPage {
	p := ticket()
	about := approval("open")
	about.May = true
	p.Approvals = agent.Approvals{About: &about, Ask: &agent.ApprovalForm{Open: true, Token: "x",
		Of:      web.Field{Form: "ask-", Name: "of", Required: true, Error: "There is nobody in Leads who could decide."},
		Subject: web.Field{Form: "ask-", Name: "subject"}, Reason: web.Field{Form: "ask-", Name: "reason", Kind: "textarea", Rows: 4}}}
	for _, state := range []string{"open", "granted", "refused", "withdrawn"} {
		a := approval(state)
		a.ID, a.Withdraws, a.Action = 31+int64(len(state)), state == "open", "/a/"+state
		p.Approvals.Lines = append(p.Approvals.Lines, a)
	}
	return p
}

func approvalSamples() []webtest.Sample {
	ended := approvalTicket()
	about := approval("refused")
	ended.Approvals = agent.Approvals{About: &about}
	return []webtest.Sample{{Name: "agent-approvals", View: approvalsPage().View()}, {Name: "agent-approvals-none", View: agent.ApprovalsPage{Nav: nav("")}.View()},
		{Name: "agent-approval-ticket", View: approvalTicket().View()}, {Name: "agent-approval-refused", View: ended.View()}}
}

// signing sets approvals up.
func signing(t testing.TB, d *webtest.Desk) {
	webtest.Must(d.ApplyBlueprint(t.Context(), d.Sys, "approvals", map[string]string{"queue": "Approvals"}))(t)
}

// TestApprovalStory: Ann asks Zoe, who sees nothing of support, and the ticket
// waits; Zoe refuses without a word, then with one; Ann asks again, and Zoe
// grants it.
func TestApprovalStory(t *testing.T) {
	d := newDesk(t)
	signing(t, d)
	id := ask(t, d, "bob", "A spare arm")
	b := webtest.Open(t, d.Handler)
	signIn := func(login, at string) {
		password := d.Password(login)
		b.Go(t, "/sign-in", webtest.Looks()["wide-light"])
		b.Do(t, chromedp.Evaluate[chromedp.Void](`fetch("/sign-out", {method: "POST"}).then(() => {})`, chromedp.EvalAwaitPromise))
		b.Go(t, at, webtest.Looks()["wide-light"])
		b.Do(t, chromedp.SetValue("#f-login", login), chromedp.SetValue("#f-password", password))
		b.Press(t, "Sign in")
	}
	signIn("ann", path(id))
	b.Do(t, chromedp.Evaluate[chromedp.Void](`document.querySelector(".approvals summary").click()`))
	b.Do(t, chromedp.SetValue("#f-ask-of", "zoe"), chromedp.SetValue("#f-ask-reason", "  "))
	b.Do(t, chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("form.form").forEach(f => f.noValidate = true)`))
	b.Press(t, "Ask")
	b.Says(t, "Say what is to be approved")
	b.Do(t, chromedp.SetValue("#f-ask-reason", "It costs 14,000.")) // whom he asks is kept
	b.Press(t, "Ask")
	b.Says(t, "The ticket waits until it is decided", "Waits", "Ann Archer asked Zoe Zander")
	b.Examine(t, "story-approval-asked")
	signIn("zoe", "/agent/approvals")
	b.Says(t, "To approve", "Ann Archer asks Zoe Zander", "It costs 14,000.")
	b.Press(t, "Refuse")
	b.Says(t, "Say in a word why you refuse it")
	b.Examine(t, "story-approval-refused")
	b.Do(t, chromedp.SetValue("textarea[name=word]", "Too dear."))
	b.Press(t, "Refuse")
	b.Says(t, "was refused", "Nothing waits for your approval")
	signIn("ann", path(id))
	b.Says(t, "Refused", "Zoe Zander", "Too dear.")
	again := webtest.Must(d.AskApproval(t.Context(), d.By("ann"), service.ApprovalAsk{Ticket: id, Of: []desk.PrincipalID{d.Who["zoe"]}, Reason: "A used one, 6,000."}))(t)
	signIn("zoe", path(again[0]))
	b.Says(t, "A used one", "Zoe Zander decides on this")
	b.Examine(t, "story-approval-own")
	b.Press(t, "Grant")
	b.Says(t, "was granted", "by Zoe Zander")
	d.OK(d.SetStatus(t.Context(), d.By("ann"), id, desk.StatusResolved, 0))
}

// TestApprovalPages tries what the pages let through and what not.
func TestApprovalPages(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "A spare arm")
	wants(t, d.Get("ann", path(id)), 200, "!Ask for approval")
	wants(t, d.Get("ann", "/agent/tickets"), 200, "!To approve")
	signing(t, d)
	wants(t, d.Get("ann", path(id)), 200, "Ask for approval")
	wants(t, d.Get("ray", path(id)), 200, "!Ask for approval")
	wants(t, d.Post("ray", path(id)+"/approvals", "of", "zoe", "reason", "x"), 403)
	wants(t, d.Post("zoe", path(id)+"/approvals", "of", "ann", "reason", "x"), 404)
	wants(t, d.Post("ann", path(id)+"/approvals", "of", "nobody-there", "reason", "It costs."), 422, "nobody-there", "It costs.")
	wants(t, d.Post("ann", path(id)+"/approvals", "of", "ann", "reason", "x"), 422, "asked for himself")
	wants(t, d.Post("ann", path(id)+"/approvals", "of", "zoe, tom", "subject", "An arm", "reason", "It costs."), 303)
	wants(t, d.Get("tom", "/agent/tickets"), 200, "To approve")
	lines := webtest.Must(d.TicketApprovals(t.Context(), d.Sys, id))(t).Lines
	toZoe, toTom := "/agent/approvals/"+number(lines[0].ID), "/agent/approvals/"+number(lines[1].ID)
	if lines[0].Of[0].Text != "Zoe Zander" {
		toZoe, toTom = toTom, toZoe
	}
	wants(t, d.Get("zoe", "/agent/approvals"), 200, "An arm", "!"+path(id)+`"`)
	wants(t, d.Post("ray", toZoe+"/grant"), 404)
	wants(t, d.Post("ann", toZoe+"/grant"), 403)
	wants(t, d.Post("zoe", toZoe+"/bless"), 404)
	wants(t, d.Post("zoe", toZoe+"/refuse", "word", " "), 422, "why you refuse it")
	wants(t, d.Post("zoe", toZoe+"/grant"), 303)
	wants(t, d.Post("zoe", toZoe+"/refuse", "word", "No!"), 409, "decided meanwhile")
	wants(t, d.Post("ann", path(id)+"/status", "status", "resolved"), 409, "An arm", "Tom Tailor was asked")
	wants(t, d.Post("ann", toTom+"/withdraw", "back", number(id)), 303)
	wants(t, d.Get("ann", path(id)), 200, "Granted", "Withdrawn", "asked Tom Tailor for approval")
	wants(t, d.Post("ann", path(id)+"/status", "status", "resolved"), 303)
}

func number(id desk.TicketID) string { return strings.TrimPrefix(id.String(), "#") }
