package cli

import (
	"fmt"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

type accessCommand struct {
	Rights   accessRights   `cmd:"" help:"List all rights: name, where they can be granted, meaning."`
	Check    accessCheck    `cmd:"" help:"Print yes or no; exit code 0 for yes, 1 for no."`
	Explain  accessExplain  `cmd:"" help:"Print the proof, or the nearest miss; exit code 0 for yes, 1 for no."`
	Who      accessWho      `cmd:"" help:"List everybody who may do it, each with a proof."`
	Log      accessLog      `cmd:"" help:"List what was changed, newest first, with what was before and after."`
	TakeBack accessTakeBack `cmd:"" help:"Take a change of access back, as a change of its own."`
	Switch   accessSwitch   `cmd:"" help:"Show or turn a switch of access: group support, other customers' tickets, company tickets."`
	Test     accessTest     `cmd:"" help:"Play files of scenarios, each on a fresh desk; exit code 1 where something is not as they say."`
	Export   accessExport   `cmd:"" help:"Write the access configuration as YAML."`
	Plan     accessPlan     `cmd:"" help:"Say what a file of the access configuration would change, and who would gain and lose what."`
	Apply    accessApply    `cmd:"" help:"Make the access configuration as a file says, as one change."`
}

type accessRights struct{}

// Run needs no desk: the rights are the program's.
func (cmd *accessRights) Run(a *app) error {
	class := map[desk.RightClass]string{
		desk.TicketRight: "ticket", desk.QueueRight: "queue", desk.FieldRight: "field", desk.GroupRight: "group",
		desk.CustomerRight: "customer", desk.ViewRight: "view", desk.SystemRight: "system",
	}
	var lines []rightLine
	for _, r := range desk.AllRights() {
		lines = append(lines, rightLine{r.Name, class[r.Class], grantedOn(r.Right), r.Meaning})
	}
	return printList(a, lines)
}

func grantedOn(r desk.Right) []string {
	var places []string
	for _, place := range []struct {
		kind desk.PlaceKind
		name string
	}{{desk.SystemPlace, "system"}, {desk.GroupPlace, "group"}, {desk.QueuePlace, "queue"}, {desk.CustomerPlace, "customer"}, {desk.FieldPlace, "field"}} {
		if r.GrantableOn(place.kind) {
			places = append(places, place.name)
		}
	}
	return places
}

// question is the words of a question about one user.
type question struct {
	User   string `arg:"" help:"Login or address."`
	Right  string `arg:"" help:"Right, as ShowTicket; gatehouse access rights lists all."`
	Object string `arg:"" help:"system, group:NAME, customer:KEY, queue:NAME, field:NAME or ticket:NUMBER."`
}

type accessCheck struct {
	question
	At string `placeholder:"DAY" help:"As it was at the end of this day, or at this moment, as 2026-03-31 or \"2026-03-31 14:05\" (UTC)."`
}

// Run answers yes or no.
func (cmd *accessCheck) Run(c *caller) error {
	if cmd.At != "" {
		then := accessExplain{cmd.question, cmd.At}
		answer, err := then.ask(c)
		if err != nil {
			return err
		}
		return c.yesOrNo(answer.Yes)
	}
	yes, err := c.svc.Check(c.ctx, c.by, cmd.User, cmd.Right, cmd.Object)
	if err != nil {
		return err
	}
	return c.yesOrNo(yes)
}

// yesOrNo prints an answer; no is also the exit code 1.
func (a *app) yesOrNo(yes bool) error {
	var err error
	if a.json {
		err = printJSON(a.p.Out, struct {
			Answer bool `json:"answer"`
		}{yes})
	} else {
		_, err = fmt.Fprintln(a.p.Out, map[bool]string{true: "yes", false: "no"}[yes])
	}
	if err == nil && !yes {
		return no()
	}
	return err
}

type accessExplain struct {
	question
	At string `placeholder:"DAY" help:"As it was at the end of this day, or at this moment, as 2026-03-31 or \"2026-03-31 14:05\" (UTC)."`
}

// Run prints the answer with its proof.
func (cmd *accessExplain) Run(c *caller) error {
	answer, err := cmd.ask(c)
	if err != nil {
		return err
	}
	if c.json {
		err = printJSON(c.p.Out, answerLineOf(answer))
	} else {
		if err = printProof(c.app, answer); err == nil {
			err = cmd.turned(c)
		}
	}
	if err == nil && !answer.Yes {
		return no()
	}
	return err
}

func (cmd *accessExplain) ask(c *caller) (*service.Answer, error) {
	at, err := c.earlier(cmd.At)
	if err != nil {
		return nil, err
	}
	if at.IsZero() {
		return c.svc.Explain(c.ctx, c.by, cmd.User, cmd.Right, cmd.Object)
	}
	return c.svc.ExplainAt(c.ctx, c.by, service.Question{User: cmd.User, Right: cmd.Right, Object: cmd.Object}, at)
}

// earlier reads a moment of the past; zero where none is given.
func (a *app) earlier(text string) (time.Time, error) {
	at, err := moment(text, true)
	if now := a.svc.Now(); err == nil && at.After(now) && at.Sub(now) < 24*time.Hour {
		at = now // today is not over yet
	}
	return at, err
}

// turned prints what has made the answer of an earlier moment another one since.
func (cmd *accessExplain) turned(c *caller) error {
	at, err := c.earlier(cmd.At)
	if err != nil || at.IsZero() {
		return err
	}
	turn, err := c.svc.Turned(c.ctx, c.by, service.Question{User: cmd.User, Right: cmd.Right, Object: cmd.Object}, at)
	if err != nil || turn == nil {
		return err
	}
	words := "since then: a first or last day has passed"
	if made := turn.Made; made != nil {
		words = fmt.Sprintf("since then: change %d, %s %s, at %s", made.Change, made.Action, made.Object, made.At.UTC().Format(time.DateTime))
	}
	_, err = fmt.Fprintln(c.p.Out, cleanText(words))
	return err
}

func printProof(a *app, answer *service.Answer) error {
	_, err := fmt.Fprintln(a.p.Out, cleanText(strings.Join(answer.Words(), "\n  ")))
	return err
}

type accessWho struct {
	Right      string `arg:"" help:"Right, as ShowTicket."`
	Object     string `arg:"" help:"system, group:NAME, customer:KEY, queue:NAME, field:NAME or ticket:NUMBER."`
	Superusers bool   `help:"Those too who may it only because they are superusers."`
	At         string `placeholder:"DAY" help:"As it was at the end of this day, or at this moment, as 2026-03-31 or \"2026-03-31 14:05\" (UTC)."`
}

// Run lists who may.
func (cmd *accessWho) Run(c *caller) error {
	at, err := c.earlier(cmd.At)
	if err != nil {
		return err
	}
	var answers []service.Answer
	if at.IsZero() {
		answers, err = c.svc.WhoCan(c.ctx, c.by, cmd.Right, cmd.Object, cmd.Superusers)
	} else {
		answers, err = c.svc.WhoCanAt(c.ctx, c.by, service.Question{Right: cmd.Right, Object: cmd.Object}, cmd.Superusers, at)
	}
	if err != nil {
		return err
	}
	if c.json {
		return printList(c.app, mapped(answers, answerLineOf))
	}
	for i := range answers {
		if err := printProof(c.app, &answers[i]); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintln(c.p.Out, counted(len(answers), "user"))
	return err
}

// counted says how many there are: "1 user", "4 users".
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
