package service_test

import (
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

// notAsked are the methods of Service that nobody in particular calls: facts
// of the program, and the ways of becoming somebody.
var notAsked = map[string]string{
	"Fresh": "the page to sign in shows it", "CheckFirst": "becoming somebody", "MakeFirst": "becoming somebody", "FirstKey": "only the system, while there is no superuser: TestFirstKey", "Language": "a fact", "Languages": "a fact", "Zone": "a fact",
	"Name": "a fact", "BaseURL": "a fact", "Domain": "a fact", "Now": "a fact", "CheckPassword": "a fact", "HoldFor": "a fact", "FollowChanges": "feeds ask for themselves", "Ready": "a fact",
	"SignIn": "becoming somebody", "SignInByLink": "becoming somebody", "SendSignInLink": "becoming somebody",
	"FollowReplica": "lists ask for themselves",
	"RateByLink":    "the token of a letter, which only its receiver has",
	"Unsubscribe":   "the token of a letter, which only its receiver has",
	"Resume":        "becoming somebody", "Peek": "becoming somebody", "ByToken": "becoming somebody", "SignOut": "ending it",
	"Step": "becoming somebody", "EnterByCode": "becoming somebody", "AskPasskey": "becoming somebody", "EnterByPasskey": "becoming somebody",
	"BeginAppToEnter": "becoming somebody", "AppSetupToEnter": "becoming somebody", "ConfirmAppToEnter": "becoming somebody",
	"BeginOutside": "becoming somebody", "EnterFrom": "becoming somebody", "Providers": "the page to sign in shows them", "PasskeysWork": "a fact",
}

// aboutOneself are the use cases that make no sense for the system; root, a
// superuser, asks instead.
var aboutOneself = append(slices.Collect(maps.Keys(ownUseCases)),
	"ReadTicket", "MarkTickets", "SetNotice", "OwnKeys", "SetOwnKeys",
	"SendTestLetter", "Delegate", "ReadDelegation", "SetPreferences", "LettersDaily", "SetLettersDaily", "Rate", "SubscribeDashboard", "ArrangeViews")

// nilDays asks for what is set.
func nilDays() *int { return nil }

// useCases gives each use case arguments that point at real things, after
// context and actor.
var useCases = joined(noticeUseCases,
	reportUseCases, mailUseCases, dayUseCases, clockUseCases, lifeUseCases, relationUseCases, ruleUseCases, fieldUseCases, replyUseCases, reminderUseCases, ownUseCases, tokenUseCases, firstUse, map[string]func(h *sample) []any{
		"AddMember": func(h *sample) []any { return args(desk.Membership{Group: h.names["team"], Member: h.names["spare"]}) },
		"AddQueueWatcher": func(h *sample) []any {
			return args(desk.Watcher{Queue: h.q, Role: desk.Cc, Who: h.names["spare"]})
		},
		"EraseUser": func(h *sample) []any { return args(service.UserErasure{User: h.id("spare"), Texts: true}) },
		"EraseCustomer": func(h *sample) []any {
			return args(service.CustomerErasure{Customer: desk.CustomerID(h.names["acme"]), People: true})
		},
		"EraseAgain":             func(*sample) []any { return args([]service.Erasure{{Kind: "user", What: 98765}}) },
		"PurgeTicket":            func(h *sample) []any { return args(h.ticket) },
		"PurgeClosed":            func(*sample) []any { return nil },
		"Retention":              func(h *sample) []any { return args(h.q, nilDays()) },
		"SetRetention":           func(h *sample) []any { return args(h.q, 90) },
		"AddWatcher":             func(h *sample) []any { return args(h.ticket, desk.Cc, h.names["spare"]) },
		"AddQueueWatcherAddress": func(h *sample) []any { return args(h.q, desk.Cc, "new@else.example") },
		"AddWatcherAddress":      func(h *sample) []any { return args(h.ticket, desk.Cc, "new@else.example") },
		"CreateContactOf": func(h *sample) []any {
			return args(desk.User{Login: "new", Kind: desk.Contact}, desk.CustomerID(h.names["acme"]))
		},
		"DeepGroupsOf": func(h *sample) []any { return args(h.names["bob"]) },
		"GrantAll": func(h *sample) []any {
			return args([]desk.Grant{{Who: h.names["team"], Right: desk.OwnTicket, Place: desk.OnQueue(h.q)}})
		},
		"IsMember": func(h *sample) []any { return args(h.names["team"], h.names["bob"], false) },
		"LinkTickets": func(h *sample) []any {
			return args(service.Link{From: h.ticket, Type: service.LinkRefersTo, To: h.second})
		},
		"LoadDesk":      func(*sample) []any { return args(service.WholeDesk{}) },
		"PreviewMerge":  func(h *sample) []any { return args(h.ticket, h.second) },
		"MergedTickets": func(h *sample) []any { return args(h.merged()) },
		"Unmerge":       func(h *sample) []any { h.merged(); return args(h.second) },
		"ForwardMessage": func(h *sample) []any {
			return args(service.Forward{Message: h.message, To: []string{"new@else.example"}})
		},
		"MergeTicket": func(h *sample) []any { return args(h.ticket, h.second) },
		"RevokeAll":   func(h *sample) []any { return args([]desk.Grant{h.given}) },
		"RightsOf":    func(h *sample) []any { return args(service.Holder{Who: h.names["bob"]}, "queue:support") },
		"SetPrimaryCustomer": func(h *sample) []any {
			return args(h.id("ann"), desk.CustomerID(h.names["bolt"]))
		},
		"UnlinkTickets": func(h *sample) []any {
			return args(service.Link{From: h.second, Type: service.LinkRefersTo, To: h.ticket})
		},
		"AccessConfiguration": func(*sample) []any { return args(true) },
		"CreatePermission":    func(*sample) []any { return args(desk.Permission{Name: "new", Agents: desk.RightsOf(desk.ShowTicket)}) },
		"UpdatePermission": func(*sample) []any {
			return args(desk.Permission{ID: 1, Name: "ro", Agents: desk.RightsOf(desk.ShowTicket)})
		},
		"Administers":    func(*sample) []any { return nil },
		"Attachment":     func(h *sample) []any { return args(h.file) },
		"AuditLog":       func(*sample) []any { return args(service.AuditFilter{Limit: 5}) },
		"Backup":         func(*sample) []any { return args(io.Discard, func(int) {}) },
		"Beside":         func(h *sample) []any { return args(h.ticket) },
		"Passing":        func(h *sample) []any { return args(h.id("bob")) },
		"GroupKin":       func(h *sample) []any { return args(desk.GroupID(h.names["team"])) },
		"BelongsTo":      func(h *sample) []any { return args(desk.GroupID(h.names["team"])) },
		"Changes":        func(*sample) []any { return args(3) },
		"FindChanges":    func(*sample) []any { return args(service.AuditQuestion{Subject: "bob"}) },
		"AuditState":     func(*sample) []any { return nil },
		"CheckAudit":     func(*sample) []any { return nil },
		"ChangeTicket":   func(h *sample) []any { return args(service.TicketChange{Ticket: h.ticket, Subject: ptr("Other")}) },
		"Check":          func(*sample) []any { return args("bob", "OwnTicket", "queue:support") },
		"ClaimJob":       func(*sample) []any { return args(service.JobNotify) },
		"ClaimLetters":   func(*sample) []any { return args(5) },
		"CheckQuery":     func(*sample) []any { return args("Status = 'open'") },
		"Companies":      func(*sample) []any { return nil },
		"ContactFor":     func(*sample) []any { return args("new@else.example") },
		"ViewCounts":     func(*sample) []any { return args([]service.TicketFilter{{}}, 10) },
		"CountEach":      func(*sample) []any { return args([]service.TicketFilter{{}}, 10) },
		"ContactsOf":     func(h *sample) []any { return args(desk.CustomerID(h.names["acme"])) },
		"CanPassOn":      func(*sample) []any { return nil },
		"CountTickets":   func(*sample) []any { return args(service.TicketFilter{}, 10) },
		"CreateCustomer": func(*sample) []any { return args(desk.Customer{Key: "new"}) },
		"CreateGroup":    func(*sample) []any { return args(desk.Group{Name: "new"}) },
		"CreateQueue":    func(*sample) []any { return args(desk.Queue{Name: "new"}) },
		"CreateRole":     func(*sample) []any { return args(desk.Role{Name: "new"}) },
		"CreateToken":    func(h *sample) []any { return args(service.NewToken{User: h.id("spare"), Name: "t"}) },
		"CreateUser":     func(*sample) []any { return args(desk.User{Login: "new", Kind: desk.Contact}) },
		"BeginSync":      func(*sample) []any { return nil },
		"Directories":    func(h *sample) []any { h.directory(); return nil },
		"UploadImport":   func(*sample) []any { return args("users", "people.csv", []byte("login\nnew\n")) },
		"Imports":        func(*sample) []any { return nil },
		"ImportFile":     func(h *sample) []any { return args(h.upload()) },
		"StartImport": func(h *sample) []any {
			return args(service.ImportStart{ID: h.upload(), Places: map[string]int{"login": 0}})
		},
		"NextImport":     func(*sample) []any { return nil },
		"Nodes":          func(*sample) []any { return nil },
		"Beat":           func(h *sample) []any { return args(desk.Node{Name: "a", Started: h.Now()}) },
		"TakeTurn":       func(*sample) []any { return args("a", time.Hour, time.Hour) },
		"EndTurn":        func(h *sample) []any { return args("a", h.Now()) },
		"EndNode":        func(*sample) []any { return args("a") },
		"DirectoryState": func(h *sample) []any { return args(h.directory(), 3) },
		"TryDirectory":   func(h *sample) []any { return args(desk.Directory{ID: h.directory(), Name: "LDAP", Kind: "ldap"}) },
		"Directory":      func(h *sample) []any { return args(h.directory()) },
		"EndSync":        func(h *sample) []any { return args(&desk.SyncReport{Directory: h.directory(), Run: 1}, nilError()) },
		"FromDirectory":  func(h *sample) []any { return args(h.id("bob")) },
		"RequestSync":    func(h *sample) []any { return args(h.directory(), false) },
		"SaveDirectory":  func(*sample) []any { return args(desk.Directory{Name: "new", Kind: "ldap"}) },
		"SyncPage": func(h *sample) []any {
			return args(&desk.SyncReport{Directory: h.directory(), Run: 1}, []desk.DirectoryEntry{{ID: "1", Login: "new"}})
		},
		"SyncReports": func(h *sample) []any {
			id := h.directory()
			h.ok(h.RequestSync(h.ctx, h.sys, id, false))
			_, _, err := h.BeginSync(h.ctx, h.sys)
			h.ok(err)
			return args(id, 5)
		},
		"Customer":   func(h *sample) []any { return args(desk.CustomerID(h.names["acme"])) },
		"MergeUsers": func(h *sample) []any { return args(service.UserMerge{From: h.id("spare"), Into: h.id("bob")}) },
		"Admit": func(h *sample) []any {
			h.wait()
			return args(service.Admission{Customer: desk.CustomerID(h.names["acme"]), User: h.id("wendy")})
		},
		"PendingMembers": func(h *sample) []any { h.wait(); return args(desk.CustomerID(h.names["acme"])) },
		"AboutCustomer":  func(h *sample) []any { return args(desk.CustomerID(h.names["acme"])) },
		"AboutUser":      func(h *sample) []any { return args(h.id("bob")) },
		"Customers":      func(*sample) []any { return args(service.CustomerFilter{}) },
		"Delegate": func(h *sample) []any {
			return args(service.Delegation{Source: h.rooted, To: h.names["spare"]})
		},
		"Decide":      func(h *sample) []any { return args(h.suggestion, desk.Discard) },
		"DeepMembers": func(h *sample) []any { return args(h.names["team"]) },
		"Explain":     func(*sample) []any { return args("bob", "OwnTicket", "queue:support") },
		"Figures":     func(*sample) []any { return nil },
		"Find":        func(*sample) []any { return args("group:team") },
		"ExplainAt": func(h *sample) []any {
			return args(service.Question{User: "bob", Right: "OwnTicket", Object: "queue:support"}, h.Now())
		},
		"WhoCanAt": func(h *sample) []any {
			return args(service.Question{Right: "OwnTicket", Object: "queue:support"}, false, h.Now())
		},
		"RightsAt": func(h *sample) []any { return args(service.Question{User: "bob", Object: "queue:support"}, h.Now()) },
		"Turned": func(h *sample) []any {
			return args(service.Question{User: "bob", Right: "OwnTicket", Object: "queue:support"}, h.Now())
		},
		"FindGrants":  func(*sample) []any { return args(service.Written{What: "OwnTicket"}, desk.GrantID(0), 10) },
		"FindMember":  func(h *sample) []any { return args(h.names["team"], "spare") },
		"FindWatcher": func(h *sample) []any { return args(h.q, "spare") },
		"FindGrant":   func(h *sample) []any { return args(h.given) },
		"FindQueue":   func(*sample) []any { return args("support") },
		"MemberOf":    func(*sample) []any { return args("bob", true) },
		"HasMember":   func(*sample) []any { return args("group:team", "bob", true) },
		"GrantsFor":   func(h *sample) []any { return args(h.names["bob"], desk.Place{}, 5) },
		"GoesTo":      func(h *sample) []any { return args(h.ticket, desk.Reply, service.Delivery{}) },
		"Grant": func(h *sample) []any {
			return args(desk.Grant{Who: h.names["team"], Right: desk.OwnTicket, Place: desk.OnQueue(h.q)})
		},
		"Grants":   func(*sample) []any { return args(service.GrantFilter{}) },
		"Group":    func(h *sample) []any { return args(desk.GroupID(h.names["team"])) },
		"Groups":   func(*sample) []any { return args(service.GroupFilter{}) },
		"GroupsOf": func(h *sample) []any { return args(h.id("bob")) }, "Belongings": func(h *sample) []any { return args([]desk.UserID{h.id("bob")}) },
		"Held": func(h *sample) []any { return args(desk.OnQueue(h.q)) },
		"Import": func(*sample) []any {
			return args(service.Load{Users: []service.UserRecord{{Login: "new"}}})
		},
		"Invite": func(h *sample) []any {
			return args(service.Invitation{Customer: desk.CustomerID(h.names["acme"]), Address: "new@acme.example"})
		},
		"JobFailed":       func(h *sample) []any { return args(*h.job, "it rained") },
		"KeepLetterBytes": func(h *sample) []any { return args(h.out, []byte("x")) },
		"LetterBytes":     func(h *sample) []any { return args(h.out) },
		"LetterFailed":    func(h *sample) []any { return args(h.out, false, "busy") },
		"LetterSent":      func(h *sample) []any { return args(h.out) },
		"ManagesCustomer": func(h *sample) []any { return args(desk.CustomerID(h.names["acme"])) },
		"MemberCounts":    func(h *sample) []any { return args([]desk.PrincipalID{h.names["team"]}) },
		"MemberPaths":     func(h *sample) []any { return args(h.names["team"], 10) },
		"MailTarget":      func(*sample) []any { return args("support@desk.example") },
		"Message":         func(h *sample) []any { return args(h.message) },
		"Members":         func(h *sample) []any { return args(h.names["team"]) },
		"MoveTicket":      func(h *sample) []any { return args(h.ticket, h.queue["other"]) },
		"MyCustomers":     func(*sample) []any { return nil },
		"News":            func(h *sample) []any { return args(h.event) },
		"NextSpooled":     func(*sample) []any { return nil },
		"OpenTicket":      func(h *sample) []any { return args(service.NewTicket{Queue: h.q, Subject: "New"}) },
		"OwnTickets":      func(*sample) []any { return args(service.TicketFilter{}) },
		"Outbox":          func(*sample) []any { return args(service.OutFilter{}) },
		"OutgoingLetter":  func(h *sample) []any { return args(h.out) },
		"PassedOn":        func(*sample) []any { return nil },
		"Permissions":     func(*sample) []any { return nil },
		"PostCounts":      func(*sample) []any { return nil },
		"Queue":           func(h *sample) []any { return args(h.q) },
		"QueueLetters":    func(h *sample) []any { return args(h.job.ID, []desk.Outgoing(nil)) },
		"QueueWatchers":   func(h *sample) []any { return args(h.q) },
		"Queues":          func(*sample) []any { return args(desk.SeeQueue) },
		"Readers":         func(h *sample) []any { return args(h.ticket, 5) },
		"Reach":           func(h *sample) []any { return args(h.given, 10) },
		"ReadGrant": func(*sample) []any {
			return args(service.Written{Who: "spare", What: "OwnTicket", Where: "queue:support"})
		},
		"ReadDelegation": func(*sample) []any {
			return args(service.DelegationByWords{What: "OwnTicket", Where: "queue:support", To: "spare"})
		},
		"Roster":            func(*sample) []any { return args("group:team") },
		"ReceiveMail":       func(h *sample) []any { return args(h.letter) },
		"RemoveMember":      func(h *sample) []any { return args(h.names["team"], h.names["bob"]) },
		"MailPolicies":      func(h *sample) []any { return args([]desk.QueueID{h.q, 0}) },
		"MailPolicy":        func(h *sample) []any { return args(h.q) },
		"MailAccounts":      func(*sample) []any { return nil },
		"MailAccountRead":   func(*sample) []any { return args(desk.MailAccountID(1), desk.MailAccountState{LastUID: 7}) },
		"MailAccountState":  func(*sample) []any { return args(desk.MailAccountID(1)) },
		"PausedAddresses":   func(*sample) []any { return nil },
		"ResumeAddress":     func(*sample) []any { return args("gone@else.example") },
		"RemoveMailAccount": func(*sample) []any { return args("post") },
		"RemoveQueueWatcher": func(h *sample) []any {
			return args(desk.Watcher{Queue: h.q, Role: desk.AdminCc, Who: h.names["team"]})
		},
		"RemoveWatcher": func(h *sample) []any { return args(h.ticket, desk.AdminCc, h.names["team"]) },
		"RetryLetter":   func(h *sample) []any { return args(h.out) },
		"RetrySpooled":  func(h *sample) []any { return args(h.letter.Spool) },
		"Revoke":        func(h *sample) []any { return args(h.given.ID) },
		"Roles":         func(*sample) []any { return nil },
		"SaveMailAccount": func(*sample) []any {
			return args(desk.MailAccount{Name: "post", Server: "imap.else.example:993", User: "desk", Queue: "support"})
		},
		"SetCustomer":   func(h *sample) []any { return args(h.ticket, desk.CustomerID(h.names["bolt"])) },
		"SetMailPolicy": func(h *sample) []any { return args(h.q, desk.MailPolicy{FollowUpAfter: 30}) },
		"SetOwner":      func(h *sample) []any { return args(h.ticket, service.Give, h.id("bob")) },
		"SaveUser":      func(*sample) []any { return args(desk.User{Login: "saved", Kind: desk.Contact}, "correct horse") },
		"SetPassword":   func(h *sample) []any { return args(h.id("spare"), "", "correct horse") },
		"SetPreferences": func(*sample) []any {
			return args(service.Preferences{Name: "Root"})
		},
		"SetSetting":  func(*sample) []any { return args(service.SettingPresences, "add add off") },
		"SetStatus":   func(h *sample) []any { return args(h.ticket, desk.StatusStalled, int64(0)) },
		"Setting":     func(*sample) []any { return args(service.SettingPresences) },
		"SweepFiles":  func(*sample) []any { return nil },
		"SpoolFailed": func(h *sample) []any { return args(h.letter.Spool, "it rained") },
		"SentLetter": func(h *sample) []any {
			_ = h.KeepLetterBytes(h.ctx, h.sys, h.out, []byte("x")) // once
			return args(h.out)
		},
		"TicketFromLetter": func(h *sample) []any { return args(h.letter.Spool, h.q) },
		"TryMailAccount":   func(*sample) []any { return args("post") },
		"SpoolList":        func(*sample) []any { return args(service.SpoolFilter{}) },
		"SpoolMail":        func(*sample) []any { return args(desk.Envelope{Recipient: "support@desk.example"}, []byte("x")) },
		"SpooledLetter":    func(h *sample) []any { return args(h.letter.Spool) },
		"Squelch":          func(h *sample) []any { return args(h.ticket, h.id("bob"), true) },
		"Suggestions":      func(h *sample) []any { return args(h.ticket) },
		"Suggest":          func(*sample) []any { return args("bo") },
		"Ticket":           func(h *sample) []any { return args(h.ticket) },
		"Tickets":          func(*sample) []any { return args(service.TicketFilter{}) },
		"TakeBack":         func(h *sample) []any { return args(h.change) },
		"Together": func(h *sample) []any {
			return args(func(in *service.Service, by desk.Actor) error { return in.Revoke(h.ctx, by, h.given.ID) })
		},
		"Totals":     func(*sample) []any { return nil },
		"Undelegate": func(h *sample) []any { return args(h.passed) },
		"UpdateCustomer": func(h *sample) []any {
			return args(desk.Customer{ID: desk.CustomerID(h.names["acme"]), Key: "acme", Name: "Acme Ltd"})
		},
		"UpdateGroup": func(h *sample) []any { return args(desk.Group{ID: desk.GroupID(h.names["team"]), Name: "crew"}) },
		"UpdateMember": func(h *sample) []any {
			return args(desk.Membership{Group: h.names["team"], Member: h.names["bob"], Until: 99999})
		},
		"UpdateQueue": func(h *sample) []any { return args(desk.Queue{ID: h.q, Name: "help"}) },
		"UpdateRole":  func(h *sample) []any { return args(desk.Role{ID: h.role, Name: "Auditor"}) },
		"UpdateUser": func(h *sample) []any {
			return args(desk.User{ID: h.id("spare"), Login: "spare", Kind: desk.Agent, Addresses: []string{"spare@case.example"}})
		},
		"User":       func(h *sample) []any { return args(h.id("bob")) },
		"Users":      func(*sample) []any { return args(service.UserFilter{}) },
		"Verify":     func(*sample) []any { return nil },
		"VisibleTo":  func(h *sample) []any { return args(h.ticket) },
		"WatchersOf": func(h *sample) []any { return args(h.q) }, "WatcherCounts": func(h *sample) []any { return args([]desk.QueueID{h.q}) }, "WholeTickets": func(h *sample) []any { return args([]desk.TicketID{h.ticket}) },
		"WhatIf": func(h *sample) []any {
			return args(func(in *service.Service, by desk.Actor) error { return in.Revoke(h.ctx, by, h.given.ID) })
		},
		"WhoCan":   func(*sample) []any { return args("OwnTicket", "queue:support", true) },
		"WhyMail":  func(h *sample) []any { return args(h.ticket) },
		"WouldSee": func(h *sample) []any { return args(service.NewTicket{Queue: h.q}) },
		"Write": func(h *sample) []any {
			return args(service.NewMessage{Ticket: h.ticket, Kind: desk.Reply, Text: "Hello"})
		},
	})

func args(list ...any) []any { return list }

// nilError is an error argument that is none.
func nilError() any { return reflect.Zero(reflect.TypeFor[error]()) }

// upload returns a file that is to be brought in.
func (h *sample) upload() desk.ImportID {
	return must(h.UploadImport(h.ctx, h.sys, "users", "people.csv", []byte("login\nnew\n")))(h.t)
}

// directory returns a directory, made on the first call.
func (h *sample) directory() desk.DirectoryID {
	list := must(h.Directories(h.ctx, h.sys))(h.t)
	if len(list) > 0 {
		return list[0].ID
	}
	return must(h.SaveDirectory(h.ctx, h.sys, desk.Directory{Name: "LDAP", Kind: "ldap"}))(h.t)
}

// wait makes wendy wait for acme, once.
func (h *sample) wait() {
	if h.names["wendy"] == 0 {
		h.contact("wendy")
		h.ok(h.store.Do(h.ctx, func(tx *store.Tx) error {
			_, err := tx.AddPending(h.ctx, desk.PendingMember{Customer: desk.CustomerID(h.names["acme"]), User: h.id("wendy"), Domain: "case.example"})
			return err
		}))
	}
}

func ptr[T any](v T) *T { return &v }

// A sample is a desk in which there is one of everything.
type sample struct {
	*house
	q          desk.QueueID
	ticket     desk.TicketID
	second     desk.TicketID // refers to ticket
	file       desk.AttachmentID
	message    desk.MessageID
	given      desk.Grant
	change     int64        // by which bob watches the queue
	rooted     desk.GrantID // to root
	passed     desk.GrantID // by root to bob
	role       desk.RoleID
	job        *desk.Job
	event      desk.EventID
	out        desk.OutboxID
	letter     desk.Letter
	suggestion desk.SuggestionID
}

func (h *house) id(login string) desk.UserID { return desk.UserID(h.names[login]) }

func newSample(t testing.TB) *sample {
	t.Helper()
	return fill(newHouse(t))
}

func fill(empty *house) *sample {
	t := empty.t
	t.Helper()
	h := &sample{house: empty}
	h.customer(desk.Customer{Key: "acme"})
	h.customer(desk.Customer{Key: "bolt"})
	h.agent("bob")
	h.agent("spare")
	h.agent("root")
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	h.contact("ann", "acme")
	h.group("team", "bob")
	h.q = h.makeQueue(desk.Queue{Name: "support", Address: "support@desk.example"})
	h.makeQueue(desk.Queue{Name: "other"})
	h.given = desk.Grant{Who: h.names["bob"], Right: desk.OwnTicket, Place: desk.OnQueue(h.q)}
	h.given.ID = must(h.Grant(h.ctx, h.sys, h.given))(t)
	h.change = must(h.Together(h.ctx, h.sys, func(in *service.Service, by desk.Actor) error {
		return in.AddQueueWatcher(h.ctx, by, desk.Watcher{Queue: h.q, Role: desk.Cc, Who: h.names["bob"]})
	}))(t)
	h.rooted = must(h.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["root"], Right: desk.OwnTicket, Place: desk.OnQueue(h.q)}))(t)
	h.passed = must(h.Delegate(h.ctx, h.by("root"), service.Delegation{Source: h.rooted, To: h.names["bob"]}))(t)
	h.grant(h.names["bob"], "note", desk.OnGroup(desk.GroupID(h.names["team"])))
	h.grant(h.names["acme"], "ro", desk.OnGroup(desk.GroupID(h.names["team"])))
	h.ok(h.SetDefaultGroups(h.ctx, h.sys, desk.Contacts, []service.DefaultGroup{{Group: desk.GroupID(h.names["team"]), Permission: "rw"}}))
	h.role = must(h.CreateRole(h.ctx, h.sys, desk.Role{Name: "Sales"}))(t)
	h.ok(h.AddQueueWatcher(h.ctx, h.sys, desk.Watcher{Queue: h.q, Role: desk.AdminCc, Who: h.names["team"]}))
	h.ticket = h.open(service.NewTicket{Queue: h.q, Requestors: []desk.PrincipalID{h.names["ann"]},
		AdminCc: []desk.PrincipalID{h.names["team"]}, Files: []desk.Attachment{{Name: "a.txt", Data: []byte("a")}}})
	h.second = h.open(service.NewTicket{Queue: h.q})
	h.ok(h.LinkTickets(h.ctx, h.sys, service.Link{From: h.second, Type: service.LinkRefersTo, To: h.ticket}))
	h.ok(h.SetSetting(h.ctx, h.sys, service.SettingPresences, "off off off"))
	first := must(h.Ticket(h.ctx, h.sys, h.ticket))(t).Messages[0]
	h.message, h.file = first.ID, first.Attachments[0].ID
	h.post()
	return h
}

