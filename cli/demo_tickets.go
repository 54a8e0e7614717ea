package cli

import (
	"context"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// A demoTicket is a ticket of the demo: who opened it when, and what happened
// then. It came by letter where letter is set, else by the pages.
type demoTicket struct {
	key       string
	at        time.Duration // since the first day
	by        string
	letter    string // address of a sender whom nobody knew before
	queue     string
	subject   string
	text      string
	file      desk.Attachment
	sharing   desk.Sharing
	customers []string // keys; empty: all that the requestor brings
	priority  int
	then      []demoStep
}

// A demoStep is what somebody did on a ticket some time after the step before.
type demoStep struct {
	after   time.Duration
	by      string
	reply   string
	comment string
	take    bool
	status  desk.Status
	file    desk.Attachment
}

func (d *demo) as(login string) desk.Actor {
	return desk.Actor{User: d.users[login], Via: desk.ViaWeb}
}

func (d *demo) openTicket(ctx context.Context, t demoTicket) error {
	if t.letter != "" {
		return d.receive(ctx, t)
	}
	in := service.NewTicket{Queue: d.queues[t.queue], Subject: t.subject, Text: paragraphs(t.text), Files: filesOf(t.file),
		Requestors: []desk.PrincipalID{d.user(t.by)}, Priority: t.priority}
	if t.sharing != desk.Shared {
		in.Sharing = &t.sharing
	}
	for _, key := range t.customers {
		in.Customers = append(in.Customers, desk.CustomerID(d.groups[key]))
	}
	id, err := d.svc.OpenTicket(ctx, d.as(t.by), in)
	d.tickets[t.key] = id
	return err
}

// receive takes a letter in, as a mail server would bring it.
func (d *demo) receive(ctx context.Context, t demoTicket) error {
	raw := strings.Join([]string{
		"From: " + t.by + " <" + t.letter + ">", "To: support@desk.example", "Subject: " + t.subject,
		"Date: " + d.clock.at.Format(time.RFC1123Z), "Message-ID: <" + t.key + "." + t.letter + ">",
		"Content-Type: text/plain; charset=utf-8", "", paragraphs(t.text), "",
	}, "\r\n")
	env := desk.Envelope{From: t.letter, Recipient: "support@desk.example", Action: desk.Correspond, RemoteAddr: "192.0.2.7", Via: "smtp"}
	spooled, err := d.svc.SpoolMail(ctx, desk.System(desk.ViaMail), env, []byte(raw))
	if err != nil {
		return err
	}
	if err := d.sendLetters(ctx); err != nil {
		return err
	}
	entry, err := d.svc.SpooledLetter(ctx, d.sys, spooled)
	if err != nil {
		return err
	}
	d.tickets[t.key] = entry.Ticket
	return nil
}

func (d *demo) step(ctx context.Context, ticket string, s demoStep) error {
	by, id := d.as(s.by), d.tickets[ticket]
	if s.take {
		if err := d.svc.SetOwner(ctx, by, id, service.Take, 0); err != nil {
			return err
		}
	}
	in := service.NewMessage{Ticket: id, Kind: desk.Reply, Text: paragraphs(s.reply), Files: filesOf(s.file), Status: s.status}
	if s.comment != "" {
		in.Kind, in.Text = desk.Comment, paragraphs(s.comment)
	}
	switch {
	case in.Text != "":
		_, err := d.svc.Write(ctx, by, in)
		return err
	case s.status != "":
		return d.svc.SetStatus(ctx, by, id, s.status, 0)
	}
	return nil
}

// paragraphs puts an empty line between the lines of a text of the demo.
func paragraphs(text string) string { return strings.ReplaceAll(text, "\n", "\n\n") }

func filesOf(f desk.Attachment) []desk.Attachment {
	if f.Name == "" {
		return nil
	}
	f.Size = int64(len(f.Data))
	return []desk.Attachment{f}
}

func textFile(name, kind, text string) desk.Attachment {
	return desk.Attachment{Name: name, Type: kind, Data: []byte(text)}
}

const (
	hours = time.Hour
	days  = 24 * time.Hour
)

// demoTickets are the tickets of the demo, one per situation that a desk knows.
func demoTickets() []demoTicket {
	return append(demoSupport(), demoOthers()...)
}

func demoSupport() []demoTicket {
	return []demoTicket{
		{key: "printer", at: 9 * hours, by: "bob", queue: "support", subject: "Printer on the second floor prints blank pages",
			text: "Hello,\nsince this morning the printer near the kitchen prints blank pages only. We changed the toner, it made no difference.\nBob",
			then: []demoStep{
				{after: 40 * time.Minute, by: "ben", take: true, reply: "Hello Bob,\ncould you print its status page (hold the green button for five seconds) and tell me what stands behind “Drum”?\nBen"},
				{after: 2 * hours, by: "alice", reply: "I am next to it: Drum 0 %.\nAlice"},
				{after: 20 * time.Minute, by: "ben", comment: "Drum is at its end. There is one left on the shelf, I bring it along on Thursday."},
				{after: 5 * time.Minute, by: "ben", reply: "Thank you, Alice. That is the drum; I bring a new one tomorrow at ten."},
				{after: 22 * hours, by: "ben", reply: "The drum is changed and the printer prints again.", status: desk.StatusResolved},
			}},
		{key: "wiki", at: 1*days + 8*hours, by: "petra", queue: "support", customers: []string{"borealis"}, subject: "Neue Kollegin: Zugang zum Wiki",
			text: "Guten Tag,\nam Montag beginnt Frau Lindner bei uns. Bitte geben Sie ihr Zugang zum Wiki (lindner@borealis.example).\nMit freundlichen Grüßen\nPetra Peters",
			then: []demoStep{
				{after: 3 * hours, by: "carla", take: true, reply: "Guten Tag Frau Peters,\nder Zugang ist eingerichtet; Frau Lindner hat einen Brief mit dem ersten Passwort.\nCarla Costa", status: desk.StatusResolved},
			}},
		{key: "vpn", at: 3*days + 9*hours, by: "alice", queue: "support", priority: 40, subject: "VPN does not let me in since Monday",
			text: "Hi,\nsince Monday the VPN says “authentication failed”, with the password that opens everything else. The log is attached.\nAlice",
			file: textFile("vpn.log", "text/plain", "09:02:11 connecting to vpn.desk.example\n09:02:12 peer certificate accepted\n09:02:13 AUTH failed: token clock skew 93 s\n"),
			then: []demoStep{
				{after: 1 * hours, by: "ben", take: true, comment: "The log says 93 seconds of skew. The time server of Acme stopped on Sunday, see the monitoring."},
				{after: 10 * time.Minute, by: "ben", reply: "Hello Alice,\nthe clock of your laptop is a minute and a half late, and the one-time code depends on it. Please switch “set time automatically” off and on again."},
				{after: 1 * days, by: "alice", reply: "It let me in once, today it is late again."},
			}},
		{key: "laptop", at: 4*days + 7*hours, by: "alice", queue: "support", sharing: desk.Private, priority: 80, subject: "My laptop was stolen on the train",
			text: "Good morning,\nmy laptop was stolen last night. I would rather tell my colleagues myself, so please keep this between us.\nAlice",
			then: []demoStep{
				{after: 15 * time.Minute, by: "anna", take: true, reply: "Dear Alice,\nI am sorry. Your sessions are ended and the disk is encrypted, so nobody reads your files. A new laptop is ready on Friday.\nAnna"},
				{after: 5 * time.Minute, by: "anna", comment: "Remote wipe ordered. Police report to follow; keep it off the shared board."},
			}},
		{key: "signature", at: 5*days + 10*hours, by: "ruth", queue: "support", customers: []string{"acme"}, subject: "How do I change my signature?",
			text: "The one that stands below my letters still has our old address.\nRuth",
			then: []demoStep{
				{after: 90 * time.Minute, by: "carla", reply: "Settings, then Mail, then Signature. It holds for the next letter you write.", status: desk.StatusResolved},
			}},
		{key: "spam", at: 6*days + 2*hours, by: "Prize Office", letter: "winner@lottery.example", subject: "You have WON",
			text: "Dear winner,\nsend us the number of your account to receive your prize.",
			then: []demoStep{{after: 7 * hours, by: "ben", status: desk.StatusRejected}}},
		{key: "certificate", at: 7*days + 8*hours, by: "cora", queue: "support", priority: 60, subject: "The certificate of our shop ends on Friday",
			text: "Hello,\nyour monitoring wrote to me that the certificate of shop.corvus.example ends on Friday. Do you renew it, or do we?\nCora",
			then: []demoStep{
				{after: 30 * time.Minute, by: "carla", take: true, reply: "Hello Cora,\nwe do. For that the name must point to 192.0.2.80 again; could you ask whoever keeps your DNS?\nCarla", status: desk.StatusStalled},
			}},
		{key: "keyboard", at: 7*days + 15*hours, by: "Dana Dorn", letter: "dana@acme.example", subject: "New keyboard, please",
			text: "Hello,\nthree keys of mine are stuck. Could I get a new keyboard, with a British layout?\nThanks\nDana",
			then: []demoStep{{after: 50 * time.Minute, by: "ben", take: true, reply: "Hello Dana,\nit is on its way and should be with you on Monday.\nBen"}}},
		{key: "shop", at: 8*days + 6*hours, by: "cora", queue: "support", priority: 90, subject: "Error 502 in the shop since this morning",
			text: "Nobody can order anything. The page says “502 Bad Gateway”.\nCora"},
	}
}

func demoOthers() []demoTicket {
	return []demoTicket{
		{key: "invoice", at: 2*days + 9*hours, by: "jonas", queue: "billing", subject: "Rechnung 2026-0417: falsche Umsatzsteuer",
			text: "Sehr geehrte Damen und Herren,\nauf der Rechnung 2026-0417 stehen 16 statt 19 Prozent Umsatzsteuer. Ich bitte um eine berichtigte Rechnung.\nJonas Jansen",
			file: textFile("2026-0417.csv", "text/csv", "position;amount;tax\nSupport October;1200,00;16\n"),
			then: []demoStep{
				{after: 4 * hours, by: "carla", take: true, comment: "He is right. The tax key of Borealis was never changed back."},
				{after: 10 * time.Minute, by: "carla", reply: "Guten Tag Herr Jansen,\nSie haben recht. Die berichtigte Rechnung liegt bei.\nCarla Costa",
					file: textFile("2026-0417-b.csv", "text/csv", "position;amount;tax\nSupport October;1200,00;19\n"), status: desk.StatusResolved},
				{after: 20 * hours, by: "jonas", reply: "Vielen Dank. Bitte senden Sie sie noch an unsere Buchhaltung, buchhaltung@borealis.example."},
			}},
		{key: "renewal", at: 5*days + 9*hours, by: "bob", queue: "billing", sharing: desk.ManagersOnly, subject: "Contract for next year",
			text: "Hello Carla,\nour contract ends in December. Please send an offer for two more years, with 40 seats instead of 30.\nBob",
			then: []demoStep{
				{after: 6 * hours, by: "carla", take: true, reply: "Hello Bob,\ngladly. You get the offer by the end of the week.\nCarla"},
				{after: 1 * hours, by: "anna", comment: "Up to ten percent off is fine if they take two years."},
			}},
		{key: "tapes", at: 3*days + 13*hours, by: "ben", queue: "internal", subject: "Take the backup tapes to the bank",
			text: "The ones of October, before the end of the month.",
			then: []demoStep{{after: 5 * time.Minute, by: "ben", take: true}, {after: 2 * days, by: "ben", comment: "Done, receipt is in the safe.", status: desk.StatusResolved}}},
		{key: "rota", at: 6*days + 14*hours, by: "anna", queue: "internal", subject: "Who works between the years?",
			text: "Please write here until Friday which days you would rather have off.",
			then: []demoStep{
				{after: 3 * hours, by: "ben", comment: "I take the 27th and the 28th, then the 31st off."},
				{after: 1 * days, by: "carla", comment: "Any day but the 24th."},
			}},
		{key: "quota", at: 7*days + 14*hours, by: "petra", queue: "support", customers: []string{"corvus"}, subject: "Corvus: Postfach fast voll",
			text: "Guten Tag,\ndas Postfach von Corvus, das ich mitbetreue, ist zu 95 % voll. Kann es größer werden?\nPetra Peters",
			then: []demoStep{{after: 2 * hours, by: "ben", reply: "Good afternoon,\nit can. Cora as the owner of the contract would have to agree; I have put the question to her here."}}},
	}
}
