package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

type ruleCommand struct {
	List    ruleList    `cmd:"" help:"List rules in the order in which they have their turn."`
	Show    ruleShow    `cmd:"" help:"Show a rule with its reason if it is parked."`
	Add     ruleAdd     `cmd:"" help:"Make a rule."`
	Set     ruleSet     `cmd:"" help:"Change a rule."`
	Enable  ruleEnable  `cmd:"" help:"Set a rule going, one that was parked too."`
	Disable ruleDisable `cmd:"" help:"Stop a rule."`
	Remove  ruleRemove  `cmd:"" help:"Delete a rule with the record of its runs."`
	Test    ruleTest    `cmd:"" help:"What a rule would do on a ticket, or would have done in the last days. Nothing is changed."`
	Runs    ruleRuns    `cmd:"" help:"What rules did, newest first."`
	Run     ruleRun     `cmd:"" help:"Make a run that failed again, by its number or all of a rule."`
	Names   ruleNames   `cmd:"" help:"What conditions can ask and texts can put in."`
}

// ruleLine is a rule as it is listed.
type ruleLine struct {
	ID      desk.RuleID `json:"id"`
	Name    string      `json:"name"`
	Queue   string      `json:"queue"`
	Stage   string      `json:"stage"`
	Place   int         `json:"place"`
	On      string      `json:"on"`
	Does    string      `json:"does"`
	Enabled bool        `json:"enabled"`
	Parked  bool        `json:"parked"`
	Waiting int         `json:"waiting"`
}

type ruleList struct{}

// Run lists the rules.
func (cmd *ruleList) Run(c *caller) error {
	list, err := c.svc.Rules(c.ctx, c.by)
	if err != nil {
		return err
	}
	return printList(c.app, mapped(list, func(l *service.RuleLine) ruleLine {
		w := &l.Written
		return ruleLine{l.ID, l.Name, w.Queue, w.Stage, w.Place, onWords(w), strings.Join(w.Does(), "; "), l.Enabled, l.Parked.Reason != "", l.Waiting}
	}))
}

// onWords says what a rule looks at.
func onWords(w *service.WrittenRule) string {
	text := strings.Join(w.On, ",")
	if w.Field != "" {
		text += " CF.{" + w.Field + "}"
	}
	if w.InStatus != "" {
		text += " " + w.InStatus
	}
	if w.Hours != 0 {
		text += " " + strconv.Itoa(w.Hours) + "h"
	}
	if w.At != "" {
		text += " " + w.At
	}
	if w.Workdays {
		text += " workdays"
	}
	return text
}

// ruleShown is all of a rule.
type ruleShown struct {
	ID           desk.RuleID    `json:"id"`
	Name         string         `json:"name"`
	Queue        string         `json:"queue"`
	Stage        string         `json:"stage"`
	Place        int            `json:"place"`
	On           []string       `json:"on"`
	Hours        *int           `json:"hours"`
	InStatus     string         `json:"in_status"`
	At           string         `json:"at"`
	Calendar     string         `json:"calendar"`
	Workdays     bool           `json:"workdays"`
	Field        string         `json:"field"`
	From         string         `json:"from"`
	To           string         `json:"to"`
	If           string         `json:"if"`
	Status       string         `json:"status"`
	Owner        string         `json:"owner"`
	Priority     string         `json:"priority"`
	Move         string         `json:"move"`
	Due          string         `json:"due"`
	Watch        []string       `json:"watch"`
	Unwatch      []string       `json:"unwatch"`
	Comment      string         `json:"comment"`
	Approvers    []string       `json:"approvers"`
	Reason       string         `json:"approval_reason"`
	OpenIn       string         `json:"open_in"`
	OpenLink     string         `json:"open_link"`
	OpenSubject  string         `json:"open_subject"`
	OpenText     string         `json:"open_text"`
	Notify       []string       `json:"notify"`
	Letter       string         `json:"letter"`
	Push         bool           `json:"push"`
	Webhook      string         `json:"webhook"`
	Signed       bool           `json:"signed"`
	Enabled      bool           `json:"enabled"`
	Parked       string         `json:"parked"`
	ParkedTicket *desk.TicketID `json:"parked_ticket"`
	Waiting      int            `json:"waiting"`
}

// hoursOf are the hours of a rule by time; nil: it is none.
func hoursOf(w *service.WrittenRule) *int {
	if len(w.On) == 1 && desk.Trigger(w.On[0]).Timed() && desk.Trigger(w.On[0]) != desk.OnDaily {
		return &w.Hours
	}
	return nil
}

// some is a number that there is; nil: none.
func some[T ~int64](n T) *T {
	if n == 0 {
		return nil
	}
	return &n
}

type ruleShow struct {
	Rule string `arg:"" help:"Name or number."`
}

