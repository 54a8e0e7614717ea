package mailtest_test

import (
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/mail/mailtest"
	"gatehouse/mail/message"
	"gatehouse/service"
)

// rules sets the rules for letters of the queue support.
func rules(t *testing.T, d *mailtest.Desk, p desk.MailPolicy) {
	t.Helper()
	if err := d.SetMailPolicy(t.Context(), mailtest.System(), d.Queues["support"], p); err != nil {
		t.Fatal(err)
	}
}

// sentTo returns what each person was sent.
func sentTo(d *mailtest.Desk) map[string]*message.Letter {
	list := map[string]*message.Letter{}
	for _, s := range d.Relay.Take() {
		name, _, _ := strings.Cut(s.To, "@")
		list[name] = s.Letter
	}
	return list
}

// TestWhatFollowsALetter: of the conversation one gets what the queue wants, and
// of that only what one may see at the moment of sending.
func TestWhatFollowsALetter(t *testing.T) {
	for _, tt := range []struct {
		why     string
		history desk.History
		kind    desk.MessageKind
		by, to  string
		has     []string
		hasNot  []string
	}{
		{"nothing", desk.HistoryNone, desk.Reply, "ann", "carla", []string{"Latest."}, []string{"It is empty.", "Shake it."}},
		{"the message before", desk.HistoryLast, desk.Reply, "ann", "carla", []string{"Latest.", "> Shake it."}, []string{"It is empty.", "bore", "on the ticket's page"}},
		{"everything, for a customer without comments", desk.HistoryWhole, desk.Reply, "ann", "carla", []string{"Latest.", "> Shake it.", "> It is empty.", "Carla wrote:"}, []string{"bore"}},
		{"nor do replies carry comments to agents, whose answers go to customers", desk.HistoryWhole, desk.Reply, "carla", "ann", []string{"> Shake it."}, []string{"bore"}},
		{"comments follow comments", desk.HistoryWhole, desk.Comment, "abe", "ann", []string{"Latest.", "> He is a bore.", "> Shake it."}, nil},
		{"who may see no ticket gets what was written now", desk.HistoryWhole, desk.Reply, "ann", "blind", []string{"Latest."}, []string{"Shake it.", "empty"}},
		{"so does who was named for this one message", desk.HistoryWhole, desk.Reply, "ann", "far", []string{"Latest."}, []string{"Shake it.", "empty"}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			d := mailtest.OpenShop(t, "")
			rules(t, d, desk.MailPolicy{History: tt.history})
			opened(t, d)
			d.User("blind", desk.Contact)
			if err := d.AddWatcher(t.Context(), mailtest.System(), 1, desk.Cc, d.Names["blind"]); err != nil {
				t.Fatal(err)
			}
			write(t, d, "ann", service.NewMessage{Text: "Shake it.\n\nOn Monday Carla wrote:\n> It is so empty."})
			write(t, d, "ann", service.NewMessage{Kind: desk.Comment, Text: "He is a bore."})
			d.MustWork()
			d.Relay.Take()
			in := service.NewMessage{Kind: tt.kind, Text: "Latest."}
			if tt.by != "carla" {
				in.Delivery.OneTimeCc = []string{"far@away.example"}
			}
			write(t, d, tt.by, in)
			d.MustWork()
			got := sentTo(d)[tt.to]
			if got == nil {
				t.Fatalf("%s got nothing", tt.to)
			}
			for _, text := range []string{got.Text, got.HTML} {
				text = strings.NewReplacer("<br>\n", "\n").Replace(text)
				missing := slices.DeleteFunc(slices.Clone(tt.has), func(part string) bool {
					return strings.Contains(text, part) || strings.Contains(text, strings.TrimPrefix(part, "> "))
				})
				extra := slices.DeleteFunc(slices.Clone(tt.hasNot), func(part string) bool { return !strings.Contains(text, part) })
				if len(missing)+len(extra) > 0 {
					t.Errorf("missing %q, should not be there %q in\n%s", missing, extra, text)
				}
			}
		})
	}
}

// TestHistoryIsAskedAtTheLastMoment: who may no longer see the ticket when his
// letter goes gets nothing of what was before.
func TestHistoryIsAskedAtTheLastMoment(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	rules(t, d, desk.MailPolicy{History: desk.HistoryWhole})
	opened(t, d)
	d.User("cory", desk.Contact)
	granted, err := d.Service.Grant(t.Context(), mailtest.System(), desk.Grant{Who: d.Names["cory"], Right: desk.ShowTicket, Place: desk.OnSystem()})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.AddWatcher(t.Context(), mailtest.System(), 1, desk.Cc, d.Names["cory"]); err != nil {
		t.Fatal(err)
	}
	d.Sender.Relay.Address = ""
	write(t, d, "ann", service.NewMessage{})
	d.MustWork()
	if err := d.Revoke(t.Context(), mailtest.System(), granted); err != nil {
		t.Fatal(err)
	}
	d.Sender.Relay.Address = d.Relay.Address
	d.MustWork()
	if got := sentTo(d)["cory"]; got == nil || !strings.Contains(got.Text, "Shake it.") || strings.Contains(got.Text, "It is empty.") {
		t.Errorf("cory got %+v", got)
	}
}

// TestFormOfLetters: text and HTML say the same, or there is only text.
func TestFormOfLetters(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	opened(t, d)
	write(t, d, "ann", service.NewMessage{Text: "<b>Shake</b> & see https://desk.example/help."})
	d.MustWork()
	got := sentTo(d)["carla"]
	if !strings.Contains(got.Text, "<b>Shake</b> & see") || !strings.Contains(got.HTML, "&lt;b&gt;Shake&lt;/b&gt; &amp; see <a href=") {
		t.Errorf("text:\n%s\nHTML:\n%s", got.Text, got.HTML)
	}
	rules(t, d, desk.MailPolicy{Plain: true})
	write(t, d, "ann", service.NewMessage{})
	d.MustWork()
	if got := sentTo(d)["carla"]; got.HTML != "" {
		t.Errorf("a letter of text only has the HTML\n%s", got.HTML)
	}
}

