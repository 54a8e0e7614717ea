package in

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"

	"gatehouse/desk"
)

// An imapBox is one mailbox on an IMAP server (RFC 9051, RFC 3501), opened.
// It is all of the IMAP library that the rest knows.
type imapBox struct {
	client   *imapclient.Client
	news     chan struct{} // the server told of something
	validity uint32
}

// imapTime bounds how long an IMAP server may take to be reached.
const imapTime = 30 * time.Second

// openIMAP signs in and opens the mailbox. The token is for OAuth 2.0; empty:
// sign in with the password.
func openIMAP(ctx context.Context, a *desk.MailAccount, token string, trust *tls.Config) (*imapBox, error) {
	dialer := net.Dialer{Timeout: imapTime}
	conn, err := dialer.DialContext(ctx, "tcp", a.Server)
	if err != nil {
		return nil, err
	}
	box := &imapBox{news: make(chan struct{}, 1)}
	options := &imapclient.Options{UnilateralDataHandler: &imapclient.UnilateralDataHandler{
		Mailbox: func(data *imapclient.UnilateralDataMailbox) {
			if data.NumMessages != nil {
				wakeUp(box.news)
			}
		},
	}}
	if box.client, err = secured(conn, a, trust, options); err != nil {
		conn.Close()
		return nil, fmt.Errorf("securing the connection: %w", err)
	}
	if err := box.begin(a, token); err != nil {
		return nil, errors.Join(err, box.client.Close())
	}
	return box, nil
}

func wakeUp(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default: // it knows
	}
}

// secured starts IMAP on a connection as the account wants it.
func secured(conn net.Conn, a *desk.MailAccount, trust *tls.Config, options *imapclient.Options) (*imapclient.Client, error) {
	if a.Security == "off" {
		return imapclient.New(conn, options), nil
	}
	if trust == nil {
		trust = &tls.Config{}
	}
	trust = trust.Clone()
	trust.ServerName, _, _ = net.SplitHostPort(a.Server)
	trust.MinVersion = tls.VersionTLS12
	if a.Security == "starttls" {
		options.TLSConfig = trust
		return imapclient.NewStartTLS(conn, options)
	}
	return imapclient.New(tls.Client(conn, trust), options), nil
}

func (b *imapBox) begin(a *desk.MailAccount, token string) error {
	if err := b.signIn(a, token); err != nil {
		return fmt.Errorf("signing in as %s: %w", a.User, err)
	}
	mailbox := a.Mailbox
	if mailbox == "" {
		mailbox = "INBOX"
	}
	selected, err := b.client.Select(mailbox, nil).Wait()
	if err != nil {
		return fmt.Errorf("opening the mailbox %s: %w", mailbox, err)
	}
	b.validity = selected.UIDValidity
	return nil
}

func (b *imapBox) signIn(a *desk.MailAccount, token string) error {
	switch {
	case token == "":
		return b.client.Login(a.User, a.Password).Wait()
	case b.client.Caps().Has(imap.AuthCap("OAUTHBEARER")):
		return b.client.Authenticate(sasl.NewOAuthBearerClient(&sasl.OAuthBearerOptions{Username: a.User, Token: token}))
	}
	return b.client.Authenticate(&xoauth2{a.User, token})
}

// xoauth2 is the mechanism of Google and Microsoft before RFC 7628.
type xoauth2 struct{ user, token string }

// Start sends the token at once.
func (x *xoauth2) Start() (mechanism string, first []byte, err error) {
	return "XOAUTH2", []byte("user=" + x.user + "\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

// Next answers the server's explanation of an error with nothing, as it wants
// it before it says no.
func (x *xoauth2) Next([]byte) ([]byte, error) { return []byte{}, nil }

// after lists the letters with a higher number, lowest first.
func (b *imapBox) after(last uint32) ([]imap.UID, error) {
	var newer imap.UIDSet
	newer.AddRange(imap.UID(last+1), 0)
	found, err := b.client.UIDSearch(&imap.SearchCriteria{UID: []imap.UIDSet{newer}, NotFlag: []imap.Flag{imap.FlagDeleted}}, nil).Wait()
	if err != nil {
		return nil, fmt.Errorf("asking for new letters: %w", err)
	}
	var list []imap.UID
	for _, uid := range found.AllUIDs() {
		if uint32(uid) > last { // "n:*" always finds the last one
			list = append(list, uid)
		}
	}
	return list, nil
}

// errTooLarge says that a letter is larger than the desk takes.
var errTooLarge = errors.New("it is larger than the desk takes")

// letter fetches a letter of at most limit bytes and leaves it unread. It is
// nil where the letter is gone meanwhile.
func (b *imapBox) letter(uid imap.UID, limit int) ([]byte, error) {
	sizes, err := b.client.Fetch(imap.UIDSetNum(uid), &imap.FetchOptions{RFC822Size: true}).Collect()
	if err != nil || len(sizes) == 0 {
		return nil, err
	}
	if sizes[0].RFC822Size > int64(limit) {
		return nil, errTooLarge
	}
	whole := &imap.FetchItemBodySection{Peek: true}
	fetched, err := b.client.Fetch(imap.UIDSetNum(uid), &imap.FetchOptions{BodySection: []*imap.FetchItemBodySection{whole}}).Collect()
	if err != nil || len(fetched) == 0 {
		return nil, err
	}
	return bytes.Clone(fetched[0].FindBodySection(whole)), nil
}

// remove moves a letter to another mailbox, or deletes it where there is none
// named.
func (b *imapBox) remove(uid imap.UID, moveTo string) error {
	one := imap.UIDSetNum(uid)
	if moveTo != "" {
		_, err := b.client.Move(one, moveTo).Wait()
		return err
	}
	flags := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagDeleted}}
	if err := b.client.Store(one, flags, nil).Close(); err != nil {
		return err
	}
	if !b.client.Caps().Has(imap.CapUIDPlus) {
		return nil // others' letters could go with it; it is marked
	}
	return b.client.UIDExpunge(one).Close()
}

// wait returns when the server tells of news, after some time, or when ctx
// ends; the error says that the connection is lost.
func (b *imapBox) wait(ctx context.Context, most time.Duration) error {
	var idle *imapclient.IdleCommand
	if b.client.Caps().Has(imap.CapIdle) {
		var err error
		if idle, err = b.client.Idle(); err != nil {
			return err
		}
	}
	timer := time.NewTimer(most)
	defer timer.Stop()
	var lost error
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-b.news:
	case <-b.client.Closed():
		lost = net.ErrClosed
	}
	if idle == nil || lost != nil {
		return lost
	}
	if err := idle.Close(); err != nil {
		return err
	}
	return idle.Wait()
}

func (b *imapBox) close() error { return b.client.Close() }