// Run shows the rule.
func (cmd *ruleShow) Run(c *caller) error {
	l, err := c.svc.Rule(c.ctx, c.by, cmd.Rule)
	if err != nil {
		return err
	}
	w := l.Written
	return printThing(c.app, ruleShown{l.ID, l.Name, w.Queue, w.Stage, w.Place, listed(w.On), hoursOf(&w), w.InStatus, w.At, w.Calendar, w.Workdays, w.Field, w.From, w.To, w.If, w.Status, w.Owner, w.Priority, w.Move, w.Due,
		listed(w.Watch), listed(w.Unwatch), w.Comment, listed(w.Approvers), w.ApprovalReason, w.OpenIn, w.OpenLink, w.OpenSubject, w.OpenText, listed(w.Notify), w.Letter, w.Push, w.Webhook, w.Webhook != "",
		l.Enabled, l.Parked.Reason, some(l.Parked.Ticket), l.Waiting})
}

// ruleWords are what can be said of a rule.
type ruleWords struct {
	Queue          *string  `placeholder:"QUEUE" help:"Where it looks; empty: at every queue."`
	Stage          *string  `placeholder:"STAGE" help:"first, normal or last."`
	Place          *int     `placeholder:"N" help:"Its place among the rules of its stage, the lowest first."`
	On             []string `placeholder:"WHAT" help:"What must happen: created, reply, reply-by-agent, reply-by-customer, comment, status, owner and so on, clock-met and so on, or with time: waiting, asked, unanswered, untouched, aged, in-status, due, daily."`
	Hours          *int     `placeholder:"N" help:"Of what comes with time: after how many hours; of due: how many hours before."`
	InStatus       *string  `placeholder:"STATUS" help:"Of in-status: the status that they have had for so many hours."`
	At             *string  `placeholder:"HH:MM" help:"Of daily: the time of day."`
	Calendar       *string  `placeholder:"NAME" help:"Of daily: the calendar whose zone and days count; empty: the desk's zone, Monday to Friday."`
	Workdays       *bool    `negatable:"" help:"Of daily: on days of work only."`
	Field          *string  `placeholder:"NAME" help:"A custom field whose change it waits for."`
	From           *string  `placeholder:"VALUE" help:"Of the field: its value before; empty: any; -: none."`
	To             *string  `placeholder:"VALUE" help:"Of the field: its value after; empty: any; -: none."`
	If             *string  `placeholder:"CEL" help:"A condition, as in: ticket.priority > 50 && event.customer. See rule names."`
	SetStatus      *string  `placeholder:"STATUS" help:"Set the status."`
	SetOwner       *string  `placeholder:"LOGIN" help:"Set the owner; nobody takes him away."`
	SetPriority    *string  `placeholder:"N" help:"Set the priority, or add to it: +10."`
	Move           *string  `placeholder:"QUEUE" help:"Move the ticket to the queue."`
	Due            *string  `placeholder:"HOURS" help:"Make it due in so many hours."`
	Watch          []string `placeholder:"ROLE+WHO" sep:";" help:"Put somebody into a role: 'Cc group:Managers'; several with semicolons."`
	Unwatch        []string `placeholder:"ROLE+WHO" sep:";" help:"Take somebody out of a role."`
	Comment        *string  `placeholder:"TEXT" help:"Comment; fields such as {{ticket.subject}} are put in."`
	AskApproval    []string `placeholder:"WHOM" help:"Ask user:LOGIN and group:NAME for their approval; the ticket is not done before."`
	ApprovalReason *string  `placeholder:"TEXT" help:"What they are to approve of, with fields such as {{ticket.subject}}."`
	OpenIn         *string  `placeholder:"QUEUE" help:"Open a ticket there, linked with this one."`
	OpenLink       *string  `placeholder:"LINK" help:"How the new one is linked to it: refers_to, member_of, depends_on; or blocks: this one depends on it."`
	OpenSubject    *string  `placeholder:"TEXT" help:"Its subject."`
	OpenText       *string  `placeholder:"TEXT" help:"Its text."`
	Notify         []string `placeholder:"WHOM" help:"Tell roles by name, user:LOGIN, group:NAME, customer:KEY; who may not read the ticket gets nothing."`
	Letter         *string  `placeholder:"TEXT" help:"The letter that they get, with fields such as {{ticket.waited}}; empty: the usual one."`
	Push           *bool    `negatable:"" help:"Show those who are told a message on their devices too."`
	Webhook        *string  `placeholder:"URL" help:"Send what happened there, signed."`
	NewSecret      bool     `help:"Sign what is sent with a new secret from now on."`
}

