package service_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// A hall is a desk with tickets that differ in who stands on them. They are
// known by their subjects.
type hall struct {
	*house
	ticket map[string]desk.TicketID
}

// newHall has the agents x, y and boss; m, a member of Inner, which is in
// Outer; z, whose group Closed is disabled; the contact rosa of Rose.
func newHall(t testing.TB) *hall {
	h := &hall{newHouse(t), map[string]desk.TicketID{}}
	for _, login := range []string{"x", "y", "boss", "m", "z"} {
		h.agent(login)
	}
	h.group("Inner", "m")
	h.group("Outer", "Inner")
	h.group("Closed", "z")
	h.customer(desk.Customer{Key: "rose", Name: "Rose Ltd"})
	h.customer(desk.Customer{Key: "otto", Name: "Otto AG"})
	h.contact("rosa", "rose")
	h.makeQueue(desk.Queue{Name: "Support"})
	h.makeQueue(desk.Queue{Name: "Sales 2"})
	must(h.CreateRole(h.ctx, h.sys, desk.Role{Name: "Engineer", Queues: []desk.QueueID{h.queue["Support"]}}))(t)
	h.grant(h.names["boss"], "SuperUser", desk.OnSystem())
	for _, login := range []string{"x", "y"} {
		h.grant(h.names[login], "OwnTicket", desk.OnSystem())
	}
	h.make("none", service.NewTicket{})
	h.make("rx", service.NewTicket{Requestors: h.ids("x"), Priority: 5})
	h.make("rxy", service.NewTicket{Requestors: h.ids("x", "y"), Status: desk.StatusOpen, Priority: 50})
	h.make("cx", service.NewTicket{Cc: h.ids("x"), Owner: h.id("y")})
	h.make("gm", service.NewTicket{Requestors: h.ids("Inner"), Status: desk.StatusResolved})
	h.make("rm", service.NewTicket{Requestors: h.ids("m"), Queue: h.queue["Sales 2"]})
	h.make("gz", service.NewTicket{Cc: h.ids("Closed")})
	h.make("zz", service.NewTicket{Cc: h.ids("z")})
	h.make("kr", service.NewTicket{Requestors: h.ids("rosa"), Text: "My order is lost"})
	h.ok(h.AddWatcher(h.ctx, h.sys, h.ticket["cx"], desk.FirstOwnRole, h.names["y"]))
	h.ok(h.UpdateGroup(h.ctx, h.sys, desk.Group{ID: desk.GroupID(h.names["Closed"]), Name: "Closed", Disabled: true}))
	return h
}

func (h *hall) make(subject string, in service.NewTicket) {
	h.t.Helper()
	in.Subject = subject
	if in.Queue == 0 {
		in.Queue = h.queue["Support"]
	}
	h.ticket[subject] = h.open(in)
}

func (h *hall) id(login string) desk.UserID { return desk.UserID(h.names[login]) }

func (h *hall) ids(names ...string) []desk.PrincipalID {
	var list []desk.PrincipalID
	for _, n := range names {
		list = append(list, h.names[n])
	}
	return list
}

// find returns the subjects that a query finds for somebody, sorted, and checks
// that as many are counted.
func (h *hall) find(t testing.TB, by desk.Actor, text string) string {
	t.Helper()
	f := service.TicketFilter{Query: h.fill(text), Limit: 100}
	page, err := h.Tickets(h.ctx, by, f)
	if err != nil {
		t.Fatal(err)
	}
	var subjects []string
	for _, line := range page.Lines {
		subjects = append(subjects, line.Subject)
	}
	if n, err := h.CountTickets(h.ctx, by, f, 100); err != nil || n != len(subjects) {
		t.Errorf("%s: counted %d (%v), listed %d", text, n, err, len(subjects))
	}
	slices.Sort(subjects)
	return strings.Join(subjects, " ")
}

// fill puts numbers in: {id:x} of a principal, {t:rx} of a ticket, {q:Support}.
func (h *hall) fill(text string) string {
	for name, id := range h.names {
		text = strings.ReplaceAll(text, "{id:"+name+"}", fmt.Sprint(id))
	}
	for name, id := range h.ticket {
		text = strings.ReplaceAll(text, "{t:"+name+"}", fmt.Sprint(int64(id)))
	}
	for name, id := range h.queue {
		text = strings.ReplaceAll(text, "{q:"+name+"}", fmt.Sprint(id))
	}
	return text
}

const allOfHall = "cx gm gz kr none rm rx rxy zz"

// An asked is a query with the subjects that it finds.
type asked struct{ why, query, want string }

