package agent

import (
	"net/http"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// An ApprovalsPage lists what the reader is to approve of.
type ApprovalsPage struct {
	Nav   []web.NavSection
	List  []web.Approval
	Error string // about no field; empty: none
}

// View makes the page ready to be shown.
func (p ApprovalsPage) View() web.View {
	return web.View{Template: "agent/approvals", Title: web.T("approval.title"), Nav: p.Nav, Body: p}
}

// Approvals are those of a ticket's page.
type Approvals struct {
	Lines []web.Approval // that it asked for
	About *web.Approval  // what it asks itself; nil: it is no approval
	Ask   *ApprovalForm  // nil: the reader may not ask
}

// An ApprovalForm asks for an approval.
type ApprovalForm struct {
	Of, Subject, Reason web.Field
	Token               string
	Open                bool // it was sent and refused
}

func (h handler) approvals(w http.ResponseWriter, r *http.Request) error {
	page, err := h.approvalsPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) approvalsPage(r *http.Request) (*ApprovalsPage, error) {
	f, err := h.frame(r)
	if err != nil {
		return nil, err
	}
	list, err := h.desk.ToApprove(r.Context(), web.Actor(r))
	page := &ApprovalsPage{Nav: f.nav}
	for i := range list {
		page.List = append(page.List, web.ShowApproval(f.reader, &list[i], base))
	}
	return page, err
}

// fillApprovals shows the approvals of a ticket, and offers to ask for one.
func (h handler) fillApprovals(r *http.Request, o *opened, page *TicketPage) error {
	found, err := h.desk.TicketApprovals(r.Context(), web.Actor(r), o.ID)
	if err != nil {
		return err
	}
	back := trimmed(o.ID)
	for i := range found.Lines {
		shown := web.ShowApproval(o.reader, &found.Lines[i], base)
		shown.Back = back
		page.Approvals.Lines = append(page.Approvals.Lines, shown)
	}
	if found.About != nil {
		shown := web.ShowApproval(o.reader, found.About, base)
		shown.Back, page.Approvals.About, page.Composer.Approval = back, &shown, true
	}
	if found.Ask && o.MergedInto == 0 {
		page.Approvals.Ask = approvalForm(r)
	}
	return nil
}

func trimmed(id desk.TicketID) string { return strings.TrimPrefix(id.String(), "#") }

// approvalForm is the form with what was typed, where that was refused.
func approvalForm(r *http.Request) *ApprovalForm {
	f := &ApprovalForm{Token: web.FormToken(), Open: strings.HasSuffix(r.URL.Path, "/approvals")}
	value := func(name string) string {
		if !f.Open {
			return ""
		}
		return r.PostFormValue(name)
	}
	f.Of = web.Field{Form: "ask-", Name: "of", Required: true, Suggest: "all", Value: value("of")}
	f.Subject = web.Field{Form: "ask-", Name: "subject", Value: value("subject")}
	f.Reason = web.Field{Form: "ask-", Name: "reason", Required: true, Kind: "textarea", Rows: 4, Value: value("reason")}
	return f
}

// askApproval asks for approvals.
func (h handler) askApproval(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.TicketID](r, "id")
	if err != nil {
		return err
	}
	if err := web.ReadForm(r); err != nil {
		return err
	}
	found, err := h.desk.TicketApprovals(r.Context(), web.Actor(r), id)
	if err != nil {
		return err
	}
	in := service.ApprovalAsk{Ticket: id, Subject: r.PostFormValue("subject"), Form: r.PostFormValue("form"),
		Reason: strings.ReplaceAll(r.PostFormValue("reason"), "\r\n", "\n")}
	if found.Ask { // who may not ask is told so, whoever he names
		in.Of, err = h.approvers(r)
	}
	if err == nil {
		_, err = h.desk.AskApproval(r.Context(), web.Actor(r), in)
	}
	if err != nil {
		return h.askAgain(w, r, id, err)
	}
	return h.site.Done(w, r, back(r, id), web.Notice{Level: "good", Text: web.T("approval.done.ask")})
}

// approvers reads who is asked.
func (h handler) approvers(r *http.Request) ([]desk.PrincipalID, error) {
	var list []desk.PrincipalID
	for _, typed := range people(r.PostFormValue("of")) {
		who, err := h.findPrincipal(r, typed)
		if err != nil {
			return nil, refusal("of", err)
		}
		list = append(list, who)
	}
	return list, nil
}

// askAgain shows the ticket's page with the form that was refused.
func (h handler) askAgain(w http.ResponseWriter, r *http.Request, id desk.TicketID, err error) error {
	kind := desk.KindOf(err)
	if kind != desk.Invalid && kind != desk.Conflict && kind != desk.TooLarge {
		return err
	}
	page, failed := h.ticketPage(r, id, draft{})
	if failed != nil {
		return err
	}
	rest := desk.Sentence(err)
	if f := page.Approvals.Ask; f != nil {
		rest = web.Refuse(err, &f.Of, &f.Subject, &f.Reason)
	}
	v := page.View()
	v.Status = web.StatusOf(kind)
	if rest != "" {
		v.Notices = []web.Notice{{Level: "bad", Text: web.Plain(rest)}}
	}
	return h.site.Show(w, r, v)
}

// decideApproval grants, refuses or withdraws one.
func (h handler) decideApproval(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.TicketID](r, "id")
	if err != nil {
		return err
	}
	if err := web.ReadForm(r); err != nil {
		return err
	}
	do, word := r.PathValue("do"), strings.ReplaceAll(r.PostFormValue("word"), "\r\n", "\n")
	switch do {
	case "grant", "refuse":
		err = h.desk.DecideApproval(r.Context(), web.Actor(r), id, do == "grant", word)
	case "withdraw":
		err = h.desk.WithdrawApproval(r.Context(), web.Actor(r), id)
	default:
		return h.nothing(w, r)
	}
	if err != nil {
		return h.decideAgain(w, r, id, err)
	}
	to := base + "/approvals"
	if on := ticketID(r.PostFormValue("back")); on != 0 {
		to = ticketURL(on)
	}
	return h.site.Done(w, r, to, web.ApprovalDone(do, id))
}

// decideAgain shows what is to be approved with the word that was refused.
func (h handler) decideAgain(w http.ResponseWriter, r *http.Request, id desk.TicketID, err error) error {
	page, failed := h.approvalsPage(r)
	if failed != nil {
		return err
	}
	var again bool
	if page.Error, again = web.RefusedApproval(r, page.List, id, err); !again {
		return err
	}
	v := page.View()
	v.Status = web.StatusOf(desk.KindOf(err))
	return h.site.Show(w, r, v)
}

// approvalsItem leads to what the reader is to approve of; nil: nothing is.
func (h handler) approvalsItem(r *http.Request) (*web.NavItem, error) {
	n, err := h.desk.CountToApprove(r.Context(), web.Actor(r))
	current := strings.HasPrefix(r.URL.Path, base+"/approvals")
	if err != nil || n == 0 && !current {
		return nil, err
	}
	return &web.NavItem{Label: web.T("approval.title"), URL: base + "/approvals", Icon: "check", Count: n, Current: current}, nil
}
