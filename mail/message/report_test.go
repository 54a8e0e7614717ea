package message

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReports(t *testing.T) {
	const returned = "\n--b\nContent-Type: message/rfc822\n\nFrom: desk@desk.example\nMessage-ID: <e1.u2@desk.example>\nSubject: x\n\ny\n--b--\n"
	standard := func(status string) string {
		return "From: MAILER-DAEMON@mx.example\nSubject: Undelivered\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" +
			"--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n" + status + returned
	}
	plain := func(text string) string {
		return "From: MAILER-DAEMON@mx.example\nSubject: failure notice\n\n" + text
	}
	jo := func(reason string) []Report {
		return []Report{{Recipient: "jo@x.example", Permanent: true, Reason: reason}}
	}
	id := []string{"e1.u2@desk.example"}
	for _, tt := range []struct {
		why, raw string
		want     []Report
		returned []string
	}{
		{"postfix", standard("Final-Recipient: rfc822; Jo@X.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such\n user"), jo("550 5.1.1 no such user"), id},
		{"Exchange says it in the status alone", standard("Final-Recipient: rfc822;jo@x.example\nAction: failed\nStatus: 5.1.10"), jo("5.1.10"), id},
		{"only the original recipient", standard("Original-Recipient: rfc822;<jo@x.example>\nAction: failed\nStatus: 5.2.1"), jo("5.2.1"), id},
		{"delayed is no end", standard("Final-Recipient: rfc822; jo@x.example\nAction: delayed\nStatus: 4.4.1"), []Report{{"jo@x.example", false, "4.4.1"}}, id},
		{"two recipients of which one got it", standard("Final-Recipient: rfc822; ann@x.example\nAction: delivered\n\nFinal-Recipient: rfc822; jo@x.example\nAction: failed\nStatus: 5.0.0"), jo("5.0.0"), id},
		{"qmail", plain("Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message.\n\n<jo@x.example>:\n550 no such user\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <desk@desk.example>\nMessage-ID: <e1.u2@desk.example>\nTo: ann@x.example\n"), jo("550 no such user"), id},
		{"exim", "From: Mail Delivery System <Mailer-Daemon@mx.example>\nX-Failed-Recipients: jo@x.example\nSubject: Mail delivery failed\n\nA message could not be delivered:\n\n  jo@x.example\n    550 Unrouteable address\n\n------ This is a copy of the message.\nMessage-Id: <e1.u2@desk.example>\n", append(jo("550 Unrouteable address"), jo("550 Unrouteable address")...), id},
		{"Domino", plain("Your message\n\n  Subject: x\n\nwas not delivered to:\n\n  jo@x.example\n\nbecause:\n\n  User jo (jo@x.example) not listed in Directory\n"), append(jo(""), jo("")...), nil},
		{"a warning", plain("<jo@x.example>: 451 busy\nThe delivery is delayed; no action is required.\n"), []Report{{"jo@x.example", false, "<jo@x.example>: 451 busy"}}, nil},
		{"nothing said", plain("Sorry.\n"), []Report{{Permanent: true}}, nil},
	} {
		l := mustParse(t, tt.raw)
		if l.Auto != Bounce {
			t.Errorf("%s: got %q, want a bounce", tt.why, l.Auto)
		}
		reports, returned := l.Reports()
		if diff := cmp.Diff(reports, tt.want); diff != "" || !slices.Equal(returned, tt.returned) {
			t.Errorf("%s: got (-) and want (+) differ; returned %q:\n%s", tt.why, returned, diff)
		}
	}
}

func TestSpam(t *testing.T) {
	for header, want := range map[string]bool{
		"X-Spam-Flag: YES": true, "X-Spam-Status: Yes, score=9": true, "X-Spam: spam": true, "X-MS-Exchange-Organization-SCL: 6": true,
		"X-Spam-Flag: NO": false, "X-Spam-Status: No, score=1": false, "X-MS-Exchange-Organization-SCL: 1": false, "Subject: yes": false,
	} {
		if got := mustParse(t, header+"\n\ny\n").Spam(); got != want {
			t.Errorf("%s: got %v", header, got)
		}
	}
}

func FuzzReports(f *testing.F) {
	f.Add([]byte("Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\na: b\n\nFinal-Recipient: rfc822; a@b\n--b--"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		l, err := Parse(raw, DefaultLimits())
		if err != nil {
			return
		}
		reports, returned := l.Reports()
		if len(reports) > maxReports || len(returned) > maxReferences {
			t.Errorf("got %d reports, %d ids", len(reports), len(returned))
		}
		for _, r := range reports {
			if again, err := Canonical(r.Recipient); r.Recipient != "" && (err != nil || again != r.Recipient) || r.Reason != oneLine(r.Reason) {
				t.Errorf("got %+v", r)
			}
		}
	})
}
