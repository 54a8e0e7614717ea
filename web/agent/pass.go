package agent

import (
	"net/http"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

const passURL = base + "/delegations"

// pass shows what the reader may pass on, has passed on and got.
func (h handler) pass(w http.ResponseWriter, r *http.Request) error {
	page, _, err := h.passPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) passPage(r *http.Request) (*PassPage, *service.Passing, error) {
	f, err := h.frame(r)
	if err != nil {
		return nil, nil, err
	}
	by := web.Actor(r)
	p, err := h.desk.Passing(r.Context(), by, by.User)
	if err != nil {
		return nil, nil, err
	}
	page := &PassPage{Nav: f.nav, To: web.Field{Name: "to", Required: true, Suggest: "all"}, Until: web.Field{Name: "until", Kind: "date"}}
	for _, g := range p.May {
		page.May = append(page.May, passGrant(g))
	}
	for _, g := range p.Passed {
		page.Passed = append(page.Passed, passedGrant(f.reader, g))
	}
	for _, g := range p.Got {
		row := passedGrant(f.reader, g)
		row.Withdraw = false
		page.Got = append(page.Got, row)
	}
	held, err := h.desk.Held(r.Context(), by, desk.OnSystem())
	if err != nil {
		return nil, nil, err
	}
	may := held.Has(desk.AdminOwnPersonalGroups)
	if may {
		page.New = &web.Field{Form: "new-", Name: "name", Required: true}
	}
	for _, g := range p.Groups {
		group, err := h.passGroup(r, g, may)
		if err != nil {
			return nil, nil, err
		}
		page.Groups = append(page.Groups, *group)
	}
	return page, p, nil
}

func (h handler) passGroup(r *http.Request, g desk.Group, may bool) (*PassGroup, error) {
	id := int64(g.ID)
	group := &PassGroup{ID: id, Name: g.Name, Disabled: g.Disabled, May: may,
		Add: web.Field{Form: "add-" + strconv.FormatInt(id, 10) + "-", Name: "who", Required: true, Suggest: "all"}}
	members, err := h.desk.Members(r.Context(), web.Actor(r), desk.PrincipalID(g.ID))
	for _, m := range members {
		group.Members = append(group.Members, PassMember{int64(m.Membership.Member), m.Name.Text})
	}
	return group, err
}

func passGrant(g service.GrantLine) PassGrant {
	return PassGrant{ID: int64(g.ID), What: g.What, Where: g.PlaceName, Held: web.Plain(g.WhoName.Text), Until: g.Until.String(), Withdraw: g.Revocable}
}

func passedGrant(reader web.Reader, p service.Passed) PassGrant {
	row := passGrant(p.GrantLine)
	row.To, row.Asleep = web.Plain(p.WhoName.Text), p.Asleep
	if p.Chain != nil {
		row.Chain = web.DelegationOf(reader, *p.Chain)
	}
	return row
}

// passOn passes a right on, or shows who would gain by it.
func (h handler) passOn(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, p, err := h.passPage(r)
	if err != nil {
		return err
	}
	d, err := h.readPass(r, p)
	make := func(in *service.Service, by desk.Actor) error {
		_, err := in.Delegate(r.Context(), by, d)
		return err
	}
	if err == nil && r.PostFormValue("do") == "look" {
		effect, err := h.desk.WhatIf(r.Context(), web.Actor(r), make)
		if err != nil {
			return h.passRefused(w, r, page, err)
		}
		shown := web.EffectOf(effect, func(n service.Name) web.Person { return person(web.ReaderOf(r), n) })
		page.Effect = &shown
		retypePass(r, page)
		return h.site.Show(w, r, page.View())
	}
	if err == nil {
		err = make(h.desk, web.Actor(r))
	}
	if err != nil {
		return h.passRefused(w, r, page, err)
	}
	return h.site.Done(w, r, passURL, web.Notice{Level: "good", Text: web.T("pass.done", r.PostFormValue("to"))})
}

// readPass reads what is to be passed on to whom.
func (h handler) readPass(r *http.Request, p *service.Passing) (service.Delegation, error) {
	source, _ := strconv.ParseInt(r.PostFormValue("source"), 10, 64)
	for _, g := range p.May {
		if int64(g.ID) != source {
			continue
		}
		to := strings.TrimSpace(r.PostFormValue("to"))
		for _, group := range p.Groups {
			if desk.Fold(group.Name) == desk.Fold(to) {
				to = "personal:" + strings.TrimPrefix(p.Of.Ref, "user:") + "/" + group.Name
			}
		}
		return h.desk.ReadDelegation(r.Context(), web.Actor(r), service.DelegationByWords{What: g.What, Where: g.PlaceName, From: g.WhoName.Ref, To: to, Until: r.PostFormValue("until")})
	}
	return service.Delegation{}, desk.InvalidFields(map[string]string{"source": "Choose what you pass on."})
}

// passRefused shows the page again with what was typed.
func (h handler) passRefused(w http.ResponseWriter, r *http.Request, page *PassPage, err error) error {
	retypePass(r, page)
	if rest := web.Refuse(err, &page.To, &page.Until); rest != "" {
		page.Error = web.Plain(rest)
	}
	switch kind := desk.KindOf(err); kind {
	case desk.Invalid, desk.Conflict, desk.Forbidden, desk.NotFound:
		v := page.View()
		v.Status = web.StatusOf(kind)
		return h.site.Show(w, r, v)
	}
	return err
}

func retypePass(r *http.Request, page *PassPage) {
	web.Retype(r, &page.To, &page.Until)
	for i := range page.May {
		page.May[i].Chosen = strconv.FormatInt(page.May[i].ID, 10) == r.PostFormValue("source")
	}
}

// withdraw ends what the reader has passed on.
func (h handler) withdraw(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.GrantID](r, "id")
	if err != nil {
		return err
	}
	if err := h.desk.Undelegate(r.Context(), web.Actor(r), id); err != nil {
		return err
	}
	return h.site.Done(w, r, passURL, web.Notice{Level: "good", Text: web.T("pass.withdrawn")})
}