// post leaves a job, a letter that goes out and one that came in.
func (h *sample) post() {
	opened := must(h.ClaimJob(h.ctx, h.sys, service.JobNotify))(h.t)
	for _, e := range must(h.Ticket(h.ctx, h.sys, h.ticket))(h.t).Events {
		if e.Kind == desk.EventCreated {
			h.event = e.ID
		}
	}
	h.ok(h.QueueLetters(h.ctx, h.sys, opened.ID, []desk.Outgoing{{Kind: desk.LetterReply, Ticket: h.ticket, Event: h.event, To: h.id("ann"),
		Address: "ann@case.example", LetterID: "x@desk.example", Why: []desk.Why{{Role: desk.Requestor}}}}))
	out, _, err := h.Outbox(h.ctx, h.sys, service.OutFilter{})
	h.ok(err)
	h.out = out[0].ID
	must(h.Write(h.ctx, h.sys, service.NewMessage{Ticket: h.ticket, Kind: desk.Reply, Text: "More"}))(h.t)
	h.job = must(h.ClaimJob(h.ctx, h.sys, service.JobNotify))(h.t)
	env := desk.Envelope{Recipient: "support@desk.example", From: "ann@case.example"}
	id := must(h.SpoolMail(h.ctx, h.sys, env, []byte("Subject: x\r\n\r\ny")))(h.t)
	h.letter = desk.Letter{Spool: id, Envelope: env, From: desk.MailAddress{Address: "ann@case.example"}, Subject: "x", Text: "y"}
	stranger := desk.Letter{Envelope: env, From: desk.MailAddress{Address: "stranger@else.example"}, Subject: desk.TagSubject("x", h.Name(), h.ticket), Text: "z"}
	stranger.Spool = must(h.SpoolMail(h.ctx, h.sys, env, []byte("Subject: z\r\n\r\nz")))(h.t)
	must(h.ReceiveMail(h.ctx, h.sys, stranger))(h.t)
	h.ok(h.SaveMailAccount(h.ctx, h.sys, desk.MailAccount{Name: "post", Server: "imap.else.example:993", User: "desk", Queue: "support"}))
	h.suggestion = must(h.Suggestions(h.ctx, h.sys, h.ticket))(h.t)[0].ID
}

