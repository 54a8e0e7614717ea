package service

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/condition"
)

// lookedAt is how much of a message conditions see, in bytes.
const lookedAt = 64 << 10

// ruleNews is what happened, as rules look at it.
type ruleNews struct {
	event   desk.Event
	ticket  *desk.Ticket
	queue   *desk.Queue
	message *desk.Message // nil: the event has none
	waited  time.Duration // how long the customer waits; on an answer, how long he had
	names   map[desk.PrincipalID]Name
	queues  map[desk.QueueID]string
	field   string // name of the custom field that was changed; empty: none was
}

// ruleNews reads what rules may ask about an event.
func (o *op) ruleNews(ctx context.Context, e desk.Event) (*ruleNews, error) {
	n := &ruleNews{event: e}
	var err error
	if n.ticket, err = o.Ticket(ctx, e.Ticket); err != nil {
		return nil, err
	}
	if n.queue, err = o.Tx.Queue(ctx, n.ticket.Queue); err != nil {
		return nil, err
	}
	if e.Message != 0 {
		if n.message, err = o.Message(ctx, e.Message); err != nil {
			return nil, err
		}
	}
	if n.waited, err = o.waited(ctx, n); err != nil {
		return nil, err
	}
	if e.Kind == desk.EventQueue {
		if n.queues, err = o.queueNames(ctx); err != nil {
			return nil, err
		}
	}
	ids := []desk.PrincipalID{desk.PrincipalID(e.By)}
	for _, h := range n.ticket.Holders {
		ids = append(ids, h.Who)
	}
	if e.Kind == desk.EventOwner {
		ids = append(ids, parseID[desk.PrincipalID](e.Data["from"]), parseID[desk.PrincipalID](e.Data["to"]))
	}
	if e.Kind == desk.EventField {
		if n.field, err = o.fieldName(ctx, parseID[desk.FieldID](e.Data["field"])); err != nil {
			return nil, err
		}
	}
	n.names, err = o.names(ctx, ids)
	return n, err
}

// fieldName returns the name of a custom field.
func (o *op) fieldName(ctx context.Context, id desk.FieldID) (string, error) {
	all, err := o.allFields(ctx)
	for _, f := range all {
		if f.ID == id {
			return f.Name, err
		}
	}
	return "", err
}

// waited returns how long the customer has waited: on an answer of the desk the
// time since his last message before it, else the time since his first message
// that was not answered.
func (o *op) waited(ctx context.Context, n *ruleNews) (time.Duration, error) {
	if n.message != nil && n.message.Kind == desk.Reply && n.event.Data["side"] == sideDesk {
		asked, err := o.LastAsked(ctx, n.ticket.ID, n.message.ID)
		if err != nil || asked.IsZero() {
			return 0, err
		}
		return n.event.At.Sub(asked), nil
	}
	if n.ticket.Asked.IsZero() {
		return 0, nil
	}
	return max(o.s.Now().Sub(n.ticket.Asked), 0), nil
}

// facts are what a condition asks.
func (n *ruleNews) facts(o *op) (condition.Facts, error) {
	t, e, f := n.ticket, n.event, condition.None()
	f["ticket.id"], f["ticket.subject"], f["ticket.status"], f["ticket.active"] = int64(t.ID), t.Subject, string(t.Status), t.Active()
	f["ticket.queue"], f["ticket.priority"], f["ticket.sharing"] = n.queue.Name, int64(t.Priority), t.Sharing.String()
	f["ticket.owner"] = strings.TrimPrefix(n.ref(desk.PrincipalID(t.Owner)), "user:")
	f["ticket.created"], f["ticket.updated"], f["ticket.told"], f["ticket.due"] = t.Created, t.Updated, t.Told, t.Due
	f["ticket.age"], f["ticket.waited"], f["now"] = o.s.Now().Sub(t.Created), n.waited, o.s.Now()
	customers := []string{}
	for _, id := range t.In(desk.CustomerRole) {
		customers = append(customers, strings.TrimPrefix(n.ref(id), "customer:"))
	}
	f["ticket.customers"] = customers
	f["event.kind"], f["event.way"], f["event.by"] = string(e.Kind), string(e.Via), strings.TrimPrefix(n.ref(desk.PrincipalID(e.By)), "user:")
	if e.Kind == desk.EventRule {
		f["event.kind"] = "time"
	}
	f["event.from"], f["event.to"] = n.side("from"), n.side("to")
	f["event.field"], f["event.clock"] = n.field, e.Data["clock"]
	switch e.Kind {
	case desk.EventField: // letters do not have these: not everybody sees every field
		f["event.from"], f["event.to"] = e.Data["before"], e.Data["after"]
	case desk.EventApproval:
		f["event.to"] = e.Data["change"]
	case desk.EventRated:
		f["event.to"] = e.Data["mark"]
	}
	f["event.customer"] = n.byCustomer()
	f["event.agent"], f["event.machine"] = !n.byCustomer() && (e.By == 0 || n.names[desk.PrincipalID(e.By)].Agent), e.Data["machine"] != ""
	if m := n.message; m != nil {
		f["message.text"], f["message.subject"] = strings.ToValidUTF8(m.Text[:min(len(m.Text), lookedAt)], ""), m.Subject
		f["message.comment"], f["message.files"] = m.Kind == desk.Comment, int64(len(m.Attachments))
	}
	return f, nil
}

