package admin

import (
	"net/http"
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
		for _, rule := range b.Rules {
			page.Rules = append(page.Rules, strings.TrimPrefix(rule.Name, "%: "))
		}
		return page, nil
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
	names := map[string]string{}
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
	return h.done(w, r, withUndo(page.URL, change), text)
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
