package service_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// A signingHouse is a desk with approvals. Ann and Bob work in support; the
// boss, who does not, and the group leads of Lea and Leo approve; Carl is a
// contact of Acme, Root may everything, Olga works elsewhere.
type signingHouse struct {
	*house
	ticket desk.TicketID
}

func newSigningHouse(t *testing.T) *signingHouse {
	h := newHouse(t)
	for _, login := range []string{"ann", "bob", "boss", "lea", "leo", "root", "olga"} {
		h.agent(login)
	}
	h.customer(desk.Customer{Key: "acme", Name: "Acme"})
	h.contact("carl", "acme")
	h.contact("cora", "acme")
	h.group("leads", "lea", "leo")
	h.makeQueue(desk.Queue{Name: "support"})
	h.makeQueue(desk.Queue{Name: "other"})
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	for _, login := range []string{"ann", "bob"} {
		h.grant(h.names[login], "rw", desk.OnQueue(h.queue["support"]))
	}
	h.grant(h.names["olga"], "rw", desk.OnQueue(h.queue["other"]))
	h.grant(desk.Contacts, "rw", desk.OnQueue(h.queue["support"]))
	must(h.ApplyBlueprint(h.ctx, h.sys, "approvals", map[string]string{"queue": "Approvals"}))(t)
	return &signingHouse{h, h.open(service.NewTicket{Queue: h.queue["support"], Subject: "New laptop", Text: "My old one broke.",
		Requestors: []desk.PrincipalID{h.names["carl"]}})}
}

// ask has Ann ask those named for their approval.
func (h *signingHouse) ask(of ...string) []desk.TicketID {
	h.t.Helper()
	return must(h.AskApproval(h.ctx, h.by("ann"), h.asking(of...)))(h.t)
}

func (h *signingHouse) asking(of ...string) service.ApprovalAsk {
	in := service.ApprovalAsk{Ticket: h.ticket, Subject: "A laptop for Acme", Reason: "It costs 900."}
	for _, name := range of {
		in.Of = append(in.Of, h.names[name])
	}
	return in
}

// told are the logins of those who got a letter of a kind since the last time.
func (h *signingHouse) told() string {
	h.t.Helper()
	var list []string
	for {
		job := must(h.ClaimJob(h.ctx, h.sys, service.JobNotify))(h.t)
		if job == nil {
			slices.Sort(list)
			return strings.Join(list, " ")
		}
		news := must(h.News(h.ctx, h.sys, desk.EventID(parse(h.t, job.Data))))(h.t)
		for _, r := range news.Recipients {
			list = append(list, strings.ToLower(r.Name.Text)+":"+string(r.Kind))
		}
		h.ok(h.EndJob(h.ctx, h.sys, job.ID))
	}
}

