package webtest_test

import (
	"fmt"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/sla"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// An office is something that is administered, by the rights of which each set
// is enough, and the doors by which one comes to it: a page or its form, a
// request, a command. Of what only shows, shows is what it shows; quiet leaves
// no line in the audit log. Beside are rights that some door asks besides, to
// see what it is about: they are held with each set.
type office struct {
	name   string
	needs  []string
	beside string
	doors  map[string]string
	shows  string
	quiet  bool
}

// at makes the doors of an office: page, API and command line, "" where there
// is none.
func at(page, api, cli string) map[string]string {
	doors := map[string]string{}
	for door, how := range map[string]string{"page": page, "api": api, "cli": cli} {
		if how != "" {
			doors[door] = how
		}
	}
	return doors
}

// offices is the table of what is administered.
func offices() []office {
	var all []office
	for _, list := range [][]office{people(), companies(), groups(), queues(), fields(), grants(), works(), letters(), oneself()} {
		all = append(all, list...)
	}
	return all
}

func people() []office {
	const users, base = "AdminUsers", "/admin/users"
	return []office{
		{name: "make a user", needs: []string{users}, doors: at(base+"?login=n{n}&kind=contact", `POST /users {"login": "n{n}", "kind": "contact"}`, "user add n{n} --contact")},
		{name: "change a user", needs: []string{users}, doors: at(base+"/{user}?*&name=N{n}", `PATCH /users/{user} {"name": "N{n}"}`, "user set {user!} --name N{n}")},
		{name: "disable a user", needs: []string{users}, doors: at(base+"/{user}/{=disable}?x=1", `PATCH /users/{user} {"disabled": true}`, "user disable {user!}")},
		{name: "merge users", needs: []string{users}, doors: at(base+"/{user}/merge?into={person!}", `POST /users/{user}/merge {"into": {person}, "previewed": true}`, "user merge {user!} {person!} --seen")},
		{name: "reset factors", needs: []string{users}, doors: at(base+"/{user}/factors/reset?x=1", "", "")},
		{name: "fill in a user", needs: []string{"AdminUsers SeeCustomField ModifyCustomField"}, doors: at(base+"/{user}/fields?field-{badge}=x{n}&was-{badge}=%5B%5D", `PATCH /users/{user}/fields {"values": {"{badge!}": ["x"]}}`, "field put user:{user!} {badge!} x")},
		{name: "erase a user", needs: []string{"SuperUser"}, doors: at(base+"/{user}/erase?typed={user!}", `POST /users/{user}/erase {}`, "user erase {user!} --sure")},
	}
}

func companies() []office {
	const base = "/admin/customers"
	tends, admits := []string{"ModifyCustomer", "AdminCustomers"}, []string{"AdminCustomer", "AdminCustomers"}
	return []office{
		{name: "see a customer", needs: []string{"SeeCustomer", "ModifyCustomer", "AdminCustomer", "AdminCustomers"}, shows: "made", doors: at(base+"/{customer}", "GET /customers/{customer}", "customer show {customer!}")},
		{name: "make a customer", needs: []string{"AdminCustomers"}, doors: at(base+"?key=c{n}&name=C{n}", `POST /customers {"key": "c{n}", "name": "C{n}"}`, "customer add c{n} --name C{n}")},
		{name: "change a customer", needs: tends, doors: at(base+"/{customer}?*&name=N{n}", `PATCH /customers/{customer} {"name": "N{n}"}`, "customer set {customer!} --name N{n}")},
		{name: "disable a customer", needs: []string{"AdminCustomers"}, doors: at(base+"/{customer}/{=disable}?x=1", `PATCH /customers/{customer} {"disabled": true}`, "customer disable {customer!}")},
		{name: "add a contact", needs: admits, doors: at(base+"/{customer}/members?who={user!}&part=reader", `POST /customers/{customer}/members {"member": {user}, "part": "reader"}`, "")},
		{name: "change a part", needs: admits, doors: at(base+"/{customer}/parts?member={contact}&part=manager", `PATCH /customers/{customer}/members/{contact} {"part": "manager"}`, "")},
		{name: "remove a contact", needs: admits, doors: at(base+"/{customer}/members/remove?member={contact}", "DELETE /customers/{customer}/members/{contact}", "")},
		{name: "fill in a customer", needs: []string{"ModifyCustomer SeeCustomField ModifyCustomField", "AdminCustomers SeeCustomField ModifyCustomField"},
			doors: at(base+"/{customer}/fields?field-{region}=x{n}&was-{region}=%5B%5D", `PATCH /customers/{customer}/fields {"values": {"{region!}": ["x"]}}`, "field put customer:{customer!} {region!} x")},
		{name: "erase a customer", needs: []string{"SuperUser"}, doors: at(base+"/{customer}/erase?typed={customer!}", `POST /customers/{customer}/erase {}`, "customer erase {customer!} --sure")},
	}
}

func groups() []office {
	const base = "/admin/groups"
	return []office{
		{name: "see a group", needs: []string{"SeeGroup", "AdminGroup", "AdminGroupMembership"}, shows: "made", doors: at(base+"/{group}", "GET /groups/{group}", "group show {group!}")},
		{name: "make a group", needs: []string{"AdminGroup"}, doors: at(base+"?name=G{n}", `POST /groups {"name": "G{n}"}`, "group add G{n}")},
		{name: "change a group", needs: []string{"AdminGroup"}, doors: at(base+"/{group}?*&about=A{n}", `PATCH /groups/{group} {"description": "A{n}"}`, "group set {group!} --description A{n}")},
		{name: "disable a group", needs: []string{"AdminGroup"}, doors: at(base+"/{group}/{=disable}?x=1", `PATCH /groups/{group} {"disabled": true}`, "group disable {group!}")},
		{name: "add a member", needs: []string{"AdminGroupMembership"}, doors: at(base+"/{group}/members?who={user!}", `POST /groups/{group}/members {"member": {user}}`, "")},
		{name: "remove a member", needs: []string{"AdminGroupMembership"}, doors: at(base+"/{group}/members/remove?member={member}", "DELETE /groups/{group}/members/{member}", "")},
		{name: "join a group", needs: []string{"ModifyOwnMembership", "AdminGroupMembership"}, doors: at("", `POST /groups/{group}/members {"member": {me}}`, "")},
		{name: "make a group of one's own", needs: []string{"AdminOwnPersonalGroups", "AdminAllPersonalGroups"}, doors: at("/agent/personal-groups?name=P{n}", `POST /groups {"name": "P{n}", "personal": {me}}`, "group add P{n} --personal {me!}")},
		{name: "make a group of another's", needs: []string{"AdminAllPersonalGroups"}, doors: at("", `POST /groups {"name": "P{n}", "personal": {agent}}`, "")},
	}
}

func queues() []office {
	const admin, see, base = "AdminQueue", "SeeQueue", "/admin/queues"
	return []office{
		{name: "make a queue", needs: []string{"AdminQueue"}, doors: at(base+"?name=Q{n}", `POST /queues {"name": "Q{n}"}`, "queue add Q{n}")},
		{name: "change a queue", needs: []string{admin}, beside: see, doors: at(base+"/{queue}?*&about=A{n}", `PATCH /queues/{queue} {"description": "A{n}"}`, "queue set {queue!} --description A{n}")},
		{name: "disable a queue", needs: []string{admin}, beside: see, doors: at(base+"/{queue}/{=disable}?x=1", `PATCH /queues/{queue} {"disabled": true}`, "queue disable {queue!}")},
		{name: "add a watcher", needs: []string{"ModifyQueueWatchers"}, beside: see, doors: at(base+"/{queue}/watchers?who={agent!}&role=3", `POST /queues/{queue}/watchers {"role": "AdminCc", "who": {agent}}`, "")},
		{name: "remove a watcher", needs: []string{"ModifyQueueWatchers"}, beside: see, doors: at(base+"/{queue}/watchers/remove?watcher=3+{watcher}", "DELETE /queues/{queue}/watchers/AdminCc/{watcher}", "")},
		{name: "keep tickets so long", needs: []string{"AdminQueue DeleteTicket"}, beside: see, doors: at(base+"/{queue}/keep?days=400&sure=1", `PUT /queues/{queue}/retention {"days": 400}`, "queue keep {queue!} 400 --sure")},
		{name: "give a form", needs: []string{admin}, beside: see, doors: at(base+"/{queue}/form?intro=I{n}", "", "")},
		{name: "give a life cycle", needs: []string{admin}, beside: "SeeQueue ShowConfigTab", doors: at(base+"/{queue}/life-cycle?cycle={cycle}", "", "")},
		{name: "take a change back", needs: []string{"ModifyQueueWatchers"}, doors: at("/admin/changes/{change}/take-back?to=/admin/", "POST /changes/{change}/take-back", "access take-back {change}")},
		{name: "set up a blueprint", needs: []string{"AdminQueue ModifyACL"}, doors: at("/admin/blueprints/{=helpers}?do=look&queue=B{n}", "", ""), quiet: true},
	}
}

func fields() []office {
	const base, admin = "/admin/fields", "AdminCustomField"
	return []office{
		{name: "make a field", needs: []string{admin}, doors: at(base+"?of=ticket&name=F{n}&kind=text", `POST /fields {"of": "ticket", "name": "F{n}", "kind": "text"}`, "field add F{n} --kind text")},
		{name: "change a field", needs: []string{admin}, doors: at(base+"/{field}?*&hint=H{n}&name=F{n}", `PATCH /fields/{field} {"description": "D{n}"}`, "field set {field!} --description D{n}")},
		{name: "disable a field", needs: []string{admin}, doors: at(base+"/{field}/{=disable}?x=1", `PATCH /fields/{field} {"disabled": true}`, "field disable {field!}")},
		{name: "order fields", needs: []string{admin}, doors: at(base+"/order?order={badge}+{field}", "", "")},
		{name: "give a queue a field", needs: []string{"AssignCustomFields"}, beside: "AdminCustomField SeeQueue", doors: at("", "PUT /queues/{queue}/fields/{scattered}", "")},
	}
}

func grants() []office {
	both := []string{"ModifyACL AdminGroup"}
	return []office{
		{name: "see grants", needs: []string{"ShowACL", "ModifyACL"}, shows: "oot", doors: at("/admin/grants", "GET /grants", "grant list")},
		{name: "grant", needs: []string{"ModifyACL"}, doors: at("/admin/grants?who={agent!}&what=ShowTicket&where=system&do=save", `POST /grants {"who": {agent}, "right": "ShowTicket", "place": {"kind": "system"}}`, "grant add {agent!} ShowTicket system")},
		{name: "revoke", needs: []string{"ModifyACL"}, doors: at("/admin/grants/{grant}/revoke?x=1", "DELETE /grants/{grant}", "grant revoke --id {grant}")},
		{name: "make a permission", needs: both, doors: at("/admin/permissions?name=p{n}&agents=SetPriority", `POST /permissions {"name": "p{n}", "agents": ["SetPriority"]}`, "permission add p{n} --agents SetPriority")},
		{name: "change a permission", needs: both, doors: at("/admin/permissions/{permission}?*&agents=SetPriority", `PATCH /permissions/{permission} {"agents": ["SetPriority"]}`, "permission set {permission!} --agents SetPriority")},
		{name: "choose default groups", needs: []string{"AdminGroup"}, doors: at("/admin/default-groups/{=contacts}?*=/admin/default-groups&add={group!}&add-level=ro", `PUT /default-groups/contacts {"groups": [{"group": {group}, "permission": "ro"}]}`, "")},
		{name: "relate", needs: []string{"AdminGroup"}, doors: at("/admin/relations/{=agent-group}/{=right}/{group}?do=save&was.{agent}=&b.{agent}=rw", "", "")},
		{name: "turn a switch", needs: []string{"AdminSettings ModifyACL"}, beside: "ShowConfigTab", doors: at("/admin/switches/{=company}?on={off!}", `POST /access/switches {"switch": "company_tickets", "on": {off}}`, "")},
		{name: "read the audit log", needs: []string{"ShowAudit"}, shows: "grant", doors: at("/admin/audit", "GET /audit", "audit")},
		{name: "check the audit log", needs: []string{"ShowAudit"}, quiet: true, doors: at("/admin/audit/check?to=/admin/audit", "POST /audit/check", "")},
	}
}

// works are rules, clocks and the like.
func works() []office {
	const rule = "name=R{n}&on=created&stage=normal&priority=5&enabled=1&do=save"
	rules, clocks, see := []string{"ModifyScrips"}, []string{"AdminSettings"}, "ShowScrips"
	writes := []string{"ModifyScrips ShowTicket SetPriority", "ModifyScrips ShowTicket ModifyTicket"}
	return []office{
		{name: "see rules", needs: []string{"ShowScrips"}, shows: "made", doors: at("/admin/rules/{rule}", "", "rule show {rule}")},
		{name: "make a rule", needs: writes, beside: see, doors: at("/admin/rules?"+rule, "", "rule add R{n} --on created --set-priority 5")},
		{name: "change a rule", needs: writes, beside: see, doors: at("/admin/rules/{rule}?version=1&"+rule, "", "")},
		{name: "disable a rule", needs: rules, beside: see, doors: at("/admin/rules/{rule}/{=disable}?x=1", "", "rule disable {rule}")},
		{name: "see clocks", needs: []string{"ShowConfigTab"}, shows: "", doors: at("/admin/clocks", "GET /agreements", "clock calendars"), quiet: true},
		{name: "make a calendar", needs: clocks, beside: "ShowConfigTab", doors: at("/admin/clocks/calendars/{=new}?name=K{n}&mon=9-17", "", "")},
		{name: "make an agreement", needs: clocks, beside: "ShowConfigTab", doors: at("/admin/clocks/agreements/{=new}?name=A{n}&calendar={calendar}&first_response=2h&warn=75", "", "clock agree A{n} --first 2h")},
		{name: "assign an agreement", needs: clocks, beside: "ShowConfigTab", doors: at("/admin/clocks?agreement={agreement}&queue={queue}", "", "")},
		{name: "make a life cycle", needs: clocks, beside: "ShowConfigTab", doors: at("/admin/life-cycles/{=new}?*&name=L{n}&do=save", "", "")},
		{name: "name the desk", needs: []string{"AdminSettings"}, beside: "ShowConfigTab", doors: at("/admin/settings/{=desk}?*=/admin/settings&desk_name=Desk+{n}", "", "setting set desk_name D{n}")},
		{name: "make a role", needs: []string{"AdminRoles"}, doors: at("/admin/roles?name=R{n}", `POST /roles {"name": "R{n}", "everywhere": true}`, "role add R{n}")},
		{name: "add a directory", needs: []string{"AdminSettings AdminUsers AdminCustomers"}, doors: at("/admin/directories?"+sqlDirectory+"&name=D{n}", "", "")},
		{name: "change a directory", needs: []string{"AdminSettings AdminUsers AdminCustomers"}, doors: at("/admin/directories/{directory}?*&name=D{n}", "", "")},
		{name: "disable a directory", needs: []string{"AdminSettings AdminUsers AdminCustomers"}, doors: at("/admin/directories/{directory}/{=disable}?x=1", `PATCH /directories/{directory} {"disabled": true}`, "")},
		{name: "read a directory", needs: []string{"AdminSettings AdminUsers AdminCustomers"}, quiet: true, doors: at("/admin/directories/{directory}/sync?x=1", "POST /directories/{directory}/sync {}", "")},
	}
}

const (
	sqlDirectory = "kind=sql&config-driver=sqlite&config-table=people&config-id=nr&config-login=login&secret=/tmp/people.db&place=1&every=1h0m0s&keep=0s&max_loss=50"
	mailbox      = "server=imap.example.org:993&security=tls&user=desk&secret=Sesame7&mailbox=INBOX&queue={queue!}&action=correspond&minutes=5&disabled=no"
	relay        = "server=mail.example.org:587&security=starttls&user=desk&secret=Sesame7&place=10&disabled=no"
)

func letters() []office {
	post := []string{"AdminMail"}
	return []office{
		{name: "see templates", needs: []string{"ShowTemplate"}, shows: "eply", doors: at("/admin/mail/letters", "GET /letter-templates", "mail template list")},
		{name: "write a template", needs: []string{"ModifyTemplate"}, beside: "ShowTemplate", doors: at("/admin/mail/letters/{=reply}?*&do=save&text=T{n}", `PUT /letter-templates/reply {"text": "T{n}"}`, "mail template set reply --text T{n}")},
		{name: "add a mailbox", needs: post, doors: at("/admin/mail/accounts?name=M{n}&"+mailbox, `PUT /mail-accounts/M{n} {"server": "imap.example.org:993", "user": "desk", "password": "x", "queue": "{queue!}"}`, "mail account set M{n} --server imap.example.org:993 --user desk --queue {queue!}")},
		{name: "change a mailbox", needs: post, doors: at("/admin/mail/accounts/{account}/{=remove}?sure=1", "", "")},
		{name: "add a relay", needs: post, doors: at("/admin/mail/relays?name=M{n}&"+relay, `PUT /mail-relays/M{n} {"server": "mail.example.org:587"}`, "mail relay set M{n} --server mail.example.org:587")},
		{name: "change a relay", needs: post, doors: at("/admin/mail/relays/{relay}/{=remove}?sure=1", "", "")},
		{name: "say what letters may do", needs: post, doors: at("/admin/mail/rules/{=0}?*&follow_up_after={n}", `PUT /mail-policy {"follow_up_after": {n}}`, "mail policy --follow-up-after {n}")},
		{name: "see the outbox", needs: post, shows: "", quiet: true, doors: at("/admin/outbox", "GET /outbox", "post out")},
		{name: "try a letter again", needs: post, doors: at("/admin/outbox/{failed}/retry?x=1", "POST /outbox/{failed}/retry", "post retry {failed}"), quiet: true},
		{name: "look at a letter again", needs: post, doors: at("/admin/spool/{refused}/retry?x=1", "POST /spool/{refused}/retry", "post reread {refused}"), quiet: true},
	}
}

// oneself is what people keep for themselves.
func oneself() []office {
	return []office{
		{name: "change oneself", needs: []string{"ModifySelf"}, doors: at("", `PATCH /me {"name": "Me{n}"}`, ""), quiet: true},
		{name: "make a token", needs: []string{"ManageAuthTokens"}, doors: at("/account/tokens?name=t{n}&days=30", "", "token create {me!} --name T{n}"), quiet: true},
		{name: "pass a right on", needs: []string{"DelegateRights ShowTicket"}, doors: at("", `POST /delegations {"source": {held}, "to": {agent}}`, "")},
		{name: "save a view", needs: []string{"EditSavedSearches"}, doors: at("/agent/views?name=V{n}&for=desk&address=status%3Dnew", "", ""), quiet: true},
		{name: "use views of all", needs: []string{"ShowSavedSearches"}, doors: at("/agent/tickets", "", ""), shows: "view of all"},
		{name: "make a dashboard", needs: []string{"ModifyDashboard"}, doors: at("/agent/dashboards?name=D{n}&for=desk", "", ""), quiet: true},
		{name: "see dashboards", needs: []string{"SeeDashboard"}, doors: at("/agent/dashboards/{board}", "", ""), shows: "made"},
		{name: "get a dashboard by mail", needs: []string{"SeeDashboard SubscribeDashboard"}, doors: at("/agent/dashboards/{board}/{=subscribe}?every=daily&hour=8", "", ""), quiet: true},
	}
}

// unplayed are the doors below /admin that are not in the table, by where else
// they are tried.
var unplayed = map[string]string{
	"POST /admin/import": "takes a file; web/admin's TestImportByPages and TestImportIsOnesOwn", "POST /admin/import/{id}": "as the file before it",
	"POST /admin/directories/test": "reaches out; web/admin's TestDirectoryByPages", "POST /admin/directories/{id}/test": "as the one before it",
	"POST /admin/first/letter":            "a letter to oneself; service's TestFirstSteps",
	"POST /admin/first/{step}":            "puts off what only a superuser is told of; web/admin's TestSettingsPage",
	"POST /admin/roles/{id}":              "asks AdminRoles; web/admin's TestRolesPage",
	"POST /admin/roles/{id}/{switch}":     "as the one before it",
	"POST /admin/users/{id}/sign-ins/end": "a session or a token of another; web/admin's TestEndingSignIns",
	"POST /admin/runs/{id}/again":         "a run that failed; asks what changing its rule asks",
	"POST /admin/customers/{id}/admit":    "somebody who waits; service's TestWhoWaitsSeesNothing",
	"POST /admin/spool/{id}/ticket":       "asks AdminMail, and CreateTicket where it goes; web/admin's TestWhoLooksAfterLetters",
	"POST /admin/mail/paused":             "an address that bounced; web/admin's TestWhoLooksAfterLetters",
}

// makers make what stands for a word in braces, called name.
func (b *bureau) makers() map[string]func(name string) int64 {
	ctx, t := b.t.Context(), b.t
	user := func(kind desk.UserKind) func(string) int64 {
		return func(name string) int64 { return int64(b.User(name, "else.example", kind)) }
	}
	of := func(word string) int64 {
		var id int64
		if _, err := fmt.Sscan(b.filled("{"+word+"}"), &id); err != nil {
			t.Fatal(err)
		}
		return id
	}
	joins := func(group string) func(string) int64 {
		return func(name string) int64 {
			id := b.User(name, "else.example", desk.Contact)
			m := desk.Membership{Group: desk.PrincipalID(of(group)), Member: desk.PrincipalID(id)}
			if group == "customer" {
				m.Part = desk.PartReader
			}
			b.OK(b.AddMember(ctx, b.Sys, m))
			return int64(id)
		}
	}
	field := func(what desk.FieldOf, everywhere bool) func(string) int64 {
		return func(name string) int64 {
			return int64(webtest.Must(b.CreateField(ctx, b.Sys, desk.Field{Of: what, Name: name, Kind: desk.TextField, Everywhere: everywhere}))(t))
		}
	}
	made := map[string]func(string) int64{
		"user": user(desk.Contact), "person": user(desk.Contact), "agent": user(desk.Agent), "contact": joins("customer"), "member": joins("group"),
		"group":    func(name string) int64 { return int64(b.Group(name)) },
		"customer": func(name string) int64 { return int64(b.Customer(name, strings.ToUpper(name[:1])+name[1:]+" made")) },
		"queue":    func(name string) int64 { return int64(b.MakeQueue(name)) },
		"badge":    field(desk.OfUsers, true), "region": field(desk.OfCustomers, true), "field": field(desk.OfTickets, true), "scattered": field(desk.OfTickets, false),
		"watcher": func(name string) int64 {
			id := b.User(name, "else.example", desk.Agent)
			b.OK(b.AddQueueWatcher(ctx, b.Sys, desk.Watcher{Queue: desk.QueueID(of("queue")), Role: desk.AdminCc, Who: desk.PrincipalID(id)}))
			return int64(id)
		},
		"change": func(string) int64 {
			of("watcher")
			return int64(webtest.Must(b.Changes(ctx, b.Sys, 1))(t)[0].ID)
		},
		"grant": func(string) int64 {
			return int64(webtest.Must(b.Grant(ctx, b.Sys, desk.Grant{Who: desk.PrincipalID(of("agent")), Right: desk.ShowTicket, Place: desk.OnSystem()}))(t))
		},
		"held": func(string) int64 { return int64(b.given[b.made["me!"]][desk.ShowTicket]) },
		"permission": func(name string) int64 {
			return int64(webtest.Must(b.CreatePermission(ctx, b.Sys, desk.Permission{Name: name, Agents: desk.RightsOf(desk.ShowTicket)}))(t))
		},
	}
	return b.moreMakers(made)
}

// moreMakers adds those of work and letters.
func (b *bureau) moreMakers(made map[string]func(string) int64) map[string]func(string) int64 {
	ctx, t := b.t.Context(), b.t
	made["rule"] = func(name string) int64 {
		return int64(webtest.Must(b.SaveRule(ctx, b.Sys, service.WrittenRule{Name: name, On: []string{"created"}, Stage: "normal", Priority: "5", Enabled: true}))(t))
	}
	made["calendar"] = func(name string) int64 {
		return int64(webtest.Must(b.SaveCalendar(ctx, b.Sys, sla.Calendar{Name: name, Week: [7][]sla.Span{1: {{From: 0, To: 60}}}}))(t))
	}
	made["directory"] = func(name string) int64 {
		return int64(webtest.Must(b.SaveDirectory(ctx, b.Sys, desk.Directory{Name: name, Kind: "ldap", Config: `{"url": "ldaps://127.0.0.1:636", "base": "dc=x"}`}))(t))
	}
	made["account"] = func(name string) int64 {
		b.OK(b.SaveMailAccount(ctx, b.Sys, desk.MailAccount{Name: name, Server: "imap.example.org:993", User: "x", Password: "y", Queue: strings.Trim(b.filled("{queue!}"), " ")}))
		list := webtest.Must(b.MailAccounts(ctx, b.Sys))(t)
		return int64(list[len(list)-1].ID)
	}
	made["relay"] = func(name string) int64 {
		b.OK(b.SaveMailRelay(ctx, b.Sys, desk.MailRelay{Name: name, Server: "mail.example.org:587", Place: 10}))
		list := webtest.Must(b.MailRelays(ctx, b.Sys))(t)
		return int64(list[len(list)-1].ID)
	}
	made["agreement"] = func(name string) int64 {
		return int64(webtest.Must(b.SaveAgreement(ctx, b.Sys, sla.Agreement{Name: name, Targets: map[sla.Kind]time.Duration{sla.FirstResponse: time.Hour}}))(t))
	}
	made["cycle"] = func(name string) int64 {
		cycle := *desk.ShippedLifeCycle()
		cycle.ID, cycle.Name = 0, name
		return int64(webtest.Must(b.SaveLifeCycle(ctx, b.Sys, service.LifeCycleChange{Cycle: cycle}))(t).ID)
	}
	made["board"] = func(name string) int64 {
		board := desk.Dashboard{Name: name, Parts: []desk.DashboardPart{{Report: desk.TicketReport{Title: "x", By: []desk.Grouping{desk.ByQueue}}}}}
		return int64(webtest.Must(b.SaveDashboard(ctx, b.Sys, board))(t))
	}
	made["off"] = func(string) int64 { // after it was turned on
		webtest.Must(b.SetSwitch(ctx, b.Sys, service.SwitchChange{Setting: service.SettingCompanyTickets, On: true}))(t)
		b.made["off"], b.made["off!"] = "false", "no"
		return 0
	}
	made["failed"] = func(string) int64 {
		id := webtest.Must(b.OpenTicket(ctx, b.Sys, service.NewTicket{Queue: b.MakeQueue(fmt.Sprint("failing", b.n)), Subject: "x", Text: "x"}))(t)
		job := webtest.Must(b.ClaimJob(ctx, b.Sys, service.JobNotify))(t)
		b.OK(b.QueueLetters(ctx, b.Sys, job.ID, []desk.Outgoing{{Ticket: id, Address: "x@else.example", Subject: "x", Body: "x"}}))
		list, _, err := b.Outbox(ctx, b.Sys, service.OutFilter{})
		b.OK(err)
		b.OK(b.LetterFailed(ctx, b.Sys, list[0].ID, true, "no such mailbox"))
		return int64(list[0].ID)
	}
	made["refused"] = func(name string) int64 {
		id := webtest.Must(b.SpoolMail(ctx, b.Sys, desk.Envelope{Recipient: "x@desk.example", Via: "pipe"}, []byte("Subject: "+name+"\n\nx")))(t)
		for range 20 {
			b.OK(b.SpoolFailed(ctx, b.Sys, id, "broken"))
		}
		return int64(id)
	}
	return made
}
