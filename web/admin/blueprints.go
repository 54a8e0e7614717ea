package admin

import (
	"net/http"
	"net/url"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

const blueprintsURL = "/admin/blueprints"

// blueprintRoutes adds the pages of blueprints.
func (h handler) blueprintRoutes(page func(string, func(http.ResponseWriter, *http.Request) error)) {
	page("GET /admin/blueprints", h.blueprints)
	page("GET /admin/blueprints/{name}", h.blueprint)
	page("POST /admin/blueprints/{name}", h.applyBlueprint)
}

// blueprintFrame refuses who may set none up, and returns those that there are.
func (h handler) blueprintFrame(r *http.Request) (*frame, []service.Blueprint, error) {
	f, err := h.frame(r, "admin.blueprints")
	if err != nil {
		return nil, nil, err
	}
	if err := partOf(f.Blueprints); err != nil {
		return nil, nil, err
	}
	list, err := h.svc.Blueprints(r.Context(), web.Actor(r))
	return f, list, err
}

// blueprints lists the working schemas with what each is for.
func (h handler) blueprints(w http.ResponseWriter, r *http.Request) error {
	f, list, err := h.blueprintFrame(r)
	if err != nil {
		return err
	}
	page := BlueprintsPage{Nav: f.nav}
	for _, b := range list {
		page.Names = append(page.Names, b.Name)
	}
	return h.site.Show(w, r, page.View())
}

// blueprint shows one with the form that sets it up.
func (h handler) blueprint(w http.ResponseWriter, r *http.Request) error {
	page, err := h.blueprintPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) blueprintPage(r *http.Request) (*BlueprintPage, error) {
	f, list, err := h.blueprintFrame(r)
	if err != nil {
		return nil, err
	}
	for _, b := range list {
		if b.Name != r.PathValue("name") {
			continue
		}
		page := &BlueprintPage{Nav: f.nav, Name: b.Name, URL: blueprintsURL + "/" + b.Name, Undo: takeBackOf(r)}
		for _, ask := range b.Asks {
			page.Fields = append(page.Fields, Labelled{Label: web.T("blueprint.ask." + ask), Help: web.T("blueprint.ask." + ask + ".help"),
				Field: web.Field{Name: ask, Required: ask != service.AskAddress}})
		}
		for _, rule := range b.RuleNames(web.ReaderOf(r).Lang) {
			page.Rules = append(page.Rules, strings.TrimPrefix(rule, "%: "))
		}
		page.Next, err = h.afterBlueprint(r, b)
		return page, err
	}
	return nil, desk.Errorf(desk.NotFound, "There is no such page.")
}

// applyBlueprint sets a blueprint up, or shows what that would give and take.
func (h handler) applyBlueprint(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, err := h.blueprintPage(r)
	if err != nil {
		return err
	}
	names := map[string]string{service.AskLanguage: web.ReaderOf(r).Lang}
	for i := range page.Fields {
		field := &page.Fields[i].Field
		web.Retype(r, field)
		field.Value = strings.TrimSpace(field.Value)
		names[field.Name] = field.Value
	}
	if r.PostFormValue("do") == "look" {
		return h.lookAtBlueprint(w, r, page, names)
	}
	change, err := h.svc.ApplyBlueprint(r.Context(), web.Actor(r), page.Name, names)
	if err != nil {
		return h.blueprintRefused(w, r, page, err)
	}
	text := web.T("blueprint.done", names[service.AskQueue])
	if change == 0 {
		text = web.T("blueprint.nothing", names[service.AskQueue])
	}
	to := page.URL + "?"
	if change != 0 {
		to = withUndo(page.URL, change) + "&"
	}
	set := url.Values{}
	for _, ask := range []string{service.AskQueue, service.AskGroup, service.AskManagers} {
		if names[ask] != "" {
			set.Set(ask, names[ask])
		}
	}
	return h.done(w, r, to+set.Encode(), text)
}

// afterBlueprint says what comes next where a blueprint was set up: its groups
// want people, and its queue and rules can be looked at.
func (h handler) afterBlueprint(r *http.Request, b service.Blueprint) ([]web.Link, error) {
	query := r.URL.Query()
	var steps []web.Link
	for _, ask := range b.Asks {
		name := query.Get(ask)
		if ask != service.AskGroup && ask != service.AskManagers || name == "" {
			continue
		}
		id, err := h.svc.Find(r.Context(), web.Actor(r), "group:"+name)
		if desk.KindOf(err) == desk.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		people, err := h.svc.MemberCounts(r.Context(), web.Actor(r), []desk.PrincipalID{id})
		if err != nil {
			return nil, err
		}
		step := web.Link{Label: web.T("blueprint.next.empty", name), URL: placeURL("group", int64(id))}
		if n := people[id]; n > 0 {
			step.Label = web.T("blueprint.next.people", name, n)
		}
		steps = append(steps, step)
	}
	q, err := h.svc.FindQueue(r.Context(), web.Actor(r), query.Get(service.AskQueue))
	if desk.KindOf(err) == desk.NotFound {
		return steps, nil
	}
	if err != nil {
		return nil, err
	}
	steps = append(steps, web.Link{Label: web.T("blueprint.next.queue", q.Name), URL: placeURL("queue", int64(q.ID))})
	if len(b.Rules) > 0 {
		steps = append(steps, web.Link{Label: web.T("blueprint.next.rules"), URL: "/admin/rules"})
	}
	return steps, nil
}

// lookAtBlueprint shows the effect above the form as it was filled in, and
// changes nothing.
func (h handler) lookAtBlueprint(w http.ResponseWriter, r *http.Request, page *BlueprintPage, names map[string]string) error {
	effect, err := h.svc.WhatIf(r.Context(), web.Actor(r), func(in *service.Service, by desk.Actor) error {
		change, err := in.ApplyBlueprint(r.Context(), by, page.Name, names)
		page.Standing = change == 0
		return err
	})
	if err != nil {
		return h.blueprintRefused(w, r, page, err)
	}
	shown := web.EffectOf(effect, person)
	page.Effect, page.Queue = &shown, names[service.AskQueue]
	return h.site.Show(w, r, page.View())
}

func (h handler) blueprintRefused(w http.ResponseWriter, r *http.Request, page *BlueprintPage, err error) error {
	var fields []*web.Field
	for i := range page.Fields {
		fields = append(fields, &page.Fields[i].Field)
	}
	page.Error = web.T("error.invalid.title")
	if rest := web.Refuse(err, fields...); rest != "" {
		page.Error = web.Plain(rest)
	}
	return h.showRefused(w, r, page.View(), err)
}
