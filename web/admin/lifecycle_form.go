package admin

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/web"
)

// fill puts a life cycle into the fields of its form. What was typed and is no
// status yet has rows of its own.
func (p *LifeCyclePage) fill(c *desk.LifeCycle, typed url.Values) {
	p.Drawing = drawLifeCycle(c)
	for _, info := range desk.AllRights() {
		if r, _ := desk.ParseRight(info.Name); r.Class() == desk.TicketRight {
			p.Rights = append(p.Rights, info.Name)
		}
	}
	p.Name, p.About = web.Field{Name: "name", Value: c.Name, Required: true}, web.Field{Name: "about", Value: c.About}
	p.Becomes = web.Field{Name: "becomes", Kind: "textarea", Rows: 3, Value: becomesText(c)}
	var ends []web.Option
	for _, s := range c.States {
		if s.Kind == desk.Inactive && s.Name != desk.StatusDeleted {
			ends = append(ends, statusOption(s.Name))
		}
	}
	p.Granted, p.Refused = endField("granted", ends, c.Granted), endField("refused", ends, c.Refused)
	if !p.May {
		return
	}
	rows := 1
	if typed.Get("do") == "more" {
		rows = 3
	}
	states := slices.Clone(c.States)
	for range rows {
		states = append(states, desk.State{})
	}
	for i, s := range states {
		p.States = append(p.States, stateFields(c, i, s, typed))
	}
}

func statusOption(s desk.Status) web.Option {
	return web.Option{Value: string(s), Label: web.Known("status.", string(s))}
}

func endField(name string, ends []web.Option, chosen desk.Status) web.Field {
	f := web.Field{Name: name, Kind: "select", Options: append([]web.Option{{Label: web.T("lifecycle.none")}}, ends...)}
	chooseOption(&f, string(chosen))
	return f
}