// addressFacts adds to facts the addresses of people, where a condition asks
// for them.
func (n *ruleNews) addressFacts(ctx context.Context, o *op, f condition.Facts, asks []string) error {
	for _, name := range asks {
		role, ok := map[string]desk.RoleID{"ticket.requestors": desk.Requestor, "ticket.cc": desk.Cc}[name]
		if !ok {
			continue
		}
		var ids []desk.UserID
		for _, id := range n.ticket.In(role) {
			ids = append(ids, desk.UserID(id))
		}
		users, err := o.UsersByID(ctx, ids)
		if err != nil {
			return err
		}
		addresses := []string{}
		for _, id := range ids {
			if u := users[id]; u != nil {
				addresses = append(addresses, strings.ToLower(u.Address()))
			}
		}
		f[name] = addresses
	}
	return nil
}

// ref is a principal as it is written; empty: nobody.
func (n *ruleNews) ref(id desk.PrincipalID) string {
	if id == 0 {
		return ""
	}
	return n.names[id].Ref
}

// byCustomer reports whether it came from the customer's side.
func (n *ruleNews) byCustomer() bool {
	if n.event.Data["side"] != "" {
		return n.event.Data["side"] == sideCustomer
	}
	by := desk.PrincipalID(n.event.By)
	return by != 0 && (!n.names[by].Agent || n.event.Kind == desk.EventCreated && by == desk.PrincipalID(n.ticket.Reporter))
}

// side is one side of a change as people write it.
func (n *ruleNews) side(which string) string {
	value := n.event.Data[which]
	switch n.event.Kind {
	case desk.EventOwner:
		return strings.TrimPrefix(n.ref(parseID[desk.PrincipalID](value)), "user:")
	case desk.EventQueue:
		return n.queues[parseID[desk.QueueID](value)]
	}
	return value
}

// values are what templates of the desk put in, for a reader who may see all of
// the ticket; for others letterValues takes away.
func (n *ruleNews) values(s *Service) map[string]string {
	t := n.ticket
	v := map[string]string{
		"ticket.id": t.ID.String(), "ticket.subject": t.Subject, "ticket.status": string(t.Status), "ticket.queue": n.queue.Name,
		"ticket.priority": strconv.Itoa(t.Priority), "ticket.requestors": n.texts(desk.Requestor), "ticket.customers": n.texts(desk.CustomerRole),
		"ticket.created": t.Created.Format(clearTime), "ticket.waited": lasted(n.waited), "event.from": n.side("from"), "event.to": n.side("to"),
		"event.at": n.event.At.Format(clearTime), "desk.name": s.Name(), "rule.name": n.event.Data["rule_name"],
	}
	if t.Owner != 0 {
		v["ticket.owner"] = n.names[desk.PrincipalID(t.Owner)].Text
	}
	if !t.Due.IsZero() {
		v["ticket.due"] = t.Due.Format(clearTime)
	}
	if s.opt.BaseURL != "" {
		v["ticket.url"] = fmt.Sprintf("%s/agent/tickets/%d", s.opt.BaseURL, t.ID)
	}
	if n.event.By != 0 {
		v["actor.name"] = n.names[desk.PrincipalID(n.event.By)].Text
	}
	if n.message != nil {
		v["message.text"], v["message.subject"] = n.message.Text, n.message.Subject
	}
	return v
}

// clearTime is a moment as letters write it, in UTC.
const clearTime = "2006-01-02 15:04 UTC"

func (n *ruleNews) texts(role desk.RoleID) string {
	var list []string
	for _, id := range n.ticket.In(role) {
		list = append(list, n.names[id].Text)
	}
	return strings.Join(list, ", ")
}

// lasted writes a length of time in its two largest parts: 2 d 3 h. Nothing is
// empty.
func lasted(d time.Duration) string {
	minutes := int64(d / time.Minute)
	days, hours := minutes/(24*60), minutes/60%24
	switch {
	case d <= 0:
		return ""
	case days > 0 && hours > 0:
		return fmt.Sprintf("%d d %d h", days, hours)
	case days > 0:
		return fmt.Sprintf("%d d", days)
	case hours > 0 && minutes%60 > 0:
		return fmt.Sprintf("%d h %d min", hours, minutes%60)
	case hours > 0:
		return fmt.Sprintf("%d h", hours)
	case minutes > 0:
		return fmt.Sprintf("%d min", minutes)
	}
	return "less than a minute"
}
