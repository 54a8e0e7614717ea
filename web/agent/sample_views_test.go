package agent_test

import (
	"gatehouse/web"
	"gatehouse/web/agent"
)

// viewsShown is the page that puts views in order: as it is to begin with, or with
// views of one's own, of a group and of the desk.
func viewsShown(some bool) agent.ViewsPage {
	p := agent.ViewsPage{Nav: nav("views.arrange"), List: []agent.ArrangedView{
		{Key: "mine", URL: "/agent/tickets?view=mine", Icon: "person", Name: web.T("view.mine"), Whose: web.T("views.shipped"), First: true},
		{Key: "open", URL: "/agent/tickets?view=open", Icon: "ticket", Name: web.T("view.open"), Whose: web.T("views.shipped"), Last: !some, Start: true},
	}}
	if !some {
		return p
	}
	p.Changed, p.Undo = true, "/agent/views/3/restore"
	share := selection("share-17-", "for", "Myself", "Field service", "Everybody at the desk")
	share.Form = "share-17-"
	start := selection("start-desk-", "view", "Nothing special", "All open")
	start.Form = "start-desk-"
	p.List = append(p.List,
		agent.ArrangedView{Key: "17", URL: "/agent/tickets?view=open&saved=17", Icon: "star", Name: web.Plain("Roboterarme, die in der letzten Woche stehen geblieben sind"), Whose: web.T("saved.me"), Edit: true, Hidden: true, Focus: "hide", Share: share, Own: true},
		agent.ArrangedView{Key: "18", URL: "/agent/tickets?view=open&saved=18", Icon: "group", Name: web.Plain("Ours"), Whose: web.Plain("Field service"), Last: true})
	p.Starts = []agent.StartForm{{For: "desk", Who: web.T("saved.desk"), View: start, May: true}, {For: "7", Who: web.Plain("Field service"), Says: web.T("view.mine")}}
	return p
}
