package service

import (
	"context"
	"maps"
	"slices"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// Settings that are kept in the database and changed while the desk runs.
// SettingPresences is one, too. The access switches are "on" or "off", on
// where they were never set; the others hold words with blanks between.
const (
	SettingGroupSupport       = store.SettingGroupSupport
	SettingOtherCustomers     = store.SettingOtherCustomers
	SettingCompanyTickets     = store.SettingCompanyTickets
	SettingContactPermissions = "contact_permissions" // which can be set for contacts and customers
	SettingAgentPermissions   = "agent_permissions"   // which can be set for agents and groups
)

// permissionNames returns the folded names that one of the two settings of
// permissions holds.
func (o *op) permissionNames(ctx context.Context, setting string) ([]string, error) {
	value, set, err := o.Tx.Setting(ctx, setting)
	if !set {
		value = settingDefaults()[setting]
	}
	return strings.Fields(desk.Fold(value)), err
}

// settingDefaults are what the settings are where they were never set.
func settingDefaults() map[string]string {
	return map[string]string{
		SettingGroupSupport: "on", SettingOtherCustomers: "on", SettingCompanyTickets: "on", SettingModifyACL: "any",
		SettingContactPermissions: "ro move_into rw", SettingAgentPermissions: "ro move_into create note owner priority rw",
		SettingPresences: "off off off", SettingSecondFactor: "",
	}
}

// checkSetting refuses what a setting cannot hold.
func (o *op) checkSetting(ctx context.Context, name, value string) error {
	if isAbout(name) {
		return o.checkAbout(name, value)
	}
	switch name {
	case SettingPresences:
		return checkPresences(value)
	case SettingGroupSupport, SettingOtherCustomers, SettingCompanyTickets:
		if value != "on" && value != "off" {
			return desk.InvalidFields(map[string]string{name: "This is on or off."})
		}
		return o.need(desk.ModifyACL, access.System()) // it gives and takes rights
	case SettingSecondFactor:
		return o.checkSecondFactor(ctx, value)
	case SettingModifyACL:
		if value != "any" && value != "held" {
			return desk.InvalidFields(map[string]string{name: "Write any, or held for only what one holds oneself."})
		}
		return o.need(desk.ModifyACL, access.System()) // it says who gives rights
	case SettingContactPermissions, SettingAgentPermissions:
		all, err := o.Tx.Permissions(ctx)
		if err != nil {
			return err
		}
		for word := range strings.FieldsSeq(value) {
			if _, ok := permissionNamed(all, word); !ok {
				return desk.InvalidFields(map[string]string{name: "There is no permission " + word + "."})
			}
		}
		return nil
	}
	return desk.Errorf(desk.NotFound, "There is no setting %q.", name)
}

// checkSecondFactor refuses to ask a second factor of everybody like the actor
// while he has none himself.
func (o *op) checkSecondFactor(ctx context.Context, value string) error {
	for word := range strings.FieldsSeq(value) {
		if word != "agents" && word != "contacts" {
			return desk.InvalidFields(map[string]string{SettingSecondFactor: "Write agents, contacts, both, or nothing."})
		}
		if o.by.IsSystem() || o.e.KindOf(o.by.User).String()+"s" != word {
			continue
		}
		f, err := o.Tx.Factors(ctx, o.by.User)
		if err != nil {
			return err
		}
		if !f.Second() {
			return desk.InvalidFields(map[string]string{SettingSecondFactor: "Set a second factor up for yourself first, on the page of your account."})
		}
	}
	return nil
}

// endWeakSessions ends the sessions of those who must have a second factor from
// now on and have none.
func (o *op) endWeakSessions(ctx context.Context, value string) error {
	for _, kind := range []desk.UserKind{desk.Agent, desk.Contact} {
		if !slices.Contains(strings.Fields(value), kind.String()+"s") {
			continue
		}
		if err := o.DeleteWeakSessions(ctx, kind); err != nil {
			return err
		}
	}
	return nil
}

func checkPresences(value string) error {
	const name = SettingPresences
	words := strings.Fields(value)
	if len(words) != 3 {
		return desk.InvalidFields(map[string]string{name: "Give three words of replace, add and off: for Requestor, Cc and AdminCc."})
	}
	for _, word := range words {
		if p, ok := desk.ParsePresence(word); !ok || p == desk.PresenceDefault {
			return desk.InvalidFields(map[string]string{name: word + " is none of replace, add and off."})
		}
	}
	return nil
}

func parsePresences(text string) desk.Presences {
	p := [3]desk.Presence{}
	for i, word := range strings.Fields(text) {
		if i < len(p) {
			p[i], _ = desk.ParsePresence(word)
		}
	}
	return desk.Presences{Requestor: p[0], Cc: p[1], AdminCc: p[2]}
}

// Setting returns a setting of the running desk, "" where it was never set
// (ShowConfigTab).
func (s *Service) Setting(ctx context.Context, by desk.Actor, name string) (string, error) {
	var value string
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.ShowConfigTab, access.System()); err != nil {
			return err
		}
		var err error
		value, _, err = o.Tx.Setting(ctx, name)
		return err
	})
	return value, err
}

