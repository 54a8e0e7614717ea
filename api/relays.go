package api

import (
	"context"
	"time"

	"gatehouse/desk"
)

func (h *handler) relayRoutes() []route {
	return []route{
		shows(h, what{"listMailRelays", "GET /mail-relays", "AdminMail", "Mail servers that take the desk's letters, in the order in which they are tried, without secrets"}, h.listMailRelays),
		does(h, what{"saveMailRelay", "PUT /mail-relays/{name}", "AdminMail", "Add a relay or change it"}, h.saveMailRelay),
		does(h, what{"removeMailRelay", "DELETE /mail-relays/{name}", "AdminMail", "Send by a relay no longer"}, h.removeMailRelay),
		does(h, what{"testMailRelay", "POST /mail-relays/{name}/test", "AdminMail", "Connect to a relay and sign in"}, h.testMailRelay),
	}
}

// A MailRelay is a mail server that takes the desk's letters.
type MailRelay struct {
	Name     string     `json:"name"`
	Server   string     `json:"server"`
	Security string     `json:"security"`
	User     string     `json:"user,omitempty"`
	Place    int        `json:"place"`
	Disabled bool       `json:"disabled"`
	Said     string     `json:"said,omitempty" doc:"Why it takes no letters."`
	At       *time.Time `json:"at,omitempty" doc:"When it was last asked."`
}

func (h *handler) listMailRelays(ctx context.Context, by caller, _ *Nothing) (Page[MailRelay], error) {
	list, err := h.desk.MailRelays(ctx, by.Actor)
	return pageOf(list, func(r desk.MailRelay) MailRelay {
		return MailRelay{r.Name, r.Server, r.Security, r.User, r.Place, r.Disabled, r.Said, moment(r.At)}
	}), err
}

// A RelayName names a relay.
type RelayName struct {
	Name string `path:"name" maxLength:"200"`
}

type saveRelayInput struct {
	RelayName
	Body struct {
		Server   string `json:"server" doc:"With its port: mail.example.org:587."`
		Security string `json:"security,omitempty" enum:"starttls,tls,off"`
		User     string `json:"user,omitempty"`
		Password string `json:"password,omitempty" doc:"Left out: the one that is there stays, while server and user do."`
		Place    int    `json:"place,omitempty" doc:"The lowest is tried first."`
		Disabled bool   `json:"disabled,omitempty"`
	}
}

func (h *handler) saveMailRelay(ctx context.Context, by caller, in *saveRelayInput) error {
	b := in.Body
	return h.desk.SaveMailRelay(ctx, by.Actor, desk.MailRelay{Name: in.Name, Server: b.Server, Security: b.Security, User: b.User, Password: b.Password,
		Place: b.Place, Disabled: b.Disabled})
}

func (h *handler) removeMailRelay(ctx context.Context, by caller, in *RelayName) error {
	return h.desk.RemoveMailRelay(ctx, by.Actor, in.Name)
}

func (h *handler) testMailRelay(ctx context.Context, by caller, in *RelayName) error {
	return h.desk.TryMailRelay(ctx, by.Actor, in.Name)
}
