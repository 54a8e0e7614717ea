// Command casbin measures how many checks a second of processor time the engine
// of package access answers, and how many casbin does, in one run on the same
// world. Only what casbin can say is asked: grants without roles and
// delegations, through nested groups, on queues, their access groups and the
// desk. It compares the answers first and stops where they differ.
package main

import (
	"fmt"
	"log"
	"math/rand/v2"
	"syscall"
	"time"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"

	"gatehouse/access"
	"gatehouse/bench"
	"gatehouse/desk"
)

const rules = `
[request_definition]
r = sub, kind, obj, act
[policy_definition]
p = sub, kind, obj, act
[role_definition]
g = _, _
g2 = _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.act == p.act && (p.kind == "*" || p.kind == r.kind) && g2(r.obj, p.obj) && g(r.sub, p.sub)
`

// A question is whether a user may do something on a queue.
type question struct {
	user  desk.WorldUser
	queue desk.QueueID
	right desk.Right
}

func main() {
	w, _, err := bench.World("M", 1)
	if err != nil {
		log.Fatal(err)
	}
	plain(w)
	engine := access.New(w)
	enforcer, err := enforcerOf(w)
	if err != nil {
		log.Fatal(err)
	}
	var list []question
	random := rand.New(rand.NewPCG(1, 2))
	for range 1 << 12 {
		right := []desk.Right{desk.SeeQueue, desk.ShowTicket, desk.ReplyToTicket}[random.IntN(3)]
		list = append(list, question{w.Users[random.IntN(len(w.Users))], w.Queues[random.IntN(len(w.Queues))].ID, right})
	}
	ours := func(q question) bool { return engine.Can(q.user.ID, q.right, access.Queue(q.queue)) }
	theirs := func(q question) bool {
		yes, err := enforcer.Enforce(principal(desk.PrincipalID(q.user.ID)), kindOf(q.user), queueName(q.queue), q.right.String())
		if err != nil {
			log.Fatal(err)
		}
		return yes
	}
	granted := 0
	for _, q := range list[:256] {
		if ours(q) != theirs(q) {
			log.Fatalf("the answers differ for %+v: ours is %v", q, ours(q))
		}
		if ours(q) {
			granted++
		}
	}
	a, b := rate(list, ours), rate(list, theirs)
	fmt.Printf("world M: %d users, %d groups and customers, %d memberships, %d grants; 256 answers agree, %d of them yes\n",
		len(w.Users), len(w.Groups), len(w.Memberships), len(w.Grants), granted)
	fmt.Printf("gatehouse  %12.0f checks per second of processor time\ncasbin     %12.0f\nratio      %12.0f\n", a, b, a/b)
}

// plain leaves of a world what casbin can say.
func plain(w *desk.World) {
	w.Watchers = nil
	var grants []desk.Grant
	for _, g := range w.Grants {
		if g.As == 0 && g.Source == 0 && g.Until == 0 {
			grants = append(grants, g)
		}
	}
	w.Grants = grants
	for i := range w.Users {
		w.Users[i].Disabled = false
	}
	for i := range w.Groups {
		w.Groups[i].Disabled = false
	}
}

func principal(id desk.PrincipalID) string { return fmt.Sprint("p", id) }

func queueName(id desk.QueueID) string { return fmt.Sprint("q", id) }

func kindOf(u desk.WorldUser) string {
	if u.Kind == desk.Agent {
		return "agent"
	}
	return "contact"
}

func placeName(p desk.Place) string {
	switch p.Kind {
	case desk.QueuePlace:
		return queueName(desk.QueueID(p.ID))
	case desk.GroupPlace:
		return fmt.Sprint("g", p.ID)
	}
	return "system"
}

func enforcerOf(w *desk.World) (*casbin.Enforcer, error) {
	m, err := model.NewModelFromString(rules)
	if err != nil {
		return nil, err
	}
	e, err := casbin.NewEnforcer(m)
	if err != nil {
		return nil, err
	}
	var members, places [][]string
	for _, u := range w.Users {
		of := desk.Contacts
		if u.Kind == desk.Agent {
			of = desk.Agents
		}
		me := principal(desk.PrincipalID(u.ID))
		members = append(members, []string{me, principal(of)}, []string{me, principal(desk.Everyone)})
	}
	for _, g := range w.Groups {
		if g.Customer {
			members = append(members, []string{principal(g.ID), principal(desk.Customers)})
		}
	}
	for _, x := range w.Memberships {
		if desk.InForce(x.From, x.Until, w.Today) {
			members = append(members, []string{principal(x.Member), principal(x.Group)})
		}
	}
	for _, q := range w.Queues {
		places = append(places, []string{queueName(q.ID), "system"})
		if q.AccessGroup != 0 {
			places = append(places, []string{queueName(q.ID), fmt.Sprint("g", q.AccessGroup)})
		}
	}
	if _, err := e.AddNamedGroupingPoliciesEx("g", members); err != nil {
		return nil, err
	}
	if _, err := e.AddNamedGroupingPoliciesEx("g2", places); err != nil {
		return nil, err
	}
	_, err = e.AddPoliciesEx(policies(w))
	return e, err
}

func policies(w *desk.World) [][]string {
	permissions := map[desk.PermissionID]desk.Permission{}
	for _, p := range w.Permissions {
		permissions[p.ID] = p
	}
	var list [][]string
	for _, g := range w.Grants {
		add := func(kind string, rights desk.RightSet) {
			for _, r := range rights.List() {
				list = append(list, []string{principal(g.Who), kind, placeName(g.Place), r.String()})
			}
		}
		switch {
		case g.Permission != 0:
			add("agent", permissions[g.Permission].Agents)
			add("contact", permissions[g.Permission].Contacts)
		case g.Right == desk.SuperUser:
			add("*", desk.EveryRight())
		default:
			add("*", desk.RightsOf(g.Right))
		}
	}
	return list
}

// rate measures two seconds of processor time.
func rate(list []question, ask func(question) bool) float64 {
	begin, n := spent(), 0
	for spent()-begin < 2*time.Second {
		for range 16 {
			ask(list[n%len(list)])
			n++
		}
	}
	return float64(n) / (spent() - begin).Seconds()
}

// spent is the processor time of the process.
func spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		log.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
