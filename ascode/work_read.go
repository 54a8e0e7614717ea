package ascode

import (
	"context"
	"maps"
	"slices"
	"strings"

	"gatehouse/desk"
	"gatehouse/desk/sla"
	"gatehouse/service"
)

// ExportWork reads how a desk works, as far as the actor may see it
// (ShowConfigTab; ShowScrips and ShowTemplate where rules and templates are).
func ExportWork(ctx context.Context, svc *service.Service, by desk.Actor) (*Work, error) {
	w, err := (&workReader{svc: svc, by: by}).read(ctx)
	if err != nil {
		return nil, err
	}
	return &Work{workFile: w.workFile}, nil
}

// A workDesk is the work of a desk with the numbers of its things.
type workDesk struct {
	workFile
	book    *sla.Book
	cycles  map[string]desk.LifeCycleID // by folded name
	rules   map[string]desk.RuleID
	queues  map[string]desk.QueueID
	fields  map[string]desk.FieldID // of tickets
	holders map[string]desk.QueueID // queues with a life cycle of the desk's own, by folded name

	fieldNames map[desk.FieldID]string
}

type workReader struct {
	svc    *service.Service
	by     desk.Actor
	queues map[desk.QueueID]string
}

func (r *workReader) read(ctx context.Context) (*workDesk, error) {
	d := &workDesk{queues: map[string]desk.QueueID{}, cycles: map[string]desk.LifeCycleID{}, rules: map[string]desk.RuleID{}, holders: map[string]desk.QueueID{}}
	d.Format = WorkFormat
	queues, err := r.svc.Queues(ctx, r.by, desk.SeeQueue)
	if err != nil {
		return nil, err
	}
	r.queues = map[desk.QueueID]string{}
	for _, q := range queues {
		r.queues[q.ID], d.queues[desk.Fold(q.Name)] = q.Name, q.ID
	}
	for _, part := range []func(context.Context, *workDesk) error{r.clocks, r.lifeCycles, r.rules, r.templates, r.forms} {
		if err := part(ctx, d); err != nil {
			return nil, err
		}
	}
	return d, nil
}

func (r *workReader) clocks(ctx context.Context, d *workDesk) error {
	var err error
	if d.book, err = r.svc.ClockBook(ctx, r.by); err != nil {
		return err
	}
	calendars, agreements, none := []workCalendar{}, []workAgreement{}, []workHold{}
	for i := range d.book.Calendars {
		calendars = append(calendars, calendarText(&d.book.Calendars[i]))
	}
	for i := range d.book.Agreements {
		a := &d.book.Agreements[i]
		text := agreementText(a, d.book.Calendar(a.Calendar).Name)
		if text.Holds, err = r.holds(ctx, d.book, a.ID); err != nil {
			return err
		}
		agreements = append(agreements, text)
	}
	if none, err = r.holds(ctx, d.book, 0); err != nil {
		return err
	}
	slices.SortFunc(calendars, func(a, b workCalendar) int { return strings.Compare(desk.Fold(a.Name), desk.Fold(b.Name)) })
	slices.SortFunc(agreements, func(a, b workAgreement) int { return strings.Compare(desk.Fold(a.Name), desk.Fold(b.Name)) })
	d.Calendars, d.Agreements, d.Unclocked = &calendars, &agreements, &none
	return nil
}

// holds are for which tickets an agreement holds.
func (r *workReader) holds(ctx context.Context, b *sla.Book, id sla.AgreementID) ([]workHold, error) {
	list := []workHold{}
	for _, a := range b.Assignments {
		if a.Agreement != id {
			continue
		}
		h := workHold{Queue: r.queues[a.Queue], Priority: a.Priority}
		if a.Queue != 0 && h.Queue == "" { // without its name it would be for every queue
			return nil, hiddenQueue()
		}
		if a.Customer != 0 {
			c, err := r.svc.Customer(ctx, r.by, a.Customer)
			if err != nil {
				return nil, err
			}
			h.Customer = c.Key
		}
		list = append(list, h)
	}
	sortHolds(list)
	return list, nil
}

func hiddenQueue() error {
	return desk.Errorf(desk.Forbidden, "The work of this desk names a queue that you may not see. Whoever reads or changes it as a file needs the right SeeQueue of every queue in it.")
}

func sortHolds(list []workHold) {
	slices.SortFunc(list, func(a, b workHold) int { return strings.Compare(made(a), made(b)) })
}

func calendarText(c *sla.Calendar) workCalendar {
	w := workCalendar{Name: c.Name, Zone: c.Zone, Hours: strings.ReplaceAll(sla.FormatWeek(c.Week), "–", "-")}
	if text := strings.TrimSpace(sla.FormatHolidays(c.Holidays)); text != "" {
		w.Holidays = strings.Split(text, "\n")
	}
	return w
}

