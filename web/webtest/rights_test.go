package webtest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"gatehouse/api"
	"gatehouse/cli"
	"gatehouse/desk"
	"gatehouse/mail/in"
	"gatehouse/service"
	"gatehouse/web/agent"
	"gatehouse/web/portal"
	"gatehouse/web/webtest"
)

// A verdict is what comes of trying something.
type verdict string

const (
	done verdict = "done"
	no   verdict = "refused"
	gone verdict = "told that there is none"
)

// somebody is one of the cast: what he is, in which role he stands on the
// tickets, and with which part where that is through his company.
type somebody struct {
	login string
	kind  desk.UserKind
	role  string
	part  desk.Part
}

// cast are those to whom the rights are given. Who has no role is given them by
// himself.
var cast = []somebody{
	{"anna", desk.Agent, "", 0}, {"dora", desk.Contact, "", 0},
	{"rae", desk.Agent, "Requestor", 0}, {"rob", desk.Contact, "Requestor", 0},
	{"cal", desk.Agent, "Cc", 0}, {"coco", desk.Contact, "Cc", 0},
	{"adam", desk.Agent, "AdminCc", 0}, {"amy", desk.Contact, "AdminCc", 0},
	{"gil", desk.Agent, "Guard", 0}, {"gina", desk.Contact, "Guard", 0},
	{"olaf", desk.Agent, "Owner", 0},
	{"boss", desk.Contact, "Customer", desk.PartManager}, {"mate", desk.Contact, "Customer", desk.PartMember},
	{"rita", desk.Contact, "Customer", desk.PartReader}, {"cora", desk.Contact, "Customer", desk.PartContact},
}

// outsider is given the rights in the role in which he does not stand.
var outsider = somebody{"otto", desk.Agent, "nothing", 0}

// A theatre is a desk where a group holds some rights in a queue, in one role,
// with all the doors through which one comes to a ticket.
type theatre struct {
	*webtest.Desk
	t       testing.TB
	role    string
	held    desk.RightSet
	state   string
	people  []somebody
	apiDoor http.Handler
	letters *in.Processor
	tokens  map[string]string
	roles   map[string]desk.RoleID
	names   map[string]int64 // what stands for the words in braces
	ticket  desk.TicketID
	n       int    // of tries
	turn    int    // of doors
	said    string // at last, by what refused something
}

func newTheatre(t testing.TB, role string) *theatre {
	t.Helper()
	th := &theatre{t: t, role: role, tokens: map[string]string{}, names: map[string]int64{}, roles: map[string]desk.RoleID{}, Desk: webtest.NewDesk(t,
		webtest.Area{Templates: agent.Templates, Routes: agent.Routes}, webtest.Area{Templates: portal.Templates, Routes: portal.Routes})}
	th.apiDoor = api.New(th.Service, api.Options{})
	th.letters = &in.Processor{Service: th.Service, Log: slog.New(slog.DiscardHandler)}
	ctx, must := t.Context(), webtest.Must[desk.RoleID]
	for _, r := range []desk.RoleID{desk.Requestor, desk.Cc, desk.AdminCc, desk.Owner, desk.CustomerRole} {
		th.roles[r.BuiltinName()] = r
	}
	th.roles["Guard"] = must(th.CreateRole(ctx, th.Sys, desk.Role{Name: "Guard", Everywhere: true}))(t)
	th.Group("Cast")
	firm := th.Customer("firm", "The Firm")
	th.Customer("bolt", "Bolt")
	for _, p := range append(cast, outsider, somebody{"spare", desk.Agent, "nothing", 0}) {
		if th.enter(p); p.part != desk.PartNone {
			th.Join("firm", p.login, p.part)
		}
		if p.role == role {
			th.people = append(th.people, p)
		}
		if p.role == role || p.role != "" && role != "" && p.login != "spare" {
			th.Join("Cast", p.login, desk.PartNone)
		}
	}
	th.people = append(th.people, outsider)
	for _, name := range []string{"Main", "Inner", "Vault"} {
		q := desk.Queue{Name: name, Address: strings.ToLower(name) + "@desk.example", CommentAddress: strings.ToLower(name) + "-note@desk.example"}
		th.Queue[name] = webtest.Must(th.CreateQueue(ctx, th.Sys, q))(t)
	}
	field := webtest.Must(th.CreateField(ctx, th.Sys, desk.Field{Of: desk.OfTickets, Name: "Harbour", Kind: desk.TextField, Everywhere: true}))(t)
	th.names = map[string]int64{"inner": int64(th.Queue["Inner"]), "field": int64(field), "bolt": int64(th.Who["bolt"]), "spare": int64(th.Who["spare"]), "firm": int64(firm)}
	th.gives()
	return th
}

