package admin

import (
	"fmt"
	"slices"

	"gatehouse/desk"
	"gatehouse/web"
)

// A LifeDrawing is a life cycle drawn: its statuses in three columns by what
// they mean, and the steps as lines between them.
type LifeDrawing struct {
	Name          string
	Width, Height int
	States        []DrawnState
	Lines         []DrawnLine
	Steps         []StepRow // the table behind the drawing
}

// A DrawnState is a status as a box. X and Y are its upper left corner.
type DrawnState struct {
	Name, Kind         string
	X, Y, Middle, Base int // Middle and Base are where its name stands
}

// A DrawnLine is a step, or two that lead both ways.
type DrawnLine struct {
	Path    string
	Both    bool
	Offered bool // the ticket's page offers it by a button
}

// A StepRow is a step in the table.
type StepRow struct {
	From, To string
	Right    string
	Label    web.Text
	Does     string
}

// Sizes of the drawing.
const (
	stateWidth, stateHeight = 180, 42
	columnWidth, rowHeight  = 270, 84
	drawingEdge             = 12
)

// drawLifeCycle draws a life cycle. The status deleted, to which every ticket
// can come, is left out of the drawing and stands in the table.
func drawLifeCycle(c *desk.LifeCycle) *LifeDrawing {
	d := &LifeDrawing{Name: c.Name, Width: 2*columnWidth + stateWidth + 4*drawingEdge}
	rows := map[desk.StatusKind]int{}
	at := map[desk.Status]DrawnState{}
	for _, s := range c.States {
		if s.Name == desk.StatusDeleted {
			continue
		}
		column := slices.Index(desk.StatusKinds(), s.Kind)
		y := drawingEdge + rows[s.Kind]*rowHeight
		if s.Kind == desk.Active {
			y += rowHeight / 2 // so that lines past the middle are seen
		}
		rows[s.Kind]++
		state := DrawnState{Name: string(s.Name), Kind: string(s.Kind), X: drawingEdge + column*columnWidth, Y: y}
		state.Middle, state.Base = state.X+stateWidth/2, state.Y+stateHeight/2+5
		d.States, at[s.Name] = append(d.States, state), state
		d.Height = max(d.Height, y+stateHeight+drawingEdge)
	}
	drawn := map[[2]desk.Status]bool{}
	for _, s := range c.Steps {
		d.Steps = append(d.Steps, StepRow{From: string(s.From), To: string(s.To), Right: s.Asks().String(), Label: stepLabel(s.Label), Does: string(s.Does)})
		from, to := at[s.From], at[s.To]
		if from.Name == "" || to.Name == "" || drawn[[2]desk.Status{s.To, s.From}] {
			continue
		}
		back := c.Step(s.To, s.From)
		drawn[[2]desk.Status{s.From, s.To}] = back != nil
		d.Lines = append(d.Lines, DrawnLine{Path: line(from, to), Both: back != nil, Offered: s.Label != "" || back != nil && back.Label != ""})
	}
	return d
}

func stepLabel(label string) web.Text {
	if label == "" {
		return web.Text{}
	}
	return web.Known("step.", label)
}

// line is the path from one status to another one: from side to side, and in an
// arc where both stand in one column.
func line(from, to DrawnState) string {
	y1, y2 := from.Y+stateHeight/2, to.Y+stateHeight/2
	switch {
	case from.X < to.X:
		x1, x2 := from.X+stateWidth, to.X
		return curve(x1, y1, x2, y2, (x2-x1)/2)
	case from.X > to.X:
		x1, x2 := from.X, to.X+stateWidth
		return curve(x1, y1, x2, y2, -(x1-x2)/2)
	}
	x := from.X + stateWidth
	return fmt.Sprintf("M%d %dC%d %d %d %d %d %d", x, y1, x+34, y1, x+34, y2, x, y2)
}

func curve(x1, y1, x2, y2, bend int) string {
	return fmt.Sprintf("M%d %dC%d %d %d %d %d %d", x1, y1, x1+bend, y1, x2-bend, y2, x2, y2)
}
