package api

import (
	"context"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) peopleRoutes() []route {
	return []route{
		shows(h, what{"me", "GET /me", "none", "Who you are"}, h.me),
		does(h, what{"changeMe", "PATCH /me", "ModifySelf", "Change your own name, language and time zone"}, h.changeMe),
		shows(h, what{"listUsers", "GET /users", "AdminUsers or AdminCustomers", "Users, by login"}, h.listUsers),
		makes(h, what{"createUser", "POST /users", "AdminUsers", "Make a user"}, "/users", h.createUser),
		shows(h, what{"getUser", "GET /users/{id}", "AdminUsers or AdminCustomers; none for yourself", "A user"}, h.getUser),
		does(h, what{"changeUser", "PATCH /users/{id}", "AdminUsers; SuperUser for a superuser", "Change, disable or enable a user"}, h.changeUser),
		does(h, what{"mergeUser", "POST /users/{id}/merge", "AdminUsers, and what moving his memberships asks", "Merge a user into another one"}, h.mergeUser),
		shows(h, what{"listGroupsOfUser", "GET /users/{id}/groups", "AdminUsers or AdminCustomers; none for yourself", "The groups and customers of a user"}, h.groupsOfUser),
	}
}

// A User is one person or program.
type User struct {
	ID          int64      `json:"id"`
	Login       string     `json:"login"`
	Name        string     `json:"name"`
	Kind        string     `json:"kind" enum:"agent,contact"`
	Disabled    bool       `json:"disabled"`
	Addresses   []string   `json:"addresses" nullable:"false" doc:"The primary one first."`
	Language    string     `json:"language,omitempty"`
	Zone        string     `json:"zone,omitempty"`
	OnlyPrimary bool       `json:"only_primary"`
	Created     *time.Time `json:"created,omitempty"`
}

func userOf(u desk.User) User {
	return User{int64(u.ID), u.Login, u.Name, u.Kind.String(), u.Disabled, append([]string{}, u.Addresses...), u.Language, u.Zone, u.OnlyPrimary, moment(u.Created)}
}

// A Self is who the token acts for.
type Self struct {
	User
	Admin     bool       `json:"admin" doc:"May see the administration pages."`
	Groups    []Member   `json:"groups" nullable:"false" doc:"The groups and customers of which you are a direct member."`
	Customers []Customer `json:"customers" nullable:"false" doc:"Those for which you can open tickets."`
	Queues    []Thing    `json:"queues" nullable:"false" doc:"Those in which you can open tickets."`
}

func (h *handler) me(ctx context.Context, by caller, _ *Nothing) (Self, error) {
	self := Self{User: userOf(by.user)}
	var err error
	if self.Admin, err = h.desk.Check(ctx, by.Actor, by.user.Login, desk.ShowConfigTab.String(), "system"); err != nil {
		return self, err
	}
	groups, err := h.desk.GroupsOf(ctx, by.Actor, by.User)
	if err != nil {
		return self, err
	}
	self.Groups = pageOf(groups, by.member).Items
	customers, err := h.desk.MyCustomers(ctx, by.Actor)
	if err != nil {
		return self, err
	}
	self.Customers = pageOf(customers, by.customer).Items
	queues, err := h.desk.Queues(ctx, by.Actor, desk.CreateTicket)
	self.Queues = pageOf(queues, func(q desk.Queue) Thing { return Thing{int64(q.ID), q.Name} }).Items
	return self, err
}

// A SelfPatch changes what one sets for oneself.
type SelfPatch struct {
	Name     *string `json:"name,omitempty" maxLength:"200"`
	Language *string `json:"language,omitempty" maxLength:"20"`
	Zone     *string `json:"zone,omitempty" maxLength:"100" doc:"An IANA time zone."`
}

func (h *handler) changeMe(ctx context.Context, by caller, in *struct{ Body SelfPatch }) error {
	p := service.Preferences{Name: by.user.Name, Language: by.user.Language, Zone: by.user.Zone}
	set(&p.Name, in.Body.Name)
	set(&p.Language, in.Body.Language)
	set(&p.Zone, in.Body.Zone)
	return h.desk.SetPreferences(ctx, by.Actor, p)
}

type listUsersInput struct {
	Paging
	Text     string `query:"text" maxLength:"200" doc:"In login, name or an address."`
	Kind     string `query:"kind" enum:"agent,contact"`
	Customer int64  `query:"customer" minimum:"1"`
	Disabled string `query:"disabled" enum:"true,false"`
}

// switched reads a switch that may be unset.
func switched(text string) *bool {
	if text == "" {
		return nil
	}
	on := text == "true"
	return &on
}

