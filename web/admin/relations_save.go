package admin

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// undoLimit is how long the address may get that carries what can be undone.
const undoLimit = 1500

// saveSheet saves the rows of a relation page that were changed, or shows what
// that would give and take.
func (h handler) saveSheet(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, q, err := h.sheetPage(r)
	if err != nil {
		return err
	}
	changes := sentRows(r, q)
	if column := r.PostFormValue("tick"); column != "" {
		page.keep(r, changes, nil)
		page.tick(column)
		return h.site.Show(w, r, page.View())
	}
	if r.PostFormValue("do") == "look" {
		return h.lookAtSheet(w, r, page, q, changes)
	}
	result, err := h.svc.SaveRelation(r.Context(), web.Actor(r), q, changes)
	if err != nil {
		page.keep(r, changes, result.Stale)
		page.Error = web.Plain(desk.Sentence(err))
		return h.showRefused(w, r, page.View(), err)
	}
	return h.sheetSaved(w, r, q, result)
}

// lookAtSheet shows what a save would change, and saves nothing.
func (h handler) lookAtSheet(w http.ResponseWriter, r *http.Request, page *SheetPage, q service.RelationQuery, changes []service.RelationChange) error {
	var result *service.RelationResult
	effect, err := h.svc.WhatIf(r.Context(), web.Actor(r), func(in *service.Service, by desk.Actor) error {
		var err error
		result, err = in.SaveRelation(r.Context(), by, q, changes)
		return err
	})
	if err != nil {
		if result != nil {
			page.keep(r, changes, result.Stale)
		}
		page.Error = web.Plain(desk.Sentence(err))
		return h.showRefused(w, r, page.View(), err)
	}
	page.keep(r, changes, nil)
	page.Preview = preview(result.Changed, effect)
	return h.site.Show(w, r, page.View())
}

// preview makes the effect of a change ready to be shown.
func preview(changed []service.RelationDifference, effect *service.Effect) *SheetPreview {
	p := &SheetPreview{Effect: web.EffectOf(effect, person)}
	for _, d := range changed {
		p.Rows = append(p.Rows, StaleRow{Name: d.Row.Text, Was: d.Was, Now: d.Now})
	}
	return p
}

// sheetSaved leads on after a save: to the page again, or to the relation.
func (h handler) sheetSaved(w http.ResponseWriter, r *http.Request, q service.RelationQuery, result *service.RelationResult) error {
	to, err := url.Parse(withoutUndo(r.URL.RequestURI()))
	if err != nil {
		return err
	}
	if r.PostFormValue("do") == "finish" {
		to = &url.URL{Path: relationURL(q.Relation)}
	}
	if len(result.Changed) == 0 {
		return h.done(w, r, to.String(), web.T("relation.unchanged"))
	}
	if undo := undoText(r, result.Changed); len(undo) < undoLimit {
		query := to.Query()
		query.Set("undo", undo)
		to.RawQuery = query.Encode()
	}
	return h.done(w, r, to.String(), web.T("relation.saved", strconv.Itoa(len(result.Changed))))
}

// undoText writes what would take a save back: where it was made, and for each
// row its number, how it is now, and how it was.
func undoText(r *http.Request, changed []service.RelationDifference) string {
	parts := []string{r.PathValue("side"), r.PathValue("id"), r.URL.Query().Get("context")}
	for _, d := range changed {
		parts = append(parts, strconv.FormatInt(int64(d.Row.ID), 10), d.Now, d.Was)
	}
	return strings.Join(parts, "~")
}

// undoOf reads what undoText wrote. It is only a form filled in beforehand:
// what is sent with it is checked like every save.
func undoOf(r *http.Request, relation service.Relation) *SheetUndo {
	parts := strings.Split(r.URL.Query().Get("undo"), "~")
	if len(parts) < 6 || len(parts)%3 != 0 || parts[0] != "left" && parts[0] != "right" {
		return nil
	}
	id, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return nil
	}
	u := &SheetUndo{Action: sheetURL(relation, parts[0], desk.PrincipalID(id))}
	if parts[2] == "other" {
		u.Action += "?context=other"
	}
	for i := 3; i < len(parts); i += 3 {
		u.Rows = append(u.Rows, StaleRow{ID: parts[i], Was: parts[i+1], Now: parts[i+2]})
	}
	return u
}

// sentRows are the rows of a form: as the page showed them, and as they shall
// be.
func sentRows(r *http.Request, q service.RelationQuery) []service.RelationChange {
	var changes []service.RelationChange
	for key, was := range r.PostForm {
		number, ok := strings.CutPrefix(key, "was.")
		id, err := strconv.ParseInt(number, 10, 64)
		if !ok || err != nil {
			continue
		}
		c := service.RelationChange{Row: desk.PrincipalID(id), Was: was[0]}
		switch now, undo := r.PostForm["now."+number]; {
		case undo:
			c.Now = now[0]
		case q.Relation == service.ContactCustomers:
			c.Now = sentMember(r, number)
		default:
			c.Now = strings.Join(r.PostForm["b."+number], " ")
		}
		if c.Now != c.Was {
			changes = append(changes, c)
		}
	}
	return changes
}

// sentMember writes the fields of a membership as the service takes it.
func sentMember(r *http.Request, number string) string {
	part := r.PostFormValue("part." + number)
	if part == "" {
		return ""
	}
	words := []string{part}
	if r.PostFormValue("primary."+number) != "" {
		words = append(words, "primary")
	}
	for _, day := range []string{"from", "until"} {
		if value := strings.TrimSpace(r.PostFormValue(day + "." + number)); value != "" {
			words = append(words, day+":"+value)
		}
	}
	return strings.Join(words, " ")
}

// keep shows the boxes as they were sent, and what is otherwise than shown.
func (p *SheetPage) keep(r *http.Request, changes []service.RelationChange, stale []service.RelationDifference) {
	wanted := map[int64]string{}
	for _, c := range changes {
		wanted[int64(c.Row)] = c.Now
	}
	for i := range p.Rows {
		row := &p.Rows[i]
		now, sent := wanted[row.ID]
		if !sent {
			continue
		}
		words := strings.Fields(now)
		for j := range row.Boxes {
			row.Boxes[j].On = has(words, row.Boxes[j].Name)
		}
		if row.Member != nil {
			row.Member.read(words)
		}
	}
	for _, d := range stale {
		p.Stale = append(p.Stale, StaleRow{Name: d.Row.Text, Was: d.Was, Now: d.Now, By: d.By.Text, At: d.At})
	}
}

// tick does what the box in the head of a column does, for who has no script: it
// ticks the column in all rows shown, or where all are ticked none of them.
func (p *SheetPage) tick(column string) {
	at := slices.Index(p.Columns, column)
	if at < 0 {
		return
	}
	all := !slices.ContainsFunc(p.Rows, func(row SheetRow) bool { return !row.Locked && !row.Boxes[at].On })
	for i := range p.Rows {
		if !p.Rows[i].Locked {
			p.Rows[i].Boxes[at].On = !all
		}
	}
}

func has(words []string, word string) bool {
	for _, w := range words {
		if w == word {
			return true
		}
	}
	return false
}

// read sets the fields of a membership to what was sent.
func (m *SheetMember) read(words []string) {
	*m = SheetMember{}
	for i, w := range words {
		key, value, _ := strings.Cut(w, ":")
		switch {
		case i == 0:
			m.Part = w
		case key == "primary":
			m.Primary = true
		case key == "from":
			m.From = value
		case key == "until":
			m.Until = value
		}
	}
}
