package api_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"gatehouse/api"
	"gatehouse/desk"
)

// TestReminders makes one, puts it off, gives it to another, is done with it and
// has it again; who may not learns nothing.
func TestReminders(t *testing.T) {
	h := newHouse(t)
	of := at("/tickets/{id}/reminders", h.acmes)
	due := h.Now().Add(time.Hour).Truncate(time.Second)
	h.want(http.StatusCreated, "anna", "POST "+of, object{"due": due, "note": "Call Bob", "silent": true})
	h.want(http.StatusUnprocessableEntity, "anna", "POST "+of, object{"due": "2020-01-01T08:00:00Z"})
	h.want(http.StatusUnprocessableEntity, "anna", "POST "+of, object{"note": "never"})
	h.want(http.StatusUnprocessableEntity, "anna", "POST "+of, object{"due": due, "user": h.users["bob"]})
	for _, login := range []string{"otto", "bob"} {
		h.want(http.StatusNotFound, login, "POST "+of, object{"due": due})
		h.want(http.StatusNotFound, login, "GET "+of, nil)
		h.want(http.StatusNotFound, login, "GET /reminders/1", nil)
		h.want(http.StatusNotFound, login, "PATCH /reminders/1", object{"note": "x"})
		h.want(http.StatusNotFound, login, "POST /reminders/1/done", nil)
		if got := read[api.Page[api.Reminder]](h, login, "GET /reminders").Items; len(got) != 0 {
			t.Errorf("%s has %+v", login, got)
		}
	}
	says := func(r api.Reminder) string {
		return fmt.Sprintf("%d %s %s in %v silent=%v late=%v done=%v", r.Ticket, r.User.Name, r.Note, r.Due.Sub(due), r.Silent, r.Late, r.Done != nil)
	}
	is := func(why, want string) {
		t.Helper()
		if got := says(read[api.Reminder](h, "anna", "GET /reminders/1")); got != fmt.Sprint(int64(h.acmes))+" "+want {
			t.Errorf("%s it is %q, want %q", why, got, want)
		}
	}
	is("made", "Anna Call Bob in 0s silent=true late=false done=false")
	h.want(http.StatusNoContent, "anna", "PATCH /reminders/1", object{"due": due.Add(48 * time.Hour)})
	is("put off", "Anna Call Bob in 48h0m0s silent=true late=false done=false")
	h.want(http.StatusNoContent, "anna", "PATCH /reminders/1", object{"note": "Write to Bob", "silent": false})
	is("changed", "Anna Write to Bob in 48h0m0s silent=false late=false done=false")
	h.want(http.StatusNoContent, "anna", "POST /reminders/1/done", nil)
	is("done", "Anna Write to Bob in 48h0m0s silent=false late=false done=true")
	if got := read[api.Page[api.Reminder]](h, "anna", "GET /reminders").Items; len(got) != 0 {
		t.Errorf("after it is done there are %+v", got)
	}
	h.want(http.StatusNoContent, "anna", "POST /reminders/1/reopen", nil)
	if got := read[api.Page[api.Reminder]](h, "anna", "GET "+of).Items; len(got) != 1 || !got[0].May || got[0].Maker == nil || got[0].Maker.ID != int64(h.users["anna"]) {
		t.Errorf("the ticket has %+v", got)
	}
	must(h.Grant(t.Context(), h.system, desk.Grant{Who: desk.PrincipalID(h.users["otto"]), Right: desk.ShowTicket, Place: desk.OnQueue(h.support)}))(t)
	h.want(http.StatusNotFound, "otto", "GET /reminders/1", nil)
	h.want(http.StatusNoContent, "anna", "PATCH /reminders/1", object{"user": h.users["otto"]})
	is("given", "Otto Write to Bob in 48h0m0s silent=false late=false done=false")
	h.want(http.StatusNoContent, "otto", "POST /reminders/1/done", nil)
}