func queriesAboutPeople() []asked {
	return []asked{
		{"nothing asked", "", allOfHall},
		{"who stands there himself", "Requestor.EmailAddress = 'x@case.example'", "rx rxy"},
		{"addresses in any case", "Requestor.EmailAddress = 'X@Case.Example'", "rx rxy"},
		{"without a part, an address", "Requestor = 'x@case.example'", "rx rxy"},
		{"without a part, a login", "Requestor = 'x'", "rx rxy"},
		{"no requestor at all is not x either", "Requestor.EmailAddress != 'x@case.example'", "cx gm gz kr none rm zz"},
		{"two requestors", "Requestor.EmailAddress = 'x@case.example' AND Requestor.EmailAddress = 'y@case.example'", "rxy"},
		{"any watcher", "Watcher.EmailAddress = 'x@case.example'", "cx rx rxy"},
		{"the owner is a watcher, and so are roles of one's own", "Watcher.Name = 'y'", "cx rxy"},
		{"a member through his group", "Requestor.EmailAddress = 'm@case.example'", "gm rm"},
		{"only who stands there himself", "Requestor SHALLOW = 'm@case.example'", "rm"},
		{"part of an address", "Requestor.EmailAddress LIKE 'm@case'", "gm rm"},
		{"an address that ends so", "Requestor.EmailAddress NOT ENDSWITH '@case.example'", "cx gz none zz"},
		{"a name", "Requestor.RealName STARTSWITH 'ro'", "kr"},
		{"a list of logins", "Requestor.Name IN ('m', 'rosa')", "gm kr rm"},
		{"neither of a list", "Requestor.Name NOT IN ('m', 'rosa')", "cx gz none rx rxy zz"},
		{"nobody", "Requestor.id IS NULL", "cx gz none zz"},
		{"somebody", "Requestor IS NOT NULL", "gm kr rm rx rxy"},
		{"a user by number", "Requestor.id = {id:x}", "rx rxy"},
		{"a group by number, itself or what it is in", "Requestor.id = {id:Inner}", "gm"},
		{"a number that nobody has", "Requestor.id != 99999", allOfHall},
		{"a group and its members", "RequestorGroup = 'Inner'", "gm rm"},
		{"a group above", "RequestorGroup = 'outer'", "gm rm"},
		{"a group by number", "WatcherGroup = {id:Outer}", "gm rm"},
		{"not of a group", "RequestorGroup != 'Inner'", "cx gz kr none rx rxy zz"},
		{"a disabled group has no members", "CCGroup = 'Closed'", ""},
		{"a disabled group passes nothing on", "Cc.EmailAddress = 'z@case.example'", "zz"},
		{"a disabled group stands there all the same", "Cc IS NULL", "gm kr none rm rx rxy"},
		{"a group that is not there", "RequestorGroup = 'Nobodies'", ""},
		{"a customer in the place of a group", "WatcherGroup = 'rose'", "kr"},
		{"the owner", "Owner = 'y'", "cx"},
		{"nobody owns it", "Owner = 'Nobody'", "gm gz kr none rm rx rxy zz"},
		{"somebody owns it", "Owner != 'Nobody'", "cx"},
		{"somebody else owns it, or nobody", "Owner != 'y'", "gm gz kr none rm rx rxy zz"},
		{"one of two owners", "Owner IN ('Nobody', 'y')", allOfHall},
		{"the owner's address", "Owner.EmailAddress = 'y@case.example'", "cx"},
		{"part of the owner's login", "Owner LIKE 'Y'", "cx"},
		{"a role of one's own", "CustomRole.{engineer}.Name = 'y'", "cx"},
		{"nobody in a role of one's own", "CustomRole.{Engineer} IS NULL", "gm gz kr none rm rx rxy zz"},
		{"a role that is not there", "CustomRole.{Cook}.id IS NULL", allOfHall},
	}
}