// enter makes one of the cast, with a token.
func (th *theatre) enter(p somebody) {
	id := th.User(strings.ToUpper(p.login[:1])+p.login[1:], "else.example", p.kind)
	th.tokens[p.login] = webtest.Must(th.CreateToken(th.t.Context(), th.Sys, service.NewToken{User: id, Name: "test"}))(th.t)
}

// gives grants what is held to the cast: one set in the queue, in the role, and
// what of it is about going there in the queue where tickets can go.
func (th *theatre) gives() {
	ctx, t := th.t.Context(), th.t
	var as desk.RoleSet
	if th.role != "" {
		as = desk.RolesOf(th.roles[th.role])
	}
	set := webtest.Must(th.CreatePermission(ctx, th.Sys, desk.Permission{Name: "held"}))(t)
	there := webtest.Must(th.CreatePermission(ctx, th.Sys, desk.Permission{Name: "held-there"}))(t)
	webtest.Must(th.Grant(ctx, th.Sys, desk.Grant{Who: th.Who["Cast"], As: as, Permission: set, Place: desk.OnQueue(th.Queue["Main"])}))(t)
	webtest.Must(th.Grant(ctx, th.Sys, desk.Grant{Who: th.Who["Cast"], Permission: there, Place: desk.OnQueue(th.Queue["Inner"])}))(t)
	th.Give(th.Who["Cast"], 0, desk.OnQueue(th.Queue["Inner"]), "SeeQueue")
	th.Give(th.Who["Cast"], 0, desk.OnSystem(), "SeeCustomer")
	th.names["held"], th.names["there"] = int64(set), int64(there)
	th.Give(th.Who["spare"], 0, desk.OnQueue(th.Queue["Main"]), "OwnTicket")
	if th.role == "Owner" {
		th.Give(th.Who["olaf"], 0, desk.OnQueue(th.Queue["Main"]), "OwnTicket")
	}
}

// holds lets the cast hold these rights.
func (th *theatre) holds(rights desk.RightSet) {
	if th.held == rights {
		return
	}
	th.held = rights
	ctx, going := th.t.Context(), desk.RightsOf(desk.SeeQueue, desk.CreateTicket, desk.MoveIntoQueue)
	th.OK(th.UpdatePermission(ctx, th.Sys, desk.Permission{ID: desk.PermissionID(th.names["held"]), Name: "held", Agents: rights, Contacts: rights}))
	th.OK(th.UpdatePermission(ctx, th.Sys, desk.Permission{ID: desk.PermissionID(th.names["there"]), Name: "held-there", Agents: rights & going, Contacts: rights & going}))
}

// open makes a ticket on which everybody stands in his role.
func (th *theatre) open(queue string, owner string) desk.TicketID {
	ctx := th.t.Context()
	in := service.NewTicket{Queue: th.Queue[queue], Subject: "Ship", Text: "It sinks.", Customers: []desk.CustomerID{desk.CustomerID(th.names["firm"])},
		Fields: []service.FieldSet{{Field: desk.FieldID(th.names["field"]), Values: []string{"Hamburg"}}}}
	for _, p := range cast {
		switch p.role {
		case "Requestor":
			in.Requestors = append(in.Requestors, th.Who[p.login])
		case "Cc":
			in.Cc = append(in.Cc, th.Who[p.login])
		case "AdminCc":
			in.AdminCc = append(in.AdminCc, th.Who[p.login])
		}
	}
	if owner != "" && queue == "Main" {
		in.Owner = desk.UserID(th.Who[owner])
	}
	id := webtest.Must(th.OpenTicket(ctx, th.Sys, in))(th.t)
	if th.role == "Guard" {
		th.OK(th.AddWatcher(ctx, th.Sys, id, th.roles["Guard"], th.Who["gil"]))
		th.OK(th.AddWatcher(ctx, th.Sys, id, th.roles["Guard"], th.Who["gina"]))
	}
	return id
}