// TestApprovalsByState tries each thing that one can do to an approval in each
// state that it can have, as each of the people around it.
func TestApprovalsByState(t *testing.T) {
	h := newSigningHouse(t)
	reach := map[string]func(id desk.TicketID) error{
		"open":      func(desk.TicketID) error { return nil },
		"granted":   func(id desk.TicketID) error { return h.DecideApproval(h.ctx, h.by("boss"), id, true, "") },
		"refused":   func(id desk.TicketID) error { return h.DecideApproval(h.ctx, h.by("boss"), id, false, "Too dear.") },
		"withdrawn": func(id desk.TicketID) error { return h.WithdrawApproval(h.ctx, h.by("ann"), id) },
	}
	do := map[string]func(by desk.Actor, id desk.TicketID) error{
		"grant":    func(by desk.Actor, id desk.TicketID) error { return h.DecideApproval(h.ctx, by, id, true, "Fine.") },
		"refuse":   func(by desk.Actor, id desk.TicketID) error { return h.DecideApproval(h.ctx, by, id, false, "No.") },
		"withdraw": func(by desk.Actor, id desk.TicketID) error { return h.WithdrawApproval(h.ctx, by, id) },
		"set granted": func(by desk.Actor, id desk.TicketID) error {
			return h.SetStatus(h.ctx, by, id, desk.StatusGranted, 0)
		},
	}
	const works = 0
	// By action and state: ann who asked, boss who was asked, bob who works on
	// the ticket, root.
	want := map[string]map[string][4]desk.Kind{
		"grant": {
			"open":      {desk.Forbidden, works, desk.NotFound, desk.Forbidden},
			"granted":   {desk.Conflict, desk.Conflict, desk.NotFound, desk.Conflict},
			"refused":   {desk.Conflict, desk.Conflict, desk.NotFound, desk.Conflict},
			"withdrawn": {desk.Conflict, desk.Conflict, desk.NotFound, desk.Conflict},
		},
		"withdraw": {
			"open":      {works, desk.Forbidden, desk.NotFound, works},
			"granted":   {desk.Conflict, desk.Forbidden, desk.NotFound, desk.Conflict},
			"refused":   {works, desk.Forbidden, desk.NotFound, works},
			"withdrawn": {desk.Conflict, desk.Forbidden, desk.NotFound, desk.Conflict},
		},
		"set granted": {
			"open":      {desk.Conflict, desk.Conflict, desk.NotFound, desk.Conflict},
			"granted":   {desk.Forbidden, desk.Forbidden, desk.NotFound, desk.Conflict},
			"refused":   {desk.Forbidden, desk.Forbidden, desk.NotFound, desk.Conflict},
			"withdrawn": {desk.Forbidden, desk.Forbidden, desk.NotFound, desk.Conflict},
		},
	}
	want["refuse"] = want["grant"]
	try := func(t *testing.T, action, state, login string, want desk.Kind) {
		h.ticket = h.open(service.NewTicket{Queue: h.queue["support"], Subject: "x", Text: "y"})
		id := h.ask("boss")[0]
		h.ok(reach[state](id))
		err := do[action](h.by(login), id)
		if got := desk.KindOf(err); err != nil && got != want || err == nil && want != works {
			t.Errorf("got %v, want kind %d", err, want)
		}
	}
	for action, states := range want {
		for state, kinds := range states {
			for i, login := range []string{"ann", "boss", "bob", "root"} {
				t.Run(fmt.Sprintf("%s may %s what is %s", login, action, state), func(t *testing.T) { try(t, action, state, login, kinds[i]) })
			}
		}
	}
}

// TestATicketWaitsForItsApprovals: it is not done while one is open, not solved
// where one was refused, and says which.
func TestATicketWaitsForItsApprovals(t *testing.T) {
	h := newSigningHouse(t)
	solve := func() error { return h.SetStatus(h.ctx, h.by("ann"), h.ticket, desk.StatusResolved, 0) }
	says := func(err error, want ...string) {
		t.Helper()
		for _, part := range want {
			if err == nil || !strings.Contains(desk.Sentence(err), part) {
				t.Errorf("got %v, want it to say %q", err, part)
			}
		}
	}
	id := h.ask("boss")[0]
	says(solve(), fmt.Sprintf("waits for approval %d (A laptop for Acme)", id), "Boss was asked")
	says(h.SetStatus(h.ctx, h.by("ann"), h.ticket, desk.StatusRejected, 0), "neither granted nor refused")
	_, err := h.AskApproval(h.ctx, h.by("ann"), h.asking("boss"))
	says(err, "Boss was asked already")
	h.ok(h.DecideApproval(h.ctx, h.by("boss"), id, false, "Too dear."))
	says(solve(), "was refused", "Boss was asked")
	again := h.ask("boss")[0]
	if got := h.statusOf(id); got != desk.StatusWithdrawn {
		t.Errorf("what was refused is %s after asking again, want withdrawn", got)
	}
	says(solve(), fmt.Sprintf("approval %d", again))
	h.ok(h.DecideApproval(h.ctx, h.by("boss"), again, true, "Well then."))
	h.ok(solve())
	_, err = h.AskApproval(h.ctx, h.by("ann"), h.asking("leads"))
	says(err, "is done")
}

// TestAllWhoAreAskedDecideButAnyOfAGroup.
func TestAllWhoAreAskedDecideButAnyOfAGroup(t *testing.T) {
	h := newSigningHouse(t)
	made := h.ask("leads", "boss", "boss")
	if len(made) != 2 {
		t.Fatalf("made %v, want one for the boss and one for the leads", made)
	}
	count := func(login string) int { return must(h.CountToApprove(h.ctx, h.by(login)))(t) }
	for login, want := range map[string]int{"lea": 1, "leo": 1, "boss": 1, "ann": 0, "bob": 0, "root": 0, "carl": 0} {
		if got := count(login); got != want {
			t.Errorf("%s has %d to approve, want %d", login, got, want)
		}
	}
	of := must(h.ToApprove(h.ctx, h.by("leo")))(t)[0]
	h.ok(h.DecideApproval(h.ctx, h.by("leo"), of.ID, true, "Yes."))
	if count("lea") != 0 {
		t.Error("Lea still has to approve what Leo granted")
	}
	if err := h.SetStatus(h.ctx, h.by("ann"), h.ticket, desk.StatusResolved, 0); err == nil {
		t.Error("it was solved though the boss has not decided")
	}
	h.ok(h.DecideApproval(h.ctx, h.by("boss"), must(h.ToApprove(h.ctx, h.by("boss")))(t)[0].ID, true, ""))
	h.ok(h.SetStatus(h.ctx, h.by("ann"), h.ticket, desk.StatusResolved, 0))
}

