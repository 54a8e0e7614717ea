package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

const (
	relationRecords = 12 // of which each page is looked at
	relationSaves   = 24
	kilobyte        = 1000
)

// A RelationFigure is what a relation page takes, from one side. Times are
// medians, in milliseconds.
type RelationFigure struct {
	PageMS float64 `json:"page_ms"`
	FindMS float64 `json:"find_ms"` // with a search in the rows
	PageKB float64 `json:"page_kb"` // the largest, as HTML
	SaveMS float64 `json:"save_ms"` // one row
	LookMS float64 `json:"look_ms"` // what saving one row would change
}

// relationSides names the pages of all relations.
func relationSides() []string {
	var list []string
	for _, r := range service.Relations() {
		list = append(list, string(r)+", left", string(r)+", right")
	}
	return list
}

// measureRelations measures the relation pages as a superuser: over a real
// connection what is shown, and by the use case what is saved.
func (r *run) measureRelations(ctx context.Context) error {
	if r.Site == nil || len(r.people[superuser]) == 0 {
		r.report.note("Relation pages are not measured: there is no web server, or no superuser.")
		return nil
	}
	base, stop, err := r.listen()
	if err != nil {
		return err
	}
	defer stop()
	if pages, err := hasPages(ctx, base); err != nil || !pages {
		return err
	}
	client, err := r.signIn(ctx, r.people[superuser][0], true)
	if err != nil {
		return err
	}
	r.report.Relations = map[string]RelationFigure{}
	for _, relation := range service.Relations() {
		for _, side := range []string{"left", "right"} {
			figure, err := r.relationFigure(ctx, client, base, service.RelationQuery{Relation: relation, Right: side == "right", Limit: 40})
			if err != nil {
				return fmt.Errorf("%s from the %s: %w", relation, side, err)
			}
			r.report.Relations[string(relation)+", "+side] = figure
		}
	}
	return nil
}

func (r *run) relationFigure(ctx context.Context, client *http.Client, base string, q service.RelationQuery) (RelationFigure, error) {
	var f RelationFigure
	of, rows := q.Relation.Sides()
	side := "left"
	if q.Right {
		of, rows, side = rows, of, "right"
	}
	var shown, found, saved, looked times
	for range relationRecords {
		q.Of = r.recordOf(of)
		address := fmt.Sprintf("%s/admin/relations/%s/%s/%d", base, q.Relation, side, q.Of)
		once, size, err := fetchAll(ctx, client, address)
		if err != nil {
			return f, err
		}
		shown, f.PageKB = append(shown, once), max(f.PageKB, round(float64(size)/kilobyte))
		if once, _, err = fetchAll(ctx, client, address+"?text="+someName(rows)); err != nil {
			return f, err
		}
		found = append(found, once)
	}
	for range relationSaves / 2 { // each there and back
		change := service.RelationChange{Row: r.recordOf(rows), Now: "ro"}
		if q.Relation == service.ContactCustomers {
			change.Now = "reader"
		}
		one, two, err := r.saveThereAndBack(ctx, q, change)
		if err != nil {
			return f, err
		}
		saved, looked = append(saved, one...), append(looked, two)
	}
	f.PageMS, f.FindMS, f.SaveMS, f.LookMS = millis(shown.median()), millis(found.median()), millis(saved.median()), millis(looked.median())
	return f, nil
}

// saveThereAndBack looks at a change of a row, makes it and takes it back. Where
// the row is as it shall be already, nothing is done.
func (r *run) saveThereAndBack(ctx context.Context, q service.RelationQuery, c service.RelationChange) (saved times, looked time.Duration, err error) {
	by := desk.Actor{User: r.people[superuser][0], Via: desk.ViaWeb}
	save := func(in *service.Service, by desk.Actor) error {
		_, err := in.SaveRelation(ctx, by, q, []service.RelationChange{c})
		return err
	}
	begin := time.Now()
	_, err = r.service.WhatIf(ctx, by, save)
	looked = time.Since(begin)
	if desk.KindOf(err) == desk.Conflict {
		return nil, looked, nil // it has something already
	}
	for range 2 {
		if err != nil {
			return saved, looked, err
		}
		begin := time.Now()
		err = save(r.service, by)
		saved = append(saved, time.Since(begin))
		c.Was, c.Now = c.Now, c.Was
	}
	return saved, looked, err
}

// recordOf is some enabled record of a kind: nothing is granted to others.
func (r *run) recordOf(kind string) desk.PrincipalID {
	for {
		if id := r.anyOf(kind); r.enabled(id) {
			return id
		}
	}
}

func (r *run) anyOf(kind string) desk.PrincipalID {
	c := r.tickets.counts
	switch kind {
	case "agent":
		return c.agent(r.random.IntN(c.Agents))
	case "contact":
		return c.contact(r.random.IntN(c.Contacts))
	case "customer":
		return c.customer(r.random.IntN(c.Customers))
	}
	return c.group(r.random.IntN(c.Groups))
}

func (r *run) enabled(id desk.PrincipalID) bool {
	return !slices.ContainsFunc(r.world.Users, func(u desk.WorldUser) bool { return desk.PrincipalID(u.ID) == id && u.Disabled }) &&
		!slices.ContainsFunc(r.world.Groups, func(g desk.WorldGroup) bool { return g.ID == id && g.Disabled })
}

// someName is in the names of many records of a kind, though not in all.
func someName(kind string) string {
	if kind == "customer" {
		return "C00"
	}
	return kind + "+1"
}

// fetchAll returns how long a page took and how long it is.
func fetchAll(ctx context.Context, client *http.Client, address string) (_ time.Duration, size int64, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, 0, err
	}
	begin := time.Now()
	answer, err := client.Do(request)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, answer.Body.Close()) }()
	if size, err = io.Copy(io.Discard, answer.Body); err != nil {
		return 0, 0, err
	}
	if answer.StatusCode != http.StatusOK || answer.Request.URL.String() != address {
		return 0, 0, desk.Errorf(desk.Internal, "%s answered %s, from %s.", address, answer.Status, answer.Request.URL.Path)
	}
	return time.Since(begin), size, nil
}
