package admin

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/web"
)

const relaysURL = "/admin/mail/relays"

// relayRoutes adds the pages of relays.
func (h handler) relayRoutes(page func(string, func(http.ResponseWriter, *http.Request) error)) {
	page("GET "+relaysURL, h.mailRelays)
	page("POST "+relaysURL, h.saveMailRelay)
	page("GET "+relaysURL+"/{id}", h.mailRelay)
	page("POST "+relaysURL+"/{id}/{do}", h.workMailRelay)
}

// A MailRelaysPage lists the relays.
type MailRelaysPage struct {
	Nav      []web.NavSection
	Rows     []MailRelayRow
	Settings []string
	New      *PlaceForm
	Empty    web.Empty
}

// A MailRelayRow is one relay with its state.
type MailRelayRow struct {
	Name, URL, Server string
	Place             int
	At                time.Time // when it was last asked; zero: never
	Said              string    // why it takes no letters; empty: it does
	Disabled          bool
}

// View makes the page ready to be shown.
func (p MailRelaysPage) View() web.View {
	return web.View{Template: "admin/mail-relays", Title: web.T("mail.relays"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// A MailRelayPage shows and changes one relay.
type MailRelayPage struct {
	Nav  []web.NavSection
	Row  MailRelayRow
	Form *PlaceForm
	Sure bool // asks once more before it forgets the relay
}

// View makes the page ready to be shown.
func (p MailRelayPage) View() web.View {
	return web.View{Template: "admin/mail-relay", Title: web.Plain(p.Row.Name), Nav: p.Nav, Crumbs: top(to("mail.relays", relaysURL)), Body: p}
}

func (h handler) mailRelays(w http.ResponseWriter, r *http.Request) error {
	page, err := h.mailRelaysPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) mailRelaysPage(r *http.Request) (*MailRelaysPage, error) {
	f, err := h.mailFrame(r, "mail.relays")
	if err != nil {
		return nil, err
	}
	page := &MailRelaysPage{Nav: f.nav, Empty: web.Empty{Icon: "send", Title: web.T("mail.relays.none"), Hint: web.T("mail.relays.none.hint")}}
	list, err := h.svc.MailRelays(r.Context(), web.Actor(r))
	if err != nil {
		return nil, err
	}
	for i := range list {
		page.Rows = append(page.Rows, relayRow(web.ReaderOf(r), &list[i]))
	}
	page.New = relayForm(&desk.MailRelay{Security: "starttls", Place: 10}, relaysURL)
	page.Settings, err = h.svc.RelaysOfSettings(r.Context(), web.Actor(r))
	return page, err
}

func relayRow(reader web.Reader, r *desk.MailRelay) MailRelayRow {
	row := MailRelayRow{Name: r.Name, URL: relaysURL + "/" + strconv.FormatInt(int64(r.ID), 10), Server: r.Server, Place: r.Place, Said: r.Said, Disabled: r.Disabled}
	if !r.At.IsZero() {
		row.At = reader.In(r.At)
	}
	return row
}

// relayForm are the settings of a relay. Its password is never shown.
func relayForm(r *desk.MailRelay, action string) *PlaceForm {
	name, server := input("name", r.Name, "col.name"), input("server", r.Server, "mail.relay.server")
	name.Field.Required, name.Field.Readonly = true, r.Name != ""
	server.Field.Required, server.Help = true, web.T("mail.relay.server.help")
	user, secret := input("user", r.User, "mail.account.user"), input("secret", "", "mail.account.secret")
	user.Help = web.T("mail.relay.user.help")
	user.Field.Autocomplete = "off"
	secret.Field.Kind, secret.Field.Autocomplete = "password", "new-password"
	if r.Name != "" {
		secret.Help = web.T("mail.account.secret.help")
	}
	place := input("place", strconv.Itoa(r.Place), "mail.relay.place")
	place.Field.Kind, place.Help = "number", web.T("mail.relay.place.help")
	return &PlaceForm{Action: action, Fields: []Labelled{name, server,
		choose("security", "mail.account.security", options(r.Security, "starttls", "mail.security.starttls", "tls", "mail.security.tls", "off", "mail.security.off")),
		user, secret, place,
		choose("disabled", "mail.relay.use", options(map[bool]string{true: "yes", false: "no"}[r.Disabled], "no", "mail.account.on", "yes", "mail.account.off"))}}
}

func readRelay(r *http.Request) (desk.MailRelay, error) {
	text := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	relay := desk.MailRelay{Name: text("name"), Server: text("server"), Security: text("security"), User: text("user"), Password: r.PostFormValue("secret"), Disabled: text("disabled") == "yes"}
	var err error
	if relay.Place, err = strconv.Atoi(text("place")); err != nil {
		return relay, desk.InvalidFields(map[string]string{"place": "Give a number from 0 to 1000; the lowest is tried first."})
	}
	return relay, nil
}

// saveMailRelay adds a relay.
func (h handler) saveMailRelay(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, err := h.mailRelaysPage(r)
	if err != nil {
		return err
	}
	relay, err := readRelay(r)
	for _, row := range page.Rows {
		if err == nil && desk.Fold(row.Name) == desk.Fold(relay.Name) {
			err = desk.InvalidFields(map[string]string{"name": "There is a relay of this name already; choose it in the list to change it."})
		}
	}
	if err == nil {
		err = h.svc.SaveMailRelay(r.Context(), web.Actor(r), relay)
	}
	if err != nil {
		page.New.refuse(r, err)
		return h.showRefused(w, r, page.View(), err)
	}
	return h.done(w, r, relaysURL, web.T("mail.relay.saved", relay.Name))
}

// theRelay returns the page about the relay of the path.
func (h handler) theRelay(r *http.Request) (*MailRelayPage, *desk.MailRelay, error) {
	f, err := h.mailFrame(r, "mail.relays")
	if err != nil {
		return nil, nil, err
	}
	id, err := web.ID[desk.MailRelayID](r, "id")
	if err != nil {
		return nil, nil, err
	}
	list, err := h.svc.MailRelays(r.Context(), web.Actor(r))
	if err != nil {
		return nil, nil, err
	}
	for i := range list {
		if one := &list[i]; one.ID == id {
			page := &MailRelayPage{Nav: f.nav, Row: relayRow(web.ReaderOf(r), one)}
			page.Form = relayForm(one, page.Row.URL+"/save")
			return page, one, nil
		}
	}
	return nil, nil, desk.Errorf(desk.NotFound, "There is no such relay.")
}

func (h handler) mailRelay(w http.ResponseWriter, r *http.Request) error {
	page, _, err := h.theRelay(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

// workMailRelay changes a relay, tries it, or forgets it when it was asked
// twice.
func (h handler) workMailRelay(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, relay, err := h.theRelay(r)
	if err != nil {
		return err
	}
	switch r.PathValue("do") {
	case "save":
		changed, err := readRelay(r)
		changed.Name = relay.Name
		if err == nil {
			err = h.svc.SaveMailRelay(r.Context(), web.Actor(r), changed)
		}
		if err != nil {
			page.Form.refuse(r, err)
			return h.showRefused(w, r, page.View(), err)
		}
		return h.done(w, r, page.Row.URL, web.T("admin.done.saved"))
	case "test":
		err := h.svc.TryMailRelay(r.Context(), web.Actor(r), relay.Name)
		return h.contacted(w, r, page.Row.URL, err, web.T("mail.relay.works"))
	case "remove":
		if r.PostFormValue("sure") == "" {
			page.Sure = true
			return h.site.Show(w, r, page.View())
		}
		if err := h.svc.RemoveMailRelay(r.Context(), web.Actor(r), relay.Name); err != nil {
			return err
		}
		return h.done(w, r, relaysURL, web.T("mail.relay.removed", relay.Name))
	}
	return desk.Errorf(desk.NotFound, "There is no such page.")
}
