package api_test

import (
	"fmt"
	"net/http"
	"testing"

	"gatehouse/api"
)

// TestRelations saves a row, looks at it from both sides, is refused with an
// old state, and takes it back.
func TestRelations(t *testing.T) {
	h := newHouse(t)
	left := fmt.Sprintf("/relations/contact-group/left/%d", h.users["bob"])
	right := fmt.Sprintf("/relations/contact-group/right/%d", h.team)
	change := func(row any, was, now string) object {
		return object{"changes": []object{{"row": row, "was": was, "now": now}}}
	}
	h.want(http.StatusOK, "root", "POST "+left, change(h.team, "", "ro move_into"))
	page := read[api.RelationPage](h, "root", "GET "+right+"?only=true")
	if len(page.Items) != 1 || page.Items[0].Who.Ref != "user:bob" || page.Items[0].State != "ro move_into" || len(page.Columns) != 3 {
		t.Errorf("from the group's side: got %+v, want bob with ro move_into", page)
	}
	h.want(http.StatusConflict, "root", "POST "+right, change(h.users["bob"], "", "rw"))
	h.want(http.StatusOK, "root", "POST "+right, change(h.users["bob"], "ro move_into", ""))
	if page = read[api.RelationPage](h, "root", "GET "+left+"?only=true"); len(page.Items) != 0 {
		t.Errorf("after taking it back bob has %+v", page.Items)
	}
	h.want(http.StatusUnprocessableEntity, "root", "POST "+left, change(h.team, "", "everything"))
	h.want(http.StatusNotFound, "root", "POST "+left, change(h.acme, "", "ro"))
}

func TestDefaultGroups(t *testing.T) {
	h := newHouse(t)
	h.want(http.StatusNoContent, "root", "PUT /default-groups/contacts", object{"groups": []object{{"group": h.team, "permission": "ro"}}})
	if got := read[api.Page[api.DefaultGroup]](h, "root", "GET /default-groups/contacts").Items; len(got) != 1 || got[0] != (api.DefaultGroup{Group: int64(h.team), Permission: "ro", Name: "Team"}) {
		t.Errorf("got %+v, want the team with ro", got)
	}
	page := read[api.RelationPage](h, "root", fmt.Sprintf("GET /relations/contact-group/left/%d?text=team", h.users["bob"]))
	for _, row := range page.Items {
		if len(row.Held) != 1 || row.Held[0].By != "ro" || row.Held[0].From.Ref != "system:Contacts" {
			t.Errorf("bob holds %+v, want ro by default", row)
		}
	}
	h.want(http.StatusNoContent, "root", "PUT /default-groups/contacts", object{"groups": []object{}})
	h.want(http.StatusForbidden, "anna", "PUT /default-groups/contacts", object{"groups": []object{{"group": h.team, "permission": "rw"}}})
}

// TestRelationsAskForRights asks as an agent and a contact without rights.
func TestRelationsAskForRights(t *testing.T) {
	h := newHouse(t)
	for _, path := range []string{
		fmt.Sprintf("/relations/contact-group/left/%d", h.users["bob"]), fmt.Sprintf("/relations/agent-group/right/%d", h.team),
		fmt.Sprintf("/relations/contact-customer/right/%d", h.acme), "/relations/group-group/left/999999",
	} {
		for _, login := range []string{"anna", "gus"} {
			h.want(http.StatusNotFound, login, "GET "+path, nil)
			h.want(http.StatusNotFound, login, "POST "+path, object{"changes": []object{{"row": h.users["otto"], "was": "", "now": "rw"}}})
		}
	}
	if got := read[api.Page[api.DefaultGroup]](h, "anna", "GET /default-groups/contacts").Items; len(got) != 0 {
		t.Errorf("anna is told of %+v", got)
	}
}
