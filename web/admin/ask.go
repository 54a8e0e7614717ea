package admin

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// askedShown is how many people an answer names.
const askedShown = 60

// asking is a question of the page with what it is answered to.
type asking struct {
	h      handler
	r      *http.Request
	reader web.Reader
	q      service.Question
	at     time.Time // zero: only now is asked
	page   *AskPage
}

// ask answers who may do what, and since when.
func (h handler) ask(w http.ResponseWriter, r *http.Request) error {
	f, err := h.frame(r, "admin.ask")
	if err != nil {
		return err
	}
	a := asking{h: h, r: r, reader: web.ReaderOf(r), page: askPage(r, f)}
	a.q = service.Question{User: strings.TrimSpace(r.FormValue("who")), Right: r.FormValue("right"), Object: strings.TrimSpace(r.FormValue("object"))}
	if a.q.Object == "" {
		return h.site.Show(w, r, a.page.View())
	}
	if err = a.moment(f.Audit); err == nil {
		err = a.answer()
	}
	if err != nil {
		return a.refused(w, err)
	}
	return h.site.Show(w, r, a.page.View())
}

// refused shows the question again with what is wrong with it.
func (a *asking) refused(w http.ResponseWriter, err error) error {
	p := a.page
	p.Error = web.T("error.invalid.title")
	if rest := web.Refuse(err, &p.Who, &p.Right, &p.Object, &p.At); rest != "" {
		p.Error = web.Plain(rest)
	}
	v := p.View()
	switch kind := desk.KindOf(err); kind {
	case desk.Invalid, desk.NotFound, desk.Forbidden:
		v.Status = web.StatusOf(kind)
		return a.h.site.Show(w, a.r, v)
	}
	return err
}

func askPage(r *http.Request, f *frame) *AskPage {
	page := &AskPage{Nav: f.nav, Who: web.Field{Name: "who", Value: r.FormValue("who"), Suggest: "all"},
		Right:  web.Field{Name: "right", Kind: "select", Options: []web.Option{{Label: web.T("ask.right.all")}}},
		Object: web.Field{Name: "object", Value: r.FormValue("object"), Required: true}}
	for _, info := range desk.AllRights() {
		page.Right.Options = append(page.Right.Options, web.Option{Value: info.Name, Label: web.Plain(info.Name), Selected: info.Name == r.FormValue("right")})
	}
	if f.Audit {
		page.At = web.Field{Name: "at", Kind: "date", Value: r.FormValue("at")}
	}
	return page
}

// moment reads the day that is asked about: its end, or now on the present day.
func (a *asking) moment(may bool) error {
	text := a.r.FormValue("at")
	if text == "" || !may {
		return nil
	}
	day, err := time.ParseInLocation(time.DateOnly, text, a.reader.In(time.Time{}).Location())
	if err != nil {
		return desk.InvalidFields(map[string]string{"at": "Write a day as 2026-03-31."})
	}
	a.at, a.page.Then = day.AddDate(0, 0, 1).Add(-time.Microsecond), text
	if now := a.h.svc.Now(); a.at.After(now) && day.Before(now) {
		a.at = now
	}
	return nil
}

func (a *asking) answer() error {
	switch {
	case a.q.User == "" && a.q.Right == "":
		return desk.InvalidFields(map[string]string{"right": "Choose a right, or write of whom you ask."})
	case a.q.User == "":
		return a.people()
	case a.q.Right == "":
		return a.rights()
	}
	return a.one()
}

// one answers about one person and one right.
func (a *asking) one() error {
	ctx, p := a.r.Context(), a.page
	p.Asked = web.T("ask.one", a.q.User, a.q.Right, a.q.Object)
	if !a.at.IsZero() {
		then, err := a.h.svc.ExplainAt(ctx, a.reader.Actor, a.q, a.at)
		if err != nil {
			return err
		}
		turn, err := a.h.svc.Turned(ctx, a.reader.Actor, a.q, a.at)
		if err != nil {
			return err
		}
		p.Sides = append(p.Sides, a.side(web.T("ask.then", p.Then), then))
		if turn != nil && turn.Made != nil {
			row := auditRow(a.reader, changeEvents(a.reader, []service.Change{*turn.Made})[0], *turn.Made, a.r.URL.RequestURI())
			p.Turned = &row
		}
		p.ByDay = turn != nil && turn.Day
	}
	now, err := a.h.svc.Explain(ctx, a.reader.Actor, a.q.User, a.q.Right, a.q.Object)
	if err == nil {
		p.Sides = append(p.Sides, a.side(web.T("ask.now"), now))
	}
	return err
}

func (a *asking) side(title web.Text, answer *service.Answer) AskSide {
	said := "ask.no"
	if answer.Yes {
		said = "ask.yes"
	}
	return AskSide{Title: title, Yes: answer.Yes, Said: web.T(said, answer.User.Text), Why: web.MissingText(*answer), Chain: web.ChainOf(a.reader, *answer)}
}

// rights answers what a person may do with a thing.
func (a *asking) rights() error {
	a.page.Asked = web.T("ask.rights", a.q.User, a.q.Object)
	var then, now desk.RightSet
	var err error
	if a.at.IsZero() {
		now, err = a.h.svc.RightsOf(a.r.Context(), a.reader.Actor, service.Holder{Ref: a.q.User}, a.q.Object)
	} else {
		then, now, err = a.h.svc.RightsAt(a.r.Context(), a.reader.Actor, a.q, a.at)
	}
	if err != nil {
		return err
	}
	for _, info := range desk.AllRights() {
		if !(then | now).Has(info.Right) {
			continue
		}
		query := a.r.URL.Query()
		query.Set("right", info.Name)
		a.page.Rights = append(a.page.Rights, AskRight{info.Name, "/admin/ask?" + query.Encode(), then.Has(info.Right), now.Has(info.Right)})
	}
	return nil
}

// people answers who may do something: now, or what has become of them since a
// moment.
func (a *asking) people() error {
	a.page.Asked = web.T("ask.people", a.q.Right, a.q.Object)
	now, err := a.h.svc.WhoCan(a.r.Context(), a.reader.Actor, a.q.Right, a.q.Object, true)
	if err != nil {
		return err
	}
	if a.at.IsZero() {
		a.list(web.T("ask.people.now"), now)
		return nil
	}
	then, err := a.h.svc.WhoCanAt(a.r.Context(), a.reader.Actor, a.q, true, a.at)
	if err != nil {
		return err
	}
	without := func(list, others []service.Answer) []service.Answer {
		return slices.DeleteFunc(slices.Clone(list), func(one service.Answer) bool {
			return slices.ContainsFunc(others, func(other service.Answer) bool { return other.User.ID == one.User.ID })
		})
	}
	lost, gained := without(then, now), without(now, then)
	a.list(web.T("ask.people.lost"), lost)
	a.list(web.T("ask.people.gained"), gained)
	a.list(web.T("ask.people.both"), without(now, gained))
	return nil
}

func (a *asking) list(title web.Text, answers []service.Answer) {
	people := AskPeople{Title: title, Count: len(answers), Capped: len(answers) > askedShown}
	for _, one := range answers[:min(askedShown, len(answers))] {
		people.Proofs = append(people.Proofs, web.Proof{Who: person(one.User), Chains: []web.Chain{web.ChainOf(a.reader, one)}})
	}
	a.page.People = append(a.page.People, people)
}

// whoLink leads to everybody who has a right on a thing.
func whoLink(right desk.Right, object string) string {
	return "/admin/ask?" + url.Values{"right": {right.String()}, "object": {object}}.Encode()
}
