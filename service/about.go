package service

import (
	"context"
	"slices"
	"strings"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// Settings of what the desk calls itself and how it speaks to people who have
// chosen nothing. What the program was started with (Options.Given) wins over
// them.
const (
	SettingName     = "desk_name"
	SettingLanguage = "default_language"
	SettingZone     = "default_zone"
	// SettingLanguages are the languages that the pages offer, besides the usual
	// one; empty: all that there are.
	SettingLanguages = "languages"
	// SettingFormerNames holds the names that the desk had before, one a line:
	// subjects with them lead to their tickets still. It is kept by itself.
	SettingFormerNames = "former_names"
	// SettingFirstSteps is "off" where the first steps were put away, else the
	// words of those that were put off.
	SettingFirstSteps = "first_steps"
)

// formerNames is how many names of before are kept.
const formerNames = 5

// about is what the settings say that pages and letters need all the time. It
// belongs to a version of access, so that each node learns of a change with the
// next thing that it does.
type about struct {
	name, language string
	zone           *time.Location
	former         []string
	offered        []string // empty: all
	steps          string   // of SettingFirstSteps
}

// aboutNow is what holds for this node at the moment.
func (s *Service) aboutNow() about {
	if last := s.current.Load(); last != nil {
		return last.about
	}
	return about{name: s.opt.Name, language: s.opt.Language, zone: s.opt.Zone}
}

// readAbout reads what the settings say.
func (s *Service) readAbout(ctx context.Context, tx *store.Tx) (about, error) {
	a := about{name: s.opt.Name, language: s.opt.Language, zone: s.opt.Zone}
	for name, take := range map[string]func(string){
		SettingName:     func(v string) { a.name = v },
		SettingLanguage: func(v string) { a.language = v },
		SettingZone: func(v string) {
			if zone, err := time.LoadLocation(v); err == nil { // else this machine does not know it
				a.zone = zone
			}
		},
		SettingLanguages:   func(v string) { a.offered = strings.Fields(v) },
		SettingFormerNames: func(v string) { a.former = strings.Split(v, "\n") },
		SettingFirstSteps:  func(v string) { a.steps = v },
	} {
		value, _, err := tx.Setting(ctx, name)
		if err != nil {
			return a, err
		}
		if value != "" && !slices.Contains(s.opt.Given, name) {
			take(value)
		}
	}
	return a, nil
}

// Name returns the name of the desk, which subject tags carry.
func (s *Service) Name() string { return s.aboutNow().name }

// Language returns the language for people who have chosen none.
func (s *Service) Language() string { return s.aboutNow().language }

// Languages returns the languages in which the desk speaks to people, the usual
// one first.
func (s *Service) Languages() []string {
	a := s.aboutNow()
	list := []string{a.language}
	for _, l := range languages() {
		if l != a.language && (len(a.offered) == 0 || slices.Contains(a.offered, l)) {
			list = append(list, l)
		}
	}
	return list
}

// languages are those that there are.
func languages() []string { return []string{"en", "de"} }

// Zone returns where the days of people begin who have chosen no zone.
func (s *Service) Zone() *time.Location { return s.aboutNow().zone }

// subjectTag finds the ticket that a subject names by the name of the desk, or
// by one that it had before.
func (s *Service) subjectTag(subject string) (desk.TicketID, bool) {
	a := s.aboutNow()
	for _, name := range append([]string{a.name}, a.former...) {
		if id, ok := desk.SubjectTag(subject, name); ok {
			return id, true
		}
	}
	return 0, false
}

// isAbout reports whether a setting is one of about.
func isAbout(name string) bool {
	return slices.Contains([]string{SettingName, SettingLanguage, SettingZone, SettingLanguages, SettingFirstSteps}, name)
}

// checkAbout refuses what a setting of about cannot hold, and what the program
// was started with.
func (o *op) checkAbout(name, value string) error {
	bad := func(text string) error { return desk.InvalidFields(map[string]string{name: text}) }
	if slices.Contains(o.s.opt.Given, name) {
		return bad("The program was started with this setting, in its file, its environment or as a flag. Take it out there to change it here.")
	}
	switch name {
	case SettingName:
		if value != strings.TrimSpace(value) || value == "" || len(value) > 50 || strings.ContainsAny(value, "[]#\r\n\t") {
			return bad("Use 1 to 50 signs, none of them [, ] or #.")
		}
	case SettingLanguage:
		if !slices.Contains(languages(), value) {
			return bad("There are en and de.")
		}
	case SettingLanguages:
		for word := range strings.FieldsSeq(value) {
			if !slices.Contains(languages(), word) {
				return bad("There are en and de.")
			}
		}
	case SettingZone:
		if _, err := time.LoadLocation(value); err != nil || value == "" || value == "Local" {
			return bad("There is no such time zone; write it as Europe/Berlin.")
		}
	case SettingFirstSteps:
		for word := range strings.FieldsSeq(value) {
			if word != firstStepsOff && !slices.Contains(firstStepNames(), word) {
				return bad("There is no such step.")
			}
		}
	}
	return nil
}

// keepName remembers the name that the desk had, before it gets another.
func (o *op) keepName(ctx context.Context, old string) error {
	value, _, err := o.Tx.Setting(ctx, SettingFormerNames)
	if err != nil {
		return err
	}
	names := slices.DeleteFunc(strings.Split(value, "\n"), func(n string) bool { return n == "" || desk.Fold(n) == desk.Fold(old) })
	names = append([]string{old}, names...)
	return o.Tx.SetSetting(ctx, SettingFormerNames, strings.Join(names[:min(len(names), formerNames)], "\n"))
}

// A StartSetting is one setting that the program was started with; Value says
// nothing of secrets.
type StartSetting struct {
	Name, Value, Default, Help string
	Source                     string // default, file, environment or flag
}

// Started lists what the program was started with (ShowConfigTab).
func (s *Service) Started(ctx context.Context, by desk.Actor) ([]StartSetting, error) {
	err := s.view(ctx, by, func(o *op) error { return o.need(desk.ShowConfigTab, access.System()) })
	if err != nil {
		return nil, err
	}
	return s.opt.Started, nil
}