func (w *ruleWords) apply(in *service.WrittenRule) {
	for _, text := range []struct{ to, given *string }{
		{&in.Queue, w.Queue}, {&in.Stage, w.Stage}, {&in.InStatus, w.InStatus}, {&in.At, w.At}, {&in.Calendar, w.Calendar}, {&in.Field, w.Field}, {&in.From, w.From}, {&in.To, w.To},
		{&in.ApprovalReason, w.ApprovalReason}, {&in.If, w.If}, {&in.Status, w.SetStatus}, {&in.Owner, w.SetOwner}, {&in.Priority, w.SetPriority},
		{&in.Move, w.Move}, {&in.Due, w.Due}, {&in.Comment, w.Comment}, {&in.OpenIn, w.OpenIn}, {&in.OpenLink, w.OpenLink},
		{&in.OpenSubject, w.OpenSubject}, {&in.OpenText, w.OpenText}, {&in.Letter, w.Letter}, {&in.Webhook, w.Webhook},
	} {
		setIf(text.to, text.given)
	}
	for _, list := range []struct {
		to    *[]string
		given []string
	}{{&in.On, w.On}, {&in.Watch, w.Watch}, {&in.Unwatch, w.Unwatch}, {&in.Notify, w.Notify}, {&in.Approvers, w.AskApproval}} {
		if list.given != nil {
			*list.to = list.given
		}
	}
	setIf(&in.Place, w.Place)
	setIf(&in.Hours, w.Hours)
	setIf(&in.Push, w.Push)
	setIf(&in.Workdays, w.Workdays)
	in.NewSecret = w.NewSecret
}

type ruleAdd struct {
	Name string `arg:"" help:"Name, unique without regard to case."`
	ruleWords
	Off bool `help:"Do not set it going yet."`
}

// Run makes the rule.
func (cmd *ruleAdd) Run(c *caller) error {
	in := service.WrittenRule{Name: cmd.Name, Enabled: !cmd.Off}
	cmd.apply(&in)
	id, secret, err := c.svc.SaveRuleTold(c.ctx, c.by, in)
	if err != nil {
		return err
	}
	c.tellSecret(secret)
	return c.done(int64(id), "Rule %s is made.", cmd.Name)
}

type ruleSet struct {
	Rule string  `arg:"" help:"Name or number."`
	Name *string `placeholder:"NAME" help:"New name."`
	ruleWords
}

// Run changes what was given.
func (cmd *ruleSet) Run(c *caller) error {
	l, err := c.svc.Rule(c.ctx, c.by, cmd.Rule)
	if err != nil {
		return err
	}
	in := l.Written
	setIf(&in.Name, cmd.Name)
	cmd.apply(&in)
	_, secret, err := c.svc.SaveRuleTold(c.ctx, c.by, in)
	if err != nil {
		return err
	}
	c.tellSecret(secret)
	return c.done(0, "Rule %s is changed.", in.Name)
}

// tellSecret says once with which secret a webhook is signed, where it was made
// just now. rule show never does.
func (c *caller) tellSecret(secret string) {
	if secret != "" && !c.json {
		fmt.Fprintf(c.p.Out, "The webhook is signed with the secret %s. Note it now: it is not shown again.\n", secret)
	}
}

type ruleEnable struct {
	Rule string `arg:"" help:"Name or number."`
}

// Run sets the rule going.
func (cmd *ruleEnable) Run(c *caller) error {
	if err := c.svc.SwitchRule(c.ctx, c.by, cmd.Rule, true); err != nil {
		return err
	}
	return c.done(0, "Rule %s runs.", cmd.Rule)
}

type ruleDisable struct {
	Rule string `arg:"" help:"Name or number."`
}

// Run stops the rule.
func (cmd *ruleDisable) Run(c *caller) error {
	if err := c.svc.SwitchRule(c.ctx, c.by, cmd.Rule, false); err != nil {
		return err
	}
	return c.done(0, "Rule %s is switched off.", cmd.Rule)
}

type ruleRemove struct {
	Rule string `arg:"" help:"Name or number."`
}

// Run deletes the rule.
func (cmd *ruleRemove) Run(c *caller) error {
	if err := c.svc.DeleteRule(c.ctx, c.by, cmd.Rule); err != nil {
		return err
	}
	return c.done(0, "Rule %s is gone.", cmd.Rule)
}

type ruleTest struct {
	Rule   string        `arg:"" help:"Name or number."`
	Ticket desk.TicketID `xor:"what" placeholder:"N" help:"Try it on this ticket."`
	Days   *int          `xor:"what" placeholder:"7" help:"Try it on what happened in so many days."`
}

// wouldLine is what a rule would do about one thing.
type wouldLine struct {
	Ticket  desk.TicketID `json:"ticket"`
	Subject string        `json:"subject"`
	What    string        `json:"what"`
	At      time.Time     `json:"at"`
	Holds   bool          `json:"holds"`
	Does    string        `json:"does"`
	Tells   string        `json:"tells"`
	Fault   string        `json:"fault"`
}