func (h *handler) listUsers(ctx context.Context, by caller, in *listUsersInput) (Page[User], error) {
	after, err := keyAfter("users", in.After)
	if err != nil {
		return Page[User]{}, err
	}
	kind, _ := desk.ParseUserKind(in.Kind)
	list, more, err := h.desk.Users(ctx, by.Actor, service.UserFilter{
		Text: in.Text, Kind: kind, Customer: desk.CustomerID(in.Customer), Disabled: switched(in.Disabled), After: after, Limit: in.Limit,
	})
	page := pageOf(list, userOf)
	if more {
		page.Next = link(by.url, "after", cursorOf("users", list[len(list)-1].Login))
	}
	return page, err
}

func (h *handler) getUser(ctx context.Context, by caller, in *Numbered) (User, error) {
	u, err := h.desk.User(ctx, by.Actor, desk.UserID(in.ID))
	if err != nil {
		return User{}, err
	}
	return userOf(*u), nil
}

// A UserInput is a user to be made.
type UserInput struct {
	Login       string   `json:"login" minLength:"1" maxLength:"200"`
	Name        string   `json:"name,omitempty" maxLength:"200"`
	Kind        string   `json:"kind" enum:"agent,contact"`
	Addresses   []string `json:"addresses,omitempty" maxItems:"50" doc:"The primary one first."`
	Language    string   `json:"language,omitempty" maxLength:"20"`
	Zone        string   `json:"zone,omitempty" maxLength:"100"`
	OnlyPrimary bool     `json:"only_primary,omitempty" doc:"Brings only his primary customer to new tickets."`
	Disabled    bool     `json:"disabled,omitempty"`
}

func (h *handler) createUser(ctx context.Context, by caller, in *struct{ Body UserInput }) (desk.UserID, error) {
	b := in.Body
	kind, _ := desk.ParseUserKind(b.Kind)
	return h.desk.CreateUser(ctx, by.Actor, desk.User{
		Login: b.Login, Name: b.Name, Kind: kind, Disabled: b.Disabled, Addresses: b.Addresses,
		Language: b.Language, Zone: b.Zone, OnlyPrimary: b.OnlyPrimary,
	})
}

// A UserPatch changes a user; what is absent stays.
type UserPatch struct {
	Login       *string   `json:"login,omitempty" minLength:"1" maxLength:"200"`
	Name        *string   `json:"name,omitempty" maxLength:"200"`
	Kind        *string   `json:"kind,omitempty" enum:"agent,contact"`
	Addresses   *[]string `json:"addresses,omitempty" maxItems:"50"`
	Language    *string   `json:"language,omitempty" maxLength:"20"`
	Zone        *string   `json:"zone,omitempty" maxLength:"100"`
	OnlyPrimary *bool     `json:"only_primary,omitempty"`
	Disabled    *bool     `json:"disabled,omitempty"`
}

type changeUserInput struct {
	Numbered
	Body UserPatch
}

func (h *handler) changeUser(ctx context.Context, by caller, in *changeUserInput) error {
	u, err := h.desk.User(ctx, by.Actor, desk.UserID(in.ID))
	if err != nil {
		return err
	}
	b := in.Body
	set(&u.Login, b.Login)
	set(&u.Name, b.Name)
	if b.Kind != nil {
		u.Kind, _ = desk.ParseUserKind(*b.Kind)
	}
	set(&u.Addresses, b.Addresses)
	set(&u.Language, b.Language)
	set(&u.Zone, b.Zone)
	set(&u.OnlyPrimary, b.OnlyPrimary)
	set(&u.Disabled, b.Disabled)
	return h.desk.UpdateUser(ctx, by.Actor, *u)
}

func (h *handler) groupsOfUser(ctx context.Context, by caller, in *Numbered) (Page[Member], error) {
	list, err := h.desk.GroupsOf(ctx, by.Actor, desk.UserID(in.ID))
	return pageOf(list, by.member), err
}

// A UserMergeBody says into whom a user is merged.
type UserMergeBody struct {
	Into      int64 `json:"into" minimum:"1" doc:"Who stays."`
	Previewed bool  `json:"previewed,omitempty" doc:"You know the effect: it is done also where he who stays gains by it."`
}

func (h *handler) mergeUser(ctx context.Context, by caller, in *struct {
	Numbered
	Body UserMergeBody
}) error {
	_, err := h.desk.MergeUsers(ctx, by.Actor, service.UserMerge{From: desk.UserID(in.ID), Into: desk.UserID(in.Body.Into), Previewed: in.Body.Previewed})
	return err
}
