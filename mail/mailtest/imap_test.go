package mailtest_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"gatehouse/desk"
	"gatehouse/mail/in"
	"gatehouse/mail/mailtest"
)

// A postbox is a mailbox on dovecot, as its owner sees it.
type postbox struct {
	t *testing.T
	c *imapclient.Client
}

func openPostbox(t *testing.T, address, user string) postbox {
	t.Helper()
	c, err := imapclient.DialInsecure(address, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if err := c.Login(user, "secret").Wait(); err != nil {
		t.Fatal(err)
	}
	return postbox{t, c}
}

func (p postbox) put(letter string) {
	p.t.Helper()
	letter = mailtest.CRLF(letter)
	cmd := p.c.Append("INBOX", int64(len(letter)), nil)
	if _, err := io.WriteString(cmd, letter); err != nil {
		p.t.Fatal(err)
	}
	if err := cmd.Close(); err != nil {
		p.t.Fatal(err)
	}
	if _, err := cmd.Wait(); err != nil {
		p.t.Fatal(err)
	}
}

func (p postbox) count(mailbox string) int {
	p.t.Helper()
	status, err := p.c.Status(mailbox, &imap.StatusOptions{NumMessages: true}).Wait()
	if err != nil {
		p.t.Fatal(err)
	}
	return int(*status.NumMessages)
}

// account saves an account and returns it with its number.
func account(t *testing.T, d *mailtest.Desk, a desk.MailAccount) *desk.MailAccount {
	t.Helper()
	if err := d.SaveMailAccount(t.Context(), mailtest.System(), a); err != nil {
		t.Fatal(err)
	}
	list, err := d.MailAccounts(t.Context(), mailtest.System())
	if err != nil {
		t.Fatal(err)
	}
	for i := range list {
		if list[i].Name == a.Name {
			return &list[i]
		}
	}
	t.Fatal("the account is not there")
	return nil
}

func letterOf(i int) string {
	return fmt.Sprintf("From: carla@case.example\nSubject: Toner %d\nMessage-ID: <imap-%d@case.example>\n\nEmpty %d.\n", i, i, i)
}

func TestFetchFromDovecot(t *testing.T) {
	server := mailtest.Dovecot(t)
	d := mailtest.OpenShop(t, "")
	f := in.Fetcher{Service: d.Service, Log: slog.New(slog.DiscardHandler)}
	deleting := account(t, d, desk.MailAccount{Name: "deleting", Server: server, Security: "off", User: "one", Password: "secret", Queue: "support"})
	moving := account(t, d, desk.MailAccount{Name: "moving", Server: server, Security: "off", User: "two", Password: "secret", Queue: "support", MoveTo: "Done"})
	broken := account(t, d, desk.MailAccount{Name: "broken", Server: server, Security: "off", User: "three", Password: "secret", Queue: "support", MoveTo: "Nowhere"})
	for i, user := range []string{"one", "two", "three"} {
		box := openPostbox(t, server, user)
		box.put(letterOf(2 * i))
		box.put(letterOf(2*i + 1))
	}
	for range 2 { // the second time nothing is new
		for _, a := range []*desk.MailAccount{deleting, moving, broken} {
			if err := f.Poll(t.Context(), a); err != nil {
				t.Fatalf("%s: %v", a.Name, err)
			}
		}
	}
	d.MustWork()
	if got := len(spoolOf(t, d, desk.SpoolDone)); got != 6 || d.Show(6).Subject == "" {
		t.Errorf("got %d letters, want 6", got)
	}
	for _, tt := range []struct {
		user, mailbox string
		want          int
	}{{"one", "INBOX", 0}, {"two", "INBOX", 0}, {"two", "Done", 2}, {"three", "INBOX", 2}} {
		if got := openPostbox(t, server, tt.user).count(tt.mailbox); got != tt.want {
			t.Errorf("%s of %s holds %d letters, want %d", tt.mailbox, tt.user, got, tt.want)
		}
	}
	openPostbox(t, server, "three").put(letterOf(9))
	if err := f.Poll(t.Context(), broken); err != nil {
		t.Fatal(err)
	}
	d.MustWork()
	if got := len(spoolOf(t, d, desk.SpoolDone)); got != 7 {
		t.Errorf("after another letter: got %d, want 7", got)
	}
	list, err := d.MailAccounts(t.Context(), mailtest.System())
	if err != nil || !strings.Contains(list[0].Said, "was stored but stays there") || list[1].Said != "" {
		t.Errorf("the accounts say %q and %q, %v", list[0].Said, list[1].Said, err)
	}
}

func TestFetchNothingWithoutStoring(t *testing.T) {
	server := mailtest.Dovecot(t)
	d := mailtest.OpenShop(t, "")
	a := account(t, d, desk.MailAccount{Name: "a", Server: server, Security: "off", User: "one", Password: "secret", Queue: "support"})
	openPostbox(t, server, "one").put(letterOf(1))
	a.Queue = "gone" // as if it were disabled between reading the list and the letter
	f := in.Fetcher{Service: d.Service, Log: slog.New(slog.DiscardHandler)}
	if err := f.Poll(t.Context(), a); err == nil {
		t.Error("a letter that could not be stored was no error")
	}
	if got := openPostbox(t, server, "one").count("INBOX"); got != 1 {
		t.Errorf("the mailbox holds %d letters, want 1", got)
	}
	a.Queue, a.Password = "support", "wrong"
	if err := f.Poll(t.Context(), a); err == nil {
		t.Error("a wrong password was no error")
	}
	if list, err := d.MailAccounts(t.Context(), mailtest.System()); err != nil || !strings.Contains(list[0].Said, "signing in as one") {
		t.Errorf("the account says %q, %v", list[0].Said, err)
	}
}

// IDLE: the server tells of a letter that comes while the desk waits.
func TestFetchAsLettersCome(t *testing.T) {
	server := mailtest.Dovecot(t)
	d := mailtest.OpenShop(t, "")
	account(t, d, desk.MailAccount{Name: "a", Server: server, Security: "off", User: "one", Password: "secret", Queue: "support", Minutes: 60})
	ctx, stop := context.WithCancel(t.Context())
	stored, ended := make(chan struct{}, 9), make(chan struct{})
	f := in.Fetcher{Service: d.Service, Log: slog.New(slog.DiscardHandler), Stored: func() { stored <- struct{}{} }}
	box := openPostbox(t, server, "one")
	box.put(letterOf(1))
	go func() {
		f.Run(ctx)
		close(ended)
	}()
	for i := range 3 {
		select {
		case <-stored:
		case <-time.After(20 * time.Second):
			t.Fatalf("letter %d did not come", i+1)
		}
		box.put(letterOf(i + 2))
	}
	stop()
	<-ended
}

// A server of tokens gives one for the refresh token; dovecot does not know
// OAuth here, which shows that the token went there and no password.
func TestFetchWithAToken(t *testing.T) {
	server := mailtest.Dovecot(t)
	d := mailtest.OpenShop(t, "")
	asked := ""
	tokens := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.PostFormValue("grant_type") + " " + r.PostFormValue("refresh_token") + " " + r.PostFormValue("client_id")
		_, _ = io.WriteString(w, `{"access_token":"t","token_type":"Bearer"}`)
	}))
	defer tokens.Close()
	a := account(t, d, desk.MailAccount{Name: "a", Server: server, Security: "off", User: "one", TokenURL: tokens.URL, ClientID: "desk", RefreshToken: "r", Queue: "support"})
	err := (&in.Fetcher{Service: d.Service, Log: slog.New(slog.DiscardHandler)}).Poll(t.Context(), a)
	if err == nil || !strings.Contains(err.Error(), "signing in as one") || asked != "refresh_token r desk" {
		t.Errorf("the server of tokens was asked %q; then: %v", asked, err)
	}
}

