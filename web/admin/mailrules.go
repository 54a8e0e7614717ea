package admin

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/web"
)

// postRoutes adds the pages of mailboxes, rules and paused addresses, and what
// can be done with a letter.
func (h handler) postRoutes(page func(string, func(http.ResponseWriter, *http.Request) error)) {
	page("POST /admin/spool/{id}/ticket", h.ticketFromLetter)
	page("GET /admin/spool/{id}/raw", h.rawSpooled)
	page("GET /admin/outbox/{id}/raw", h.rawOutgoing)
	page("GET /admin/mail/paused", h.paused)
	page("POST /admin/mail/paused", h.resume)
	page("GET /admin/mail/rules", h.mailRules)
	page("GET /admin/mail/rules/{queue}", h.mailRule)
	page("POST /admin/mail/rules/{queue}", h.saveMailRule)
	page("GET /admin/mail/accounts", h.mailAccounts)
	page("POST /admin/mail/accounts", h.saveMailAccount)
	page("GET /admin/mail/accounts/{id}", h.mailAccount)
	page("POST /admin/mail/accounts/{id}/{do}", h.workMailAccount)
}

// A PausedPage lists the addresses to which nothing is sent.
type PausedPage struct {
	Nav   []web.NavSection
	Rows  []desk.BouncedAddress
	Empty web.Empty
}

