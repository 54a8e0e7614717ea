package mailtest_test

import (
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/mail/in"
	"gatehouse/mail/mailtest"
	"gatehouse/service"
	"gatehouse/store/pgtest"
)

const germanLetter = `From: =?utf-8?q?Carla_Gr=C3=BCn?= <carla@case.example>
To: support@desk.example
Subject: =?utf-8?q?Drucker_l=C3=A4uft_nicht?=
Message-ID: <one@case.example>
Date: Mon, 2 Mar 2026 10:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Der Drucker l=E4uft seit heute fr=FCh nicht mehr.
--b
Content-Type: application/pdf
Content-Disposition: attachment; filename*=utf-8''St%C3%B6rung.pdf
Content-Transfer-Encoding: base64

JVBERi0xLjQ=
--b--
`

// onBoth runs a test on both databases.
func onBoth(t *testing.T, test func(t *testing.T, d *mailtest.Desk)) {
	t.Run("sqlite", func(t *testing.T) { test(t, mailtest.OpenShop(t, "")) })
	t.Run("postgres", func(t *testing.T) { test(t, mailtest.OpenShop(t, pgtest.NewDatabase(t))) })
}

// TestALetterAndItsAnswer follows one matter through: a contact writes, his
// whole company and the agents are told, an agent answers, the contact answers
// that.
func TestALetterAndItsAnswer(t *testing.T) {
	onBoth(t, func(t *testing.T, d *mailtest.Desk) {
		if err := mailtest.Send(d.Listen(false, in.Limits{}), "carla@case.example", []string{"support@desk.example"}, germanLetter); err != nil {
			t.Fatal(err)
		}
		d.MustWork()
		v := d.Show(1)
		if v.Subject != "Drucker läuft nicht" || v.QueueName != "support" || v.Reporter != desk.UserID(d.Names["carla"]) {
			t.Errorf("got ticket %q in %s of user %d", v.Subject, v.QueueName, v.Reporter)
		}
		m := v.Messages[0]
		if got, want := m.Text, "Der Drucker läuft seit heute früh nicht mehr."; strings.TrimSpace(got) != want {
			t.Errorf("got text %q, want %q", got, want)
		}
		if len(m.Attachments) != 1 || m.Attachments[0].Name != "Störung.pdf" || m.Attachments[0].Size != 8 {
			t.Errorf("got attachments %+v", m.Attachments)
		}
		if got, want := mailtest.To(d.Relay.Take()), "abe ann carla carlo"; got != want {
			t.Errorf("told of the opening: got %s, want %s", got, want)
		}

		reply := service.NewMessage{Ticket: 1, Kind: desk.Reply, Text: "Bitte neu starten."}
		if _, err := d.Write(t.Context(), d.By("ann"), reply); err != nil {
			t.Fatal(err)
		}
		d.MustWork()
		answers := d.Relay.Take()
		if got, want := mailtest.To(answers), "abe carla carlo"; got != want {
			t.Fatalf("told of the answer: got %s, want %s", got, want)
		}
		toCarla := answers[1].Letter
		if got, want := toCarla.Subject, "Re: [Desk #1] Drucker läuft nicht"; got != want {
			t.Errorf("got subject %q, want %q", got, want)
		}
		if got, want := toCarla.From.String(), `Ann via Desk <support@desk.example>`; got != want {
			t.Errorf("got sender %s, want %s", got, want)
		}

		d.Deliver(toCarla.ReplyTo[0].Address, "From: carlo@case.example\nSubject: ganz anders\nMessage-ID: <two@case.example>\n\nHat geholfen.\n")
		d.MustWork()
		v = d.Show(1)
		if len(v.Messages) != 3 || v.Messages[2].Author != desk.UserID(d.Names["carlo"]) {
			t.Errorf("got messages %+v", v.Messages)
		}
		if got, want := mailtest.To(d.Relay.Take()), "abe ann carla"; got != want {
			t.Errorf("told of the contact's answer: got %s, want %s", got, want)
		}
	})
}
