package agent

import (
	"net/http"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// change takes a form that changes a ticket: do reads it and asks the service.
// The page is shown again where the form was refused.
func (h handler) change(w http.ResponseWriter, r *http.Request, do func(v *service.TicketView, by desk.Actor) error) error {
	id, err := web.ID[desk.TicketID](r, "id")
	if err != nil {
		return err
	}
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v, err := h.desk.Ticket(r.Context(), web.Actor(r), id)
	if err != nil {
		return err
	}
	if err := do(v, web.Actor(r)); err != nil {
		return h.again(w, r, id, draft{err: err, watcher: strings.TrimSpace(r.PostFormValue("who")), role: r.PostFormValue("role")})
	}
	if _, err := h.desk.Ticket(r.Context(), web.Actor(r), id); err != nil {
		return h.site.Done(w, r, base+"/", web.Notice{Level: "good", Text: web.T("done.gone", id.String())})
	}
	return h.site.Done(w, r, back(r, id), web.Notice{Level: "good", Text: web.T("done.changed")})
}

// version is the state of the ticket that the form was made for.
func version(r *http.Request) int64 {
	n, _ := strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	return n
}

func (h handler) status(w http.ResponseWriter, r *http.Request) error {
	return h.change(w, r, func(v *service.TicketView, by desk.Actor) error {
		return h.desk.SetStatus(r.Context(), by, v.ID, desk.Status(r.PostFormValue("status")), version(r))
	})
}

func (h handler) owner(w http.ResponseWriter, r *http.Request) error {
	return h.change(w, r, func(v *service.TicketView, by desk.Actor) error {
		how, to := service.OwnerChange(r.PostFormValue("do")), desk.UserID(ticketID(r.PostFormValue("owner")))
		switch how {
		case service.Take, service.Steal, service.Untake:
			return h.desk.SetOwner(r.Context(), by, v.ID, how, 0)
		case service.Give:
			if to != 0 {
				return h.desk.SetOwner(r.Context(), by, v.ID, how, to)
			}
		}
		return desk.Errorf(desk.Invalid, "Choose who is to own the ticket.")
	})
}

func (h handler) queue(w http.ResponseWriter, r *http.Request) error {
	return h.change(w, r, func(v *service.TicketView, by desk.Actor) error {
		return h.desk.MoveTicket(r.Context(), by, v.ID, desk.QueueID(ticketID(r.PostFormValue("queue"))))
	})
}

// facts takes subject and priority, of which only what was changed counts.
func (h handler) facts(w http.ResponseWriter, r *http.Request) error {
	return h.change(w, r, func(v *service.TicketView, by desk.Actor) error {
		in := service.TicketChange{Ticket: v.ID, Version: version(r)}
		if subject := r.PostFormValue("subject"); r.PostForm.Has("subject") && subject != v.Subject {
			in.Subject = &subject
		}
		if r.PostForm.Has("priority") {
			n, err := strconv.ParseInt(strings.TrimSpace(r.PostFormValue("priority")), 10, 32)
			if err != nil {
				return refusal("priority", desk.Errorf(desk.Invalid, "The priority is a whole number."))
			}
			if priority := int(n); priority != v.Priority {
				in.Priority = &priority
			}
		}
		if in.Subject == nil && in.Priority == nil {
			return nil
		}
		return h.desk.ChangeTicket(r.Context(), by, in)
	})
}

// fields sets the custom fields of which the form was sent.
func (h handler) fields(w http.ResponseWriter, r *http.Request) error {
	return h.change(w, r, func(v *service.TicketView, by desk.Actor) error {
		return h.desk.SetFields(r.Context(), by, service.FieldsChange{Ticket: v.ID, Set: web.CustomSets(r, v.Fields)})
	})
}

func (h handler) sharing(w http.ResponseWriter, r *http.Request) error {
	return h.change(w, r, func(v *service.TicketView, by desk.Actor) error {
		sharing, ok := desk.ParseSharing(r.PostFormValue("sharing"))
		if !ok {
			return desk.Errorf(desk.Invalid, "Choose who of the customer can see the ticket.")
		}
		return h.desk.ChangeTicket(r.Context(), by, service.TicketChange{Ticket: v.ID, Version: version(r), Sharing: &sharing})
	})
}

// customer puts another customer in the place of those for whom the ticket is.
func (h handler) customer(w http.ResponseWriter, r *http.Request) error {
	return h.change(w, r, func(v *service.TicketView, by desk.Actor) error {
		chosen, sentence, err := h.findCustomer(r, strings.TrimSpace(r.PostFormValue("customer")))
		if err != nil {
			return err
		}
		if sentence != "" {
			return desk.InvalidFields(map[string]string{"customer": sentence})
		}
		return h.desk.SetCustomer(r.Context(), by, v.ID, chosen)
	})
}

// watch puts somebody, or oneself, into a role.
func (h handler) watch(w http.ResponseWriter, r *http.Request) error {
	return h.change(w, r, func(v *service.TicketView, by desk.Actor) error {
		role := desk.RoleID(ticketID(r.PostFormValue("role")))
		if r.PostFormValue("myself") != "" {
			return h.desk.AddWatcher(r.Context(), by, v.ID, role, desk.PrincipalID(by.User))
		}
		who, err := h.findPrincipal(r, strings.TrimSpace(r.PostFormValue("who")))
		if err != nil {
			return err
		}
		return h.desk.AddWatcher(r.Context(), by, v.ID, role, who)
	})
}

// unwatch takes out who is named as ROLE:PRINCIPAL.
func (h handler) unwatch(w http.ResponseWriter, r *http.Request) error {
	return h.change(w, r, func(v *service.TicketView, by desk.Actor) error {
		role, who, _ := strings.Cut(r.PostFormValue("watcher"), ":")
		return h.desk.RemoveWatcher(r.Context(), by, v.ID, desk.RoleID(ticketID(role)), desk.PrincipalID(ticketID(who)))
	})
}
