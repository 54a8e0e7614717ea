package service

import (
	"cmp"
	"context"
	"strings"

	"gatehouse/desk"
)

// An ownLetter is written by the desk to one person about himself. Such letters
// have no template that queues word anew: they belong to no queue, tell of no
// event of a ticket, and some of them are what protects an account.
type ownLetter struct {
	kind          desk.LetterKind
	what          string        // a word of its Message-ID
	ticket        desk.TicketID // to which its subject leads; zero: none
	subject, body string
}

// inWords is a text in each language. What stands in it in braces is put in.
type inWords struct{ english, german string }

// and is one text behind the other.
func (w inWords) and(next inWords) inWords {
	return inWords{w.english + next.english, w.german + next.german}
}

// speaks returns the language of letters to somebody: his own, else the desk's.
func (o *op) speaks(u *desk.User) string { return cmp.Or(u.Language, o.s.Language()) }

// say is a text in somebody's language, with names in braces and what stands for
// them, one after another.
func (o *op) say(u *desk.User, w inWords, values ...string) string {
	text := w.english
	if isGerman(o.speaks(u)) {
		text = w.german
	}
	return strings.NewReplacer(append([]string{"{desk}", o.s.Name()}, values...)...).Replace(text)
}

// worded fills the subject and the text of a letter in; {page} is among the
// values where it leads to a page of the desk.
func (o *op) worded(u *desk.User, l ownLetter, subject, body inWords, values ...string) ownLetter {
	l.subject, l.body = o.say(u, subject, values...), o.say(u, body, values...)
	return l
}

// writeTo has a letter sent to one person about himself.
func (o *op) writeTo(ctx context.Context, u *desk.User, l ownLetter) (desk.OutboxID, error) {
	now := o.s.Now()
	if l.ticket != 0 {
		l.subject = desk.TagSubject(l.subject, o.s.Name(), l.ticket)
	}
	out := desk.Outgoing{Kind: l.kind, Ticket: l.ticket, To: u.ID, Address: u.Address(), LetterID: o.s.letterID(l.what, now), Subject: l.subject, Body: l.body,
		Auto: "auto-generated", At: now, Next: now, State: desk.OutWaiting}
	err := o.InsertOutgoing(ctx, &out)
	return out.ID, err
}

// accountChanged writes a change of somebody's account down and tells him by
// mail, so that he learns of what he did not do himself.
func (o *op) accountChanged(ctx context.Context, user desk.UserID, c change, what inWords) error {
	if err := o.audit(ctx, c); err != nil || o.by.IsSystem() {
		return err
	}
	u, err := o.Tx.User(ctx, user)
	if err != nil || u.Address() == "" || u.Disabled {
		return err
	}
	_, err = o.writeTo(ctx, u, o.accountLetter(u, what))
	return err
}

// accountLetter writes the letter of accountChanged.
func (o *op) accountLetter(u *desk.User, what inWords) ownLetter {
	who := inWords{"you", "von Ihnen selbst"}
	if o.by.User != u.ID {
		who = inWords{"the people who run this desk", "von denen, die dieses Desk betreiben"}
	}
	return o.worded(u, ownLetter{kind: desk.LetterAccount, what: "account"},
		inWords{"Your account at {desk} was changed", "Ihr Konto bei {desk} wurde geändert"},
		inWords{"{what}\n\nIt was done by {who}. If you know of it, do nothing. If not, somebody else may be using your account: sign in, end all other sessions, change your password, and tell the people who run this desk.\n\n{page}\n",
			"{what}\n\nGeändert wurde es {who}. Wissen Sie davon, ist nichts zu tun. Wenn nicht, benutzt vielleicht jemand anderes Ihr Konto: Melden Sie sich an, beenden Sie alle anderen Sitzungen, ändern Sie Ihr Passwort und sagen Sie es denen, die dieses Desk betreiben.\n\n{page}\n"},
		"{page}", o.s.opt.BaseURL+"/account", "{what}", o.say(u, what), "{who}", o.say(u, who))
}

// linkLetter writes the letter with a link that signs in.
func (o *op) linkLetter(u *desk.User, link string) ownLetter {
	return o.worded(u, ownLetter{kind: desk.LetterSignIn, what: "link"},
		inWords{"Sign in to {desk}", "Anmelden bei {desk}"},
		inWords{"Open this address to sign in. It works once, for twenty minutes:\n\n{link}\n\nIf you did not ask for it, do nothing.\n",
			"Öffnen Sie diese Adresse, um sich anzumelden. Sie gilt einmal, zwanzig Minuten lang:\n\n{link}\n\nHaben Sie nicht darum gebeten, ist nichts zu tun.\n"},
		"{link}", link)
}