// call asks a use case as somebody.
func (h *sample) call(name string, by desk.Actor) ([]reflect.Value, error) {
	in := []reflect.Value{reflect.ValueOf(h.ctx), reflect.ValueOf(by)}
	for _, a := range useCases[name](h) {
		if v, ok := a.(reflect.Value); ok {
			in = append(in, v)
			continue
		}
		in = append(in, reflect.ValueOf(a))
	}
	out := reflect.ValueOf(h.Service).MethodByName(name).Call(in)
	err, _ := out[len(out)-1].Interface().(error)
	return out[:len(out)-1], err
}

// TestEveryUseCaseAsks calls every use case twice: as the system, for which it
// works, so that the arguments point at real things, and as nobody, who is
// refused.
func TestEveryUseCaseAsks(t *testing.T) {
	m := newMould(t)
	for name := range eachUseCase(t) {
		t.Run(name, func(t *testing.T) {
			h := m.sample(t)
			if _, err := h.call(name, desk.Actor{}); desk.KindOf(err) != desk.Unauthenticated {
				t.Errorf("nobody got %v, want to be refused", err)
			}
			by := h.sys
			if slices.Contains(aboutOneself, name) {
				by = h.by("root")
			}
			if _, err := h.call(name, by); err != nil {
				t.Errorf("it does not work: %v", err)
			}
		})
	}
}

