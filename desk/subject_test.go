package desk

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSubjectTag(t *testing.T) {
	for _, tt := range []struct {
		why, subject string
		want         TicketID // zero: none
	}{
		{"alone", "[desk #12]", 12},
		{"in an answer", "AW: Re: [desk #12] Toner", 12},
		{"at the end", "Toner [desk #12]", 12},
		{"case does not count", "[DESK #12] Toner", 12},
		{"blank before the number", "[desk # 12] Toner", 0},
		{"blanks around do not count", "[ desk  #12 ] Toner", 12},
		{"the first of several", "[desk #12] [desk #13]", 12},
		{"after a bracket that is none", "[desk [desk #12] Toner", 12},
		{"another desk's", "[helpdesk #12] Toner", 0},
		{"longer name", "[desks #12] Toner", 0},
		{"no number", "[desk #] Toner", 0},
		{"zero", "[desk #0] Toner", 0},
		{"negative", "[desk #-1] Toner", 0},
		{"too large", "[desk #9223372036854775808] Toner", 0},
		{"not closed", "[desk #12 Toner", 0},
		{"not opened", "desk #12] Toner", 0},
		{"empty", "", 0},
	} {
		got, ok := SubjectTag(tt.subject, "desk")
		if got != tt.want || ok != (tt.want != 0) {
			t.Errorf("%s: got %d, %v, want %d", tt.why, got, ok, tt.want)
		}
	}
	if _, ok := SubjectTag("[ #12]", ""); ok {
		t.Error("a desk without a name has tags")
	}
}

func TestTagSubject(t *testing.T) {
	for _, tt := range []struct{ why, subject, want string }{
		{"new letter", "Toner", "[desk #12] Toner"},
		{"answer", "Re: Toner", "Re: [desk #12] Toner"},
		{"answers of several programs", "AW: Re: Toner", "AW: Re: [desk #12] Toner"},
		{"tagged already", "Re: [desk #12] Toner", "Re: [desk #12] Toner"},
		{"tagged before the Re", "[desk #12] Re: Toner", "Re: [desk #12] Toner"},
		{"tag of another ticket", "Re: [desk #7] Toner", "Re: [desk #12] Toner"},
		{"tag of another desk stays", "Re: [it #7] Toner", "Re: [desk #12] [it #7] Toner"},
		{"word that only begins like one", "Rebate: Toner", "[desk #12] Rebate: Toner"},
		{"no subject", "", "[desk #12]"},
		{"only Re", "Re: ", "[desk #12] Re:"},
	} {
		if got := TagSubject(tt.subject, "desk", 12); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.why, got, tt.want)
		}
	}
}

func TestStripTag(t *testing.T) {
	for _, tt := range []struct{ why, subject, want string }{
		{"one", "Re: [desk #12] Toner", "Re: Toner"},
		{"two", "[desk #1] Toner [desk #2]", "Toner"},
		{"one around another", "[de[desk #1]sk #2] Toner", "Toner"},
		{"blanks that would become one", "[desk" + strings.Repeat(" ", 60) + "#1] Toner", "Toner"},
		{"none", "[it #1] Toner", "[it #1] Toner"},
		{"brackets without end", "[[[ Toner ]", "[[[ Toner ]"},
	} {
		if got := StripTag(tt.subject, "desk"); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.why, got, tt.want)
		}
	}
}

// checkSubject checks what the three promise of each other.
func checkSubject(t interface{ Errorf(string, ...any) }, subject, name string, ticket TicketID) {
	tagged := TagSubject(subject, name, ticket)
	if got, ok := SubjectTag(tagged, name); !ok || got != ticket {
		t.Errorf("SubjectTag(%q, %q): got %d, %v, want %d", tagged, name, got, ok, ticket)
	}
	if again := TagSubject(tagged, name, ticket); again != tagged {
		t.Errorf("tagged twice: got %q, want %q", again, tagged)
	}
	bare := StripTag(tagged, name)
	if got, ok := SubjectTag(bare, name); ok {
		t.Errorf("StripTag left the tag %d in %q", got, bare)
	}
	if again := StripTag(bare, name); again != bare {
		t.Errorf("stripped twice: got %q, want %q", again, bare)
	}
}

func TestTagsAreFoundAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"desk", "IT desk", "Büro", "example.org"}).Draw(t, "name")
		piece := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"Re: ", "[" + name, " #7]", "[" + name + " #7]", "[", "]"}))
		subject := strings.Join(rapid.SliceOf(piece).Draw(t, "subject"), "")
		checkSubject(t, subject, name, TicketID(rapid.Int64Range(1, 1<<62).Draw(t, "ticket")))
	})
}

func FuzzSubjectTag(f *testing.F) {
	f.Add("Re: [desk #12] Toner", int64(3))
	f.Add("[de[desk #1]sk #2] [desk #99999999999999999999]", int64(1))
	f.Fuzz(func(t *testing.T, subject string, ticket int64) {
		if ticket > 0 {
			checkSubject(t, subject, "desk", TicketID(ticket))
		}
	})
}
