package agent

import (
	"strconv"

	"gatehouse/desk"
	"gatehouse/web"
)

// event says an entry of the history in words, or nothing where the
// conversation shows it anyway: messages, and to whom they were sent.
func (c teller) event(e desk.Event) *web.Event {
	shown := &web.Event{Icon: "dot", By: person(c.reader, c.name(desk.PrincipalID(e.By))), At: c.reader.In(e.At)}
	switch e.Kind {
	case desk.EventStatus:
		shown.Icon, shown.What = "check", web.T("event.status", statusText(e.Data["from"]), statusText(e.Data["to"]))
	case desk.EventOwner:
		shown.Icon, shown.What = "person", c.ownerText(e)
	case desk.EventWatcher:
		shown.Icon, shown.What = "eye", web.T("event."+e.Data["change"], c.called(e.Data["who"]), c.roleText(e.Data["role"]))
	case desk.EventCustomer:
		c.customerText(e, shown)
	case desk.EventQueue:
		shown.Icon, shown.What = "swap", web.T("event.queue", c.queueText(e.Data["to"]))
	case desk.EventSharing:
		shown.Icon, shown.What = "eye", web.T("event.sharing", web.T("sharing."+e.Data["to"]+".short"))
	case desk.EventSubject:
		shown.Icon, shown.What = "pencil", web.T("event.subject", e.Data["from"])
	case desk.EventField:
		shown.Icon, shown.What = "pencil", c.fieldText(e)
	case desk.EventPriority:
		shown.What = web.T("event.priority", e.Data["from"], e.Data["to"])
	case desk.EventClockWarned, desk.EventClockOverdue, desk.EventClockMet, desk.EventClockPaused, desk.EventClockResumed:
		shown.Icon, shown.By = "clock", web.Person{}
		shown.What = web.T("event."+string(e.Kind), web.T("clock."+e.Data["clock"]), e.Data["agreement"])
	case desk.EventSquelched:
		shown.Icon, shown.What = "mail", web.T("event.squelch."+e.Data["change"], c.called(e.Data["who"]))
	case desk.EventMerged:
		for how, id := range e.Data {
			shown.Icon, shown.What = "swap", web.T("event.merged."+how, "#"+id)
		}
	case desk.EventLink:
		shown.Icon, shown.What = "swap", linkText(e)
	case desk.EventApproval:
		shown.Icon, shown.What = "check", web.T("event.approval."+e.Data["change"], c.called(e.Data["who"]), "#"+e.Data["target"])
	case desk.EventRated:
		shown.Icon, shown.What = "star", web.T("event.rated."+e.Data["mark"])
	case desk.EventBounced:
		shown.Icon, shown.What = "mail", web.T("event.bounce."+e.Data["change"], e.Data["to"], e.Data["reason"])
	default:
		return nil
	}
	return shown
}

func statusText(status string) web.Text { return web.Known("status.", status) }

// queueText is the name of a queue whose number stands in an event; the
// reader may not see every queue where a ticket has been.
func (c teller) queueText(id string) string {
	n, _ := strconv.ParseInt(id, 10, 64)
	if name := c.queues[desk.QueueID(n)]; name != "" {
		return name
	}
	return "–"
}

// called is the name of somebody whose number stands in an event.
func (c teller) called(id string) string {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || n == 0 {
		return "–"
	}
	return c.name(desk.PrincipalID(n)).Text
}

// fieldText says which custom field was changed, and to what.
func (c teller) fieldText(e desk.Event) web.Text {
	for _, f := range c.ticket.Fields {
		switch {
		case strconv.FormatInt(int64(f.ID), 10) != e.Data["field"]:
		case e.Data["after"] == "":
			return web.T("event.field.cleared", f.Name, e.Data["before"])
		case e.Data["before"] == "":
			return web.T("event.field.set", f.Name, e.Data["after"])
		default:
			return web.T("event.field", f.Name, e.Data["before"], e.Data["after"])
		}
	}
	return web.T("event.field.other")
}

// roleText is the name of a role whose number stands in an event.
func (c teller) roleText(id string) web.Text {
	n, _ := strconv.Atoi(id)
	for _, w := range c.ticket.Watchers {
		if int(w.Role) == n {
			return roleText(w.Role, w.RoleName)
		}
	}
	return roleText(desk.RoleID(n), id)
}

// roleText is the name of a role: the built-in ones in the reader's language,
// others as the desk calls them.
func roleText(id desk.RoleID, name string) web.Text {
	switch id {
	case desk.Requestor:
		return web.T("role.requestor")
	case desk.Cc:
		return web.T("role.cc")
	case desk.AdminCc:
		return web.T("role.admincc")
	case desk.Owner:
		return web.T("role.owner")
	case desk.CustomerRole:
		return web.T("role.customer")
	}
	return web.Plain(name)
}

func (c teller) ownerText(e desk.Event) web.Text {
	by, from, to := strconv.FormatInt(int64(e.By), 10), e.Data["from"], e.Data["to"]
	switch {
	case to == "0" && from == by:
		return web.T("event.untook")
	case to == "0":
		return web.T("event.unowned", c.called(from))
	case to == by && from == "0":
		return web.T("event.took")
	case to == by:
		return web.T("event.stole", c.called(from))
	}
	return web.T("event.gave", c.called(to))
}

// customerText says that a customer took part, and why. It is no one's doing.
func (c teller) customerText(e desk.Event, shown *web.Event) {
	shown.Icon, shown.By = "customer", web.Person{}
	shown.What = web.T("event.for", c.called(e.Data["who"]))
	if how := e.Data["how"]; how == desk.PresenceReplace.String() || how == desk.PresenceAdd.String() {
		shown.What = web.T("event.joined", c.called(e.Data["who"]), c.roleText(e.Data["role"]))
		shown.Why = web.T("event.why."+how, c.called(e.Data["for"]))
	}
}

// linkText says that a link was made or taken away, from this ticket's side.
func linkText(e desk.Event) web.Text {
	kind := "kin." + e.Data["type"]
	if e.Data["from"] == "target" {
		kind += ".back"
	}
	return web.T("event.link."+e.Data["change"], web.T(kind), "#"+e.Data["target"])
}