// TestWhoSeesWhatOfAnApproval: the one who was asked sees what he was told and
// not the ticket; who works on the ticket sees what came of it and not what was
// asked; customers and others see nothing.
func TestWhoSeesWhatOfAnApproval(t *testing.T) {
	h := newSigningHouse(t)
	id := h.ask("boss")[0]
	a := must(h.ToApprove(h.ctx, h.by("boss")))(t)[0]
	if a.Reason != "It costs 900." || a.For != 0 || a.ForSubject != "" || a.Asker.Text != "Ann" || !a.May {
		t.Errorf("the boss sees %+v, want the reason and nothing of the ticket", a)
	}
	for login, want := range map[string]desk.Kind{"boss": desk.NotFound, "lea": desk.NotFound, "olga": desk.NotFound} {
		if _, err := h.Ticket(h.ctx, h.by(login), h.ticket); desk.KindOf(err) != want {
			t.Errorf("%s opens the ticket: %v", login, err)
		}
	}
	for _, login := range []string{"bob", "carl", "cora", "lea", "olga"} {
		if _, err := h.Ticket(h.ctx, h.by(login), id); desk.KindOf(err) != desk.NotFound {
			t.Errorf("%s opens the approval: %v", login, err)
		}
	}
	h.ok(h.DecideApproval(h.ctx, h.by("boss"), id, false, "Too dear."))
	bobs := must(h.TicketApprovals(h.ctx, h.by("bob"), h.ticket))(t)
	if len(bobs.Lines) != 1 || !bobs.Ask {
		t.Fatalf("Bob sees %+v, want one approval and that he may ask", bobs)
	}
	if l := bobs.Lines[0]; l.State != service.ApprovalRefused || l.By.Text != "Boss" || l.Word != "Too dear." || l.Reason != "" || l.Opens || l.Withdraws || l.Ended.IsZero() {
		t.Errorf("Bob sees %+v, want who refused it and why, and not what was asked", l)
	}
	if carls := must(h.TicketApprovals(h.ctx, h.by("carl"), h.ticket))(t); len(carls.Lines) != 0 || carls.Ask {
		t.Errorf("the customer sees %+v", carls)
	}
	annas := must(h.TicketApprovals(h.ctx, h.by("ann"), id))(t)
	if annas.About == nil || annas.About.For != h.ticket || annas.About.May || !annas.About.Withdraws {
		t.Errorf("Ann sees %+v on the approval's own page", annas.About)
	}
	for login, want := range map[string]int{"bob": 2, "ann": 2, "carl": 0} {
		v := must(h.Ticket(h.ctx, h.by(login), h.ticket))(t)
		n := 0
		for _, e := range v.Events {
			if e.Kind == desk.EventApproval {
				n++
			}
		}
		if n != want {
			t.Errorf("%s sees %d lines of it in the ticket's history, want %d", login, n, want)
		}
	}
	err := h.SetStatus(h.ctx, h.sys, h.ticket, desk.StatusResolved, 0)
	if desk.KindOf(err) != desk.Conflict {
		t.Errorf("the desk solved it all the same: %v", err)
	}
}

