package agent_test

import (
	"net/http"
	"regexp"
	"testing"

	"gatehouse/desk"
	"gatehouse/web"
	"gatehouse/web/agent"
)

func passing() agent.PassPage {
	may := agent.PassGrant{ID: 7, What: "rw", Where: "queue:Support", Held: web.Plain("Field engineers"), Until: "2026-12-31", Chosen: true}
	on := may
	on.To, on.Asleep, on.Withdraw = web.Plain("Tom Tailor"), true, true
	on.Chain = web.Chain{{Kind: "person", Text: web.T("pass.holds", "Ann Archer")}, {Kind: "group", Text: web.T("step.member", "Field engineers")}, {Kind: "grant", Text: web.T("pass.source", "Field engineers", "rw")}}
	got := on
	got.Withdraw, got.Asleep = false, false
	return agent.PassPage{Nav: nav("view.open"), May: []agent.PassGrant{may}, Passed: []agent.PassGrant{on}, Got: []agent.PassGrant{got},
		To: web.Field{Name: "to", Required: true, Suggest: "all"}, Until: web.Field{Name: "until", Kind: "date"}, New: &web.Field{Form: "new-", Name: "name", Required: true},
		Effect: &web.Effect{Summary: web.T("effect.people", 1), Gains: []web.EffectRow{{People: []web.Recipient{{Person: web.Person{Name: "Tom Tailor"}}}, Rights: []string{"ShowTicket"}, Where: web.T("effect.elsewhere")}}},
		Groups: []agent.PassGroup{{ID: 9, Name: "mates", May: true, Add: web.Field{Form: "add-9-", Name: "who", Required: true}, Members: []agent.PassMember{{ID: 4, Name: "Tom Tailor"}}}}}
}

// TestPassOn passes a right on to a colleague and to a personal group, after
// seeing who gains, and takes it back.
func TestPassOn(t *testing.T) {
	d := newDesk(t)
	const page, groups = "/agent/delegations", "/agent/personal-groups"
	wants(t, d.Get("ann", page), 200, "There is nothing that you may pass on", "!My personal groups")
	d.Give(d.Who["ann"], 0, desk.OnSystem(), "DelegateRights", "AdminOwnPersonalGroups", "AdminUsers")
	w := d.Get("ann", page)
	wants(t, w, 200, "queue:Support", "granted to Support staff", "My personal groups", "!Billing")
	source := regexp.MustCompile(`name="source" value="([0-9]+)" required> <code>rw`).FindStringSubmatch(w.Body.String())
	if source == nil {
		t.Fatalf("rw cannot be passed on:\n%s", w.Body)
	}
	wants(t, d.Post("ann", page, "source", source[1], "to", "zoe", "do", "look"), 200, "They gain", "Zoe Zander", `value="zoe"`, "checked")
	wants(t, d.Get("zoe", page), 200, "!queue:Support")
	wants(t, d.Post("ann", page, "source", source[1], "to", "nobody", "do", "save"), 422, `value="nobody"`, "There is no nobody")
	wants(t, d.Post("ann", page, "source", "999", "to", "zoe"), 422, "Choose what you pass on")
	wants(t, d.Post("ann", page, "source", source[1], "to", "bob", "until", "2020-01-01"), 422, "past")
	wants(t, d.Post("ann", groups, "name", "mates"), http.StatusSeeOther)
	wants(t, d.Post("ann", groups, "name", "mates"), 409, `value="mates"`)
	group := regexp.MustCompile(`/agent/personal-groups/([0-9]+)`).FindStringSubmatch(d.Get("ann", page).Body.String())[1]
	wants(t, d.Post("ann", groups+"/"+group, "who", "zoe"), http.StatusSeeOther)
	wants(t, d.Post("ann", groups+"/"+group, "who", "nix"), 422, `value="nix"`)
	wants(t, d.Post("ann", page, "source", source[1], "to", "mates", "do", "save"), http.StatusSeeOther)
	wants(t, d.Get("zoe", page), 200, "queue:Support", "held by Ann Archer", "Support staff was granted rw", "!/withdraw")
	w = d.Get("ann", page)
	wants(t, w, 200, "/withdraw", "mates", "Zoe Zander")
	wants(t, d.Post("ann", groups+"/"+group, "do", "disable"), http.StatusSeeOther)
	wants(t, d.Get("ann", page), 200, ">disabled<")
	id := regexp.MustCompile(`/agent/delegations/([0-9]+)/withdraw`).FindStringSubmatch(w.Body.String())[1]
	for _, login := range []string{"zoe", "tom"} {
		if w := d.Post(login, page+"/"+id+"/withdraw"); w.Code == http.StatusSeeOther {
			t.Errorf("%s takes back what ann passed on", login)
		}
		if w := d.Post(login, groups+"/"+group, "who", login); w.Code == http.StatusSeeOther {
			t.Errorf("%s changes a group of ann's", login)
		}
	}
	wants(t, d.Post("ann", page+"/"+id+"/withdraw"), http.StatusSeeOther)
	wants(t, d.Get("ann", page), 200, "!/withdraw")
	if w := d.Get("bob", page); w.Code == 200 {
		t.Error("a contact sees the page")
	}
}
