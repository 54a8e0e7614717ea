package web

import "net/http"

// An UnsubscribePage ends the letters of a ticket, for who followed the link of
// one. It says nothing of the ticket: the link may have been passed on.
type UnsubscribePage struct {
	Token string
	Done  bool
}

// View makes the page ready to be shown.
func (p UnsubscribePage) View() View {
	return View{Template: "bare/unsubscribe", Title: T("unsubscribe.title"), Body: p}
}

// askUnsubscribe asks first: programs look at links without being told to.
func (e entrance) askUnsubscribe(w http.ResponseWriter, r *http.Request) error {
	return e.site.Show(w, r, UnsubscribePage{Token: r.PathValue("token")}.View())
}

// unsubscribe takes the form and the one click of a mail program (RFC 8058),
// which sends no cookie and follows no redirect.
func (e entrance) unsubscribe(w http.ResponseWriter, r *http.Request) error {
	if err := e.svc.Unsubscribe(r.Context(), r.PathValue("token")); err != nil {
		return err
	}
	return e.site.Show(w, r, UnsubscribePage{Done: true}.View())
}
