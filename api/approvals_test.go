package api_test

import (
	"net/http"
	"testing"

	"gatehouse/api"
)

// TestApprovals: asked, seen by those whom it concerns, decided once, and the
// ticket follows.
func TestApprovals(t *testing.T) {
	h := newHouse(t)
	must(h.ApplyBlueprint(t.Context(), h.system, "approvals", map[string]string{"queue": "Approvals"}))(t)
	of := at("/tickets/{id}/approvals", h.acmes)
	body := object{"of": []int64{int64(h.users["otto"])}, "reason": "It costs 900."}
	h.want(http.StatusNotFound, "otto", "POST "+of, body)
	h.want(http.StatusForbidden, "bob", "POST "+of, body)
	h.want(http.StatusUnprocessableEntity, "anna", "POST "+of, object{"of": []int64{}, "reason": "x"})
	h.want(http.StatusUnprocessableEntity, "anna", "POST "+of, object{"of": []int64{int64(h.users["anna"])}, "reason": "x"})
	h.want(http.StatusOK, "anna", "POST "+of, body)
	list := read[api.Page[api.Approval]](h, "anna", "GET "+of).Items
	if len(list) != 1 || list[0].State != "open" || list[0].Reason != "It costs 900." || list[0].For != int64(h.acmes) || list[0].May {
		t.Fatalf("anna reads %+v", list)
	}
	mine := read[api.Page[api.Approval]](h, "otto", "GET /approvals").Items
	if len(mine) != 1 || mine[0].For != 0 || !mine[0].May || mine[0].Asker == nil || mine[0].Asker.Name != "Anna" {
		t.Fatalf("otto reads %+v, want what he is asked and nothing of the ticket", mine)
	}
	if got := read[api.Page[api.Approval]](h, "bob", "GET "+of).Items; len(got) != 0 {
		t.Errorf("a customer reads %+v", got)
	}
	id := mine[0].ID
	h.want(http.StatusNotFound, "bob", at("POST /approvals/{id}/decision", id), object{"grant": true})
	h.want(http.StatusForbidden, "anna", at("POST /approvals/{id}/decision", id), object{"grant": true})
	h.want(http.StatusUnprocessableEntity, "otto", at("POST /approvals/{id}/decision", id), object{"grant": false})
	h.want(http.StatusConflict, "anna", at("PATCH /tickets/{id}", h.acmes), object{"status": "resolved"})
	h.want(http.StatusNoContent, "otto", at("POST /approvals/{id}/decision", id), object{"grant": false, "word": "No."})
	h.want(http.StatusConflict, "otto", at("POST /approvals/{id}/decision", id), object{"grant": true})
	if got := read[api.Page[api.Approval]](h, "anna", "GET "+of).Items[0]; got.State != "refused" || got.Word != "No." || got.By.Name != "Otto" || got.Ended == nil {
		t.Errorf("anna reads %+v", got)
	}
	h.want(http.StatusForbidden, "otto", at("POST /approvals/{id}/withdraw", id), nil)
	h.want(http.StatusNoContent, "anna", at("POST /approvals/{id}/withdraw", id), nil)
	h.want(http.StatusNoContent, "anna", at("PATCH /tickets/{id}", h.acmes), object{"status": "resolved"})
}