// View makes the page ready to be shown.
func (p PausedPage) View() web.View {
	return web.View{Template: "admin/paused", Title: web.T("mail.paused"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// mailFrame refuses who may not look after letters.
func (h handler) mailFrame(r *http.Request, current string) (*frame, error) {
	f, err := h.frame(r, current)
	if err != nil {
		return nil, err
	}
	return f, partOf(f.Mail)
}

// paused lists the addresses whose letters came back too often.
func (h handler) paused(w http.ResponseWriter, r *http.Request) error {
	f, err := h.mailFrame(r, "mail.paused")
	if err != nil {
		return err
	}
	page := PausedPage{Nav: f.nav, Empty: web.Empty{Icon: "mail", Title: web.T("mail.paused.none"), Hint: web.T("mail.paused.none.hint")}}
	if page.Rows, err = h.svc.PausedAddresses(r.Context(), web.Actor(r)); err != nil {
		return err
	}
	for i := range page.Rows {
		page.Rows[i].At = web.ReaderOf(r).In(page.Rows[i].At)
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) resume(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	address := r.PostFormValue("address")
	if err := h.svc.ResumeAddress(r.Context(), web.Actor(r), address); err != nil {
		return err
	}
	return h.done(w, r, "/admin/mail/paused", web.T("mail.resumed", address))
}

// A MailRulesPage lists what letters may do in each queue.
type MailRulesPage struct {
	Nav  []web.NavSection
	Rows []MailRuleRow
}

// A MailRuleRow is what letters may do in one queue.
type MailRuleRow struct {
	Name                   web.Text
	URL                    string
	Inherited              bool
	Unproven, Closed, Spam web.Text
	Block, Allow           int // how many addresses and domains
}

// View makes the page ready to be shown.
func (p MailRulesPage) View() web.View {
	return web.View{Template: "admin/mail-rules", Title: web.T("mail.rules"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// A MailRulePage changes what letters may do in one queue.
type MailRulePage struct {
	Nav  []web.NavSection
	Name web.Text
	Form *PlaceForm
}

// View makes the page ready to be shown.
func (p MailRulePage) View() web.View {
	return web.View{Template: "admin/mail-rule", Title: p.Name, Nav: p.Nav, Crumbs: top(to("mail.rules", "/admin/mail/rules")), Body: p}
}

// mailRules lists the rules of all queues, and those for queues without any.
func (h handler) mailRules(w http.ResponseWriter, r *http.Request) error {
	f, err := h.mailFrame(r, "mail.rules")
	if err != nil {
		return err
	}
	page := MailRulesPage{Nav: f.nav}
	queues, err := h.svc.Queues(r.Context(), web.Actor(r), desk.AdminQueue)
	if err != nil {
		return err
	}
	ids := []desk.QueueID{0}
	for _, q := range queues {
		ids = append(ids, q.ID)
	}
	policies, err := h.svc.MailPolicies(r.Context(), web.Actor(r), ids)
	if err != nil {
		return err
	}
	page.Rows = []MailRuleRow{ruleRow(web.T("mail.rule.default"), 0, policies[0])}
	for _, q := range queues {
		page.Rows = append(page.Rows, ruleRow(web.Plain(q.Name), q.ID, policies[q.ID]))
	}
	return h.site.Show(w, r, page.View())
}

func ruleRow(name web.Text, queue desk.QueueID, p desk.MailPolicy) MailRuleRow {
	row := MailRuleRow{Name: name, URL: "/admin/mail/rules/" + strconv.FormatInt(int64(queue), 10), Inherited: p.Inherited,
		Unproven: web.T("mail.unproven." + string(unproven(p))), Spam: web.T("mail.spam.aside"), Block: len(p.Block), Allow: len(p.Allow)}
	switch {
	case p.FollowUpAfter == 0:
		row.Closed = web.T("mail.closed.reopen")
	case p.FollowUpAfter < 0:
		row.Closed = web.T("mail.closed.new")
	default:
		row.Closed = web.T("mail.closed.days", p.FollowUpAfter)
	}
	if p.AcceptSpam {
		row.Spam = web.T("mail.spam.taken")
	}
	return row
}

func unproven(p desk.MailPolicy) desk.MailTrust {
	if p.Unproven == "" {
		return desk.TrustAccept
	}
	return p.Unproven
}

// mailRulePage makes the form about one queue, zero for those without rules of
// their own. Who runs the queue may change it.
func (h handler) mailRulePage(r *http.Request) (*MailRulePage, desk.QueueID, error) {
	f, err := h.frame(r, "mail.rules")
	if err != nil {
		return nil, 0, err
	}
	n, err := strconv.ParseInt(r.PathValue("queue"), 10, 64)
	if err != nil || n < 0 {
		return nil, 0, desk.Errorf(desk.NotFound, "There is no such page.")
	}
	id := desk.QueueID(n)
	p, err := h.svc.MailPolicy(r.Context(), web.Actor(r), id)
	if err != nil {
		return nil, 0, err
	}
	page := &MailRulePage{Nav: f.nav, Name: web.T("mail.rule.default")}
	if id != 0 {
		q, err := h.svc.Queue(r.Context(), web.Actor(r), id)
		if err != nil {
			return nil, 0, err
		}
		page.Name = web.Plain(q.Name)
	}
	page.Form = ruleForm(id, p)
	return page, id, nil
}

func ruleForm(id desk.QueueID, p desk.MailPolicy) *PlaceForm {
	f := &PlaceForm{Action: "/admin/mail/rules/" + strconv.FormatInt(int64(id), 10), Seen: seenState(p)}
	if id != 0 {
		own := choose("own", "mail.rule.own", options(map[bool]string{true: "no", false: "yes"}[p.Inherited], "no", "mail.rule.inherited", "yes", "mail.rule.ownrules"))
		f.Fields = append(f.Fields, own)
	}
	trust := choose("unproven", "mail.rule.unproven", options(string(unproven(p)), "accept", "mail.unproven.accept", "mark", "mail.unproven.mark", "hold", "mail.unproven.hold", "refuse", "mail.unproven.refuse"))
	trust.Help = web.T("mail.rule.unproven.help")
	days := input("follow_up_after", strconv.Itoa(p.FollowUpAfter), "mail.rule.days")
	days.Field.Kind, days.Help = "number", web.T("mail.rule.days.help")
	spam := choose("spam", "mail.rule.spam", options(map[bool]string{true: "yes", false: "no"}[p.AcceptSpam], "no", "mail.spam.aside", "yes", "mail.spam.taken"))
	block, allow := input("block", strings.Join(p.Block, "\n"), "mail.rule.block"), input("allow", strings.Join(p.Allow, "\n"), "mail.rule.allow")
	block.Field.Kind, allow.Field.Kind = "textarea", "textarea"
	block.Help, allow.Help = web.T("mail.rule.list.help"), web.T("mail.rule.allow.help")
	perHour := input("per_hour", strconv.Itoa(p.PerHour), "mail.rule.perhour")
	perHour.Field.Kind, perHour.Help = "number", web.T("mail.rule.perhour.help")
	f.Fields = append(f.Fields, trust, days, spam, perHour, block, allow)
	f.Fields = append(f.Fields, outFields(p)...)
	return f
}

// outFields are the rules for letters that go out.
func outFields(p desk.MailPolicy) []Labelled {
	history := choose("history", "mail.rule.history", options(string(p.History), "", "mail.history.none", "last", "mail.history.last", "whole", "mail.history.whole"))
	history.Help = web.T("mail.rule.history.help")
	together := choose("together", "mail.rule.together", options(string(p.Together), "", "mail.together.not", "known", "mail.together.known", "all", "mail.together.all"))
	together.Help = web.T("mail.rule.together.help")
	files := input("files", strconv.Itoa(p.Files), "mail.rule.files")
	files.Field.Kind, files.Help = "number", web.T("mail.rule.files.help")
	plain := choose("plain", "mail.rule.form", options(map[bool]string{true: "yes", false: "no"}[p.Plain], "no", "mail.form.html", "yes", "mail.form.plain"))
	language := input("language", p.Language, "mail.rule.language")
	language.Help = web.T("mail.rule.language.help")
	return []Labelled{history, together, files, plain, language}
}

// readOutFields reads what outFields ask.
func readOutFields(r *http.Request, p *desk.MailPolicy) error {
	number := func(name string, to *int) error {
		var err error
		if *to, err = strconv.Atoi(strings.TrimSpace(r.PostFormValue(name))); err != nil && r.PostFormValue(name) != "" {
			return desk.InvalidFields(map[string]string{name: "Give a number."})
		}
		return nil
	}
	p.History, p.Together = desk.History(r.PostFormValue("history")), desk.Together(r.PostFormValue("together"))
	p.Plain, p.Language = r.PostFormValue("plain") == "yes", r.PostFormValue("language")
	return errors.Join(number("files", &p.Files), number("per_hour", &p.PerHour))
}

func (h handler) mailRule(w http.ResponseWriter, r *http.Request) error {
	page, _, err := h.mailRulePage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) saveMailRule(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, id, err := h.mailRulePage(r)
	if err != nil {
		return err
	}
	if err = stale(r, page.Form.Seen); err == nil {
		err = h.storeMailRule(r, id)
	}
	if err != nil {
		page.Form.refuse(r, err)
		return h.showRefused(w, r, page.View(), err)
	}
	return h.done(w, r, page.Form.Action, web.T("admin.done.saved"))
}

// storeMailRule stores the rules. Where a queue has had none of its own, any
// that differ become its own, whatever stands in the first field.
func (h handler) storeMailRule(r *http.Request, id desk.QueueID) error {
	days, err := strconv.Atoi(strings.TrimSpace(r.PostFormValue("follow_up_after")))
	if err != nil {
		return desk.InvalidFields(map[string]string{"follow_up_after": "Give a number of days, 0 for never, or -1 for always."})
	}
	p := desk.MailPolicy{
		Unproven: desk.MailTrust(r.PostFormValue("unproven")), FollowUpAfter: days, AcceptSpam: r.PostFormValue("spam") == "yes",
		Block: strings.Fields(r.PostFormValue("block")), Allow: strings.Fields(r.PostFormValue("allow")), Inherited: r.PostFormValue("own") == "no",
	}
	if err := readOutFields(r, &p); err != nil {
		return err
	}
	now, err := h.svc.MailPolicy(r.Context(), web.Actor(r), id)
	if err != nil {
		return err
	}
	if now.Inherited {
		p.Inherited = p.Inherited && ruleState(p) == ruleState(now)
	}
	return h.svc.SetMailPolicy(r.Context(), web.Actor(r), id, p)
}

// ruleState makes rules comparable.
func ruleState(p desk.MailPolicy) string {
	p.Unproven, p.Inherited = unproven(p), false
	return fmt.Sprintf("%+v", p)
}

// lateAfter is how many of its intervals a mailbox may go unread until that
// is said.
const lateAfter = 3

// late reports whether a mailbox should have been read again long ago.
func late(a *desk.MailAccount, now time.Time) bool {
	minutes := a.Minutes
	if minutes == 0 {
		minutes = 5
	}
	return !a.Disabled && !a.At.IsZero() && now.Sub(a.At) > lateAfter*time.Duration(minutes)*time.Minute
}
