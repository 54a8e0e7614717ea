package mailtest_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"
	"github.com/emersion/go-smtp"

	"gatehouse/desk"
	"gatehouse/mail/mailtest"
	"gatehouse/mail/out"
	"gatehouse/service"
)

func TestLettersAreSignedAndSayHowToEndThem(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "dkim.pem")
	d.Sender.Signer = &out.Signer{Domain: "desk.example", Selector: "s1", File: file}
	d.Deliver("support@desk.example", "From: carla@case.example\nSubject: Toner\nMessage-ID: <first@case.example>\n\nIt is empty.\n")
	d.MustWork()
	if sent := d.Relay.Take(); len(sent) != 0 {
		t.Fatalf("without the key %d letters went out", len(sent))
	}
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	d.Clock.Advance(time.Minute)
	d.MustWork()
	sent := d.Relay.Take()
	if got := mailtest.To(sent); got != "abe ann carla carlo" {
		t.Fatalf("told %s", got)
	}
	lookup := func(name string) ([]string, error) {
		if name != "s1._domainkey.desk.example" {
			return nil, fmt.Errorf("asked for %s", name)
		}
		return []string{"v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public)}, nil
	}
	for _, s := range sent {
		list, err := dkim.VerifyWithOptions(bytes.NewReader(s.Raw), &dkim.VerifyOptions{LookupTXT: lookup})
		if err != nil || len(list) != 1 || list[0].Err != nil || list[0].Domain != "desk.example" {
			t.Errorf("the signature of the letter to %s: %+v, %v", s.To, list, err)
		}
		if changed, err := dkim.VerifyWithOptions(bytes.NewReader(bytes.Replace(s.Raw, []byte("One-Click"), []byte("Two-Click"), 1)), &dkim.VerifyOptions{LookupTXT: lookup}); err != nil || changed[0].Err == nil {
			t.Errorf("a changed letter: %+v, %v", changed, err)
		}
		link := s.Letter.Get("List-Unsubscribe")
		if s.Letter.Get("List-Id") != "support <support.desk.example>" || s.Letter.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" ||
			!strings.HasPrefix(link, "<https://desk.example"+service.UnsubscribePath) {
			t.Errorf("its header: %q", s.Letter.Header)
		}
		if strings.ContainsAny(link, "\r\n =?") {
			t.Errorf("the link is written as %q", link)
		}
	}
	token := strings.TrimSuffix(strings.TrimPrefix(sent[2].Letter.Get("List-Unsubscribe"), "<https://desk.example"+service.UnsubscribePath), ">")
	number, mac, _ := strings.Cut(token, "-")
	anns := strings.Replace(number, "1.", "2.", 1)
	for _, wrong := range []string{"", "1", number, number + "-", number + "-" + mac[1:], anns + "-" + mac, "x.y-" + mac, "-" + mac} {
		if err := d.Unsubscribe(t.Context(), wrong); desk.KindOf(err) != desk.NotFound {
			t.Errorf("the token %q: %v", wrong, err)
		}
	}
	for range 2 { // mail programs may ask twice
		if err := d.Unsubscribe(t.Context(), token); err != nil {
			t.Fatal(err)
		}
	}
	write(t, d, "ann", service.NewMessage{})
	d.MustWork()
	if got := mailtest.To(d.Relay.Take()); got != "abe carlo" {
		t.Errorf("after carla had enough, told %s", got)
	}
}

// A relay that is down for an hour, greylists, answers 4xx and 5xx, and breaks
// the connection off before it answers for a letter: each reply goes out once
// the relay takes it, as the same letter, and never again.
func TestARelayInTrouble(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	opened(t, d)
	const replies, people = 6, 3 // to abe, carla, carlo
	d.Relay.Down()
	for i := range replies {
		write(t, d, "ann", service.NewMessage{Text: fmt.Sprintf("Answer %d.", i)})
	}
	var away error
	for range 12 { // an hour
		if err := d.Work(); err != nil {
			away = err
		}
		d.Clock.Advance(5 * time.Minute)
	}
	if away == nil || !strings.Contains(away.Error(), "cannot be reached") {
		t.Errorf("of a relay that is away it says: %v", away)
	}
	d.Relay.Up()
	tried, texts := map[string]int{}, map[string]string{} // by Message-ID
	refused := ""
	d.Relay.Answer(func(s mailtest.Sent) error {
		id := s.Letter.MessageID
		if before, seen := texts[id]; seen && before != string(s.Raw) {
			t.Errorf("the letter %s was tried with other bytes", id)
		}
		texts[id] = string(s.Raw)
		tried[id]++
		switch {
		case refused == "" || refused == id:
			refused = id
			return &smtp.SMTPError{Code: 550, Message: "no such mailbox"}
		case tried[id] == 1:
			return &smtp.SMTPError{Code: 450, Message: "greylisted"}
		case tried[id] == 2:
			return &smtp.SMTPError{Code: 421, Message: "closing"}
		case tried[id] == 3:
			return mailtest.ErrDrop
		}
		return nil
	})
	got := map[string]int{}
	for range 200 {
		d.MustWork()
		for _, s := range d.Relay.Take() {
			got[s.Letter.MessageID]++
		}
		d.Clock.Advance(15 * time.Minute)
	}
	if all := replies * people; len(got) != all-1 || len(tried) != all {
		t.Errorf("%d letters went out of %d that were tried, want all of %d but one", len(got), len(tried), all)
	}
	for id, n := range got {
		if n != 1 || tried[id] < 4 {
			t.Errorf("letter %s went out %d times after %d tries", id, n, tried[id])
		}
	}
	dead, _, err := d.Outbox(t.Context(), mailtest.System(), service.OutFilter{State: desk.OutFailed})
	if err != nil || len(dead) != 1 || tried[refused] != 1 || !strings.Contains(dead[0].Reason, "550 no such mailbox") {
		t.Fatalf("dead letters: %+v, %v; tried %d times", dead, err, tried[refused])
	}
	d.Relay.Answer(func(mailtest.Sent) error { return nil })
	if err := d.RetryLetter(t.Context(), mailtest.System(), dead[0].ID); err != nil {
		t.Fatal(err)
	}
	d.MustWork()
	if sent := d.Relay.Take(); len(sent) != 1 || sent[0].Letter.MessageID != refused || string(sent[0].Raw) != texts[refused] {
		t.Errorf("sent again by hand: %d letters", len(sent))
	}
}

func TestASpareRelay(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	opened(t, d)
	spare := mailtest.StartRelay(t)
	d.Sender.Spare = []out.Relay{{Address: "127.0.0.1:1"}, {Address: spare.Address}}
	d.Relay.Down()
	write(t, d, "ann", service.NewMessage{})
	d.MustWork()
	if got := mailtest.To(spare.Take()); got != "abe carla carlo" {
		t.Errorf("by the spare relay: %q", got)
	}
	d.Relay.Up()
	spare.Down()
	write(t, d, "ann", service.NewMessage{Text: "Again."})
	d.MustWork()
	if got := mailtest.To(d.Relay.Take()); got != "abe carla carlo" {
		t.Errorf("by the first one again: %q", got)
	}
}
