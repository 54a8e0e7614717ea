package service_test

import (
	"flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/store"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestRightsGolden compares which right each use case asks for with
// testdata/rights.golden, so that checking the wrong right shows in a diff. A
// line says which rights are enough each by itself, held on the whole desk by
// an agent; where none is, which ones are missed when all but one are held.
func TestRightsGolden(t *testing.T) {
	var lines []string
	m := newMould(t, func(h *sample) {
		h.agent("actor")
		h.grant(h.names["actor"], "ro", desk.OnSystem())
	})
	for name := range eachUseCase(t) {
		lines = append(lines, rightsLine(t, m, name))
	}
	slices.Sort(lines)
	got := strings.Join(lines, "\n") + "\n"
	const file = "testdata/rights.golden"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the rights that use cases ask for have changed (go test ./service -run RightsGolden -update):\n%s", diffLines(string(want), got))
	}
}

func rightsLine(t *testing.T, m *mould, name string) string {
	line := fmt.Sprintf("%-19s ", name)
	p := &prober{t: t, mould: m, name: name}
	defer p.close()
	all := desk.EveryRight() &^ desk.RightsOf(desk.SuperUser)
	switch {
	case p.works(0):
		return line + "nothing"
	case !p.works(all) && p.err == nil:
		return line + "nothing: it is about oneself"
	case !p.works(all):
		return line + "the system only"
	}
	var enough desk.RightSet
	for _, r := range all.List() {
		if p.works(desk.RightsOf(r)) {
			enough |= desk.RightsOf(r)
		}
	}
	if enough != 0 {
		return line + "any of " + strings.Join(enough.Names(), " ")
	}
	return line + "all of " + strings.Join(p.needed(all, all.List()).Names(), " ")
}

// needed takes from the rights that are enough whichever of a list are not
// needed, one after the other. Where it works without several, it does not need
// any of those, so that they are tried at once.
func (p *prober) needed(enough desk.RightSet, list []desk.Right) desk.RightSet {
	if without := enough &^ desk.RightsOf(list...); p.works(without) {
		return without
	}
	if half := len(list) / 2; half > 0 {
		return p.needed(p.needed(enough, list[:half]), list[half:])
	}
	return enough
}

// A prober tries one use case with one set of rights after another. It makes
// a new desk only after a try that worked, since a refusal changes nothing.
type prober struct {
	t     *testing.T
	mould *mould
	name  string
	h     *sample
	err   error
}

func (p *prober) works(rights desk.RightSet) bool {
	p.t.Helper()
	if p.h == nil {
		p.h = p.mould.sample(p.t)
	}
	p.h.ok(p.h.store.Do(p.h.ctx, func(tx *store.Tx) error {
		if err := tx.UpdatePermission(p.h.ctx, &desk.Permission{ID: 1, Name: "ro", Agents: rights}); err != nil {
			return err
		}
		_, err := tx.BumpAccess(p.h.ctx)
		return err
	}))
	out, err := p.h.call(p.name, p.h.by("actor"))
	p.err = err
	if err != nil {
		return false
	}
	p.close()
	return len(out) == 0 || slices.ContainsFunc(out, func(v reflect.Value) bool { return !nothing(v) })
}

// close gives the desk up, if there is one.
func (p *prober) close() {
	if p.h != nil {
		p.h.ok(p.h.store.Close())
		p.h = nil
	}
}

// diffLines returns the lines that are not in both texts.
func diffLines(want, got string) string {
	var diff []string
	wants, gots := strings.Split(want, "\n"), strings.Split(got, "\n")
	for _, line := range wants {
		if !slices.Contains(gots, line) {
			diff = append(diff, "- "+line)
		}
	}
	for _, line := range gots {
		if !slices.Contains(wants, line) {
			diff = append(diff, "+ "+line)
		}
	}
	return strings.Join(diff, "\n")
}
