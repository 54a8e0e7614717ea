package service

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/desk/spelling"
	"gatehouse/desk/template"
)

// maxHours bounds the hours of rules, ten years.
const maxHours = 87_600

// readRule makes a rule of what was written; what is wrong is told by field.
// It asks what saving it asks.
func (o *op) readRule(ctx context.Context, in WrittenRule, old *desk.Rule) (*desk.Rule, error) {
	r := &desk.Rule{Place: in.Place, Hours: in.Hours, If: strings.TrimSpace(in.If), Enabled: in.Enabled, Stage: desk.RuleStage(in.Stage)}
	var err error
	if in.Queue != "" {
		q, err := o.QueueByName(ctx, in.Queue)
		if err != nil || !o.canAny(access.Queue(q.ID), desk.SeeQueue, desk.ModifyScrips) {
			return nil, wrong("queue", "There is no queue %s.", in.Queue)
		}
		r.Queue = q.ID
	}
	if err := o.need(desk.ModifyScrips, rulePlace(r)); err != nil {
		return nil, err
	}
	if r.Name, err = desk.CheckName("rule", in.Name); err != nil {
		return nil, err
	}
	if parseID[desk.RuleID](r.Name) != 0 {
		return nil, wrong("name", "A name that is a number would be taken for the rule of that number.")
	}
	if r.Stage == "" {
		r.Stage = desk.StageNormal
	}
	if !slices.Contains(desk.RuleStages(), r.Stage) {
		return nil, wrong("stage", "There is no stage %s; there are first, normal and last.", in.Stage)
	}
	if in.Field != "" && len(in.On) == 0 {
		in.On = []string{string(desk.OnFieldSet)}
	}
	if err := readTriggers(r, in); err != nil {
		return nil, err
	}
	if err := o.readField(ctx, r, in); err != nil {
		return nil, err
	}
	if err := o.readTime(ctx, r, in); err != nil {
		return nil, err
	}
	if _, err := o.s.book.compile(r.If); err != nil {
		return nil, err
	}
	if err := o.readActions(ctx, r, in); err != nil {
		return nil, err
	}
	if r.Then.Webhook != "" {
		r.Then.Secret = rand.Text()
		if old != nil && old.Then.Secret != "" && !in.NewSecret {
			r.Then.Secret = old.Then.Secret
		}
	}
	return r, o.checkTrust(ctx, r)
}

// wrong is a sentence about one field of a form.
func wrong(field, format string, args ...any) error {
	text := fmt.Sprintf(format, args...)
	if strings.HasSuffix(text, "?.") { // it ends in what may have been meant
		text = strings.TrimSuffix(text, ".")
	}
	return desk.InvalidFields(map[string]string{field: text})
}

func readTriggers(r *desk.Rule, in WrittenRule) error {
	for _, word := range in.On {
		t := desk.Trigger(strings.ToLower(strings.TrimSpace(word)))
		if !slices.Contains(desk.Triggers(), t) {
			return wrong("on", "There is nothing called %s that can happen%s.", word, perhaps(string(t), triggerWords()))
		}
		if !slices.Contains(r.On, t) {
			r.On = append(r.On, t)
		}
	}
	switch {
	case len(r.On) == 0:
		return wrong("on", "Say what must happen for the rule to look at a ticket.")
	case len(r.On) > 1 && slices.ContainsFunc(r.On, desk.Trigger.Timed):
		return wrong("on", "What comes with time stands alone; make another rule for the rest.")
	case !r.Timed() || r.Daily():
		r.Hours = 0
	case r.Hours < -maxHours || r.Hours > maxHours || r.Hours < 0 && r.On[0] != desk.OnDue:
		return wrong("hours", "Give a number of hours from 0 to 87600; only what is due can be some hours over.")
	}
	return nil
}

func triggerWords() []string {
	var words []string
	for _, t := range desk.Triggers() {
		words = append(words, string(t))
	}
	return words
}

// perhaps is the end of a sentence that names what somebody may have meant.
func perhaps(word string, known []string) string {
	if near := spelling.Nearest(word, known); near != "" {
		return "; did you mean " + near + "?"
	}
	return ""
}

