package agent_test

import (
	"gatehouse/web"
	"gatehouse/web/agent"
	"gatehouse/web/webtest"
)

// noticeSamples are the bell and its page: with what is unread and what is not,
// and with nothing.
func noticeSamples() []webtest.Sample {
	rung := []web.NavSection{{Bell: true, Items: []web.NavItem{{Label: web.T("notices.title"), URL: "/agent/notices", Icon: "bell", Count: 100, More: true, Current: true}}}}
	list := []agent.NoticeLine{
		{ID: 1, Says: web.T("notices.reply", "Mei-Lin Chen"), Ticket: "#10470 Arm 7 stops with error E-41 after warm-up", URL: "/agent/tickets/10470", Times: 3, At: webtest.Now(), Unread: true},
		{ID: 2, Says: web.T("notices.reminder"), Ticket: "#1 Alone", URL: "/agent/tickets/1", Note: "Call before noon", Times: 1, At: webtest.Now()},
	}
	return []webtest.Sample{
		{Name: "agent-notices", View: agent.NoticesPage{Nav: append(nav("view.mine"), rung...), List: list, Unread: 1}.View()},
		{Name: "agent-notices-unread", View: agent.NoticesPage{Nav: rung, List: list[:1], Unread: 1, Only: true}.View()},
		{Name: "agent-notices-none", View: agent.NoticesPage{Empty: web.Empty{Icon: "bell", Title: web.T("notices.none"), Hint: web.T("notices.none.hint")}}.View()},
		{Name: "agent-bell", View: agent.BellPage{Nav: rung}.View(), Part: true},
	}
}