func queriesAboutTickets() []asked {
	return []asked{
		{"a queue", "Queue = 'support'", "cx gm gz kr none rx rxy zz"},
		{"a queue by number", "Queue = {q:Sales 2}", "rm"},
		{"not that queue", "Queue != 'Support'", "rm"},
		{"part of a queue's name", "Queue LIKE 'ale'", "rm"},
		{"a queue that is not there", "Queue = 'Nowhere' OR Queue != 'Nowhere' AND id = {t:rx}", "rx"},
		{"active", "Status = '__Active__'", "cx gz kr none rm rx rxy zz"},
		{"inactive", "Status = '__inactive__'", "gm"},
		{"a status in any case", "Status = 'OPEN'", "rxy"},
		{"a list of statuses", "Status IN ('open', 'resolved')", "gm rxy"},
		{"a status that is not there", "Status = 'purple'", ""},
		{"a subject in any case", "Subject = 'RX'", "rx"},
		{"part of a subject", "Subject LIKE 'X'", "cx rx rxy"},
		{"a subject with something in between", "Subject LIKE 'r%y'", "rxy"},
		{"the begin of a subject", "Subject STARTSWITH 'r' AND Subject NOT ENDSWITH 'y'", "rm rx"},
		{"words", "Content LIKE 'order'", "kr"},
		{"no such words", "Content NOT LIKE 'lost order'", "cx gm gz none rm rx rxy zz"},
		{"signs alone are no words", "Content LIKE '!?'", ""},
		{"numbers", "Priority > 4 AND Priority <= 50", "rx rxy"},
		{"what it was opened with", "InitialPriority = 5", "rx"},
		{"ids", "id IN ({t:rx}, {t:gm}) OR id = {t:zz}", "gm rx zz"},
		{"ids above", "id >= {t:zz}", "kr zz"},
		{"the customer", "Customer = 'ROSE'", "kr"},
		{"part of the customer's name", "Customer.Name LIKE 'ltd'", "kr"},
		{"no customer", "Customer IS NULL AND Queue = 'Sales 2'", "rm"},
		{"who opened it", "Creator = 'x'", "rx rxy"},
		{"the system opened it", "Creator IS NULL AND Subject STARTSWITH 'n'", "none"},
		{"who changed it last", "LastUpdatedBy = 'x'", "rx rxy"},
		{"by his address", "LastUpdatedBy.EmailAddress LIKE 'x@case' AND Subject = 'rx'", "rx"},
		{"the desk itself changed it last", "LastUpdatedBy IS NULL AND Queue = 'Sales 2' OR LastUpdatedBy IS NULL AND id = {t:cx}", "cx"},
		{"somebody else did", "LastUpdatedBy IS NOT NULL AND LastUpdatedBy NOT IN ('x', 'm')", "kr"},
		{"begun", "Started IS NOT NULL", "gm rxy"},
		{"today", "Created = 'today'", allOfHall},
		{"not yesterday", "Created != 'yesterday' AND id < {t:rxy}", "none rx"},
		{"a moment ago", "Created < '1 day ago'", ""},
		{"told nobody", "Told IS NULL AND Told IS NOT NULL OR id = {t:rx}", "rx"},
		{"resolved", "Resolved IS NOT NULL", "gm"},
		{"two times", "Resolved > Created OR Due < Created", ""},
		{"no due date is not before anything", "Due < '2030-01-01' OR Due > '1990-01-01'", ""},
		{"no links", "DependsOn IS NOT NULL OR HasMember = 1", ""},
		{"every ticket is one", "Type = 'ticket' AND id = {t:rx}", "rx"},
		{"AND before OR", "Subject = 'rx' OR Subject = 'rxy' AND Status = 'new'", "rx"},
		{"NOT", "NOT (Queue = 'Support' OR Requestor = 'm')", ""},
		{"a field that is not there", "CF.{Building} = 'x' OR CF.{Building} != 'x' AND id = {t:rx}", "rx"},
	}
}

func TestQueries(t *testing.T) {
	h := newHall(t)
	for _, tt := range slices.Concat(queriesAboutPeople(), queriesAboutTickets()) {
		t.Run(tt.why, func(t *testing.T) {
			for _, by := range []desk.Actor{h.sys, h.by("boss")} {
				if got := h.find(t, by, tt.query); got != tt.want {
					t.Errorf("%s\ngot  %s\nwant %s", tt.query, got, tt.want)
				}
			}
		})
	}
}

func TestQueriesAboutOneself(t *testing.T) {
	h := newHall(t)
	h.grant(desk.Agents, "ShowTicket", desk.OnSystem())
	for _, tt := range []struct{ who, query, want string }{
		{"x", "Requestor = '__CurrentUser__'", "rx rxy"},
		{"m", "Requestor.id = '__CurrentUser__'", "gm rm"},
		{"y", "Owner = '__CurrentUser__'", "cx"},
		{"y", "Watcher.EmailAddress != '__CurrentUser__'", "gm gz kr none rm rx zz"},
	} {
		if got := h.find(t, h.by(tt.who), tt.query); got != tt.want {
			t.Errorf("%s, %s: got %s, want %s", tt.who, tt.query, got, tt.want)
		}
	}
	if got := h.find(t, h.sys, "Requestor = '__CurrentUser__'"); got != "" {
		t.Errorf("the system stands on %s", got)
	}
}