// eachUseCase yields the names of the use cases, and fails where one has no
// arguments here or is not there any more.
func eachUseCase(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	service := reflect.TypeFor[*service.Service]()
	for i := range service.NumMethod() {
		m := service.Method(i)
		if notAsked[m.Name] != "" {
			continue
		}
		if m.Type.NumIn() < 3 || m.Type.In(2) != reflect.TypeFor[desk.Actor]() {
			t.Errorf("%s takes no actor, and is not among those that need none", m.Name)
			continue
		}
		if useCases[m.Name] == nil {
			t.Errorf("%s has no arguments in useCases", m.Name)
			continue
		}
		names[m.Name] = true
	}
	for name := range useCases {
		if !names[name] {
			t.Errorf("useCases has %s, which is no use case", name)
		}
	}
	return names
}

// TestNobodyWithoutRightsLearnsAnything: an agent and a contact without any
// grant are refused by every use case, or get nothing from it.
func TestNobodyWithoutRightsLearnsAnything(t *testing.T) {
	// Statuses of what ships everybody knows; TestLifeCycles asks of the others.
	harmless := map[string]bool{"Statuses": true, "Account": true, "EndOtherSessions": true, "Roles": true, "Permissions": true, "CheckQuery": true, "Report": true, "Reports": true, "PushKey": true, "ViewBar": true, "ArrangeViews": true, "OwnKeys": true, "SetOwnKeys": true}
	h := newSample(t)
	h.agent("newcomer")
	h.contact("stranger")
	for name := range eachUseCase(t) {
		for _, login := range []string{"newcomer", "stranger"} {
			out, err := h.call(name, h.by(login))
			if err != nil || harmless[name] {
				continue
			}
			if len(out) == 0 || slices.ContainsFunc(out, func(v reflect.Value) bool { return !nothing(v) }) {
				t.Errorf("%s got or changed something with %s: %v", login, name, out)
			}
		}
	}
}

