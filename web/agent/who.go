package agent

import (
	"net/http"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// readersShown is how many agents, and how many contacts, the answer to “Who
// sees this?” has at most.
const readersShown = 30

// who answers “Who sees this?”.
func (h handler) who(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.TicketID](r, "id")
	if err != nil {
		return err
	}
	v, err := h.desk.Ticket(r.Context(), web.Actor(r), id)
	if err != nil {
		return err
	}
	readers, err := h.desk.Readers(r.Context(), web.Actor(r), id, readersShown)
	if err != nil {
		return err
	}
	f, err := h.frame(r)
	if err != nil {
		return err
	}
	page := WhoPage{
		ID: int64(v.ID), URL: ticketURL(v.ID), Subject: v.Subject, Nav: f.nav, AgentCount: readers.Agents, OtherCount: readers.Contacts,
		Capped: readers.Agents > readersShown || readers.Contacts > readersShown,
	}
	var customers []string
	for _, c := range v.In(desk.CustomerRole) {
		customers = append(customers, v.Names[c].Text)
	}
	if len(customers) > 0 {
		page.Sharing = sharingText(v.Sharing, strings.Join(customers, ", "))
	}
	for _, one := range readers.List {
		shown := proof(f.reader, one)
		if one.User.Agent {
			page.Agents = append(page.Agents, shown)
		} else {
			page.Others = append(page.Others, shown)
		}
	}
	return h.site.Show(w, r, page.View())
}

// proof says why somebody sees a ticket, as one chain: how he belongs to what
// stands in the role, the role, what was granted to whom, and where.
func proof(reader web.Reader, one service.Reader) web.Proof {
	p := web.Proof{Who: person(reader, one.User), May: []web.Text{web.T("may.replies")}}
	if one.Comments {
		p.May = append(p.May, web.T("may.comments"))
	}
	if one.Reply {
		p.May = append(p.May, web.T("may.reply"))
	}
	p.Chains = []web.Chain{web.ChainOf(reader, one.Answer)}
	return p
}