// Settings returns all settings of the running desk with what they are, be it
// by default (ShowConfigTab), and which of them the program was started with.
func (s *Service) Settings(ctx context.Context, by desk.Actor) (values map[string]string, given []string, err error) {
	err = s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.ShowConfigTab, access.System()); err != nil {
			return err
		}
		values = settingDefaults()
		for name := range values {
			value, set, err := o.Tx.Setting(ctx, name)
			if err != nil {
				return err
			}
			if set {
				values[name] = value
			}
		}
		a := s.aboutNow()
		values[SettingName], values[SettingLanguage], values[SettingZone] = a.name, a.language, a.zone.String()
		values[SettingLanguages] = strings.Join(s.Languages(), " ")
		for _, name := range []string{SettingName, SettingLanguage, SettingZone} {
			if slices.Contains(s.opt.Given, name) {
				given = append(given, name)
			}
		}
		return nil
	})
	return values, given, err
}

// SetSetting changes a setting of the running desk (AdminSettings; for the
// access switches ModifyACL on the desk too).
func (s *Service) SetSetting(ctx context.Context, by desk.Actor, name, value string) error {
	return s.SetSettings(ctx, by, map[string]string{name: value})
}

// SetSettings changes some settings at once, or none of them, as SetSetting
// does. What is wrong with each is told by its name.
func (s *Service) SetSettings(ctx context.Context, by desk.Actor, values map[string]string) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminSettings, access.System()); err != nil {
			return err
		}
		wrong := map[string]string{}
		for _, name := range slices.Sorted(maps.Keys(values)) {
			err := o.setSetting(ctx, name, values[name])
			if err != nil && desk.FieldTexts(err) == nil {
				return err
			}
			maps.Copy(wrong, desk.FieldTexts(err))
		}
		if len(wrong) > 0 {
			return desk.InvalidFields(wrong)
		}
		return nil
	})
}

// setSetting changes one setting. What it already is may stay, even where it
// could not be chosen now.
func (o *op) setSetting(ctx context.Context, name, value string) error {
	old, set, err := o.Tx.Setting(ctx, name)
	if err != nil || set && old == value {
		return err
	}
	if err := o.checkSetting(ctx, name, value); err != nil {
		return err
	}
	switch name {
	case SettingSecondFactor:
		err = o.endWeakSessions(ctx, value)
	case SettingName:
		err = o.keepName(ctx, o.s.Name())
	}
	if err != nil {
		return err
	}
	if err := o.Tx.SetSetting(ctx, name, value); err != nil {
		return err
	}
	c := change{"setting.set", name, old, value}
	if strings.HasPrefix(name, "access.") || isAbout(name) { // with the next version every node reads it
		return o.changedAccess(ctx, c)
	}
	return o.audit(ctx, c)
}