// TestQueriesDiscloseNothing: what one may not know is like what is not there.
func TestQueriesDiscloseNothing(t *testing.T) {
	h := newHall(t)
	h.grant(desk.Everyone, "Requestor: ShowTicket", desk.OnSystem())
	h.grant(h.names["y"], "ShowTicket", desk.OnSystem())
	h.ok(h.AddWatcher(h.ctx, h.sys, h.ticket["kr"], desk.Cc, h.names["otto"]))
	must(h.Write(h.ctx, h.by("boss"), service.NewMessage{Ticket: h.ticket["kr"], Kind: desk.Comment, Text: "She is a nuisance"}))(t)
	for _, tt := range []struct{ why, who, query, want string }{
		{"a contact's own ticket", "rosa", "", "kr"},
		{"another company on it", "rosa", "Cc.id = {id:otto}", ""},
		{"nobody that she may know", "rosa", "Cc IS NULL", "kr"},
		{"a group that he may not see", "y", "RequestorGroup = 'Inner'", ""},
		{"and not of it", "y", "RequestorGroup != 'Inner'", allOfHall},
		{"a group that he may not see, by number", "y", "Requestor.id = {id:Inner}", ""},
		{"a comment", "rosa", "Content LIKE 'nuisance'", ""},
		{"a comment, for one who may not read it", "y", "Content LIKE 'nuisance'", ""},
		{"when the comment was written", "rosa", "LastUpdated > Created", ""},
		{"the same, the other way round", "rosa", "Created < LastUpdated", ""},
		{"and for one who may not read it", "y", "id = {t:kr} AND (LastUpdated > Created OR Created < LastUpdated)", ""},
		{"who wrote the comment", "rosa", "LastUpdatedBy = 'boss' OR LastUpdatedBy IS NULL", ""},
		{"who wrote the comment, for one who may not read it", "y", "LastUpdatedBy = 'boss'", ""},
		{"her own word was the last that she could see", "rosa", "LastUpdatedBy = 'rosa'", "kr"},
		{"whom she may not know", "rosa", "LastUpdatedBy = 'otto' OR LastUpdatedBy LIKE 'otto'", ""},
		{"her colleagues are known to her", "rosa", "Requestor = 'rosa@case.example' AND Customer = 'rose'", "kr"},
		{"another customer", "rosa", "Customer = 'otto' OR Customer != 'otto'", "kr"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			if got := h.find(t, h.by(tt.who), tt.query); got != tt.want {
				t.Errorf("%s: got %s, want %s", tt.query, got, tt.want)
			}
		})
	}
	if got := h.find(t, h.sys, "Content LIKE 'nuisance'"); got != "kr" {
		t.Errorf("the system finds %q", got)
	}
}

func TestHiddenTicketsAreNotFound(t *testing.T) {
	h := newHall(t)
	h.ok(h.SetStatus(h.ctx, h.sys, h.ticket["rx"], desk.StatusDeleted, 0))
	if got := h.find(t, h.sys, "Status = 'deleted' OR id = {t:rx} OR Requestor = 'x'"); got != "rxy" {
		t.Errorf("found %q", got)
	}
}

func TestMistakenQuery(t *testing.T) {
	h := newHall(t)
	for _, err := range []error{
		h.CheckQuery(h.ctx, h.by("x"), "Stauts = 'open'"),
		func() error {
			_, err := h.Tickets(h.ctx, h.by("x"), service.TicketFilter{Query: "Stauts = 'open'"})
			return err
		}(),
	} {
		wantKind(t, err, desk.Invalid)
		if m := service.QueryMistake(err); m == nil || m.At != 1 || m.Length != 6 || m.Meant != "Status" {
			t.Errorf("got the mistake %+v", m)
		}
	}
	h.ok(h.CheckQuery(h.ctx, h.by("x"), "Status = 'open'"))
}

// TestDaysOfQueries: a day begins where the reader lives.
func TestDaysOfQueries(t *testing.T) {
	h := newHall(t)
	h.clock.at = time.Date(2026, 7, 1, 23, 30, 0, 0, time.UTC)
	h.make("late", service.NewTicket{})
	h.ok(h.SetPreferences(h.ctx, h.by("boss"), service.Preferences{Name: "Boss", Language: "en", Zone: "Europe/Berlin"}))
	if got := h.find(t, h.by("boss"), "Created = '2026-07-02'"); got != "late" {
		t.Errorf("in Berlin: found %q", got)
	}
	if got := h.find(t, h.sys, "Created = '2026-07-01'"); got != "late" {
		t.Errorf("in UTC: found %q", got)
	}
}
