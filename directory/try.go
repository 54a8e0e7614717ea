package directory

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/go-ldap/ldap/v3"

	"gatehouse/desk"
)

const (
	triedMost  = 2000 // entries that are counted
	triedShown = 3
	triedTime  = 20 * time.Second
)

// errEnough ends the reading of a trial.
var errEnough = errors.New("enough was seen")

// Try reaches for a directory step by step and says what it finds, as
// service.Options wants it. It changes nothing and reads at most 2,000 entries.
func (r Reach) Try(ctx context.Context, d desk.Directory) desk.DirectoryTrial {
	ctx, cancel := context.WithTimeout(ctx, triedTime)
	defer cancel()
	t := &trial{lacks: map[string]int{}}
	s, err := r.open(d)
	if t.step("settings", "", err) {
		err = s.try(ctx, t)
	}
	if err != nil && (len(t.Steps) == 0 || t.Steps[len(t.Steps)-1].OK) {
		t.step("read", "", err)
	}
	for _, what := range []string{"id", "login", "name", "addresses", "customers"} {
		if n := t.lacks[what]; n > 0 {
			t.Lacks = append(t.Lacks, desk.TrialLack{What: what, Entries: n})
		}
	}
	return t.DirectoryTrial
}

// A trial collects what trying finds.
type trial struct {
	desk.DirectoryTrial
	lacks map[string]int
}

// step notes a step and reports whether it went well.
func (t *trial) step(name, text string, err error) bool {
	if err != nil {
		text = desk.Sentence(err)
	}
	t.Steps = append(t.Steps, desk.TrialStep{Name: name, OK: err == nil, Text: text})
	return err == nil
}

// entry counts an entry and what it lacks.
func (t *trial) entry(e *desk.DirectoryEntry, customers bool) error {
	if t.Seen == triedMost {
		t.More = true
		return errEnough
	}
	t.Seen++
	for what, lacks := range map[string]bool{"id": e.ID == "", "login": e.Login == "", "name": e.Name == "", "addresses": len(e.Addresses) == 0,
		"customers": customers && len(e.Customers) == 0} {
		if lacks {
			t.lacks[what]++
		}
	}
	return nil
}

// seen notes how the reading ended.
func (t *trial) seen(err error) error {
	if errors.Is(err, errEnough) {
		err = nil
	}
	text := fmt.Sprint(t.Seen)
	if t.More {
		text += "+"
	}
	if err == nil && t.Seen == 0 {
		err = desk.Errorf(desk.NotFound, "There are no people there: look at the base and the filter, or at the table.")
	}
	t.step("read", text, err)
	return err
}

func (s *ldapSource) try(ctx context.Context, t *trial) error {
	conn, err := s.reach(ctx)
	if !t.step("reach", s.URL, err) {
		return err
	}
	defer conn.Close()
	if err := s.bind(conn); !t.step("bind", s.BindDN, err) {
		return err
	}
	base := ldap.NewSearchRequest(s.Base, ldap.ScopeBaseObject, ldap.NeverDerefAliases, 1, int(askTime.Seconds()), false, "(objectClass=*)", []string{"1.1"}, nil)
	found, err := conn.Search(base)
	switch {
	case err == nil && len(found.Entries) == 0, ldap.IsErrorWithCode(err, ldap.LDAPResultNoSuchObject):
		err = desk.Errorf(desk.NotFound, "There is no %s, or whoever searches may not see it.", s.Base)
	case err != nil:
		err = cannot("looking for the base", err)
	}
	if !t.step("base", s.Base, err) {
		return err
	}
	var shown []*ldap.Entry
	err = s.pages(ctx, conn, s.search("", 0), func(found []*ldap.Entry) error {
		for _, one := range found {
			e := s.entry(one, nil)
			if err := t.entry(&e, s.Customers != ""); err != nil {
				return err
			}
			if len(shown) < triedShown {
				shown = append(shown, one)
			}
		}
		return nil
	})
	if err := t.seen(err); err != nil {
		return err
	}
	return s.tryGroups(conn, t, shown)
}

// tryGroups looks for the groups of the settings, and shows the first entries
// with those that they are in.
func (s *ldapSource) tryGroups(conn *ldap.Conn, t *trial, shown []*ldap.Entry) error {
	for _, one := range shown {
		groups, err := s.groupsOf(conn, one.DN)
		if err != nil {
			return err
		}
		t.Entries = append(t.Entries, s.entry(one, groups))
	}
	if len(s.d.Groups) == 0 {
		return nil
	}
	_, begin, err := s.allGroups(conn)
	for _, g := range s.d.Groups {
		if err == nil && len(begin[g.Theirs]) == 0 {
			t.NoGroups = append(t.NoGroups, g.Theirs)
		}
	}
	t.step("groups", fmt.Sprintf("%d/%d", len(s.d.Groups)-len(t.NoGroups), len(s.d.Groups)), err)
	return err
}

func (s *sqlSource) try(ctx context.Context, t *trial) error {
	db, err := s.open()
	if err == nil {
		defer db.Close()
		if err = db.PingContext(ctx); err != nil {
			err = cannot("connecting", err)
		}
	}
	if !t.step("reach", s.Driver, err) {
		return err
	}
	_, err = s.rows(ctx, db, " WHERE 1 = 0")
	if !t.step("table", s.Table, err) {
		return err
	}
	inGroups := map[string]bool{}
	err = s.Each(ctx, func(page []desk.DirectoryEntry) error {
		for i := range page {
			if err := t.entry(&page[i], s.Customers != ""); err != nil {
				return err
			}
			for _, g := range page[i].Groups {
				inGroups[desk.Fold(g)] = true
			}
			if len(t.Entries) < triedShown {
				t.Entries = append(t.Entries, page[i])
			}
		}
		return nil
	})
	for _, g := range s.groups {
		if !inGroups[desk.Fold(g.Theirs)] && !t.More {
			t.NoGroups = append(t.NoGroups, g.Theirs)
		}
	}
	return t.seen(err)
}