// TestFilesUpToASize: what fits goes with the letter, and the rest is linked by
// pages that ask who opens them; who has no page is told to ask.
func TestFilesUpToASize(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	rules(t, d, desk.MailPolicy{Files: 1})
	opened(t, d)
	files := []desk.Attachment{{Name: "small.bin", Type: "application/octet-stream", Data: make([]byte, 600<<10)}, {Name: "large.bin", Type: "application/octet-stream", Data: make([]byte, 2<<20)},
		{Name: "second.bin", Type: "application/octet-stream", Data: make([]byte, 600<<10)}}
	for i := range files {
		files[i].Size = int64(len(files[i].Data))
	}
	write(t, d, "ann", service.NewMessage{Files: files, Delivery: service.Delivery{OneTimeCc: []string{"far@away.example"}}})
	d.MustWork()
	got := sentTo(d)
	for to, link := range map[string]string{"abe": "https://desk.example/agent/attachment/2", "carla": "https://desk.example/portal/tickets/1/files/2/2", "far": "Ask for it by an answer."} {
		l := got[to]
		if len(l.Parts) != 1 || l.Parts[0].Name != "small.bin" || !strings.Contains(l.Text, "large.bin, 2.0 MB") || !strings.Contains(l.Text, "second.bin") || !strings.Contains(l.Text, link) {
			t.Errorf("%s got %d files and\n%s", to, len(l.Parts), l.Text)
		}
	}
	rules(t, d, desk.MailPolicy{Files: -1})
	write(t, d, "ann", service.NewMessage{Files: files[:1]})
	d.MustWork()
	if l := sentTo(d)["carla"]; len(l.Parts) != 0 || !strings.Contains(l.Text, "600 KB") {
		t.Errorf("carla got %d files and\n%s", len(l.Parts), l.Text)
	}
}

// TestWhoIsNamedInALetter: carla and carlo are of Acme, bolt's bea is a customer
// of another company, far was named for this message, and bcc unseen.
func TestWhoIsNamedInALetter(t *testing.T) {
	for _, tt := range []struct {
		why      string
		together desk.Together
		kind     desk.MessageKind
		want     map[string]string // who stands in To and Cc of whose letter
	}{
		{"nobody", desk.TogetherNot, desk.Reply, map[string]string{"carla": "carla", "carlo": "carlo", "bea": "bea", "ann": "ann", "far": "far", "bcc": "bcc"}},
		{"those who may know each other", desk.TogetherKnown, desk.Reply, map[string]string{"carla": "carla carlo", "carlo": "carla carlo", "bea": "bea", "ann": "abe ann", "far": "far", "bcc": "bcc"}},
		{"all", desk.TogetherAll, desk.Reply, map[string]string{"carla": "abe ann bea carla carlo far", "bea": "abe ann bea carla carlo far", "ann": "abe ann bea carla carlo far", "bcc": "bcc"}},
		{"comments name those of the desk", desk.TogetherAll, desk.Comment, map[string]string{"ann": "abe ann", "abe": "abe ann", "far": "far", "bcc": "bcc"}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			d := mailtest.OpenShop(t, "")
			opened(t, d)
			d.Customer(desk.Customer{Key: "bolt"}, "bea")
			if err := d.AddWatcher(t.Context(), mailtest.System(), 1, desk.Cc, d.Names["bea"]); err != nil {
				t.Fatal(err)
			}
			rules(t, d, desk.MailPolicy{Together: tt.together})
			if _, err := d.Write(t.Context(), mailtest.System(), service.NewMessage{Ticket: 1, Kind: tt.kind, Text: "y",
				Delivery: service.Delivery{OneTimeCc: []string{"far@away.example"}, OneTimeBcc: []string{"bcc@away.example"}}}); err != nil {
				t.Fatal(err)
			}
			d.MustWork()
			sent := sentTo(d)
			for to, want := range tt.want {
				l := sent[to]
				if l == nil {
					t.Errorf("%s got nothing", to)
					continue
				}
				var names []string
				for _, a := range slices.Concat(l.To, l.Cc) {
					name, _, _ := strings.Cut(a.Address, "@")
					names = append(names, name)
				}
				slices.Sort(names)
				if got := strings.Join(names, " "); got != want {
					t.Errorf("the letter to %s names %q, want %q", to, got, want)
				}
			}
		})
	}
}

// TestWhoMayNoLongerIsNotNamed: rights are asked when a letter goes, of those
// whom it names too.
func TestWhoMayNoLongerIsNotNamed(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	opened(t, d)
	rules(t, d, desk.MailPolicy{Together: desk.TogetherKnown})
	d.Sender.Relay.Address = ""
	write(t, d, "ann", service.NewMessage{})
	d.MustWork()
	if err := d.RemoveMember(t.Context(), mailtest.System(), d.Names["acme"], d.Names["carlo"]); err != nil {
		t.Fatal(err)
	}
	d.Sender.Relay.Address = d.Relay.Address
	d.MustWork()
	sent := sentTo(d)
	if l := sent["carla"]; l == nil || len(l.To)+len(l.Cc) != 1 {
		t.Errorf("carla got %+v", l)
	}
	if sent["carlo"] != nil {
		t.Error("carlo got a letter of a company that he has left")
	}
}