func (o *op) readActions(ctx context.Context, r *desk.Rule, in WrittenRule) error {
	a := &r.Then
	if err := o.readStatus(ctx, r, in.Status); err != nil {
		return err
	}
	if a.Priority = strings.TrimSpace(in.Priority); a.Priority != "" {
		if n, err := strconv.Atoi(a.Priority); err != nil || n > 1_000_000 || n < -1_000_000 {
			return wrong("priority", "Give a number, or one to add as +10 or -10.")
		}
	}
	if due := strings.TrimSpace(in.Due); due != "" {
		n, err := strconv.Atoi(due)
		if err != nil || n < 0 || n > maxHours {
			return wrong("due", "Give a number of hours from 0 to 87600.")
		}
		a.Due = &n
	}
	for _, read := range []func(context.Context, *desk.RuleActions, WrittenRule) error{o.readOwner, o.readMove, o.readWatching, o.readNotify, o.readTexts, o.readApproval} {
		if err := read(ctx, a, in); err != nil {
			return err
		}
	}
	if err := readWebhook(a, in); err != nil {
		return err
	}
	if len(describeActions(a)) == 0 {
		return wrong("notify", "Say what the rule is to do: tell somebody, change something, or call a webhook.")
	}
	return nil
}

// settable lists the statuses that rules of the actor's can set: those of the
// queues for which he may make rules.
func (o *op) settable(ctx context.Context) ([]string, error) {
	b, err := o.lives(ctx)
	if err != nil {
		return nil, err
	}
	known := map[desk.Status]bool{}
	for _, s := range desk.Statuses() {
		known[s] = true
	}
	for queue := range b.Queues {
		for _, s := range b.Of(queue).States {
			known[s.Name] = known[s.Name] || o.can(desk.ModifyScrips, access.Queue(queue))
		}
	}
	var list []string
	for _, s := range b.Statuses() {
		if known[s] && s != desk.StatusDeleted {
			list = append(list, string(s))
		}
	}
	return list, nil
}

// statusesOf are the statuses of a queue's life cycle, or of any.
func statusesOf(b *desk.LifeBook, queue desk.QueueID) []desk.Status {
	if queue == 0 {
		return b.Statuses()
	}
	var known []desk.Status
	for _, s := range b.Of(queue).States {
		known = append(known, s.Name)
	}
	return known
}

func statusWords(known []desk.Status) []string {
	var words []string
	for _, s := range known {
		words = append(words, string(s))
	}
	return words
}

// readStatus reads the status that a rule sets: one of its queue's life cycle, or
// of any where it is for every queue.
func (o *op) readStatus(ctx context.Context, r *desk.Rule, text string) error {
	status := desk.Status(strings.ToLower(strings.TrimSpace(text)))
	if status == "" {
		return nil
	}
	b, err := o.lives(ctx)
	if err != nil {
		return err
	}
	known := statusesOf(b, r.Queue)
	if status == desk.StatusDeleted || !slices.Contains(known, status) {
		return wrong("status", "A rule cannot set the status %s here%s.", text, perhaps(string(status), statusWords(known)))
	}
	r.Then.Status = status
	return nil
}

func (o *op) readOwner(ctx context.Context, a *desk.RuleActions, in WrittenRule) error {
	if in.Owner == "" {
		return nil
	}
	a.Owner = new(desk.UserID)
	if strings.EqualFold(in.Owner, "nobody") {
		return nil
	}
	id, err := o.find(ctx, in.Owner)
	if err != nil || o.e.KindOf(desk.UserID(id)) == 0 {
		return wrong("owner", "There is no user %s; write nobody to take the owner away.", in.Owner)
	}
	*a.Owner = desk.UserID(id)
	return nil
}

func (o *op) readMove(ctx context.Context, a *desk.RuleActions, in WrittenRule) error {
	if in.Move == "" {
		return nil
	}
	q, err := o.QueueByName(ctx, in.Move)
	if err != nil || !o.canAny(access.Queue(q.ID), desk.SeeQueue, desk.CreateTicket, desk.MoveIntoQueue) {
		return wrong("move", "There is no queue %s.", in.Move)
	}
	a.Queue = q.ID
	return nil
}

