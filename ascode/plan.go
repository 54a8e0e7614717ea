package ascode

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

// A Step is one difference between what is and what shall be.
type Step struct {
	Sign byte // '+' is made, '-' is taken away, '~' is changed
	Text string
}

// String is the step as a line.
func (s Step) String() string { return string(s.Sign) + " " + s.Text }

// A Proposal is what a file would change.
type Proposal struct {
	Version int64 // the access version that it was made for
	Steps   []Step
	Effect  *service.Effect
}

// Export reads the configuration of a desk, with the members of customers only
// where they are asked for.
func Export(ctx context.Context, svc *service.Service, by desk.Actor, customers bool) (*Config, error) {
	a, err := svc.AccessConfiguration(ctx, by, customers)
	if err != nil {
		return nil, err
	}
	return of(a, customers), nil
}

// Plan says what would be changed for the desk to be as wanted, and who would
// gain and lose what. It refuses what Apply would refuse.
func Plan(ctx context.Context, svc *service.Service, by desk.Actor, want *Config) (*Proposal, error) {
	p := &Proposal{}
	var err error
	p.Effect, err = svc.WhatIf(ctx, by, func(in *service.Service, by desk.Actor) error {
		p.Version, p.Steps, err = change(ctx, in, by, want)
		return err
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// Apply makes the desk as wanted, in one transaction, and returns the steps and
// the number of the change, by which it can be taken back; zero where nothing
// was to be done. With a version it refuses a desk that has another by now.
func Apply(ctx context.Context, svc *service.Service, by desk.Actor, want *Config, version int64) ([]Step, int64, error) {
	var steps []Step
	id, err := svc.Together(ctx, by, func(in *service.Service, by desk.Actor) error {
		was, made, err := change(ctx, in, by, want)
		if err == nil && version != 0 && was != version {
			err = desk.Errorf(desk.Conflict, "The plan was made for version %d of the access configuration and it has version %d by now; plan it again.", version, was)
		}
		steps = made
		return err
	})
	if err != nil {
		return nil, 0, err
	}
	return steps, id, nil
}

// change makes the desk as wanted, and returns the version that it had and what
// was done.
func change(ctx context.Context, in *service.Service, by desk.Actor, want *Config) (int64, []Step, error) {
	have, err := Export(ctx, in, by, want.has["customers"])
	if err != nil {
		return 0, nil, err
	}
	p := compare(have, want)
	if len(p.steps()) == 0 {
		return have.Version, nil, nil
	}
	m := &maker{plan: p, in: in, by: by}
	return have.Version, p.steps(), m.make(ctx)
}

// A difference is something that is not as it shall be.
type difference[K, V any] struct {
	key     K
	was, is V
	had     bool // it is there
	has     bool // it shall be there
}

// differences lists what differs between two maps, by key.
func differences[K, V comparable](have, want map[K]V) []difference[K, V] {
	var list []difference[K, V]
	for key, was := range have {
		if is, has := want[key]; !has || is != was {
			list = append(list, difference[K, V]{key, was, is, true, has})
		}
	}
	for key, is := range want {
		if _, had := have[key]; !had {
			list = append(list, difference[K, V]{key: key, is: is, has: true})
		}
	}
	slices.SortFunc(list, func(a, b difference[K, V]) int { return cmp.Compare(fmt.Sprint(a.key), fmt.Sprint(b.key)) })
	return list
}

func (d difference[K, V]) sign() byte {
	switch {
	case !d.had:
		return '+'
	case !d.has:
		return '-'
	}
	return '~'
}

// A plan is all differences between a desk and what is wanted.
type plan struct {
	have, want  *Config
	settings    []difference[settingName, string]
	permissions []difference[permissionName, permission]
	roles       []difference[roleName, role]
	groups      []difference[ref, group]
	members     []difference[place, membership]
	queues      []difference[ref, queue]
	watchers    []difference[watcher, bool]
	grants      []difference[grant, desk.Day]
}

// compare finds what differs in the sections that are wanted. Settings that are
// not named stay; what cannot be removed is disabled instead, and keeps its
// members.
func compare(have, want *Config) *plan {
	p := &plan{have: have, want: want}
	kept := map[settingName]string{}
	for name, value := range have.settings {
		if _, named := want.settings[name]; named {
			kept[name] = value
		}
	}
	p.settings = differences(kept, want.settings)
	if want.has["permissions"] {
		shall := withRest(have.permissions, want.permissions, func(v *permission) { v.disabled = true })
		if _, named := want.permissions["rw"]; !named {
			shall["rw"] = have.permissions["rw"] // it cannot be disabled
		}
		p.permissions = differences(have.permissions, shall)
	}
	if want.has["roles"] {
		p.roles = differences(have.roles, withRest(have.roles, want.roles, func(v *role) { v.disabled = true }))
	}
	groups := only(have.groups, func(r ref) bool { return want.has[section(r)] })
	p.groups = differences(groups, withRest(groups, want.groups, func(v *group) { v.disabled = true }))
	p.members = differences(only(have.members, func(m place) bool {
		_, listed := want.groups[m.group]
		return listed || isCustomer(m.group) && want.has["customers"]
	}), want.members)
	if want.has["queues"] {
		p.queues = differences(have.queues, withRest(have.queues, want.queues, func(v *queue) { v.guard = "" }))
	}
	p.watchers = differences(only(have.watchers, func(w watcher) bool { return want.has[section(w.on)] }), want.watchers)
	if want.has["grants"] {
		p.grants = differences(have.grants, only(want.grants, func(g grant) bool {
			return desk.InForce(0, want.grants[g], have.today)
		}))
	}
	return p
}

// section is where things of that kind stand in a file.
func section(r ref) string {
	kind, _, _ := strings.Cut(string(r), ":")
	return map[string]string{"group": "groups", "personal": "personal_groups", "customer": "customers", "queue": "queues", "system": "watchers"}[kind]
}

func only[K comparable, V any](m map[K]V, fit func(K) bool) map[K]V {
	some := map[K]V{}
	for key, value := range m {
		if fit(key) {
			some[key] = value
		}
	}
	return some
}

// withRest adds what is there and not wanted, changed as it then shall be.
func withRest[K comparable, V any](have, want map[K]V, unwanted func(*V)) map[K]V {
	all := only(want, func(K) bool { return true })
	for key, value := range have {
		if _, wanted := want[key]; !wanted {
			unwanted(&value)
			all[key] = value
		}
	}
	return all
}