// nothing reports whether a result tells nothing.
func nothing(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer:
		return v.IsNil() || nothing(v.Elem())
	case reflect.Slice:
		counts := v.Type().Elem().Kind() == reflect.Int || v.Type().Elem() == reflect.TypeFor[service.TicketCount]() // zeroes tell nothing
		for i := range v.Len() {
			if !counts || !v.Index(i).IsZero() {
				return false
			}
		}
		return true
	case reflect.Struct:
		for i := range v.NumField() {
			if !nothing(v.Field(i)) {
				return false
			}
		}
		return true
	}
	return v.IsZero()
}

// TestUnknownThingsAreNotFound: what is not there and what one may not see
// give the same answer, word for word.
func TestUnknownThingsAreNotFound(t *testing.T) {
	h := newSample(t)
	h.contact("stranger")
	_, hidden := h.Ticket(h.ctx, h.by("stranger"), h.ticket)
	_, missing := h.Ticket(h.ctx, h.by("stranger"), h.ticket+1000)
	got := strings.ReplaceAll(hidden.Error(), h.ticketNumber(0), "N")
	want := strings.ReplaceAll(missing.Error(), h.ticketNumber(1000), "N")
	if got != want || desk.KindOf(hidden) != desk.KindOf(missing) {
		t.Errorf("a hidden ticket says %q, one that is not there %q", got, want)
	}
}

func (h *sample) ticketNumber(more desk.TicketID) string {
	return strings.TrimPrefix((h.ticket + more).String(), "#")
}
