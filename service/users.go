package service

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// CreateUser makes a user (AdminUsers). The first of his addresses is the
// primary one; logins and addresses are unique without regard to case.
func (s *Service) CreateUser(ctx context.Context, by desk.Actor, u desk.User) (desk.UserID, error) {
	err := s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminUsers, access.System()); err != nil {
			return err
		}
		return o.createUser(ctx, &u)
	})
	return u.ID, err
}

func (o *op) createUser(ctx context.Context, u *desk.User) error {
	if err := o.checkUser(ctx, u); err != nil {
		return err
	}
	u.Created = o.s.Now()
	if err := o.InsertUser(ctx, u); err != nil {
		return err
	}
	return o.changedAccess(ctx, change{"user.create", "user:" + u.Login, "", describeUser(*u)}, desk.AccessChange{Kind: desk.ChangeUser, User: u.ID})
}

func describeUser(u desk.User) string {
	return fmt.Sprintf("login: %s; name: %s; kind: %s; disabled: %t; addresses: %s",
		u.Login, u.Name, u.Kind, u.Disabled, strings.Join(u.Addresses, " "))
}

func (o *op) checkUser(ctx context.Context, u *desk.User) error {
	var err error
	if u.Login, err = desk.CheckName("user", u.Login); err != nil {
		return desk.InvalidFields(map[string]string{"login": "Give the user a login of at most 200 characters."})
	}
	if u.Kind != desk.Agent && u.Kind != desk.Contact {
		return desk.InvalidFields(map[string]string{"kind": "Say whether the user is an agent or a contact."})
	}
	if u.Name != "" {
		if u.Name, err = desk.CheckName("user", u.Name); err != nil {
			return err
		}
	}
	for i, a := range u.Addresses {
		if u.Addresses[i], err = canonicalAddress(a); err != nil {
			return err
		}
		if err := o.notOurs(ctx, u.Addresses[i]); err != nil {
			return err
		}
	}
	return nil
}

// SaveUser makes a user without a number, or changes one, and gives him a
// password where there is one: both or nothing. It asks what CreateUser or
// UpdateUser asks and what SetPassword asks, and returns his number.
func (s *Service) SaveUser(ctx context.Context, by desk.Actor, u desk.User, password string) (desk.UserID, error) {
	hash := ""
	if password != "" {
		var err error
		if err = s.CheckPassword(password); err == nil {
			hash, err = s.hashPassword(ctx, password)
		}
		if err != nil {
			return 0, err
		}
	}
	id := u.ID
	_, err := s.Together(ctx, by, func(in *Service, by desk.Actor) (err error) {
		if u.ID == 0 {
			id, err = in.CreateUser(ctx, by, u)
		} else {
			err = in.UpdateUser(ctx, by, u)
		}
		if err == nil && hash != "" {
			err = in.joined.setPassword(ctx, id, "", hash)
		}
		return err
	})
	return id, err
}

// UpdateUser changes a user (AdminUsers); a superuser only by a superuser, as
// whoever sets his address or password could become him.
func (s *Service) UpdateUser(ctx context.Context, by desk.Actor, u desk.User) error {
	return s.do(ctx, by, func(o *op) error {
		old, err := o.userToChange(ctx, u.ID)
		if err != nil {
			return err
		}
		if err := o.checkUser(ctx, &u); err != nil {
			return err
		}
		if err := o.notByHand(ctx, old, &u); err != nil {
			return err
		}
		if err := o.Tx.UpdateUser(ctx, &u); err != nil {
			return err
		}
		if u.Disabled {
			if err := o.DeleteSessionsOf(ctx, u.ID); err != nil {
				return err
			}
		}
		before, after := describeUser(*old), describeUser(u)
		if u.Disabled == old.Disabled && u.Kind == old.Kind {
			return o.audit(ctx, change{"user.update", "user:" + u.Login, before, after})
		}
		return o.changedAccess(ctx, change{"user.update", "user:" + u.Login, before, after}, desk.AccessChange{Kind: desk.ChangeUser, User: u.ID})
	})
}

func (o *op) userToChange(ctx context.Context, id desk.UserID) (*desk.User, error) {
	if err := o.need(desk.AdminUsers, access.System()); err != nil {
		return nil, err
	}
	u, err := o.Tx.User(ctx, id)
	if err != nil {
		return nil, err
	}
	if o.e.LeadsToSuperUser(desk.PrincipalID(id)) && !o.can(desk.SuperUser, access.System()) {
		return nil, desk.Errorf(desk.Forbidden, "Only a superuser can change a superuser.")
	}
	return u, nil
}

// User returns a user (AdminUsers, or oneself).
func (s *Service) User(ctx context.Context, by desk.Actor, id desk.UserID) (*desk.User, error) {
	var u *desk.User
	err := s.view(ctx, by, func(o *op) error {
		if id != by.User || id == 0 {
			if err := o.seesUsers(); err != nil {
				return err
			}
		}
		var err error
		u, err = o.Tx.User(ctx, id)
		return err
	})
	return u, err
}

