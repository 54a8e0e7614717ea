package service_test

import (
	"fmt"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// TestMentionable: while an agent writes, those at the desk are offered who may
// read it, by the beginning of their login or of a word of their name; nobody
// learns a name by it whom he could not tell anything.
func TestMentionable(t *testing.T) {
	h, id := newOffice(t)
	h.agent("anton")
	h.agent("gone")
	root := h.queue["support"]
	for _, login := range []string{"anton", "gone"} {
		h.grant(h.names[login], "rw", desk.OnQueue(root))
	}
	h.grant(h.names["ben"], "ModifySelf", desk.OnSystem())
	h.ok(h.SetPreferences(h.ctx, h.by("ben"), service.Preferences{Name: "Benedikt Anders"}))
	h.switchUser("gone", true)
	for _, tt := range []struct {
		why, by string
		kind    desk.MessageKind
		text    string
		want    string // logins; an error's kind where it begins with !
	}{
		{"by login, and by a word of the name behind that", "ann", desk.Reply, "an", "anton ben"},
		{"in capitals", "ann", desk.Reply, " AN ", "anton ben"},
		{"not oneself, nor in the midst of a name", "anton", desk.Reply, "n", ""},
		{"a comment is offered to whom it is shown", "ann", desk.Comment, "an", "anton"},
		{"who sees nothing is not offered", "ann", desk.Reply, "cy", ""},
		{"who is switched off is not offered", "ann", desk.Reply, "gone", ""},
		{"contacts are not, who would be told nothing", "ann", desk.Reply, "ro", ""},
		{"nothing is typed yet", "ann", desk.Reply, " ", ""},
		{"what is no name", "ann", desk.Reply, "%", ""},
		{"far too much", "ann", desk.Reply, strings.Repeat("a", 500), ""},
		{"a reply by who may not comment", "ben", desk.Reply, "an", "ann anton"},
		{"a comment by who may not", "ben", desk.Comment, "an", "!forbidden"},
		{"by who does not see the ticket", "cy", desk.Reply, "an", "!not found"},
		{"by a contact, who may reply", "rosa", desk.Reply, "an", "!not found"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			list, err := h.Mentionable(h.ctx, h.by(tt.by), id, tt.kind, tt.text)
			var got []string
			for _, n := range list {
				got = append(got, strings.TrimPrefix(n.Ref, "user:"))
			}
			if kind, ok := strings.CutPrefix(tt.want, "!"); ok {
				wantKind(t, err, map[string]desk.Kind{"forbidden": desk.Forbidden, "not found": desk.NotFound}[kind])
			} else if err != nil || strings.Join(got, " ") != tt.want {
				t.Errorf("got %q (%v), want %q", got, err, tt.want)
			}
		})
	}
}

// TestMentionableAmongMany: those who may read it are found behind ever so many
// who may not, and no more than one can look at.
func TestMentionableAmongMany(t *testing.T) {
	h, id := newOffice(t)
	for i := range 130 {
		login := fmt.Sprintf("max%03d", i)
		h.agent(login)
		if i >= 118 {
			h.grant(h.names[login], "ShowTicket", desk.OnQueue(h.queue["support"]))
		}
	}
	list := must(h.Mentionable(h.ctx, h.by("ann"), id, desk.Reply, "max"))(t)
	if len(list) != 8 || list[0].Ref != "user:max118" || list[7].Ref != "user:max125" {
		t.Errorf("got %d: %+v", len(list), list)
	}
}
