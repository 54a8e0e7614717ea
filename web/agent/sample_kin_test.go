package agent_test

import (
	"gatehouse/web"
	"gatehouse/web/agent"
)

// kin is a ticket with links, others found, one to be merged with, and one that
// it took in.
func kin() agent.KinPage {
	found := rows(3)
	return agent.KinPage{
		ID: 10470, URL: "/agent/tickets/10470", Subject: "Arm 7 stops with error E-41 after warm-up", Nav: nav("view.mine"), Change: true,
		Links: []agent.KinLink{{Type: web.T("kin.depends_on"), Ticket: found[0], Remove: "#1 depends_on #2"}, {Type: web.T("kin.member_of.back"), Ticket: found[1]}},
		Type:  selection("link-", "type", "depends on", "refers to"), Target: web.Field{Form: "link-", Name: "target", Error: "There is no ticket 99."},
		Into: web.Field{Form: "merge-", Name: "into"}, Find: web.Field{Name: "find", Kind: "search", Value: "arm"}, Found: found, Searched: true,
		Merge:  &agent.MergeAsked{Into: found[2], Messages: 4, Gains: []web.Person{{Name: "Mei-Lin Chen"}}, More: 2},
		Merged: found[:1], Error: "That is one ticket already.",
	}
}