// fresh makes a ticket in the state, for the deed.
func (th *theatre) fresh(d deed) {
	ctx, queue, owner := th.t.Context(), "Main", d.owner
	if th.role == "Owner" {
		owner = "olaf"
	}
	if th.state == "hidden" {
		queue = "Vault"
	}
	th.Pass(20 * time.Second)
	th.disableQueue(false)
	if strings.Contains(d.doors["api"], "{other}") {
		th.names["other"] = int64(th.open(queue, owner))
	}
	id := th.open(queue, owner)
	th.ticket = id
	switch th.state {
	case "resolved", "deleted":
		th.OK(th.SetStatus(ctx, th.Sys, id, desk.Status(th.state), 0))
	case "merged":
		th.ticket = th.open(queue, owner)
		th.OK(th.MergeTicket(ctx, th.Sys, th.ticket, id))
	case "private", "managers":
		sharing := map[string]desk.Sharing{"private": desk.Private, "managers": desk.ManagersOnly}[th.state]
		th.OK(th.ChangeTicket(ctx, th.Sys, service.TicketChange{Ticket: id, Sharing: &sharing}))
	}
	th.furnish(d, id)
	th.disableQueue(th.state == "queue disabled")
}

// disableQueue disables or enables the queue in which rights are held.
func (th *theatre) disableQueue(off bool) {
	q := webtest.Must(th.Service.Queue(th.t.Context(), th.Sys, th.Queue["Main"]))(th.t)
	if q.Disabled != off {
		q.Disabled = off
		th.OK(th.UpdateQueue(th.t.Context(), th.Sys, *q))
	}
}

// furnish puts on a ticket what a deed asks for.
func (th *theatre) furnish(d deed, id desk.TicketID) {
	ctx := th.t.Context()
	if d.name == "forward" {
		v := webtest.Must(th.Ticket(ctx, th.Sys, id))(th.t)
		th.names["message"] = int64(v.Messages[0].ID)
	}
	if d.name == "see comments" {
		webtest.Must(th.Write(ctx, th.Sys, service.NewMessage{Ticket: id, Kind: desk.Comment, Text: "Between us."}))(th.t)
	}
	if d.name == "see letters" {
		webtest.Must(th.Write(ctx, th.Sys, service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "Soon."}))(th.t)
		for job := range th.jobs(service.JobNotify) {
			th.OK(th.QueueLetters(ctx, th.Sys, job.ID, []desk.Outgoing{{Ticket: id, Address: "seen@else.example", Subject: "x", Body: "x"}}))
		}
	}
}

// jobs are those of a kind that wait.
func (th *theatre) jobs(kind string) func(func(desk.Job) bool) {
	return func(yield func(desk.Job) bool) {
		for {
			job, err := th.ClaimJob(th.t.Context(), th.Sys, kind)
			if th.OK(err); job == nil || !yield(*job) {
				return
			}
		}
	}
}

// filled puts numbers in the place of the words in braces.
func (th *theatre) filled(text, login string) string {
	text = strings.NewReplacer("{id}", strconv.FormatInt(int64(th.ticket), 10), "{me}", strconv.FormatInt(int64(th.Who[login]), 10),
		"{login}", login, "{n}", strconv.Itoa(th.n)).Replace(text)
	role, free := "Cc", desk.Cc
	for _, p := range cast {
		if p.login == login && p.role == "Cc" {
			role, free = "Requestor", desk.Requestor
		}
	}
	text = strings.NewReplacer("{freeid}", strconv.Itoa(int(free)), "{free}", role, "{unlike}", map[bool]string{true: "shared", false: "private"}[th.state == "private"]).Replace(text)
	for name, n := range th.names {
		text = strings.ReplaceAll(text, "{"+name+"}", strconv.FormatInt(n, 10))
	}
	return text
}

// size is what grows whenever something is done to the ticket.
func (th *theatre) size() int {
	v := webtest.Must(th.Ticket(th.t.Context(), th.Sys, th.ticket))(th.t)
	return int(v.Version)<<20 + len(v.Events)
}

