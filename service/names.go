package service

import (
	"context"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"

	"gatehouse/access"
	"gatehouse/desk"
)

// A Name is a principal as people see it.
type Name struct {
	ID       desk.PrincipalID
	Kind     string // "user", "group", "customer", "system"
	Text     string // name, or login, or key
	Ref      string // as it is written: "user:bob", "personal:bob/mates", "customer:acme", "system:Everyone"
	Agent    bool
	Disabled bool
}

// names returns the names of principals; one that is not there has a text all
// the same, so that nothing is shown blank.
func (o *op) names(ctx context.Context, ids []desk.PrincipalID) (map[desk.PrincipalID]Name, error) {
	found, err := o.PrincipalNames(ctx, ids)
	if err != nil {
		return nil, err
	}
	names := make(map[desk.PrincipalID]Name, len(ids))
	for _, id := range ids {
		n, ok := found[id]
		if !ok {
			names[id] = Name{ID: id, Text: "nobody"}
			continue
		}
		names[id] = Name{ID: id, Kind: n.Kind, Text: n.Name, Ref: n.Kind + ":" + n.Ref,
			Agent: n.UserKind == desk.Agent, Disabled: n.Disabled}
		if n.Kind == "personal" {
			names[id] = Name{ID: id, Kind: "group", Text: n.Name, Ref: n.Kind + ":" + n.Ref, Disabled: n.Disabled}
		}
	}
	return names, nil
}

// Find returns the principal that is written as user:bob, group:a,
// personal:bob/mates, customer:acme, system:Everyone, or as the mail address of
// a user. Who may not see it is told that there is none; oneself one may find.
func (s *Service) Find(ctx context.Context, by desk.Actor, ref string) (desk.PrincipalID, error) {
	var id desk.PrincipalID
	err := s.view(ctx, by, func(o *op) error {
		var err error
		id, err = o.find(ctx, ref)
		return err
	})
	return id, err
}

func (o *op) find(ctx context.Context, ref string) (desk.PrincipalID, error) {
	kind, name, ok := strings.Cut(ref, ":")
	if !ok {
		kind, name = "user", ref
	}
	none := desk.Errorf(desk.NotFound, "There is no %s.", ref)
	group, customer := kind == "group" || kind == "personal", kind == "customer"
	if !o.isAgent() || !group && !customer && !o.choosesPeople() {
		u, err := o.UserByName(ctx, name) // oneself one may find
		if kind == "user" && err == nil && u.ID == o.by.User {
			return desk.PrincipalID(u.ID), nil
		}
		return 0, none
	}
	id, err := o.named(ctx, kind+":"+name)
	if desk.KindOf(err) == desk.NotFound {
		return 0, none
	}
	if customer && err == nil && !o.choosesPeople() && !o.seesCustomer(id) {
		return 0, none
	}
	if err != nil || !group {
		return id, err
	}
	g, err := o.Tx.Group(ctx, desk.GroupID(id))
	if err != nil {
		return 0, err
	}
	if !o.seesGroup(g) && (g.Personal != 0 || !o.choosesPeople()) {
		return 0, none
	}
	return id, nil
}

// personalGroup returns the group that is written as owner/name. Both may have
// slashes of their own.
func (o *op) personalGroup(ctx context.Context, ref string) (desk.PrincipalID, error) {
	for i, c := range ref {
		if c != '/' {
			continue
		}
		u, err := o.UserByName(ctx, ref[:i])
		if err == nil {
			var g *desk.Group
			if g, err = o.GroupByName(ctx, ref[i+1:], u.ID); err == nil {
				return desk.PrincipalID(g.ID), nil
			}
		}
		if desk.KindOf(err) != desk.NotFound {
			return 0, err
		}
	}
	return 0, desk.Errorf(desk.NotFound, "There is no personal:%s.", ref)
}

// named returns the principal that a reference with its kind names, whoever
// asks.
func (o *op) named(ctx context.Context, ref string) (desk.PrincipalID, error) {
	kind, name, _ := strings.Cut(ref, ":")
	switch kind {
	case "user":
		u, err := o.UserByName(ctx, name)
		if err != nil {
			return 0, err
		}
		return desk.PrincipalID(u.ID), nil
	case "group":
		g, err := o.GroupByName(ctx, name, 0)
		if err != nil {
			return 0, err
		}
		return desk.PrincipalID(g.ID), nil
	case "personal":
		return o.personalGroup(ctx, name)
	case "customer":
		c, err := o.CustomerByKey(ctx, name)
		if err != nil {
			return 0, err
		}
		return desk.PrincipalID(c.ID), nil
	case "system":
		for id, system := range desk.SystemGroups() {
			if strings.EqualFold(system, name) {
				return id, nil
			}
		}
	}
	return 0, desk.Errorf(desk.NotFound, "There is no %s.", ref)
}

// FindQueue returns the queue of that name (SeeQueue or CreateTicket there).
func (s *Service) FindQueue(ctx context.Context, by desk.Actor, name string) (*desk.Queue, error) {
	var q *desk.Queue
	err := s.view(ctx, by, func(o *op) error {
		found, err := o.QueueByName(ctx, name)
		if err != nil {
			return err
		}
		if !o.canAny(access.Queue(found.ID), desk.SeeQueue, desk.CreateTicket) {
			return desk.Errorf(desk.NotFound, "There is no queue %s.", name)
		}
		q = found
		return nil
	})
	return q, err
}

// canonicalAddress returns a mail address as it is stored and compared: lower
// case, Unicode NFC, the domain in ASCII (RFC 5321, RFC 5891).
func canonicalAddress(address string) (string, error) {
	address = strings.ToLower(norm.NFC.String(strings.TrimSpace(address)))
	if err := checkAddress(address); err != nil {
		return "", err
	}
	at := strings.LastIndexByte(address, '@')
	if domain, err := idna.Lookup.ToASCII(address[at+1:]); err == nil {
		return address[:at+1] + domain, nil
	}
	return address, nil
}

func checkAddress(address string) error {
	at := strings.LastIndexByte(address, '@')
	bad := at < 1 || at == len(address)-1 || len(address) > 254 || strings.Count(address, "@") > 1
	for _, r := range address {
		bad = bad || r <= ' ' || r == 0x7f || strings.ContainsRune("<>(),;:\\\"[]", r)
	}
	if bad {
		return desk.InvalidFields(map[string]string{"address": address + " is not a mail address; write it as bob@acme.example."})
	}
	return nil
}

// notOurs refuses the desk's own addresses, which would make letters circle.
func (o *op) notOurs(ctx context.Context, address string) error {
	if address == o.s.ownAddress() {
		return desk.InvalidFields(map[string]string{"address": address + " is the desk's own address; its letters would go round in circles."})
	}
	q, _, err := o.QueueByAddress(ctx, address)
	if desk.KindOf(err) == desk.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	return desk.InvalidFields(map[string]string{"address": address + " is the address of the queue " + q.Name + "; its letters would go round in circles."})
}

// ownAddress is the sender of letters about queues that have no address.
func (s *Service) ownAddress() string { return "desk@" + s.opt.Domain }
