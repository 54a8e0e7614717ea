package admin

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/web"
)

// A MailAccountsPage lists the mailboxes that are fetched.
type MailAccountsPage struct {
	Nav   []web.NavSection
	Rows  []MailAccountRow
	New   *PlaceForm
	Empty web.Empty
}

// A MailAccountRow is one mailbox with its state.
type MailAccountRow struct {
	Name, URL, Mailbox, Queue string
	At                        time.Time // when it was last read; zero: never
	Said                      string    // why it cannot be read; empty: it can
	Late, Disabled            bool
}

// View makes the page ready to be shown.
func (p MailAccountsPage) View() web.View {
	return web.View{Template: "admin/mail-accounts", Title: web.T("mail.accounts"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// A MailAccountPage shows and changes one mailbox.
type MailAccountPage struct {
	Nav  []web.NavSection
	Row  MailAccountRow
	Form *PlaceForm
	Sure bool // asks once more before it forgets the mailbox
}

// View makes the page ready to be shown.
func (p MailAccountPage) View() web.View {
	return web.View{Template: "admin/mail-account", Title: web.Plain(p.Row.Name), Nav: p.Nav, Crumbs: top(to("mail.accounts", "/admin/mail/accounts")), Body: p}
}

// mailAccounts lists the mailboxes.
func (h handler) mailAccounts(w http.ResponseWriter, r *http.Request) error {
	page, err := h.mailAccountsPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) mailAccountsPage(r *http.Request) (*MailAccountsPage, error) {
	f, err := h.mailFrame(r, "mail.accounts")
	if err != nil {
		return nil, err
	}
	list, err := h.svc.MailAccounts(r.Context(), web.Actor(r))
	if err != nil {
		return nil, err
	}
	page := &MailAccountsPage{Nav: f.nav, Empty: web.Empty{Icon: "mail", Title: web.T("mail.accounts.none"), Hint: web.T("mail.accounts.none.hint")}}
	for i := range list {
		page.Rows = append(page.Rows, h.accountRow(r, &list[i]))
	}
	page.New, err = h.accountForm(r, &desk.MailAccount{Security: "tls", Minutes: 5, Mailbox: "INBOX"}, "/admin/mail/accounts")
	return page, err
}

func (h handler) accountRow(r *http.Request, a *desk.MailAccount) MailAccountRow {
	row := MailAccountRow{Name: a.Name, URL: "/admin/mail/accounts/" + strconv.FormatInt(int64(a.ID), 10), Mailbox: a.User + ", " + a.Server,
		Queue: a.Queue, Said: a.Said, Disabled: a.Disabled, Late: late(a, h.svc.Now())}
	if !a.At.IsZero() {
		row.At = web.ReaderOf(r).In(a.At)
	}
	return row
}

// accountForm are the settings of a mailbox. Its secrets are never shown.
func (h handler) accountForm(r *http.Request, a *desk.MailAccount, action string) (*PlaceForm, error) {
	queues, err := h.svc.Queues(r.Context(), web.Actor(r), desk.SeeQueue)
	if err != nil {
		return nil, err
	}
	var names []web.Option
	known := a.Queue == ""
	for _, q := range queues {
		known = known || q.Name == a.Queue
		names = append(names, web.Option{Value: q.Name, Label: web.Plain(q.Name), Selected: q.Name == a.Queue})
	}
	if !known {
		names = append(names, web.Option{Value: a.Queue, Label: web.Plain(a.Queue), Selected: true})
	}
	f := &PlaceForm{Action: action}
	name := input("name", a.Name, "col.name")
	name.Field.Required = true
	if a.Name != "" {
		name.Field.Readonly = true
	}
	server := input("server", a.Server, "mail.account.server")
	server.Field.Required, server.Help = true, web.T("mail.account.server.help")
	user := input("user", a.User, "mail.account.user")
	user.Field.Required = true
	secret := input("secret", "", "mail.account.secret")
	secret.Field.Kind, secret.Field.Autocomplete = "password", "new-password"
	if a.Name != "" {
		secret.Help = web.T("mail.account.secret.help")
	}
	move := input("move_to", a.MoveTo, "mail.account.move")
	move.Help = web.T("mail.account.move.help")
	minutes := input("minutes", strconv.Itoa(a.Minutes), "mail.account.minutes")
	minutes.Field.Kind = "number"
	token, client := input("token_url", a.TokenURL, "mail.account.token"), input("client_id", a.ClientID, "mail.account.client")
	token.Help = web.T("mail.account.token.help")
	clientSecret := input("client_secret", "", "mail.account.client.secret")
	clientSecret.Field.Kind, clientSecret.Field.Autocomplete = "password", "new-password"
	f.Fields = append(f.Fields, name, server,
		choose("security", "mail.account.security", options(a.Security, "tls", "mail.security.tls", "starttls", "mail.security.starttls", "off", "mail.security.off")),
		user, secret, input("mailbox", a.Mailbox, "mail.account.folder"), choose("queue", "col.queue", names),
		choose("action", "mail.account.action", options(string(a.Action), "correspond", "mail.action.correspond", "comment", "mail.action.comment")),
		move, minutes, token, client, clientSecret,
		choose("disabled", "mail.account.fetch", options(map[bool]string{true: "yes", false: "no"}[a.Disabled], "no", "mail.account.on", "yes", "mail.account.off")))
	return f, nil
}

func readAccount(r *http.Request) (desk.MailAccount, error) {
	text := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	a := desk.MailAccount{Name: text("name"), Server: text("server"), Security: text("security"), User: text("user"), Mailbox: text("mailbox"),
		Queue: text("queue"), Action: desk.MailAction(text("action")), MoveTo: text("move_to"), TokenURL: text("token_url"), ClientID: text("client_id"),
		ClientSecret: r.PostFormValue("client_secret"), Disabled: text("disabled") == "yes"}
	if a.TokenURL != "" {
		a.RefreshToken = r.PostFormValue("secret")
	} else {
		a.Password = r.PostFormValue("secret")
	}
	var err error
	if a.Minutes, err = strconv.Atoi(text("minutes")); err != nil {
		return a, desk.InvalidFields(map[string]string{"minutes": "Give a number of minutes up to a day."})
	}
	return a, nil
}

// saveMailAccount adds a mailbox.
func (h handler) saveMailAccount(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, err := h.mailAccountsPage(r)
	if err != nil {
		return err
	}
	a, err := readAccount(r)
	if err == nil {
		for _, row := range page.Rows {
			if desk.Fold(row.Name) == desk.Fold(a.Name) {
				err = desk.InvalidFields(map[string]string{"name": "There is an account of this name already; choose it in the list to change it."})
			}
		}
	}
	if err == nil {
		err = h.svc.SaveMailAccount(r.Context(), web.Actor(r), a)
	}
	if err != nil {
		page.New.refuse(r, err)
		return h.showRefused(w, r, page.View(), err)
	}
	return h.done(w, r, "/admin/mail/accounts", web.T("mail.account.saved", a.Name))
}

// theAccount returns the page about the mailbox of the path.
func (h handler) theAccount(r *http.Request) (*MailAccountPage, *desk.MailAccount, error) {
	f, err := h.mailFrame(r, "mail.accounts")
	if err != nil {
		return nil, nil, err
	}
	id, err := web.ID[desk.MailAccountID](r, "id")
	if err != nil {
		return nil, nil, err
	}
	list, err := h.svc.MailAccounts(r.Context(), web.Actor(r))
	if err != nil {
		return nil, nil, err
	}
	for i := range list {
		if a := &list[i]; a.ID == id {
			page := &MailAccountPage{Nav: f.nav, Row: h.accountRow(r, a)}
			page.Form, err = h.accountForm(r, a, page.Row.URL+"/save")
			return page, a, err
		}
	}
	return nil, nil, desk.Errorf(desk.NotFound, "There is no such mail account.")
}

func (h handler) mailAccount(w http.ResponseWriter, r *http.Request) error {
	page, _, err := h.theAccount(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

// workMailAccount changes a mailbox, tries it, or forgets it when it was asked
// twice.
func (h handler) workMailAccount(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, a, err := h.theAccount(r)
	if err != nil {
		return err
	}
	switch r.PathValue("do") {
	case "save":
		return h.changeMailAccount(w, r, page, a)
	case "test":
		letters, err := h.svc.TryMailAccount(r.Context(), web.Actor(r), a.Name)
		return h.contacted(w, r, page.Row.URL, err, web.T("mail.account.works", letters))
	case "remove":
		if r.PostFormValue("sure") == "" {
			page.Sure = true
			return h.site.Show(w, r, page.View())
		}
		if err := h.svc.RemoveMailAccount(r.Context(), web.Actor(r), a.Name); err != nil {
			return err
		}
		return h.done(w, r, "/admin/mail/accounts", web.T("mail.account.removed", a.Name))
	}
	return desk.Errorf(desk.NotFound, "There is no such page.")
}

func (h handler) changeMailAccount(w http.ResponseWriter, r *http.Request, page *MailAccountPage, a *desk.MailAccount) error {
	changed, err := readAccount(r)
	changed.Name = a.Name
	if err == nil {
		err = h.svc.SaveMailAccount(r.Context(), web.Actor(r), changed)
	}
	if err != nil {
		page.Form.refuse(r, err)
		return h.showRefused(w, r, page.View(), err)
	}
	return h.done(w, r, page.Row.URL, web.T("admin.done.saved"))
}