// TestLettersOfApprovals: who is asked, who asked, and who else was asked hear
// of it; nobody gets a letter of what he did himself.
func TestLettersOfApprovals(t *testing.T) {
	h := newSigningHouse(t)
	h.told()
	id := h.ask("leads")[0]
	if got := h.told(); got != "lea:approval leo:approval" {
		t.Errorf("asked: told %s", got)
	}
	h.ok(h.DecideApproval(h.ctx, h.by("leo"), id, false, "Why so dear?"))
	if got := h.told(); got != "ann:decided lea:decided" {
		t.Errorf("refused: told %s", got)
	}
	id = h.ask("carl")[0]
	if got := h.told(); got != "carl:approval" {
		t.Errorf("a contact is asked, and nobody else of his company: told %s", got)
	}
	h.ok(h.WithdrawApproval(h.ctx, h.by("ann"), id))
	if got := h.told(); got != "carl:decided" {
		t.Errorf("withdrawn: told %s", got)
	}
	id = h.ask("boss")[0]
	h.told()
	must(h.Write(h.ctx, h.by("boss"), service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "Which one?"}))(t)
	if got := h.told(); got != "ann:reply" || h.statusOf(id) != desk.StatusAsked {
		t.Errorf("asked back: told %s, and it is %s", got, h.statusOf(id))
	}
}

// TestWaysAroundAnApproval: nothing else grants one, changes who decides, or
// lets the ticket go.
func TestWaysAroundAnApproval(t *testing.T) {
	h := newSigningHouse(t)
	id := h.ask("boss")[0]
	link := service.Link{From: h.ticket, Type: service.LinkDependsOn, To: id}
	for why, do := range map[string]func(by desk.Actor) error{
		"a status": func(by desk.Actor) error { return h.SetStatus(h.ctx, by, id, desk.StatusGranted, 0) },
		"a reply with a status": func(by desk.Actor) error {
			_, err := h.Write(h.ctx, by, service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "ok", Status: desk.StatusGranted})
			return err
		},
		"oneself among those asked": func(by desk.Actor) error { return h.AddWatcher(h.ctx, by, id, desk.AdminCc, desk.PrincipalID(by.User)) },
		"nobody asked any more":     func(by desk.Actor) error { return h.RemoveWatcher(h.ctx, by, id, desk.AdminCc, h.names["boss"]) },
		"another queue":             func(by desk.Actor) error { return h.MoveTicket(h.ctx, by, id, h.queue["support"]) },
		"a merge":                   func(by desk.Actor) error { return h.MergeTicket(h.ctx, by, id, h.ticket) },
		"a merge the other way":     func(by desk.Actor) error { return h.MergeTicket(h.ctx, by, h.ticket, id) },
		"no link any more":          func(by desk.Actor) error { return h.UnlinkTickets(h.ctx, by, link) },
	} {
		for _, login := range []string{"root", "ann", "boss"} {
			err := do(h.by(login))
			if err == nil || login == "root" && (desk.KindOf(err) != desk.Conflict || !strings.Contains(desk.Sentence(err), "asks for an approval")) {
				t.Errorf("%s by %s: got %v", why, login, err)
			}
		}
	}
	if got := h.statusOf(id); got != desk.StatusAsked {
		t.Errorf("it is %s, want that it waits", got)
	}
	for _, login := range []string{"root", "boss"} { // what would be refused is not offered
		for _, step := range must(h.Ticket(h.ctx, h.by(login), id))(t).Steps {
			if step.To == desk.StatusGranted || step.To == desk.StatusRefused {
				t.Errorf("%s is offered %s", login, step.To)
			}
		}
	}
	h.ok(h.DecideApproval(h.ctx, h.by("boss"), id, true, ""))
	h.ok(h.UnlinkTickets(h.ctx, h.by("root"), link)) // it was granted: nothing hangs on the link any more
}