func (o *op) readWatching(ctx context.Context, a *desk.RuleActions, in WrittenRule) error {
	for _, list := range []struct {
		field string
		from  []string
		to    *[]desk.Holder
	}{{"watch", in.Watch, &a.Watch}, {"unwatch", in.Unwatch, &a.Unwatch}} {
		for _, text := range list.from {
			name, ref, ok := strings.Cut(strings.TrimSpace(text), " ")
			if !ok {
				return wrong(list.field, "Write a role and whom, as in Cc group:Managers; %s is not that.", text)
			}
			role, err := o.roleByName(ctx, name)
			if err != nil {
				return err
			}
			if role == nil || role.ID == desk.Owner {
				return wrong(list.field, "There is no role %s that can be filled by a rule.", name)
			}
			who, err := o.find(ctx, strings.TrimSpace(ref))
			if err != nil {
				return wrong(list.field, "%s", desk.Sentence(err))
			}
			*list.to = append(*list.to, desk.Holder{Role: role.ID, Who: who})
		}
	}
	return nil
}

func (o *op) readNotify(ctx context.Context, a *desk.RuleActions, in WrittenRule) error {
	for _, text := range in.Notify {
		text = strings.TrimSpace(text)
		role, err := o.roleByName(ctx, strings.TrimPrefix(text, "role:"))
		if err != nil {
			return err
		}
		if role != nil {
			a.Roles |= desk.RolesOf(role.ID)
			continue
		}
		who, err := o.find(ctx, text)
		if err != nil {
			return wrong("notify", "There is no role %s, and no user of that name. Write a role, user:LOGIN, group:NAME or customer:KEY.", text)
		}
		if !slices.Contains(a.Notify, who) {
			a.Notify = append(a.Notify, who)
		}
	}
	if a.Push = in.Push; a.Push && !a.Tells() {
		return wrong("push", "The rule tells nobody, so no device has anything to show.")
	}
	a.Letter = strings.TrimSpace(in.Letter)
	if a.Letter != "" && !a.Tells() {
		return wrong("letter", "The rule tells nobody, so it needs no letter.")
	}
	if _, err := template.Parse(a.Letter); err != nil {
		return wrong("letter", "The letter does not work: %s", ended(err.Error()))
	}
	return nil
}

func (o *op) readTexts(ctx context.Context, a *desk.RuleActions, in WrittenRule) error {
	a.Comment = strings.TrimSpace(in.Comment)
	if err := checkTemplate("comment", a.Comment); err != nil || in.OpenIn == "" {
		return err
	}
	q, err := o.QueueByName(ctx, in.OpenIn)
	if err != nil || !o.canAny(access.Queue(q.ID), desk.SeeQueue, desk.CreateTicket) {
		return wrong("open", "There is no queue %s.", in.OpenIn)
	}
	a.Open = &desk.RuleTicket{Queue: q.ID, Link: in.OpenLink, Subject: strings.TrimSpace(in.OpenSubject), Text: strings.TrimSpace(in.OpenText)}
	if a.Open.Link == "" {
		a.Open.Link = LinkRefersTo
	}
	if !slices.Contains([]string{LinkDependsOn, LinkRefersTo, LinkMemberOf, "blocks"}, a.Open.Link) {
		return wrong("open_link", "There is no link %s; there are refers_to, member_of, depends_on and blocks.", in.OpenLink)
	}
	if a.Open.Subject == "" {
		a.Open.Subject = "{{ticket.subject}}"
	}
	if err := checkTemplate("open_subject", a.Open.Subject); err != nil {
		return err
	}
	return checkTemplate("open_text", a.Open.Text)
}

// checkTemplate refuses a text of a rule that is no template, or that asks for
// what only letters have.
func checkTemplate(field, text string) error {
	t, err := template.Parse(text)
	if err != nil {
		return wrong(field, "The text does not work: %s", ended(err.Error()))
	}
	for _, f := range template.Fields() {
		if f.Letter && slices.Contains(t.Names(), f.Name) {
			return wrong(field, "%s is known in letters only.", f.Name)
		}
	}
	return nil
}

// readWebhook refuses what is no address of the web. Whether it may be called is
// found out when it is called, since names lead elsewhere later.
func readWebhook(a *desk.RuleActions, in WrittenRule) error {
	a.Webhook = strings.TrimSpace(in.Webhook)
	if a.Webhook == "" {
		return nil
	}
	u, err := url.Parse(a.Webhook)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || len(a.Webhook) > 2000 {
		return wrong("webhook", "Give an address like https://hooks.example.org/desk, without a password in it.")
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && ip.IsUnspecified() {
		return wrong("webhook", "There is nothing at %s.", u.Host)
	}
	return nil
}