// seesUsers refuses who may not look at the desk's users.
func (o *op) seesUsers() error {
	if o.canAny(access.System(), desk.AdminUsers, desk.AdminCustomers) {
		return nil
	}
	return o.need(desk.AdminUsers, access.System())
}

// Users returns users by login (AdminUsers).
func (s *Service) Users(ctx context.Context, by desk.Actor, f UserFilter) ([]desk.User, bool, error) {
	var list []desk.User
	var more bool
	err := s.view(ctx, by, func(o *op) error {
		if err := o.seesUsers(); err != nil {
			return err
		}
		var err error
		list, more, err = o.Tx.Users(ctx, f)
		return err
	})
	return list, more, err
}

// GroupsOf returns the groups and customers of which a user is a direct member
// (AdminUsers, or oneself).
func (s *Service) GroupsOf(ctx context.Context, by desk.Actor, id desk.UserID) ([]Member, error) {
	var list []Member
	err := s.view(ctx, by, func(o *op) error {
		if id != by.User || id == 0 {
			if err := o.seesUsers(); err != nil {
				return err
			}
		}
		memberships, err := o.MembershipsOf(ctx, desk.PrincipalID(id))
		if err != nil {
			return err
		}
		ids := make([]desk.PrincipalID, len(memberships))
		for i, m := range memberships {
			ids[i] = m.Group
		}
		quiet, err := o.Quiet(ctx, []desk.PrincipalID{desk.PrincipalID(id)})
		if err != nil {
			return err
		}
		names, err := o.names(ctx, ids)
		for _, m := range memberships {
			list = append(list, Member{m, names[m.Group], slices.Contains(quiet[m.Member], m.Group)})
		}
		return err
	})
	return list, err
}

// A Belonging is a user with the groups and customers of which he is directly a
// member.
type Belonging struct {
	User   *desk.User
	Groups []Member
}

// Belongings returns of several users what User and GroupsOf return of one. It
// asks what they ask; a user that there is not is left out.
func (s *Service) Belongings(ctx context.Context, by desk.Actor, ids []desk.UserID) (map[desk.UserID]*Belonging, error) {
	each := map[desk.UserID]*Belonging{}
	err := s.view(ctx, by, func(o *op) error {
		next := store.Ahead{}
		for _, id := range ids {
			if err := o.seesUsers(); err != nil && (id != by.User || id == 0) {
				return err
			}
			next.Members = append(next.Members, desk.PrincipalID(id))
		}
		users, err := o.UsersByID(ctx, ids)
		if err != nil {
			return err
		}
		if err := o.ReadAhead(ctx, next); err != nil {
			return err
		}
		var groups []desk.PrincipalID
		for id, u := range users {
			each[id] = &Belonging{User: u}
			memberships, err := o.MembershipsOf(ctx, desk.PrincipalID(id))
			if err != nil {
				return err
			}
			for _, m := range memberships {
				each[id].Groups, groups = append(each[id].Groups, Member{Membership: m}), append(groups, m.Group)
			}
		}
		names, err := o.names(ctx, groups)
		for _, b := range each {
			for i := range b.Groups {
				b.Groups[i].Name = names[b.Groups[i].Group]
			}
		}
		return err
	})
	return each, err
}

// OwnKeys returns the keys of the pages as the actor wants them. It asks for no
// right: who cannot do with single keys has to be able to switch them off.
func (s *Service) OwnKeys(ctx context.Context, by desk.Actor) (desk.OwnKeys, error) {
	var k desk.OwnKeys
	err := s.view(ctx, by, func(o *op) error {
		if by.IsSystem() {
			return desk.Errorf(desk.Invalid, "The system has no preferences.")
		}
		var err error
		k, err = o.Tx.OwnKeys(ctx, by.User)
		return err
	})
	return k, err
}

// SetOwnKeys changes them.
func (s *Service) SetOwnKeys(ctx context.Context, by desk.Actor, k desk.OwnKeys) error {
	return s.do(ctx, by, func(o *op) error {
		if by.IsSystem() {
			return desk.Errorf(desk.Invalid, "The system has no preferences.")
		}
		if err := k.Check(); err != nil {
			return err
		}
		return o.Tx.SetOwnKeys(ctx, by.User, k)
	})
}

// Preferences are what somebody sets for himself.
type Preferences struct {
	Name     string
	Language string
	Zone     string
}

// SetPreferences changes one's own name, language and time zone (ModifySelf).
func (s *Service) SetPreferences(ctx context.Context, by desk.Actor, p Preferences) error {
	return s.do(ctx, by, func(o *op) error {
		if by.IsSystem() {
			return desk.Errorf(desk.Invalid, "The system has no preferences.")
		}
		if err := o.need(desk.ModifySelf, access.System()); err != nil {
			return err
		}
		u, err := o.Tx.User(ctx, by.User)
		if err != nil {
			return err
		}
		if p.Name != "" {
			if p.Name, err = desk.CheckName("user", p.Name); err != nil {
				return err
			}
		}
		old := *u
		u.Name, u.Language, u.Zone = p.Name, p.Language, p.Zone
		if err := o.notByHand(ctx, &old, u); err != nil {
			return err
		}
		return o.Tx.UpdateUser(ctx, u)
	})
}
