package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"gatehouse/api"
	"gatehouse/desk"
	"gatehouse/service"
)

// comesBy has somebody ask by another token from now on.
func (h *house) comesBy(login, request string, body any) {
	h.t.Helper()
	var made api.Secret
	if err := json.Unmarshal([]byte(h.want(http.StatusOK, login, request, body)), &made); err != nil {
		h.t.Fatal(err)
	}
	h.tokens[login] = made.Token
}

// TestOwnTokens: a program lists, makes, renews and ends tokens of its user, none
// that is more than its own, and with one that is limited none at all.
func TestOwnTokens(t *testing.T) {
	h := newHouse(t)
	h.want(http.StatusForbidden, "anna", "GET /me/tokens", nil)
	h.grant(desk.PrincipalID(h.users["anna"]), 0, desk.OnSystem(), desk.ManageAuthTokens)
	until := h.Now().AddDate(0, 1, 0).UTC().Truncate(time.Second)
	h.comesBy("anna", "POST /me/tokens", object{"name": "maker"}) // made by one: it makes none
	h.want(http.StatusForbidden, "anna", "POST /me/tokens", object{"name": "third"})

	h.tokens["anna"] = must(h.CreateToken(t.Context(), h.system, service.NewToken{User: h.users["anna"], Name: "ends", Until: until}))(t)
	first := h.tokens["anna"]
	if answer := h.want(http.StatusUnprocessableEntity, "anna", "POST /me/tokens", object{"name": "wider"}); !strings.Contains(answer, "no end beyond its own") {
		t.Errorf("got %s", answer)
	}
	h.want(http.StatusUnprocessableEntity, "anna", "POST /me/tokens/this/renew", object{"until": until.AddDate(0, 1, 0)})
	h.comesBy("anna", "POST /me/tokens", object{"name": "looks", "until": until, "limits": object{"read_only": true, "queues": []int64{int64(h.support)}}})
	h.want(http.StatusForbidden, "anna", "GET /me/tokens", nil)
	h.want(http.StatusForbidden, "anna", "POST /me/tokens", object{"name": "x", "until": until})
	looks := h.tokens["anna"]

	h.tokens["anna"] = first
	list := read[api.Page[api.Token]](h, "anna", "GET /me/tokens").Items
	if len(list) != 4 || list[0].Name != "looks" || list[0].Maker != list[1].ID || !list[1].This || !list[1].Until.Equal(until) ||
		list[0].Limits == nil || !list[0].Limits.Looks || len(list[0].Limits.Queues) != 1 || list[1].Limits != nil {
		t.Fatalf("got %+v", list)
	}
	if answer := h.want(http.StatusOK, "anna", "POST /me/tokens/"+list[0].ID+"/renew", object{"until": until.AddDate(0, 0, -1)}); strings.Contains(answer, "token") {
		t.Errorf("another end told a secret: %s", answer)
	}
	h.comesBy("anna", "POST /me/tokens/this/renew", object{"until": until, "new_secret": true})
	for what, token := range map[string]string{"the old secret": first, "what it made": looks} {
		if _, err := h.ByToken(t.Context(), token); desk.KindOf(err) != desk.Unauthenticated {
			t.Errorf("%s lets in: %v", what, err)
		}
	}
	h.want(http.StatusNotFound, "anna", "DELETE /me/tokens/"+list[0].ID, nil)
	h.want(http.StatusNoContent, "anna", "DELETE /me/tokens/this", nil)
	h.want(http.StatusUnauthorized, "anna", "GET /me", nil)
}
