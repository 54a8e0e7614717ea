package admin

import (
	"fmt"
	"strings"
	"testing"

	"gatehouse/desk"
)

// TestDrawnLifeCycle draws the life cycle that ships: boxes do not cover each
// other, stand in the column of their kind, and lines begin and end at them.
func TestDrawnLifeCycle(t *testing.T) {
	c := desk.ShippedLifeCycle()
	d := drawLifeCycle(c)
	if len(d.States) != 5 || len(d.Steps) != 30 {
		t.Fatalf("got %d boxes and %d steps in the table, want 5 and 30", len(d.States), len(d.Steps))
	}
	for i, a := range d.States {
		if a.X < 0 || a.Y < 0 || a.X+stateWidth > d.Width || a.Y+stateHeight > d.Height {
			t.Errorf("%s stands outside of the drawing: %+v", a.Name, a)
		}
		for _, b := range d.States[:i] {
			if abs(a.X-b.X) < stateWidth && abs(a.Y-b.Y) < stateHeight {
				t.Errorf("%s covers %s", a.Name, b.Name)
			}
			if (a.Kind == b.Kind) != (a.X == b.X) {
				t.Errorf("%s and %s stand in the wrong columns", a.Name, b.Name)
			}
		}
	}
	if len(d.Lines) != 10 {
		t.Errorf("got %d lines, want one for each of ten pairs", len(d.Lines))
	}
	for _, l := range d.Lines {
		var x1, y1, x2, y2, x3, y3, x4, y4 int
		if _, err := fmt.Sscanf(l.Path, "M%d %dC%d %d %d %d %d %d", &x1, &y1, &x2, &y2, &x3, &y3, &x4, &y4); err != nil {
			t.Fatalf("the path %s: %v", l.Path, err)
		}
		if !l.Both || !touches(d, x1, y1) || !touches(d, x4, y4) {
			t.Errorf("the line %s leads both ways: %t, and begins and ends at a box: %t, %t", l.Path, l.Both, touches(d, x1, y1), touches(d, x4, y4))
		}
	}
}

// touches reports whether a point is on the left or right side of a box.
func touches(d *LifeDrawing, x, y int) bool {
	for _, s := range d.States {
		if (x == s.X || x == s.X+stateWidth) && y == s.Y+stateHeight/2 {
			return true
		}
	}
	return false
}

func abs(n int) int { return max(n, -n) }

// TestOneWayLines: what leads one way only is a line with one tip, and what a
// button offers is drawn strong.
func TestOneWayLines(t *testing.T) {
	c := &desk.LifeCycle{Name: "x", States: []desk.State{{Name: "begun", Kind: desk.Initial}, {Name: "done", Kind: desk.Inactive}, {Name: "deleted", Kind: desk.Inactive}},
		Steps: []desk.Step{{From: "begun", To: "done", Label: "Finish"}, {From: "done", To: "deleted", Right: desk.DeleteTicket}}}
	d := drawLifeCycle(c)
	if len(d.Lines) != 1 || d.Lines[0].Both || !d.Lines[0].Offered {
		t.Errorf("got the lines %+v, want one that is offered and leads one way", d.Lines)
	}
	if len(d.Steps) != 2 || d.Steps[1].Right != "DeleteTicket" || d.Steps[0].Right != "ModifyTicket" {
		t.Errorf("the table says %+v", d.Steps)
	}
	var names []string
	for _, s := range d.States {
		names = append(names, s.Name)
	}
	if got := strings.Join(names, " "); got != "begun done" {
		t.Errorf("it draws %s; deleted stands in the table only", got)
	}
}
