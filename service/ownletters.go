package service

import (
	"cmp"
	"context"

	"gatehouse/desk"
)

// An ownLetter is written by the desk to one person about himself.
type ownLetter struct {
	kind          desk.LetterKind
	what          string // a word of its Message-ID
	subject, body string
}

// speaks returns the language of letters to somebody: his own, else the desk's.
func (o *op) speaks(u *desk.User) string { return cmp.Or(u.Language, o.s.Language()) }

// writeTo has a letter sent to one person about himself.
func (o *op) writeTo(ctx context.Context, u *desk.User, l ownLetter) (desk.OutboxID, error) {
	now := o.s.Now()
	out := desk.Outgoing{Kind: l.kind, To: u.ID, Address: u.Address(), LetterID: o.s.letterID(l.what, now), Subject: l.subject, Body: l.body,
		Auto: "auto-generated", At: now, Next: now, State: desk.OutWaiting}
	err := o.InsertOutgoing(ctx, &out)
	return out.ID, err
}

// inWords is a sentence in each language.
type inWords struct{ english, german string }

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
	l, page := ownLetter{kind: desk.LetterAccount, what: "account"}, o.s.opt.BaseURL+"/account\n"
	who := inWords{"you", "von Ihnen selbst"}
	if o.by.User != u.ID {
		who = inWords{"the people who run this desk", "von denen, die dieses Desk betreiben"}
	}
	if isGerman(o.speaks(u)) {
		l.subject = "Ihr Konto bei " + o.s.Name() + " wurde geändert"
		l.body = what.german + "\n\nGeändert wurde es " + who.german + ". Wissen Sie davon, ist nichts zu tun. Wenn nicht, benutzt vielleicht jemand anderes Ihr Konto: Melden Sie sich an, beenden Sie alle anderen Sitzungen, ändern Sie Ihr Passwort und sagen Sie es denen, die dieses Desk betreiben.\n\n" + page
		return l
	}
	l.subject = "Your account at " + o.s.Name() + " was changed"
	l.body = what.english + "\n\nIt was done by " + who.english + ". If you know of it, do nothing. If not, somebody else may be using your account: sign in, end all other sessions, change your password, and tell the people who run this desk.\n\n" + page
	return l
}

// linkLetter writes the letter with a link that signs in.
func (o *op) linkLetter(u *desk.User, link string) ownLetter {
	l := ownLetter{kind: desk.LetterSignIn, what: "link"}
	if isGerman(o.speaks(u)) {
		l.subject = "Anmelden bei " + o.s.Name()
		l.body = "Öffnen Sie diese Adresse, um sich anzumelden. Sie gilt einmal, zwanzig Minuten lang:\n\n" + link + "\n\nHaben Sie nicht darum gebeten, ist nichts zu tun.\n"
		return l
	}
	l.subject = "Sign in to " + o.s.Name()
	l.body = "Open this address to sign in. It works once, for twenty minutes:\n\n" + link + "\n\nIf you did not ask for it, do nothing.\n"
	return l
}

// welcomeLetter writes the letter of Welcome.
func (o *op) welcomeLetter(u *desk.User) ownLetter {
	l, page := ownLetter{kind: desk.LetterSignIn, what: "welcome"}, o.s.opt.BaseURL+"/sign-in\n"
	if isGerman(o.speaks(u)) {
		l.subject = "Willkommen bei " + o.s.Name()
		l.body = "Sie haben jetzt ein Konto bei " + o.s.Name() + ". Ihr Login: " + u.Login +
			"\n\nÖffnen Sie diese Seite und lassen Sie sich einen Link an diese Adresse senden, oder melden Sie sich mit dem Passwort an, das man Ihnen gab:\n\n" + page
		return l
	}
	l.subject = "Welcome to " + o.s.Name()
	l.body = "You now have an account at " + o.s.Name() + ". Your login: " + u.Login +
		"\n\nOpen this page and have a link sent to this address, or sign in with the password that you were given:\n\n" + page
	return l
}

// sendInvitation tells somebody that he belongs to a customer, and how he signs
// in.
func (o *op) sendInvitation(ctx context.Context, c *desk.Customer, u *desk.User) error {
	l, page := ownLetter{kind: desk.LetterSignIn, what: "invite"}, o.s.opt.BaseURL+"/sign-in\n"
	if isGerman(o.speaks(u)) {
		l.subject = "Willkommen bei " + o.s.Name()
		l.body = "Sie gehören jetzt zu " + c.Name + " bei " + o.s.Name() + ". Dort können Sie um Hilfe bitten und verfolgen, was gefragt wurde.\n\nZum Anmelden öffnen Sie diese Seite und lassen sich einen Link an diese Adresse senden:\n\n" + page
	} else {
		l.subject = "Welcome to " + o.s.Name()
		l.body = "You now belong to " + c.Name + " at " + o.s.Name() + ", where you can ask for help and follow what was asked.\n\nTo sign in, open this page and have a link sent to this address:\n\n" + page
	}
	_, err := o.writeTo(ctx, u, l)
	return err
}

// testLetter writes the letter of SendTestLetter.
func (o *op) testLetter(u *desk.User) ownLetter {
	l, page := ownLetter{kind: desk.LetterAccount, what: "test"}, o.s.opt.BaseURL+"/admin/\n"
	if isGerman(o.speaks(u)) {
		l.subject, l.body = "Probe von "+o.s.Name(), "Dieser Brief ist angekommen: Der Desk "+o.s.Name()+" kann Briefe senden.\n\n"+page
		return l
	}
	l.subject, l.body = "A test from "+o.s.Name(), "This letter has arrived: the desk "+o.s.Name()+" can send letters.\n\n"+page
	return l
}

// tokenLetter writes the letter of WarnOfTokens.
func (o *op) tokenLetter(u *desk.User, t *desk.Token) ownLetter {
	zone := zoneOf(u, o.s.Zone())
	until, page := t.Until.In(zone), o.s.opt.BaseURL+"/account"
	l := ownLetter{kind: desk.LetterAccount, what: "token"}
	if isGerman(o.speaks(u)) {
		l.subject = "Ihr Token " + t.Name + " bei " + o.s.Name() + " läuft ab"
		l.body = "Das Token " + t.Name + " gilt bis " + until.Format("02.01.2006, 15:04 MST") + ". Danach weist der Desk das Programm ab, das damit arbeitet."
		if t.LastUsed.IsZero() {
			l.body += "\n\nEs wurde nie benutzt: Dann ist nichts zu tun."
		} else {
			l.body += " Zuletzt benutzt wurde es am " + t.LastUsed.In(zone).Format("02.01.2006") + ".\n\nLegen Sie rechtzeitig ein neues an und geben Sie es dem Programm:\n\n" + page
		}
		l.body += "\n"
		return l
	}
	l.subject = "Your token " + t.Name + " at " + o.s.Name() + " ends soon"
	l.body = "The token " + t.Name + " is valid until " + until.Format("2 January 2006, 15:04 MST") + ". After that the desk turns the program away that works with it."
	if t.LastUsed.IsZero() {
		l.body += "\n\nIt was never used, so there is nothing to do."
	} else {
		l.body += " It was last used on " + t.LastUsed.In(zone).Format("2 January 2006") + ".\n\nMake a new one in time and give it to the program:\n\n" + page
	}
	l.body += "\n"
	return l
}
