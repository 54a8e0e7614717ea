package api

import (
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// A Who is a user, group or customer. How it is written (user:bob) is told to
// the people at the desk only, since a login may be an address.
type Who struct {
	ID       int64  `json:"id"`
	Kind     string `json:"kind" enum:"user,group,customer,system,role"`
	Name     string `json:"name"`
	Ref      string `json:"ref,omitempty" doc:"As it is written: user:bob, customer:acme."`
	Agent    bool   `json:"agent,omitempty"`
	Disabled bool   `json:"disabled,omitempty"`
}

func (c caller) who(n service.Name) Who {
	w := Who{ID: int64(n.ID), Kind: n.Kind, Name: n.Text, Agent: n.Agent, Disabled: n.Disabled}
	if c.agent() {
		w.Ref = n.Ref
	}
	return w
}

func (c caller) whos(names []service.Name) []Who {
	list := make([]Who, len(names))
	for i, n := range names {
		list[i] = c.who(n)
	}
	return list
}

// whoOf returns somebody if his name is among those that the caller may know.
func (c caller) whoOf(names map[desk.PrincipalID]service.Name, id desk.PrincipalID) *Who {
	n, ok := names[id]
	if !ok || id == 0 {
		return nil
	}
	w := c.who(n)
	return &w
}

// A Thing is a number with the name that goes with it.
type Thing struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
}

// moment is a time as it is sent: nothing for never.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// ids turns numbers into ids of a kind; none is nil, which as a filter chooses
// all.
func ids[T ~int64](numbers []int64) []T {
	var list []T
	for _, n := range numbers {
		list = append(list, T(n))
	}
	return list
}

func numbers[T ~int64](list []T) []int64 {
	plain := make([]int64, len(list))
	for i, id := range list {
		plain[i] = int64(id)
	}
	return plain
}

// sharingNamed reads a sharing; none is nil.
func sharingNamed(name *string) (*desk.Sharing, error) {
	if name == nil || *name == "" {
		return nil, nil
	}
	s, ok := desk.ParseSharing(*name)
	if !ok {
		return nil, invalid("sharing", "There is no sharing "+*name+"; it is shared, managers or private.")
	}
	return &s, nil
}

func sharingName(s *desk.Sharing) string {
	if s == nil {
		return ""
	}
	return s.String()
}

// Presences say how a customer takes part in tickets, per role; empty: as it
// is said further out.
type Presences struct {
	Requestor string `json:"requestor,omitempty" enum:"replace,add,off,"`
	Cc        string `json:"cc,omitempty" enum:"replace,add,off,"`
	AdminCc   string `json:"admin_cc,omitempty" enum:"replace,add,off,"`
}

func presencesOf(p desk.Presences) Presences {
	return Presences{p.Requestor.String(), p.Cc.String(), p.AdminCc.String()}
}

func (p Presences) desk() desk.Presences {
	requestor, _ := desk.ParsePresence(p.Requestor)
	cc, _ := desk.ParsePresence(p.Cc)
	adminCc, _ := desk.ParsePresence(p.AdminCc)
	return desk.Presences{Requestor: requestor, Cc: cc, AdminCc: adminCc}
}

// set writes what was sent over what was there; nothing sent leaves it.
func set[T any](field *T, sent *T) {
	if sent != nil {
		*field = *sent
	}
}

// noBlanks cuts the blanks off both ends and says whether anything is left.
func noBlanks(text string) (string, bool) {
	text = strings.TrimSpace(text)
	return text, text != ""
}