// TestWhoCannotBeAsked.
func TestWhoCannotBeAsked(t *testing.T) {
	h := newSigningHouse(t)
	h.group("empty")
	h.group("only ann", "ann")
	for _, tt := range []struct {
		why, by, of string
		reason      string
		want        desk.Kind
		says        string
	}{
		{"oneself", "ann", "ann", "x", desk.Invalid, "asked for himself"},
		{"a group of oneself alone", "ann", "only ann", "x", desk.Invalid, "nobody in only ann"},
		{"an empty group", "ann", "empty", "x", desk.Invalid, "nobody in empty"},
		{"a company", "ann", "acme", "x", desk.Invalid, "Only a person or a group"},
		{"nobody", "ann", "", "x", desk.Invalid, "Name somebody"},
		{"without saying of what", "ann", "boss", " ", desk.Invalid, "Say what"},
		{"by a customer", "carl", "boss", "x", desk.Forbidden, "may see ticket"},
		{"by who works elsewhere", "olga", "boss", "x", desk.NotFound, "There is no ticket"},
	} {
		in := h.asking()
		in.Reason = tt.reason
		if tt.of != "" {
			in.Of = []desk.PrincipalID{h.names[tt.of]}
		}
		_, err := h.AskApproval(h.ctx, h.by(tt.by), in)
		said := desk.Sentence(err)
		for _, text := range desk.FieldTexts(err) {
			said += " " + text
		}
		if desk.KindOf(err) != tt.want || !strings.Contains(said, tt.says) {
			t.Errorf("%s: got %v (%s)", tt.why, err, said)
		}
	}
	in := h.asking("boss")
	in.Form = "one form"
	first := must(h.AskApproval(h.ctx, h.by("ann"), in))(t)
	if again := must(h.AskApproval(h.ctx, h.by("ann"), in))(t); !slices.Equal(first, again) {
		t.Errorf("a form sent twice asked for %v and %v", first, again)
	}
	boss := must(h.User(h.ctx, h.sys, h.id("boss")))(t)
	boss.Disabled = true
	h.ok(h.UpdateUser(h.ctx, h.sys, *boss))
	if err := h.DecideApproval(h.ctx, h.by("boss"), first[0], true, ""); err == nil {
		t.Error("who is disabled granted it")
	}
}

// TestNoApprovalsWithoutTheBlueprint: nobody is offered what is not set up, and
// whoever asks all the same is told what to do; taking it back ends it.
// TestApprovalsAreNoUnownedWork: nobody takes an approval, so a list of what is
// to be taken can leave them out, before and after tickets are counted from
// memory.
func TestApprovalsAreNoUnownedWork(t *testing.T) {
	h := newSigningHouse(t)
	asked := h.ask("boss")[0]
	nobody := desk.UserID(0)
	unowned := service.TicketFilter{Owner: &nobody, Activity: service.OnlyActive}
	toTake := unowned
	toTake.NoApprovals = true
	narrowed := toTake
	narrowed.Query = fmt.Sprintf("id = %d OR id = %d", asked, h.ticket)
	filters := []service.TicketFilter{unowned, toTake, narrowed}
	same := func(counted, who string, want [3]int) {
		if got := must(h.ViewCounts(h.ctx, h.by(who), filters, 10))(t); !slices.EqualFunc(got, want[:], func(c service.TicketCount, n int) bool { return c.N == n }) {
			t.Errorf("%s: %s counts %v, want %v", counted, who, got, want)
		}
		for i, f := range filters {
			if page := must(h.Tickets(h.ctx, h.by(who), f))(t); len(page.Lines) != want[i] {
				t.Errorf("%s: list %d of %s has %d tickets, want %d", counted, i, who, len(page.Lines), want[i])
			}
		}
	}
	for _, counted := range []string{"by the database", "from memory"} {
		for who, want := range map[string][3]int{"ann": {2, 1, 1}, "boss": {1, 0, 0}, "bob": {1, 1, 1}, "root": {2, 1, 1}} {
			same(counted, who, want)
		}
		h.ok(h.KeepCounting(h.ctx, h.sys))
	}
}

func TestNoApprovalsWithoutTheBlueprint(t *testing.T) {
	h := newHouse(t)
	h.agent("ann")
	h.agent("boss")
	q := h.makeQueue(desk.Queue{Name: "support"})
	h.grant(h.names["ann"], "rw", desk.OnQueue(q))
	s := &signingHouse{h, h.open(service.NewTicket{Queue: q, Subject: "x", Text: "y"})}
	offered := func() bool { return must(h.TicketApprovals(h.ctx, h.by("ann"), s.ticket))(t).Ask }
	_, err := h.AskApproval(h.ctx, h.by("ann"), s.asking("boss"))
	if offered() || desk.KindOf(err) != desk.Conflict || !strings.Contains(desk.Sentence(err), "blueprint") {
		t.Errorf("got %v, offered: %v", err, offered())
	}
	names := map[string]string{"queue": "Approvals"}
	change := must(h.ApplyBlueprint(h.ctx, h.sys, "approvals", names))(t)
	if !offered() {
		t.Error("set up, and not offered")
	}
	if again := must(h.ApplyBlueprint(h.ctx, h.sys, "approvals", names))(t); again != 0 {
		t.Errorf("applied twice it changed something: %d", again)
	}
	h.agent("root")
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	must(h.TakeBack(h.ctx, h.by("root"), change))(t)
	if offered() {
		t.Error("taken back, and still offered")
	}
}