func TestSecretsOfAccountsStayHere(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	d.User("root", desk.Agent)
	d.Grant(d.Names["root"], 0, desk.AdminMail)
	a := desk.MailAccount{Name: "a", Server: "imap.x.example:993", User: "one", Password: "secret", Queue: "support"}
	account(t, d, a)
	list, err := d.MailAccounts(t.Context(), d.By("root"))
	if err != nil || len(list) != 1 || list[0].Password != "" || list[0].User != "one" {
		t.Errorf("an administrator sees %+v, %v", list, err)
	}
	a.Password, a.MoveTo = "", "Done"
	if got := account(t, d, a); got.Password != "secret" || got.MoveTo != "Done" {
		t.Errorf("after a change without the password: %+v", got)
	}
	a.Server = "imap.evil.example:993"
	if got := account(t, d, a); got.Password != "" {
		t.Error("the password went to another server")
	}
	for why, wrong := range map[string]desk.MailAccount{
		"in the clear to elsewhere": {Name: "b", Server: "imap.x.example:143", Security: "off", User: "u", Queue: "support"},
		"no such queue":             {Name: "b", Server: "imap.x.example:993", User: "u", Queue: "none"},
		"no port":                   {Name: "b", Server: "imap.x.example", User: "u", Queue: "support"},
		"a token in the clear":      {Name: "b", Server: "imap.x.example:993", User: "u", Queue: "support", TokenURL: "http://x.example/"},
		"two lines":                 {Name: "b", Server: "imap.x.example:993", User: "u\r\nx", Queue: "support"},
	} {
		if err := d.SaveMailAccount(t.Context(), d.By("root"), wrong); desk.KindOf(err) != desk.Invalid {
			t.Errorf("%s: got %v", why, err)
		}
	}
}
