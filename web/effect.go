package web

import (
	"strings"

	"gatehouse/service"
)

// An Effect is what a change gives to people and takes from them.
type Effect struct {
	Summary               Text
	Gains, Losses         []EffectRow
	MoreGains, MoreLosses int
}

// An EffectRow is rights that some people gain, or lose, on one thing.
type EffectRow struct {
	People  []Recipient
	Others  int // who are not named
	Rights  []string
	Where   Text
	Tickets Text // zero: none
}

// EffectOf prepares an effect for a page, which shows people as person does.
func EffectOf(e *service.Effect, person func(service.Name) Person) Effect {
	out := Effect{Summary: T("effect.nobody")}
	if !e.Nothing() {
		out.Summary = T("effect.people", e.People)
	}
	for _, list := range []struct {
		lines []service.EffectLine
		to    *[]EffectRow
	}{{e.Gains, &out.Gains}, {e.Losses, &out.Losses}} {
		for _, l := range list.lines {
			*list.to = append(*list.to, effectRow(l, person))
		}
	}
	out.MoreGains, out.MoreLosses = e.MoreGains, e.MoreLosses
	return out
}

func effectRow(l service.EffectLine, person func(service.Name) Person) EffectRow {
	row := EffectRow{Rights: l.Rights, Others: l.Total - len(l.People), Where: T("effect.elsewhere")}
	for _, n := range l.People {
		row.People = append(row.People, Recipient{Person: person(n)})
	}
	switch kind, name, _ := strings.Cut(l.Where, ":"); kind {
	case "":
	case "system":
		row.Where = T("grant.place.system")
	case "tickets":
		row.Where = T("effect.tickets")
	default:
		row.Where = T("grant.place."+kind, name)
		if strings.HasPrefix(kind, "place ") { // it has no name yet
			row.Where = T("effect.new")
		}
	}
	switch t := l.Tickets; {
	case t.Unknown:
		row.Tickets = T("effect.uncounted")
	case t.More:
		row.Tickets = T("effect.count.more", t.Count)
	case t.Count > 0 && t.About:
		row.Tickets = T("effect.count.about", t.Count)
	case t.Count > 0:
		row.Tickets = T("effect.count", t.Count)
	}
	return row
}