func becomesText(c *desk.LifeCycle) string {
	var lines []string
	for from, to := range c.Becomes {
		lines = append(lines, string(from)+" = "+string(to))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// stateFields are the fields of one status: of the last ones, which have no name
// yet, without steps.
func stateFields(c *desk.LifeCycle, i int, s desk.State, typed url.Values) StateFields {
	number := strconv.Itoa(i)
	form := "s" + number + "-"
	f := StateFields{Number: number, Was: cmp.Or(typed.Get("was."+number), string(s.Name)), Deleted: s.Name == desk.StatusDeleted, Solved: s.Solved,
		Name: web.Field{Form: form, Name: "name." + number, Value: string(s.Name)}, Kind: web.Field{Form: form, Name: "kind." + number, Kind: "select"},
		Place: web.Field{Form: form, Name: "place." + number, Kind: "number", Value: strconv.Itoa((i + 1) * 10)}}
	for _, k := range desk.StatusKinds() {
		f.Kind.Options = append(f.Kind.Options, web.Option{Value: string(k), Label: web.T("lifecycle.kind." + string(k)), Selected: k == cmp.Or(s.Kind, desk.Active)})
	}
	f.Answered, f.Asked = web.Field{Form: form, Name: "answered." + number, Kind: "select"}, web.Field{Form: form, Name: "asked." + number, Kind: "select"}
	for _, to := range []*web.Field{&f.Answered, &f.Asked} {
		to.Options = []web.Option{{Label: web.T("lifecycle.stays")}}
	}
	for j, other := range c.States {
		if other.Name == s.Name {
			continue
		}
		if other.Name != desk.StatusDeleted {
			f.Answered.Options, f.Asked.Options = append(f.Answered.Options, statusOption(other.Name)), append(f.Asked.Options, statusOption(other.Name))
		}
		if s.Name != "" {
			f.Steps = append(f.Steps, stepFields(c, form, [2]int{i, j}))
		}
	}
	chooseOption(&f.Answered, string(s.Answered))
	chooseOption(&f.Asked, string(s.Asked))
	return f
}

// stepFields are the fields of the step between two statuses, by their places.
func stepFields(c *desk.LifeCycle, form string, between [2]int) StepFields {
	from, to := c.States[between[0]].Name, c.States[between[1]].Name
	end := "." + strconv.Itoa(between[0]) + "." + strconv.Itoa(between[1])
	var step desk.Step
	at := slices.IndexFunc(c.Steps, func(s desk.Step) bool { return s.From == from && s.To == to })
	if at >= 0 {
		step = c.Steps[at]
	}
	f := StepFields{To: string(to), Box: "step" + end, Checked: at >= 0, Label: web.Field{Form: form, Name: "label" + end, Value: step.Label},
		Right: web.Field{Form: form, Name: "right" + end}, Does: web.Field{Form: form, Name: "does" + end, Kind: "select"}}
	asks := step.Asks()
	if at < 0 && to == desk.StatusDeleted {
		asks = desk.DeleteTicket
	}
	f.Right.Value = asks.String()
	for _, does := range []desk.StepForm{desk.StepPlain, desk.StepReply, desk.StepComment} {
		f.Does.Options = append(f.Does.Options, web.Option{Value: string(does), Label: web.T("lifecycle.does." + cmp.Or(string(does), "plain")), Selected: does == step.Does})
	}
	return f
}

// readLifeCycle reads the form. A status without a name is left out; the others
// stand in the order of their places.
func readLifeCycle(r *http.Request, old *desk.LifeCycle) (*desk.LifeCycle, error) {
	value := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	c := &desk.LifeCycle{ID: old.ID, Name: value("name"), About: value("about"), Granted: desk.Status(value("granted")), Refused: desk.Status(value("refused"))}
	type row struct {
		desk.State
		place, number int
	}
	var rows []row
	for i := 0; r.PostForm.Has("name." + strconv.Itoa(i)); i++ {
		n := strconv.Itoa(i)
		place, _ := strconv.Atoi(value("place." + n))
		name := desk.Status(strings.Join(strings.Fields(strings.ToLower(value("name."+n))), " "))
		if name == "" {
			continue
		}
		rows = append(rows, row{desk.State{Name: name, Kind: desk.StatusKind(value("kind." + n)),
			Answered: desk.Status(value("answered." + n)), Asked: desk.Status(value("asked." + n)), Solved: value("solved."+n) != ""}, place, i})
	}
	renamed, unknown := map[desk.Status]desk.Status{}, ""
	for _, s := range rows {
		if was := value("was." + strconv.Itoa(s.number)); was != "" {
			renamed[desk.Status(was)] = s.Name
		}
	}
	for i := range rows {
		rows[i].Answered, rows[i].Asked = cmp.Or(renamed[rows[i].Answered], rows[i].Answered), cmp.Or(renamed[rows[i].Asked], rows[i].Asked)
	}
	c.Granted, c.Refused = cmp.Or(renamed[c.Granted], c.Granted), cmp.Or(renamed[c.Refused], c.Refused)
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.place, b.place) })
	for _, from := range rows {
		c.States = append(c.States, from.State)
		for _, to := range rows {
			end := "." + strconv.Itoa(from.number) + "." + strconv.Itoa(to.number)
			if value("step"+end) == "" {
				continue
			}
			right, known := desk.ParseRight(value("right" + end))
			if !known && value("right"+end) != "" {
				unknown = value("right" + end)
			}
			c.Steps = append(c.Steps, desk.Step{From: from.Name, To: to.Name, Right: right, Label: value("label" + end), Does: desk.StepForm(value("does" + end))})
		}
	}
	var err error
	if c.Becomes, err = readBecomes(value("becomes")); err == nil && unknown != "" {
		err = desk.InvalidFields(map[string]string{"steps": "There is no right " + unknown + "."})
	}
	return c, err
}

// readBecomes reads lines as "stalled = waiting".
func readBecomes(text string) (map[desk.Status]desk.Status, error) {
	var out map[desk.Status]desk.Status
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		from, to, ok := strings.Cut(line, "=")
		was, err := desk.CheckStatus(from)
		now, wrong := desk.CheckStatus(to)
		if !ok || err != nil || wrong != nil {
			return nil, desk.InvalidFields(map[string]string{"becomes": "Write one pair a line, as stalled = waiting; " + line + " is none."})
		}
		if out == nil {
			out = map[desk.Status]desk.Status{}
		}
		out[was] = now
	}
	return out, nil
}

// readMap reads what statuses become; one that was renamed becomes its new name
// unless something else was chosen.
func readMap(r *http.Request) map[desk.Status]desk.Status {
	out := map[desk.Status]desk.Status{}
	for i := 0; r.PostForm.Has("name." + strconv.Itoa(i)); i++ {
		n := strconv.Itoa(i)
		if was, now := r.PostFormValue("was."+n), strings.ToLower(strings.TrimSpace(r.PostFormValue("name."+n))); was != "" && now != "" && was != now {
			out[desk.Status(was)] = desk.Status(now)
		}
	}
	for name, values := range r.PostForm {
		if from, ok := strings.CutPrefix(name, "map."); ok && len(values) > 0 && values[0] != "" {
			out[desk.Status(from)] = desk.Status(values[0])
		}
	}
	return out
}
