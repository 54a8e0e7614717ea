package api

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"gatehouse/desk"
)

func TestEveryKindHasAStatus(t *testing.T) {
	seen := map[int]desk.Kind{}
	for _, kind := range desk.Kinds() {
		status := statuses[kind]
		if status < 400 || http.StatusText(status) == "" {
			t.Errorf("kind %d has status %d", kind, status)
		}
		if other, taken := seen[status]; taken {
			t.Errorf("kinds %d and %d share status %d", kind, other, status)
		}
		seen[status] = kind
	}
	if len(statuses) != len(desk.Kinds()) {
		t.Errorf("got %d statuses, want one for each of %d kinds", len(statuses), len(desk.Kinds()))
	}
}

func TestCausesAreNotTold(t *testing.T) {
	secret := errors.New("disk /var/lib/secret is full")
	for _, err := range []error{
		secret,
		desk.Wrap(desk.Internal, secret, "storing /var/lib/secret"),
		desk.Wrap(desk.Unavailable, secret, "Try again later."),
		desk.Wrap(desk.NotFound, secret, "There is no secret 5."),
		&desk.Error{Kind: desk.Invalid, Fields: map[string]string{"name": "Give it a name."}, Cause: secret},
	} {
		p := problemOf(err)
		if text := p.Detail + p.Title; strings.Contains(text, "secret") || p.Status == 0 || p.Title == "" {
			t.Errorf("%v: got %+v", err, p)
		}
	}
}

func TestFieldsAreListed(t *testing.T) {
	p := problemOf(desk.InvalidFields(map[string]string{"b": "Second.", "a": "First."}))
	if len(p.Errors) != 2 || p.Errors[0].Location != "body.a" || p.Errors[0].Message != "First." || p.Errors[1].Location != "body.b" {
		t.Errorf("got %+v", p.Errors)
	}
}

func TestFileNamesAreCleaned(t *testing.T) {
	for sent, want := range map[string]string{
		"photo.png":          "photo.png",
		"../../etc/passwd":   "passwd",
		`C:\Users\bob\a.doc`: "a.doc",
		"a\r\nX-Evil: 1":     "aX-Evil: 1",
		"\u202egnp.exe":      "gnp.exe",
		"..":                 "file",
		"":                   "file",
		"dir/":               "dir",
		"\xff\xfe":           "file",
		"Grüße.txt":          "Grüße.txt",
	} {
		if got := fileName(sent); got != want {
			t.Errorf("%q: got %q, want %q", sent, got, want)
		}
	}
}

func FuzzCursor(f *testing.F) {
	f.Add("")
	f.Add(cursorOf("tickets", "5"))
	f.Add(cursorOf("tickets", "-5"))
	f.Add(cursorOf("users", "bob"))
	f.Add("%%%")
	f.Fuzz(func(t *testing.T, cursor string) {
		id, err := idAfter[desk.TicketID]("tickets", cursor)
		switch {
		case err != nil && desk.KindOf(err) != desk.Invalid:
			t.Errorf("got %v, want an error of kind Invalid", err)
		case err == nil && cursor != "" && id < 1:
			t.Errorf("%q is the cursor of ticket %d", cursor, id)
		case id > 0:
			if again, err := idAfter[desk.TicketID]("tickets", idCursor("tickets", id)); err != nil || again != id {
				t.Errorf("cursor of %d leads to %d, %v", id, again, err)
			}
		}
	})
}

func FuzzFileName(f *testing.F) {
	f.Add("a/b\\c\x00d")
	f.Fuzz(func(t *testing.T, name string) {
		got := fileName(name)
		if got == "" || strings.ContainsAny(got, "/\\\r\n\x00") {
			t.Errorf("%q became %q", name, got)
		}
		if again := fileName(got); again != got {
			t.Errorf("%q became %q and then %q", name, got, again)
		}
	})
}
