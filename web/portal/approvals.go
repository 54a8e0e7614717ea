package portal

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
	return web.View{Template: "portal/approvals", Title: web.T("approval.title"), Nav: p.Nav, Body: p}
}

func (h handler) approvals(w http.ResponseWriter, r *http.Request) error {
	page, err := h.approvalsPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) approvalsPage(r *http.Request) (*ApprovalsPage, error) {
	companies, err := h.svc.Companies(r.Context(), web.Actor(r))
	if err != nil {
		return nil, err
	}
	page := &ApprovalsPage{}
	if page.Nav, err = h.nav(r, "approval.title", companies); err != nil {
		return nil, err
	}
	list, err := h.svc.ToApprove(r.Context(), web.Actor(r))
	for i := range list {
		page.List = append(page.List, web.ShowApproval(web.ReaderOf(r), &list[i], "/portal"))
	}
	return page, err
}

// fillApproval shows what a ticket asks the reader to approve of.
func (h handler) fillApproval(r *http.Request, page *TicketPage, v *service.TicketView) error {
	found, err := h.svc.TicketApprovals(r.Context(), web.Actor(r), v.ID)
	if err != nil || found.About == nil {
		return err
	}
	shown := web.ShowApproval(web.ReaderOf(r), found.About, "/portal")
	page.Approval = &shown
	return nil
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
		err = h.svc.DecideApproval(r.Context(), web.Actor(r), id, do == "grant", word)
	case "withdraw":
		err = h.svc.WithdrawApproval(r.Context(), web.Actor(r), id)
	default:
		return desk.Errorf(desk.NotFound, "There is nothing at this address.")
	}
	if err != nil {
		return h.decideAgain(w, r, id, err)
	}
	return h.site.Done(w, r, ticketURL(id), web.ApprovalDone(do, id))
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
