package mailtest_test

import (
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/mail/mailtest"
)

// TestWhatIsNotedOfLetters: of each letter stands step by step what was decided,
// and the agents see on the ticket what is odd about it; the customers do not.
func TestWhatIsNotedOfLetters(t *testing.T) {
	const header = "From: Carla <carla@case.example>\nSubject: Toner\nMessage-ID: <m%@case.example>\n"
	for _, tt := range []struct {
		why    string
		letter string
		policy desk.MailPolicy
		proof  desk.Proof
		marks  []desk.LetterMark
		steps  []string // parts of sentences, in this order
	}{
		{"an ordinary letter", header + "\nx\n", desk.MailPolicy{}, desk.ProofUnasked, nil,
			[]string{"Its header says that carla@case.example wrote it", "Nothing in its header says that a program", "go to the queue support", "let it in", "answers no letter", "is the contact carla", "carla may open tickets", "It opened ticket 1."}},
		{"spam that the queue takes", header + "X-Spam-Flag: YES\n\nx\n", desk.MailPolicy{AcceptSpam: true}, desk.ProofUnasked, []desk.LetterMark{desk.MarkSpam}, []string{"It opened ticket 1."}},
		{"spam that waits", header + "X-Spam-Flag: YES\n\nx\n", desk.MailPolicy{}, desk.ProofUnasked, nil, []string{"It waits until somebody releases it. A filter"}},
		{"signed", header + "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=b\n\n--b\n\nx\n--b\nContent-Type: application/pgp-signature\n\ny\n--b--\n",
			desk.MailPolicy{}, desk.ProofUnasked, []desk.LetterMark{desk.MarkSigned}, nil},
		{"encrypted", header + "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream\n\nxyz\n--b--\n",
			desk.MailPolicy{}, desk.ProofUnasked, []desk.LetterMark{desk.MarkEncrypted}, nil},
		{"without a proof, where the queue wants that said", header + "\nx\n", desk.MailPolicy{Unproven: desk.TrustMark}, desk.ProofMissing, []desk.LetterMark{desk.MarkUnproven},
			[]string{"the desk does not ask itself", "let it in"}},
		{"without a proof, where nobody minds", header + "\nx\n", desk.MailPolicy{}, desk.ProofMissing, nil, []string{"the desk does not ask itself"}},
		{"a list's", header + "List-Id: <l.case.example>\n\nx\n", desk.MailPolicy{}, desk.ProofUnasked, nil, []string{"by a mailing list"}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			d := mailtest.OpenShop(t, "")
			d.Reader.Prover.Strict = tt.proof == desk.ProofMissing
			if err := d.SetMailPolicy(t.Context(), mailtest.System(), 0, tt.policy); err != nil {
				t.Fatal(err)
			}
			id := d.Deliver("support@desk.example", tt.letter)
			d.MustWork()
			notes := d.Spooled(id).Notes
			var said []string
			for _, step := range notes.Steps {
				said = append(said, step.Said)
			}
			rest := strings.Join(said, "\n")
			for _, part := range tt.steps {
				_, after, ok := strings.Cut(rest, part)
				if !ok {
					t.Errorf("it does not say %q, or not in this order:\n%s", part, strings.Join(said, "\n"))
				}
				rest = after
			}
			if notes.Subject != "Toner" || notes.From != "Carla <carla@case.example>" {
				t.Errorf("it is %q of %q", notes.Subject, notes.From)
			}
			if d.Spooled(id).Ticket == 0 {
				return
			}
			for login, want := range map[string][]desk.LetterMark{"ann": tt.marks, "carla": nil} {
				v, err := d.Ticket(t.Context(), d.By(login), 1)
				if err != nil {
					t.Fatal(err)
				}
				if got := v.Marks[v.Messages[0].ID]; !slices.Equal(got, want) {
					t.Errorf("%s sees the marks %v, want %v", login, got, want)
				}
			}
		})
	}
}