// makeOwnGroup makes a personal group of the reader.
func (h handler) makeOwnGroup(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	by := web.Actor(r)
	name := r.PostFormValue("name")
	if _, err := h.desk.CreateGroup(r.Context(), by, desk.Group{Name: name, Personal: by.User}); err != nil {
		page, _, pageErr := h.passPage(r)
		if pageErr != nil {
			return pageErr
		}
		if page.New != nil {
			page.New.Value = name
		}
		return h.passRefused(w, r, page, err)
	}
	return h.site.Done(w, r, passURL+"#groups", web.Notice{Level: "good", Text: web.T("pass.group.made", name)})
}

// changeOwnGroup adds and removes members of a personal group, disables or
// enables it.
func (h handler) changeOwnGroup(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	id, err := web.ID[desk.GroupID](r, "id")
	if err != nil {
		return err
	}
	if err := h.editOwnGroup(r, id); err != nil {
		page, _, pageErr := h.passPage(r)
		if pageErr != nil {
			return pageErr
		}
		for i := range page.Groups {
			if page.Groups[i].ID == int64(id) {
				page.Groups[i].Add.Value = r.PostFormValue("who")
			}
		}
		return h.passRefused(w, r, page, err)
	}
	return h.site.Done(w, r, passURL+"#groups", web.Notice{Level: "good", Text: web.T("pass.group.changed")})
}

func (h handler) editOwnGroup(r *http.Request, id desk.GroupID) error {
	ctx, by, group := r.Context(), web.Actor(r), desk.PrincipalID(id)
	switch r.PostFormValue("do") {
	case "disable", "enable":
		g, err := h.desk.Group(ctx, by, id)
		if err != nil {
			return err
		}
		g.Disabled = r.PostFormValue("do") == "disable"
		return h.desk.UpdateGroup(ctx, by, *g)
	case "":
		member, err := h.desk.FindMember(ctx, by, group, r.PostFormValue("who"))
		if err != nil {
			return err
		}
		return h.desk.AddMember(ctx, by, desk.Membership{Group: group, Member: member})
	}
	member, _ := strconv.ParseInt(r.PostFormValue("do"), 10, 64)
	return h.desk.RemoveMember(ctx, by, group, desk.PrincipalID(member))
}
