package service

import (
	"context"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// Settings that are kept in the database and changed while the desk runs, with
// what each may hold. SettingPresences is one.
func checkSetting(name, value string) error {
	if name != SettingPresences {
		return desk.Errorf(desk.NotFound, "There is no setting %q.", name)
	}
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

// SetSetting changes a setting of the running desk (AdminSettings).
func (s *Service) SetSetting(ctx context.Context, by desk.Actor, name, value string) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminSettings, access.System()); err != nil {
			return err
		}
		if err := checkSetting(name, value); err != nil {
			return err
		}
		old, _, err := o.Tx.Setting(ctx, name)
		if err != nil {
			return err
		}
		if err := o.Tx.SetSetting(ctx, name, value); err != nil {
			return err
		}
		return o.audit(ctx, change{"setting.set", name, old, value})
	})
}