func agreementText(a *sla.Agreement, calendar string) workAgreement {
	length := func(k sla.Kind) string {
		if a.Targets[k] == 0 {
			return ""
		}
		return sla.FormatLength(a.Targets[k])
	}
	w := workAgreement{Name: a.Name, Calendar: calendar, FirstResponse: length(sla.FirstResponse), Update: length(sla.Update), Resolution: length(sla.Resolution), Warn: a.Warn}
	for _, s := range a.Pauses {
		w.Pauses = append(w.Pauses, string(s))
	}
	return w
}

func (r *workReader) lifeCycles(ctx context.Context, d *workDesk) error {
	list, err := r.svc.LifeCycles(ctx, r.by)
	cycles := []workCycle{}
	for i := range list {
		if list[i].ID == 0 {
			continue // the one that ships is the program's
		}
		d.cycles[desk.Fold(list[i].Name)] = list[i].ID
		for _, q := range list[i].Queues {
			if d.holders[desk.Fold(q)] = d.queues[desk.Fold(q)]; d.holders[desk.Fold(q)] == 0 {
				return hiddenQueue()
			}
		}
		cycles = append(cycles, workCycle{cycleText(&list[i].LifeCycle), list[i].Queues})
	}
	d.LifeCycles = &cycles
	return err
}

func (r *workReader) rules(ctx context.Context, d *workDesk) error {
	list, err := r.svc.Rules(ctx, r.by)
	rules := []workRule{}
	for i := range list {
		d.rules[desk.Fold(list[i].Name)] = list[i].ID
		rules = append(rules, ruleText(&list[i].Written))
	}
	d.Rules = &rules
	return err
}

func ruleText(w *service.WrittenRule) workRule {
	stage := w.Stage
	if stage == string(desk.StageNormal) {
		stage = ""
	}
	return workRule{Name: w.Name, Disabled: !w.Enabled, Queue: w.Queue, Stage: stage, Place: w.Place, When: w.On, Hours: w.Hours,
		InStatus: w.InStatus, At: w.At, Calendar: w.Calendar, Workdays: w.Workdays, Field: w.Field, From: w.From, To: w.To, Approvers: w.Approvers, ApprovalReason: w.ApprovalReason,
		If: w.If, Status: w.Status, Owner: w.Owner,
		Priority: w.Priority, Move: w.Move, Due: w.Due, Watch: w.Watch, Unwatch: w.Unwatch, Comment: w.Comment, OpenIn: w.OpenIn, OpenLink: w.OpenLink,
		OpenSubject: w.OpenSubject, OpenText: w.OpenText, Notify: w.Notify, Letter: w.Letter, Push: w.Push, Webhook: w.Webhook}
}

func (r *workRule) rule(id desk.RuleID) service.WrittenRule {
	return service.WrittenRule{ID: id, Name: r.Name, Enabled: !r.Disabled, Queue: r.Queue, Stage: r.Stage, Place: r.Place, On: r.When, Hours: r.Hours,
		InStatus: r.InStatus, At: r.At, Calendar: r.Calendar, Workdays: r.Workdays, Field: r.Field, From: r.From, To: r.To, Approvers: r.Approvers, ApprovalReason: r.ApprovalReason,
		If: r.If, Status: r.Status,
		Owner: r.Owner, Priority: r.Priority, Move: r.Move, Due: r.Due, Watch: r.Watch, Unwatch: r.Unwatch, Comment: r.Comment, OpenIn: r.OpenIn, OpenLink: r.OpenLink,
		OpenSubject: r.OpenSubject, OpenText: r.OpenText, Notify: r.Notify, Letter: r.Letter, Push: r.Push, Webhook: r.Webhook}
}

// templates are those that somebody wrote; where the actor may not see them,
// there are none.
func (r *workReader) templates(ctx context.Context, d *workDesk) error {
	list := []workTemplate{}
	for _, queue := range slices.Concat([]desk.QueueID{0}, slices.Sorted(maps.Keys(r.queues))) {
		languages, err := r.svc.TemplateLanguages(ctx, r.by, queue)
		if kind := desk.KindOf(err); kind == desk.Forbidden || kind == desk.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		for _, language := range languages {
			own, err := r.own(ctx, service.TemplatePlace{Queue: queue, Language: language})
			if err != nil {
				return err
			}
			list = append(list, own...)
		}
	}
	slices.SortFunc(list, func(a, b workTemplate) int { return strings.Compare(a.name(), b.name()) })
	d.Templates = &list
	return nil
}

// own are the templates that somebody wrote for just a queue and a language.
func (r *workReader) own(ctx context.Context, at service.TemplatePlace) ([]workTemplate, error) {
	all, err := r.svc.LetterTemplates(ctx, r.by, at)
	var list []workTemplate
	for _, t := range all {
		if t.Own {
			list = append(list, workTemplate{t.Name, r.queues[at.Queue], t.Language, t.Subject, t.Text})
		}
	}
	return list, err
}