// tries somebody's deed by a door, and says what came of it: whether something
// was done is looked up in the ticket, whatever the door says.
func (th *theatre) tries(p somebody, d deed, door string) verdict {
	th.n++
	before := 0
	if d.shows == "" {
		before = th.size()
	}
	how := th.filled(d.doors[door], p.login)
	code, said := map[string]func(somebody, string) (int, string){
		"api": th.byAPI, "agent": th.byPage, "portal": th.byPage, "letter": th.byLetter, "cli": th.byCLI, "batch": th.byBatch,
	}[door](p, how)
	switch {
	case code >= 500:
		th.t.Errorf("%s by %s as %s broke: %s", d.name, door, p.login, said)
	case d.shows != "" && code == http.StatusOK && strings.Contains(said, d.shows), d.shows == "" && th.size() != before:
		if code >= 400 {
			th.t.Errorf("%s by %s as %s was done though the answer is %d: %s", d.name, door, p.login, code, said)
		}
		return done
	case code == http.StatusNotFound:
		return gone
	}
	th.said = fmt.Sprint(code, " ", said)
	return no
}

func (th *theatre) byAPI(p somebody, how string) (int, string) {
	method, rest, _ := strings.Cut(how, " ")
	path, body, _ := strings.Cut(rest, " ")
	r := httptest.NewRequest(method, api.Base+path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+th.tokens[p.login])
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	th.apiDoor.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// byPage asks for a page, or where there is a form sends it.
func (th *theatre) byPage(p somebody, how string) (int, string) {
	path, form, sent := strings.Cut(how, "?")
	if !sent {
		w := th.Get(p.login, path)
		if to := w.Header().Get("Location"); w.Code == http.StatusSeeOther && !strings.HasPrefix(to, "/sign-in") {
			w = th.Get(p.login, to)
		}
		return w.Code, w.Body.String()
	}
	var pairs []string
	for name, values := range webtest.Must(url.ParseQuery(form))(th.t) {
		for _, value := range values {
			pairs = append(pairs, name, value)
		}
	}
	w := th.Post(p.login, path, pairs...)
	return w.Code, w.Body.String()
}

// byLetter writes to an address of the desk.
func (th *theatre) byLetter(p somebody, how string) (int, string) {
	letter := fmt.Sprintf("From: %s@else.example\r\nTo: %s\r\nSubject: [Desk #%d] Ship\r\nMessage-ID: <%d@else.example>\r\n\r\nLetter %d\r\n", p.login, how, th.ticket, th.n, th.n)
	webtest.Must(in.Deliver(th.t.Context(), th.Service, desk.Envelope{Recipient: how, Via: "pipe"}, strings.NewReader(letter)))(th.t)
	webtest.Must(th.letters.Step(th.t.Context()))(th.t)
	return http.StatusAccepted, ""
}

// byCLI runs a command on the same database.
func (th *theatre) byCLI(p somebody, how string) (int, string) {
	var out bytes.Buffer
	code := cli.Run(th.t.Context(), cli.Process{Name: "gatehouse", Args: append([]string{"--as", p.login}, strings.Fields(how)...), In: strings.NewReader(""), Out: &out, Err: &out, Now: th.Now,
		Env: func(name string) (string, bool) {
			v, ok := map[string]string{"GATEHOUSE_DATA": th.Dir, "GATEHOUSE_LOG_LEVEL": "error"}[name]
			return v, ok
		}})
	switch code {
	case 0:
		return http.StatusOK, out.String()
	case 66:
		return http.StatusNotFound, out.String()
	case 77, 65, 1:
		return http.StatusForbidden, out.String()
	}
	return http.StatusInternalServerError, fmt.Sprint(code, out.String())
}

// byBatch changes a batch of one ticket. What its preview says must become of
// it.
func (th *theatre) byBatch(p somebody, how string) (int, string) {
	ctx, change := th.t.Context(), service.BatchChange{}
	th.OK(json.NewDecoder(io.LimitReader(strings.NewReader(how), 1000)).Decode(&change))
	by, before, code := th.By(p.login), th.size(), http.StatusForbidden
	said, err := th.PreviewBatch(ctx, by, []desk.TicketID{th.ticket}, change)
	if desk.KindOf(err) == desk.NotFound {
		code = http.StatusNotFound
	}
	if th.size() != before {
		th.t.Errorf("the preview of %s changed the ticket", how)
	}
	if _, err := th.StartBatch(ctx, by, []desk.TicketID{th.ticket}, change, ""); err == nil {
		for job := range th.jobs(service.JobBatch) {
			th.OK(th.RunBatch(ctx, th.Sys, job))
		}
	}
	if done := th.size() != before; done != (err == nil && said.Changes == 1) {
		th.t.Errorf("the preview of %s as %s says %+v, %v; it was done: %v", how, p.login, said, err, done)
	} else if done {
		code = http.StatusOK
	}
	return code, how
}
