package api_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"gatehouse/api"
	"gatehouse/desk"
)

// TestRosters asks what has members, as those who may see it and who may not.
func TestRosters(t *testing.T) {
	h := newHouse(t)
	h.grant(h.who("anna"), 0, desk.OnSystem(), desk.AdminOwnPersonalGroups)
	mates := h.made("anna", "POST /groups", object{"name": "Mates", "personal": h.users["anna"]})
	h.want(http.StatusNoContent, "anna", at("POST /groups/{id}/members", mates), object{"member": h.team})
	r := read[api.Roster](h, "anna", "GET /rosters?ref=personal:anna/mates")
	if r.Who.ID != mates || r.Who.Kind != "group" || r.Owner == nil || r.Owner.Ref != "user:anna" || len(r.Users) != 0 || len(r.Groups) != 1 ||
		len(r.DeepUsers) != 1 || strings.Join(r.Addresses, " ") != "anna@example.org" {
		t.Errorf("got %+v", r)
	}
	if r := read[api.Roster](h, "anna", "GET /rosters?ref=role:Requestor@ticket:1"); r.Who.Kind != "role" || len(r.DeepUsers) != 2 {
		t.Errorf("the requestors of ticket 1 are %+v", r)
	}
	own := read[api.Page[api.Group]](h, "anna", fmt.Sprintf("GET /groups?owner=%d", h.users["anna"])).Items
	if len(own) != 1 || own[0].ID != mates {
		t.Errorf("anna's personal groups are %+v", own)
	}
	for _, tt := range []struct {
		login, query string
		want         bool
	}{
		{"anna", "ref=personal:anna/Mates&member=anna", false},
		{"anna", "ref=personal:anna/Mates&member=anna&deep=true", true},
		{"anna", "ref=role:Requestor@ticket:1&member=customer:acme", true},
		{"root", "ref=group:Team&member=group:none", false},
	} {
		if got := read[api.Verdict](h, tt.login, "GET /rosters/has?"+tt.query).Yes; got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.query, got, tt.want)
		}
	}
	for query, want := range map[string]string{"member=anna": "Team", "member=bob&deep=true": "Acme"} {
		var names []string
		for _, w := range read[api.Page[api.Who]](h, "root", "GET /rosters/of?"+query).Items {
			names = append(names, w.Name)
		}
		slices.Sort(names)
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: got %s, want %s", query, got, want)
		}
	}
	for login, request := range map[string]string{
		"otto": "GET /rosters?ref=personal:anna/Mates", "bob": "GET /rosters/has?ref=customer:acme&member=bob",
		"gus": "GET /rosters/of?member=bob", "bea": "GET /access/rights-of?who=bob&object=system",
	} {
		h.want(http.StatusNotFound, login, request, nil)
	}
	if got := strings.Join(read[api.Page[string]](h, "gus", "GET /access/rights-of?object=queue:support").Items, " "); got != "CreateTicket SeeQueue" {
		t.Errorf("gus holds %s there", got)
	}
	if got := read[api.Page[string]](h, "root", "GET /access/rights-of?who=group:Team&object=queue:support").Items; len(got) < 7 || slices.Contains(got, "SuperUser") {
		t.Errorf("the team holds %v", got)
	}
}

// TestDelegations passes a right on and withdraws it.
func TestDelegations(t *testing.T) {
	h := newHouse(t)
	if list := read[api.Page[api.Grant]](h, "anna", "GET /delegations/passable").Items; len(list) != 0 {
		t.Errorf("without DelegateRights anna may pass on %+v", list)
	}
	h.grant(h.who("anna"), 0, desk.OnSystem(), desk.DelegateRights)
	var source int64
	for _, g := range read[api.Page[api.Grant]](h, "anna", "GET /delegations/passable").Items {
		if g.Right == "OwnTicket" {
			source = g.ID
		}
	}
	body := object{"source": source, "to": h.users["otto"], "until": "2026-03-20"}
	h.want(http.StatusNotFound, "bea", "POST /delegations", object{"source": 1, "to": h.users["otto"]})
	id := h.made("anna", "POST /delegations", body)
	h.want(http.StatusConflict, "anna", "POST /delegations", body)
	h.want(http.StatusUnprocessableEntity, "anna", "POST /delegations", object{"source": source, "to": h.users["bea"], "until": "1999-01-01"})
	list := read[api.Page[api.Grant]](h, "anna", "GET /delegations").Items
	if len(list) != 1 || list[0].ID != id || list[0].Source != source || list[0].Delegator == nil || list[0].Delegator.Name != "Anna" || list[0].Until != "2026-03-20" {
		t.Errorf("anna passed on %+v", list)
	}
	for query, want := range map[string]int{"ends_within=18": 1, "ends_within=17": 0} {
		if got := read[api.Page[api.Grant]](h, "root", "GET /grants?"+query).Items; len(got) != want {
			t.Errorf("%s: got %+v, want %d", query, got, want)
		}
	}
	if !read[api.Verdict](h, "otto", "GET /access/check?right=OwnTicket&object=queue:support").Yes {
		t.Error("otto does not hold it")
	}
	h.want(http.StatusNotFound, "otto", at("DELETE /delegations/{id}", id), nil)
	h.want(http.StatusNoContent, "anna", at("DELETE /delegations/{id}", id), nil)
	h.want(http.StatusNotFound, "anna", at("DELETE /delegations/{id}", id), nil)
}
