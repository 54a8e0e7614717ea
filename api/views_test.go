package api_test

import (
	"net/http"
	"strings"
	"testing"

	"gatehouse/api"
	"gatehouse/desk"
)

// listed are somebody's views in one line: name, whose, and a mark for those that
// are hidden and the one with which the desk opens.
func (h *house) listed(login string) string {
	h.t.Helper()
	var names []string
	for _, v := range read[api.Page[api.View]](h, login, "GET /views").Items {
		name := v.Name + "/" + v.Whose
		if v.Hidden {
			name += " hidden"
		}
		if v.Start {
			name += " start"
		}
		if v.Whose != "shipped" || v.Hidden || v.Start {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// TestViews makes a view, changes it, shares it with a group, orders, and chooses
// what the desk opens with; who may not learns nothing.
func TestViews(t *testing.T) {
	h := newHouse(t)
	team := must(h.CreateGroup(t.Context(), h.system, desk.Group{Name: "Arms team"}))(t)
	for _, login := range []string{"anna", "otto"} {
		h.ok(h.AddMember(t.Context(), h.system, desk.Membership{Group: desk.PrincipalID(team), Member: h.who(login)}))
	}
	h.grant(desk.Agents, 0, desk.OnGroup(team), desk.ShowSavedSearches)
	h.grant(h.who("anna"), 0, desk.OnGroup(team), desk.EditSavedSearches)

	h.want(http.StatusCreated, "anna", "POST /views", object{"name": "Arms", "query": "Subject LIKE 'arm'", "columns": []string{"status", "owner"}, "sort": "by-subject"})
	got := read[api.View](h, "anna", "GET /views/1")
	if got.Query != "Subject LIKE 'arm'" || got.Address != "columns=status%2Cowner&query=Subject+LIKE+%27arm%27&sort=by-subject" || got.Key != "1" || !got.May {
		t.Errorf("the view is %+v", got)
	}
	h.want(http.StatusNoContent, "anna", "PATCH /views/1", object{"name": "My arms", "sort": "", "address": "view=open&sort=by-id"})
	if got := read[api.View](h, "anna", "GET /views/1"); got.Name != "My arms" || got.Address != "view=open" {
		t.Errorf("changed it is %+v", got)
	}
	for _, tt := range []struct {
		why, by, request string
		body             any
		want             int
	}{
		{"somebody else's", "otto", "GET /views/1", nil, http.StatusNotFound},
		{"somebody else's", "otto", "PATCH /views/1", object{"name": "x"}, http.StatusNotFound},
		{"somebody else's", "otto", "DELETE /views/1", nil, http.StatusNotFound},
		{"a contact", "bob", "POST /views", object{"name": "x", "query": "id > 0"}, http.StatusForbidden},
		{"a contact", "bob", "PUT /views/order", object{"views": []object{}}, http.StatusForbidden},
		{"without a name", "anna", "POST /views", object{"name": " ", "query": "id > 0"}, http.StatusUnprocessableEntity},
		{"an address that is none", "anna", "POST /views", object{"name": "x", "address": "%zz"}, http.StatusUnprocessableEntity},
		{"for two", "anna", "POST /views", object{"name": "x", "group": team, "desk": true}, http.StatusUnprocessableEntity},
		{"of the desk", "anna", "POST /views", object{"name": "x", "desk": true, "query": "id > 0"}, http.StatusForbidden},
		{"shared by who may only look", "otto", "POST /views/1/share", object{"desk": true}, http.StatusNotFound},
		{"shared with the desk", "anna", "POST /views/1/share", object{"desk": true}, http.StatusForbidden},
		{"a view that there is not", "anna", "PUT /views/order", object{"views": []object{{"view": "7"}}}, http.StatusNotFound},
		{"one's own for the group", "anna", "PUT /views/start", object{"view": "1", "group": team}, http.StatusUnprocessableEntity},
		{"for a group as who may not", "otto", "PUT /views/start", object{"view": "mine", "group": team}, http.StatusForbidden},
		{"for two", "anna", "PUT /views/start", object{"view": "mine", "group": team, "desk": true}, http.StatusUnprocessableEntity},
	} {
		if got := h.ask(tt.by, tt.request, tt.body); got.StatusCode != tt.want {
			t.Errorf("%s: %s %s got %d, want %d: %s", tt.why, tt.by, tt.request, got.StatusCode, tt.want, got.body)
		}
	}

	h.want(http.StatusNoContent, "anna", "POST /views/1/share", object{"group": team})
	h.want(http.StatusForbidden, "otto", "PATCH /views/1", object{"name": "x"})
	h.want(http.StatusNoContent, "anna", "PUT /views/start", object{"view": "1", "group": team})
	h.want(http.StatusNoContent, "anna", "PUT /views/order", object{"views": []object{{"view": "recent", "hidden": true}, {"view": "1"}}})
	for login, want := range map[string]string{"anna": "Recently resolved/shipped hidden, My arms/group start", "otto": "My arms/group start", "root": "", "bob": ""} {
		if got := h.listed(login); got != want {
			t.Errorf("%s has %q, want %q", login, got, want)
		}
	}
	h.want(http.StatusNoContent, "otto", "PUT /views/start", object{"view": "stalled"})
	starts := read[api.ViewStarts](h, "otto", "GET /views/start")
	if starts.View != "stalled" || starts.Mine != "stalled" || len(starts.Others) != 1 || starts.Others[0].View != "1" || starts.Others[0].Group.Name != "Arms team" || starts.Others[0].May {
		t.Errorf("for otto the desk opens with %+v", starts)
	}
	h.want(http.StatusNoContent, "anna", "DELETE /views/1", nil)
	if got := h.listed("otto"); got != "Stalled/shipped start" {
		t.Errorf("after it was taken away otto has %q", got)
	}
	h.want(http.StatusNoContent, "anna", "POST /views/1/restore", nil)
	h.want(http.StatusNoContent, "anna", "POST /views/1/share", object{})
	if got := h.listed("anna"); got != "Recently resolved/shipped hidden, My arms/mine" {
		t.Errorf("taken back anna has %q", got)
	}
}
