package service

import (
	"context"
	"slices"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
)

// tokenIdle is after how long a token that nobody used is thought to be
// forgotten; one that was never used is after a third of it.
const tokenIdle = 90 * 24 * time.Hour

// checkTokens looks for tokens that end soon and are in use, that nobody uses,
// and that let a program do everything for ever.
func (o *op) checkTokens(ctx context.Context) ([]Mistake, error) {
	if !o.can(desk.AdminUsers, access.System()) {
		return nil, nil
	}
	now := o.s.Now()
	list, err := o.TokensInUse(ctx, now, mistakesLook)
	if err != nil {
		return nil, err
	}
	supers := o.e.WhoCanUsers(desk.SuperUser, access.System(), true)
	var all []Mistake
	for i := range list {
		t := &list[i]
		check := tokenAmiss(t, now)
		if check == "" && t.Until.IsZero() && t.Scope == "" && slices.Contains(supers, t.User) {
			check = "token.endless"
		}
		if check != "" {
			all = append(all, Mistake{Check: check, Kind: "user", ID: int64(t.User), Name: t.Name})
		}
	}
	return all, o.nameOwners(ctx, all)
}

// tokenAmiss says what is the matter with a token by its times; empty: nothing.
func tokenAmiss(t *desk.Token, now time.Time) string {
	used, idle := t.LastUsed, tokenIdle
	if used.IsZero() {
		used, idle = t.Created, tokenIdle/3
	}
	switch {
	case now.Sub(used) > idle:
		return "token.unused"
	case !t.Until.IsZero() && !t.LastUsed.IsZero() && t.Until.Sub(now) < soon*24*time.Hour && t.Until.Sub(now) < t.Until.Sub(t.Created)/4:
		return "token.ends"
	}
	return ""
}

// nameOwners says whose each token is.
func (o *op) nameOwners(ctx context.Context, list []Mistake) error {
	var ids []desk.PrincipalID
	for _, m := range list {
		ids = append(ids, desk.PrincipalID(m.ID))
	}
	names, err := o.names(ctx, ids)
	for i := range list {
		list[i].Detail = names[desk.PrincipalID(list[i].ID)].Text
	}
	return err
}
