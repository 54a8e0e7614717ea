package in

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"

	"gatehouse/desk"
	"gatehouse/mail/message"
	"gatehouse/service"
)

// viaIMAP names the way in, in envelopes.
const viaIMAP = "imap"

// A Fetcher takes letters from mailboxes on IMAP servers. A letter is deleted
// there, or moved, only after it was stored here; one that is fetched twice
// because something broke between the two is known by its bytes.
type Fetcher struct {
	Service *service.Service
	Trust   *tls.Config // nil: the system's
	Log     *slog.Logger
	Stored  func() // as in Config
}

// How often the list of accounts is read, and how long an account that does
// not work is left alone: each time twice as long.
const (
	accountsEvery = 30 * time.Second
	firstBackoff  = 5 * time.Second
	lastBackoff   = 10 * time.Minute
	usualMinutes  = 5
)

// Run watches all accounts until ctx ends.
func (f *Fetcher) Run(ctx context.Context) {
	var watchers sync.WaitGroup
	defer watchers.Wait()
	begin := func(a desk.MailAccount) context.CancelFunc {
		each, stop := context.WithCancel(ctx)
		watchers.Go(func() { f.watch(each, &a) })
		return stop
	}
	all := watched{}
	ticker := time.NewTicker(accountsEvery)
	defer ticker.Stop()
	for {
		accounts, err := f.Service.MailAccounts(ctx, desk.System(desk.ViaMail))
		if err == nil {
			all.follow(accounts, begin)
		} else if ctx.Err() == nil {
			f.Log.Warn("the mail accounts could not be read", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// watched are the accounts that are being watched, as they were when that
// began, and how to end it.
type watched map[desk.MailAccountID]struct {
	account desk.MailAccount
	stop    context.CancelFunc
}

// follow stops watching accounts that are gone or were changed, and begins
// with those that are new.
func (w watched) follow(accounts []desk.MailAccount, begin func(desk.MailAccount) context.CancelFunc) {
	now := map[desk.MailAccountID]desk.MailAccount{}
	for _, a := range accounts {
		if a.Said, a.At = "", (time.Time{}); !a.Disabled {
			now[a.ID] = a
		}
	}
	for id, one := range w {
		if now[id] != one.account {
			one.stop()
			delete(w, id)
		}
	}
	for id, a := range now {
		if _, ok := w[id]; !ok {
			one := w[id]
			one.account, one.stop = a, begin(a)
			w[id] = one
		}
	}
}

// watch fetches an account's letters as they come, and tries again later where
// that fails.
func (f *Fetcher) watch(ctx context.Context, a *desk.MailAccount) {
	backoff := firstBackoff
	for ctx.Err() == nil {
		begun := time.Now()
		err := f.stay(ctx, a)
		if ctx.Err() != nil {
			return
		}
		if time.Since(begun) > lastBackoff {
			backoff = firstBackoff
		}
		f.Log.Warn("a mail account does not work", "account", a.Name, "again", backoff, "error", err)
		timer := time.NewTimer(backoff)
		select {
		case <-ctx.Done():
		case <-timer.C:
		}
		timer.Stop()
		backoff = min(2*backoff, lastBackoff)
	}
}

// stay keeps a mailbox open and fetches what comes.
func (f *Fetcher) stay(ctx context.Context, a *desk.MailAccount) error {
	box, err := f.open(ctx, a)
	if err != nil {
		return err
	}
	defer box.close()
	minutes := a.Minutes
	if minutes == 0 {
		minutes = usualMinutes
	}
	for {
		if err := f.fetch(ctx, a, box); err != nil {
			return err
		}
		if err := box.wait(ctx, time.Duration(minutes)*time.Minute); err != nil || ctx.Err() != nil {
			return err
		}
	}
}

// Poll fetches what an account has now.
func (f *Fetcher) Poll(ctx context.Context, a *desk.MailAccount) error {
	box, err := f.open(ctx, a)
	if err != nil {
		return err
	}
	return errors.Join(f.fetch(ctx, a, box), box.close())
}

// Try opens the mailbox of an account and returns how many letters lie there.
// It fetches none and notes nothing.
func (f *Fetcher) Try(ctx context.Context, a desk.MailAccount) (letters int, err error) {
	token, err := f.token(ctx, &a)
	if err != nil {
		return 0, err
	}
	box, err := openIMAP(ctx, &a, token, f.Trust)
	if err != nil {
		return 0, err
	}
	uids, err := box.after(0)
	return len(uids), errors.Join(err, box.close())
}

// open opens the mailbox; why it could not is kept with the account.
func (f *Fetcher) open(ctx context.Context, a *desk.MailAccount) (*imapBox, error) {
	token, err := f.token(ctx, a)
	var box *imapBox
	if err == nil {
		box, err = openIMAP(ctx, a, token, f.Trust)
	}
	if err == nil {
		return box, nil
	}
	by := desk.System(desk.ViaMail)
	state, stateErr := f.Service.MailAccountState(ctx, by, a.ID)
	if stateErr != nil {
		return nil, errors.Join(err, stateErr)
	}
	state.Said = err.Error()
	return nil, errors.Join(err, f.Service.MailAccountRead(ctx, by, a.ID, state))
}

// fetch stores all letters that were not yet seen.
func (f *Fetcher) fetch(ctx context.Context, a *desk.MailAccount, box *imapBox) error {
	by := desk.System(desk.ViaMail)
	state, err := f.Service.MailAccountState(ctx, by, a.ID)
	if err != nil {
		return err
	}
	if state.UIDValidity != box.validity {
		state = desk.MailAccountState{UIDValidity: box.validity} // the server numbered anew
	}
	state.Said = ""
	uids, err := box.after(state.LastUID)
	if err != nil {
		return err
	}
	for _, uid := range uids {
		said, err := f.take(ctx, a, box, uid)
		if err != nil {
			return err
		}
		state.LastUID, state.Said = uint32(uid), said
		if err := f.Service.MailAccountRead(ctx, by, a.ID, state); err != nil {
			return err
		}
	}
	return f.Service.MailAccountRead(ctx, by, a.ID, state)
}

// take stores one letter and removes it from the mailbox. One that the desk
// does not take stays there; said tells why.
func (f *Fetcher) take(ctx context.Context, a *desk.MailAccount, box *imapBox, uid imap.UID) (said string, err error) {
	raw, err := box.letter(uid, message.DefaultLimits().Bytes)
	if errors.Is(err, errTooLarge) {
		return fmt.Sprintf("The letter %d stays there: %v.", uid, err), nil
	}
	if err != nil || len(raw) == 0 {
		return "", err
	}
	env := desk.Envelope{Queue: a.Queue, Action: a.Action, RemoteAddr: a.Server, Via: viaIMAP}
	id, err := f.Service.SpoolMail(ctx, desk.System(desk.ViaMail), env, raw)
	if err != nil {
		return "", fmt.Errorf("storing letter %d: %w", uid, err)
	}
	f.Log.Info("letter stored", "spool", int64(id), "via", viaIMAP, "account", a.Name, "bytes", len(raw))
	if f.Stored != nil {
		f.Stored()
	}
	if err := box.remove(uid, a.MoveTo); err != nil {
		return fmt.Sprintf("The letter %d was stored but stays there: %v.", uid, err), nil
	}
	return "", nil
}

// token gets an access token for the refresh token (RFC 6749, 6), or nothing
// for an account with a password.
func (f *Fetcher) token(ctx context.Context, a *desk.MailAccount) (string, error) {
	if a.TokenURL == "" {
		return "", nil
	}
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {a.RefreshToken}, "client_id": {a.ClientID}}
	if a.ClientSecret != "" {
		form.Set("client_secret", a.ClientSecret)
	}
	ctx, cancel := context.WithTimeout(ctx, imapTime)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, a.TokenURL, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	client := http.Client{
		Transport:     &http.Transport{TLSClientConfig: f.Trust, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	answer, err := client.Do(r)
	if err != nil {
		return "", fmt.Errorf("asking for a token: %w", err)
	}
	defer answer.Body.Close()
	var got struct {
		Token string `json:"access_token"`
		Error string `json:"error"`
	}
	if err := json.NewDecoder(io.LimitReader(answer.Body, 64<<10)).Decode(&got); err != nil || got.Token == "" {
		return "", fmt.Errorf("asking for a token: the server answers %s %s", answer.Status, got.Error)
	}
	return got.Token, nil
}
