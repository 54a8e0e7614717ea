package agent

import (
	"net/http"
	"strconv"
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
	var chain web.Chain
	chain = append(chain, steps(reader, one.Through)...)
	if one.Role != "" {
		holder := one.Holder.Text
		text := web.T("step.role", roleText(one.Proof.Role, one.Role))
		if holder != "" && one.Holder.ID != one.User.ID {
			text = web.T("step.stands", holder, roleText(one.Proof.Role, one.Role))
		}
		chain = append(chain, web.Step{Kind: "role", Text: text})
	}
	if one.Role == "" || len(one.Through) == 0 {
		chain = append(chain, steps(reader, one.Path)...)
	}
	p.Chains = []web.Chain{append(chain, granted(reader, one)...)}
	return p
}

// steps says memberships. That everybody is somebody needs no saying.
func steps(reader web.Reader, path []service.StepLine) web.Chain {
	var chain web.Chain
	for _, s := range path {
		switch {
		case s.To.ID < desk.FirstPrincipal:
		case s.To.Kind == "customer" && s.Part != desk.PartNone:
			chain = append(chain, web.Step{Kind: "customer", URL: link(reader, s.To), Text: web.T("step.part", web.T("part."+s.Part.String()), s.To.Text)})
		default:
			chain = append(chain, web.Step{Kind: "group", URL: link(reader, s.To), Text: web.T("step.member", s.To.Text)})
		}
	}
	return chain
}

// link is where administrators find a group or customer.
func link(reader web.Reader, n service.Name) string {
	if !reader.Admin || n.Kind != "group" && n.Kind != "customer" {
		return ""
	}
	return "/admin/" + n.Kind + "s/" + strconv.FormatInt(int64(n.ID), 10)
}

// granted says what was granted to whom, and where.
func granted(reader web.Reader, one service.Reader) web.Chain {
	if one.Grant.WhoName.ID == 0 {
		return web.Chain{{Kind: "grant", Text: web.T("step.unguarded")}}
	}
	text := web.T("step.grant.to", one.Grant.WhoName.Text, one.Grant.What)
	if len(one.Grant.RoleNames) > 0 {
		text = web.T("step.grant.as", one.Grant.WhoName.Text, strings.Join(one.Grant.RoleNames, ", "), one.Grant.What)
	}
	_, name, _ := strings.Cut(one.Grant.PlaceName, ":")
	where := web.T("step.queue", name)
	switch one.Proof.Grant.Place.Kind {
	case desk.SystemPlace:
		where = web.T("step.system")
	case desk.GroupPlace:
		where = web.T("step.guarded", name)
	}
	return web.Chain{{Kind: "grant", Text: text}, {Kind: "place", Text: where}}
}