// welcomeLetter writes the letter of Welcome.
func (o *op) welcomeLetter(u *desk.User) ownLetter {
	return o.worded(u, ownLetter{kind: desk.LetterSignIn, what: "welcome"},
		inWords{"Welcome to {desk}", "Willkommen bei {desk}"},
		inWords{"You now have an account at {desk}. Your login: {login}\n\nOpen this page and have a link sent to this address, or sign in with the password that you were given:\n\n{page}\n",
			"Sie haben jetzt ein Konto bei {desk}. Ihr Login: {login}\n\nÖffnen Sie diese Seite und lassen Sie sich einen Link an diese Adresse senden, oder melden Sie sich mit dem Passwort an, das man Ihnen gab:\n\n{page}\n"},
		"{page}", o.s.opt.BaseURL+"/sign-in", "{login}", u.Login)
}

// sendInvitation tells somebody that he belongs to a customer, and how he signs
// in.
func (o *op) sendInvitation(ctx context.Context, c *desk.Customer, u *desk.User) error {
	_, err := o.writeTo(ctx, u, o.worded(u, ownLetter{kind: desk.LetterSignIn, what: "invite"},
		inWords{"Welcome to {desk}", "Willkommen bei {desk}"},
		inWords{"You now belong to {customer} at {desk}, where you can ask for help and follow what was asked.\n\nTo sign in, open this page and have a link sent to this address:\n\n{page}\n",
			"Sie gehören jetzt zu {customer} bei {desk}. Dort können Sie um Hilfe bitten und verfolgen, was gefragt wurde.\n\nZum Anmelden öffnen Sie diese Seite und lassen sich einen Link an diese Adresse senden:\n\n{page}\n"},
		"{page}", o.s.opt.BaseURL+"/sign-in", "{customer}", c.Name))
	return err
}

// testLetter writes the letter of SendTestLetter.
func (o *op) testLetter(u *desk.User) ownLetter {
	return o.worded(u, ownLetter{kind: desk.LetterAccount, what: "test"},
		inWords{"A test from {desk}", "Probe von {desk}"},
		inWords{"This letter has arrived: the desk {desk} can send letters.\n\n{page}\n", "Dieser Brief ist angekommen: Das Desk {desk} kann Briefe senden.\n\n{page}\n"},
		"{page}", o.s.opt.BaseURL+"/admin/")
}

// tokenLetter writes the letter of WarnOfTokens.
func (o *op) tokenLetter(u *desk.User, t *desk.Token) ownLetter {
	zone := zoneOf(u, o.s.Zone())
	day := inWords{"2 January 2006", "02.01.2006"}
	body := inWords{"The token {token} is valid until {until}. After that the desk turns the program away that works with it.",
		"Das Token {token} gilt bis {until}. Danach weist das Desk das Programm ab, das damit arbeitet."}
	used := ""
	if t.LastUsed.IsZero() {
		body = body.and(inWords{"\n\nIt was never used, so there is nothing to do.\n", "\n\nEs wurde nie benutzt: Dann ist nichts zu tun.\n"})
	} else {
		used = t.LastUsed.In(zone).Format(o.say(u, day))
		body = body.and(inWords{" It was last used on {used}.\n\nMake a new one in time and give it to the program:\n\n{page}\n",
			" Zuletzt benutzt wurde es am {used}.\n\nLegen Sie rechtzeitig ein neues an und geben Sie es dem Programm:\n\n{page}\n"})
	}
	return o.worded(u, ownLetter{kind: desk.LetterAccount, what: "token"},
		inWords{"Your token {token} at {desk} ends soon", "Ihr Token {token} bei {desk} läuft ab"}, body,
		"{page}", o.s.opt.BaseURL+"/account", "{token}", t.Name, "{until}", t.Until.In(zone).Format(o.say(u, day)+", 15:04 MST"), "{used}", used)
}

// reminderLetter writes the letter of a reminder, which somebody else may have
// made.
func (o *op) reminderLetter(u *desk.User, r *desk.Reminder, t *desk.Ticket, maker string) ownLetter {
	body := inWords{"You wanted to be reminded of this ticket", "Sie wollten an dieses Ticket erinnert werden"}
	if maker != "" {
		body = inWords{"{maker} has you reminded of this ticket", "{maker} lässt Sie an dieses Ticket erinnern"}
	}
	if r.Silent {
		body = body.and(inWords{" if nobody had answered by now", ", wenn bis jetzt niemand geantwortet hat"})
	}
	note := ""
	if r.Note != "" {
		note = "> " + strings.ReplaceAll(r.Note, "\n", "\n> ") + "\n\n"
	}
	body = body.and(inWords{".\n\n{note}{page}\n\n-- \nDone, or later: on the ticket's page.\n", ".\n\n{note}{page}\n\n-- \nErledigt oder später: auf der Seite des Tickets.\n"})
	return o.worded(u, ownLetter{kind: desk.LetterReminder, what: "reminder", ticket: t.ID},
		inWords{"Reminder: {subject}", "Erinnerung: {subject}"}, body,
		"{page}", o.s.opt.BaseURL+"/agent/tickets/"+formatID(t.ID), "{subject}", t.Subject, "{maker}", maker, "{note}", note)
}