// Run prints what the rule would do.
func (cmd *ruleTest) Run(c *caller) error {
	l, err := c.svc.Rule(c.ctx, c.by, cmd.Rule)
	if err != nil {
		return err
	}
	var d *service.DryRun
	if cmd.Ticket != 0 {
		d, err = c.svc.TryRule(c.ctx, c.by, l.Written, cmd.Ticket)
	} else {
		days := 7 // no default of the flag, which would count as given beside --ticket
		setIf(&days, cmd.Days)
		d, err = c.svc.DryRunRule(c.ctx, c.by, l.Written, c.svc.Now().AddDate(0, 0, -days))
	}
	if err != nil {
		return err
	}
	lines := mapped(d.Trials, func(t *service.Trial) wouldLine {
		var tells []string
		for _, n := range t.Tells {
			tells = append(tells, n.Text)
		}
		return wouldLine{t.Ticket, t.Subject, string(t.Event.Kind), t.Event.At, t.Holds, strings.Join(t.Does, "; "), strings.Join(tells, ", "), t.Fault}
	})
	if err := printList(c.app, lines); err != nil || c.json {
		return err
	}
	rest := ""
	if d.Stopped {
		rest = " There is more to look at than can be looked at at once, so this says nothing of the rest."
	}
	return c.done(0, "Looked at %d, would act on %d, would fail on %d.%s", d.Looked, d.Would, d.Failed, rest)
}

type ruleRuns struct {
	Rule   string        `arg:"" optional:"" help:"Name or number; without one, of all."`
	Ticket desk.TicketID `placeholder:"N" help:"Only on this ticket."`
	Parked bool          `help:"Only what failed and waits."`
	Limit  int           `default:"50" help:"How many at most."`
}

// runLine is a run as it is printed.
type runLine struct {
	ID     desk.RunID    `json:"id"`
	Rule   string        `json:"rule"`
	Ticket desk.TicketID `json:"ticket"`
	State  string        `json:"state"`
	At     time.Time     `json:"at"`
	What   string        `json:"what"`
}

func (cmd *ruleRuns) filter(c *caller) (service.RunFilter, error) {
	f := service.RunFilter{Ticket: cmd.Ticket, Limit: cmd.Limit}
	if cmd.Parked {
		f.State = desk.RunParked
	}
	if cmd.Rule == "" {
		return f, nil
	}
	l, err := c.svc.Rule(c.ctx, c.by, cmd.Rule)
	if err == nil {
		f.Rules = []desk.RuleID{l.ID}
	}
	return f, err
}

// Run lists runs.
func (cmd *ruleRuns) Run(c *caller) error {
	f, err := cmd.filter(c)
	if err != nil {
		return err
	}
	list, _, err := c.svc.RuleRuns(c.ctx, c.by, f)
	if err != nil {
		return err
	}
	return printList(c.app, mapped(list, func(r *service.RunLine) runLine {
		return runLine{r.ID, r.RuleName, r.Ticket, string(r.State), r.At, r.What}
	}))
}

type ruleRun struct {
	What string `arg:"" help:"Number of a run, or name of a rule whose failed runs are all made again."`
}

// Run has runs made again.
func (cmd *ruleRun) Run(c *caller) error {
	if id, err := strconv.ParseInt(cmd.What, 10, 64); err == nil {
		if err := c.svc.RunAgain(c.ctx, c.by, desk.RunID(id)); err != nil {
			return err
		}
		return c.done(0, "Run %d is made again.", id)
	}
	f, err := (&ruleRuns{Rule: cmd.What, Parked: true, Limit: 1000}).filter(c)
	if err != nil {
		return err
	}
	list, _, err := c.svc.RuleRuns(c.ctx, c.by, f)
	for i := range list {
		if err == nil {
			err = c.svc.RunAgain(c.ctx, c.by, list[i].ID)
		}
	}
	if err != nil {
		return err
	}
	return c.done(0, "%d runs are made again.", len(list))
}

type ruleNames struct{}

type nameLine struct {
	In   string `json:"in"`
	Name string `json:"name"`
	Type string `json:"type"`
	Help string `json:"help"`
}

// Run lists the names.
func (cmd *ruleNames) Run(c *caller) error {
	words, err := c.svc.RuleWords(c.ctx, c.by)
	if err != nil {
		return err
	}
	var lines []nameLine
	for _, n := range words.Names {
		lines = append(lines, nameLine{"condition", n.Name, n.Type, n.Help})
	}
	for _, f := range words.Fields {
		lines = append(lines, nameLine{"text", f.Name, "text", f.Help})
	}
	for _, f := range words.Filters {
		lines = append(lines, nameLine{"filter", f.Name, "", f.Help})
	}
	return printList(c.app, lines)
}
