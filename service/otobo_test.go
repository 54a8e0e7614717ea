package service_test

import (
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// otobo is what administrators who come from OTOBO expect of permissions: a
// heading, then what is done and what is asked, one line each, on the desk of
// companies.
const otobo = `
# rw alone answers every permission
set ann a rw
groups ann ro = a
groups ann move_into = a
groups ann rw = a
has ann create a = yes
has ann priority a = yes
has ann rw b = no

# asking for a permission that is not granted gives nothing
set ann a -ro move_into -rw
groups ann ro =
groups ann move_into = a

# two permissions for a customer
set acme a !ro move_into
groups acme ro = a
groups acme move_into = a
groups acme rw =

# rw for own and ro for other customers live side by side
set acme a !rw
set acme a other !ro
groups acme rw = a
groups acme ro other = a
groups acme rw other =
customers a ro other = acme
customers a rw other =

# taking all permissions in both contexts empties both
set acme a !rw
set acme a other !rw
set acme a !-ro -rw
set acme a other !-ro -rw
groups acme ro =
groups acme ro other =
customers a ro =

# taking one context away leaves the other
set acme a !rw
set acme a other !rw
set acme a !-rw
groups acme ro =
groups acme ro other = a

# one customer in three groups
set acme a !ro
set acme b !ro
set acme c !ro
groups acme ro = a b c
groups ann ro = a b c

# three customers in one group
set acme a !ro
set bolt a !rw
set core a !move_into
customers a ro = acme bolt
customers a move_into = bolt core
users a ro = Ann Bob
users a move_into = Bob Cid

# default groups are in the direct view of a contact, his customer's are not
defaults contacts a=rw
defaults customers b=rw
groups ann ro direct = a
groups ann ro = a b
users a ro = Ann Bob Cid
users b ro = Ann Bob Cid
users b ro direct =
customers b ro = acme bolt core
customers a ro =

# the level of a default group counts
defaults contacts a=ro
has ann ro a = yes
has ann rw a = no
defaults contacts a=rw
has ann rw a = yes
defaults contacts
has ann ro a = no

# default groups are not those of agents
defaults contacts a=rw
defaults customers a=rw
groups al ro =
users a ro = Ann Bob Cid

# a default group and a direct grant stand beside each other
defaults contacts a=ro
set ann a rw
groups ann rw = a
set ann a -rw
groups ann rw =
groups ann ro = a

# a direct ro does not become rw
set ann a ro -rw
groups ann rw =
groups ann ro = a

# taking the customer's grant away takes what came from it
set ann a ro
set acme a !rw
users a rw = Ann
set acme a !-ro -rw
users a rw =
users a ro = Ann

# permissions come from extra customers too, and go with them
set bolt b !ro
groups ann ro =
join bolt ann
groups ann ro = b
users b ro = Ann Bob
groups ann ro direct =
leave bolt ann
groups ann ro =
users b ro = Bob

# a customer's customer passes on what it holds
set bolt b !ro
join bolt acme
groups acme ro = b
groups ann ro = b
customers b ro = acme bolt
leave bolt acme
groups ann ro =

# a disabled contact holds nothing and is listed nowhere
set ann a ro
set bob a ro
users a ro = Ann Bob
disable bob
users a ro = Ann
groups bob ro =
has bob ro a = no
enable bob
users a ro = Ann Bob

# a disabled customer passes nothing on
set acme a !rw
disable acme
groups ann ro =
groups acme ro =
users a ro =
customers a ro =
enable acme
users a rw = Ann

# a disabled group is held by nobody, and what was set comes back with it
set ann a rw
set acme a other !ro
defaults contacts a=ro
disable a
groups ann ro =
groups ann ro other =
users a ro =
customers a ro other =
has al ro a = no
enable a
groups ann rw = a
groups ann ro other = a

# a customer's grants follow it when it is renamed
set acme a !rw
rename acme newacme
groups ann rw = a
customers a rw = newacme

# other customers through one group
set acme a !ro
set acme a other !ro
set bolt a !ro
set core a !rw
reach ann = acme bolt core
reach bob = bolt

# other customers need ro there themselves
set acme a other !ro
set bolt a !move_into
set core b !rw
reach ann = acme

# rw on other customers reads them too
set acme a other !rw
set bolt a !ro
reach ann = acme bolt

# a customer reached through a default group of customers
set acme a other !ro
defaults customers a=ro
reach ann = acme bolt core

# a disabled customer is not reached
set acme a other !ro
set bolt a !ro
disable bolt
reach ann = acme

# with the context of others switched off its grants are kept and dead
set acme a other !ro
set bolt a !ro
switch access.other-customers off
reach ann = acme
groups acme ro other =
groups bolt ro = a
switch access.other-customers on
reach ann = acme bolt
groups acme ro other = a

# without group support every contact has rw everywhere, agents are as before
set ann a ro
set al b ro
switch access.group-support off
groups ann rw = a b c crew
groups bob rw = a b c crew
groups acme ro =
groups al ro = b
users c rw = Ann Bob Cid
users b ro = Al Ann Bob Cid
switch access.group-support on
groups ann rw =
groups ann ro = a
groups bob ro =

# four permissions to two agents in two groups
set bo a !ro move_into create owner
set bo b !ro move_into create owner
set al a !ro move_into create owner
users a ro = Al Bo
users b owner = Bo
users c ro =
users a priority =
users a rw =
groups bo create = a b

# rw gives an agent every permission
set bo a !ro move_into create owner priority rw
has bo priority a = yes
has bo note a = yes
has bo rw a = yes
has bo ro b = no

# what a group of agents holds its members hold, but not directly
set crew b !ro owner
set crew c !rw
groups crew owner = b c
groups al owner = b c
groups al owner direct =
groups bo owner =
users b owner = Al
disable crew
groups al owner =
groups crew owner =
enable crew
groups al rw = c

# what is set twice is set once, and goes at once
set al a ro
set al a ro
set al a -ro
set al a -ro
groups al ro =

# what the settings offer can be changed
offer contact_permissions ro create
set ann a create rw
groups ann create = a
groups ann rw =
offer agent_permissions ro
set al a rw ro
groups al rw =
groups al ro = a

# an unknown permission is held by nobody
set ann a rw
groups ann nothing =
users a nothing =
has ann nothing a = no
`

func TestWhatOTOBODoes(t *testing.T) {
	for part := range strings.SplitSeq(strings.TrimPrefix(otobo, "\n# "), "\n# ") {
		title, lines, _ := strings.Cut(part, "\n")
		t.Run(title, func(t *testing.T) {
			s := otoboStory{companies(t)}
			for line := range strings.SplitSeq(strings.TrimSpace(lines), "\n") {
				s.play(line)
			}
		})
	}
}

// An otoboStory plays lines of otobo.
type otoboStory struct{ *house }

func (s otoboStory) play(line string) {
	s.t.Helper()
	asked, want, isQuestion := strings.Cut(line, " =")
	if isQuestion {
		words := strings.Fields(asked)
		if got := s.ask(words[0], words[1:]); got != strings.TrimSpace(want) {
			s.t.Errorf("%s: got %q, want %q", asked, got, strings.TrimSpace(want))
		}
		return
	}
	words := strings.Fields(line)
	if err := s.do(words[0], words[1:]); err != nil {
		s.t.Errorf("%s: %v", line, err)
	}
}

func (s otoboStory) do(op string, args []string) error {
	switch op {
	case "set":
		other := args[2] == "other"
		if other {
			args = slices.Delete(slices.Clone(args), 2, 3)
		}
		return s.set(args[0], args[1], strings.Join(args[2:], " "), other)
	case "defaults":
		var list []service.DefaultGroup
		for _, a := range args[1:] {
			group, permission, _ := strings.Cut(a, "=")
			list = append(list, service.DefaultGroup{Group: s.groupID(group), Permission: permission})
		}
		who := map[string]desk.PrincipalID{"contacts": desk.Contacts, "customers": desk.Customers}
		return s.SetDefaultGroups(s.ctx, s.sys, who[args[0]], list)
	case "switch", "offer":
		return s.SetSetting(s.ctx, s.sys, args[0], strings.Join(args[1:], " "))
	case "join":
		return s.AddMember(s.ctx, s.sys, desk.Membership{Group: s.names[args[0]], Member: s.names[args[1]]})
	case "leave":
		return s.RemoveMember(s.ctx, s.sys, s.names[args[0]], s.names[args[1]])
	case "rename":
		return s.UpdateCustomer(s.ctx, s.sys, desk.Customer{ID: desk.CustomerID(s.names[args[0]]), Key: args[1], Name: args[1]})
	}
	return s.toggle(args[0], op == "disable")
}

// toggle disables or enables a user, customer or group.
func (s otoboStory) toggle(name string, disabled bool) error {
	if g, err := s.Group(s.ctx, s.sys, s.groupID(name)); err == nil {
		g.Disabled = disabled
		return s.UpdateGroup(s.ctx, s.sys, *g)
	}
	if c, err := s.Customer(s.ctx, s.sys, desk.CustomerID(s.names[name])); err == nil {
		c.Disabled = disabled
		return s.UpdateCustomer(s.ctx, s.sys, *c)
	}
	u, err := s.User(s.ctx, s.sys, s.id(name))
	if err != nil {
		return err
	}
	u.Disabled = disabled
	return s.UpdateUser(s.ctx, s.sys, *u)
}

func (s otoboStory) ask(q string, args []string) string {
	s.t.Helper()
	how := service.Permitted{Direct: slices.Contains(args, "direct"), Other: slices.Contains(args, "other")}
	switch q {
	case "groups":
		return s.groups(args[0], args[1], how)
	case "users":
		return nameList(must(s.PermittedUsers(s.ctx, s.sys, s.groupID(args[0]), args[1], how.Direct))(s.t))
	case "customers":
		return nameList(must(s.PermittedCustomers(s.ctx, s.sys, s.groupID(args[0]), args[1], how.Other))(s.t))
	case "reach":
		return nameList(must(s.ReachableCustomers(s.ctx, s.sys, s.id(args[0])))(s.t))
	}
	if must(s.HasPermission(s.ctx, s.sys, s.names[args[0]], args[1], "group:"+args[2]))(s.t) {
		return "yes"
	}
	return "no"
}
