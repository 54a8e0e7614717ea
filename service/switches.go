package service

import (
	"context"
	"slices"

	"gatehouse/access"
	"gatehouse/desk"
)

// AccessSwitches are the switches of the whole desk, and what keeps things as
// they are when group support is switched on.
type AccessSwitches struct {
	desk.AccessSettings
	Keep   []KeptPlace
	Change bool // the actor may change them
}

// A KeptPlace is where contacts work now because group support is off: an
// access group that guards queues, or a queue that has none. A grant of rw there
// to all contacts for their own tickets keeps it so.
type KeptPlace struct {
	Name    Name // of a queue only Text and Ref are set
	Grant   desk.Grant
	Granted bool // it is there already
	Queues  int  // enabled, that it covers
}

// AccessSwitches returns the switches of access (ShowConfigTab).
func (s *Service) AccessSwitches(ctx context.Context, by desk.Actor) (*AccessSwitches, error) {
	out := &AccessSwitches{}
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.ShowConfigTab, access.System()); err != nil {
			return err
		}
		out.Change = o.can(desk.AdminSettings, access.System()) && o.can(desk.ModifyACL, access.System())
		var err error
		for name, to := range map[string]*bool{SettingGroupSupport: &out.GroupSupport, SettingOtherCustomers: &out.OtherCustomers, SettingCompanyTickets: &out.CompanyTickets} {
			value, _, err := o.Tx.Setting(ctx, name)
			if err != nil {
				return err
			}
			*to = value != "off"
		}
		out.Keep, err = o.keptPlaces(ctx)
		return err
	})
	return out, err
}

// keptPlaces are the enabled access groups that guard enabled queues, and the
// enabled queues without one, by name.
func (o *op) keptPlaces(ctx context.Context) ([]KeptPlace, error) {
	queues, err := o.Tx.Queues(ctx)
	if err != nil {
		return nil, err
	}
	var list []KeptPlace
	at := map[desk.Place]int{}
	var groups []desk.PrincipalID
	for _, q := range queues {
		place := desk.OnQueue(q.ID)
		if q.AccessGroup != 0 {
			place = desk.OnGroup(q.AccessGroup)
			groups = append(groups, desk.PrincipalID(q.AccessGroup))
		}
		if q.Disabled {
			continue
		}
		i, known := at[place]
		if !known {
			i, at[place] = len(list), len(list)
			list = append(list, KeptPlace{Name: Name{Text: q.Name, Ref: "queue:" + q.Name},
				Grant: desk.Grant{Who: desk.Contacts, As: asOwn, Permission: desk.RW, Place: place}})
		}
		list[i].Queues++
	}
	names, err := o.names(ctx, groups)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(k KeptPlace) bool {
		return k.Grant.Place.Kind == desk.GroupPlace && names[desk.PrincipalID(k.Grant.Place.ID)].Disabled
	})
	for i := range list {
		k := &list[i]
		if k.Grant.Place.Kind == desk.GroupPlace {
			k.Name = names[desk.PrincipalID(k.Grant.Place.ID)]
		}
		found, err := o.Tx.FindGrant(ctx, k.Grant)
		if err != nil && desk.KindOf(err) != desk.NotFound {
			return nil, err
		}
		k.Granted = err == nil && desk.InForce(0, found.Until, o.today())
	}
	return list, nil
}

// A SwitchChange turns one switch of access.
type SwitchChange struct {
	Setting string // SettingGroupSupport, SettingOtherCustomers or SettingCompanyTickets
	On      bool
	Keep    []desk.Place // of AccessSwitches.Keep: what is granted in the same change
}

// SetSwitch turns a switch of access and makes the grants that keep things as
// they are, in one change that takes effect at once. It asks for AdminSettings
// and ModifyACL on the desk, and what the grants ask for. It returns the number
// of the change, by which it can be taken back.
func (s *Service) SetSwitch(ctx context.Context, by desk.Actor, in SwitchChange) (int64, error) {
	var number int64
	err := s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminSettings, access.System()); err != nil {
			return err
		}
		if !slices.Contains([]string{SettingGroupSupport, SettingOtherCustomers, SettingCompanyTickets}, in.Setting) {
			return desk.Errorf(desk.NotFound, "There is no such switch.")
		}
		value := "off"
		if in.On {
			value = "on"
		}
		if err := o.checkSetting(ctx, in.Setting, value); err != nil {
			return err
		}
		if err := o.keep(ctx, in.Keep); err != nil {
			return err
		}
		old, _, err := o.Tx.Setting(ctx, in.Setting)
		if err != nil {
			return err
		}
		if err := o.Tx.SetSetting(ctx, in.Setting, value); err != nil {
			return err
		}
		err = o.changedAccess(ctx, change{"setting.set", in.Setting, old, value})
		number = o.AuditChange()
		return err
	})
	return number, err
}

// keep grants rw to all contacts for their own tickets, on some of the places
// where they work without group support. The access version is raised by who
// calls.
func (o *op) keep(ctx context.Context, wanted []desk.Place) error {
	if len(wanted) == 0 {
		return nil
	}
	places, err := o.keptPlaces(ctx)
	if err != nil {
		return err
	}
	for _, place := range wanted {
		i := slices.IndexFunc(places, func(k KeptPlace) bool { return k.Grant.Place == place })
		if i < 0 {
			return desk.Errorf(desk.Conflict, "A group or queue was changed meanwhile. Nothing was saved; look at the page again.")
		}
		if _, err := o.setGrant(ctx, box{places[i].Grant, true}); err != nil {
			return err
		}
	}
	return nil
}
