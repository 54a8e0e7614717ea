package service

import (
	"context"
	"crypto/ecdh"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"unicode/utf8"

	"gatehouse/access"
	"gatehouse/desk"
)

const (
	// JobPush is the kind of job that sends a message to a device; its data is
	// the device's number and, where it is about one, the ticket's and the rule's.
	JobPush = "push"
	// maxDevices is how many devices one person may have.
	maxDevices = 20
	// pushText is how many letters of a subject a message shows.
	pushText = 200
)

// Devices lists the devices that show the actor messages of the desk.
func (s *Service) Devices(ctx context.Context, by desk.Actor) ([]desk.Device, error) {
	var list []desk.Device
	err := s.view(ctx, by, func(o *op) error {
		var err error
		list, err = o.Tx.Devices(ctx, by.User)
		return err
	})
	return list, err
}

// PushKey returns the public key by which a browser knows messages of this desk
// (RFC 8292), in base64url. It is no secret; whoever is signed in may ask.
func (s *Service) PushKey(ctx context.Context, by desk.Actor) (string, error) {
	var public string
	err := s.do(ctx, by, func(o *op) error {
		if by.IsNobody() {
			return errNobody()
		}
		key, err := o.pushKey(ctx)
		if err == nil {
			public = base64.RawURLEncoding.EncodeToString(key.PublicKey().Bytes())
		}
		return err
	})
	return public, err
}

// pushKey returns the key that the desk signs its messages with. It is made of
// a secret of the database: a desk that moves is known to its devices still.
func (o *op) pushKey(ctx context.Context) (*ecdh.PrivateKey, error) {
	secret, err := o.Secret(ctx, "push")
	if err != nil {
		return nil, err
	}
	for {
		key, err := ecdh.P256().NewPrivateKey(secret)
		if err == nil {
			return key, nil // but for one secret in four thousand million
		}
		sum := sha256.Sum256(secret)
		secret = sum[:]
	}
}

// AddDevice has a browser of the actor's show him messages of the desk
// (ModifySelf). One that was somebody else's is his from now on.
func (s *Service) AddDevice(ctx context.Context, by desk.Actor, d desk.Device) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.mayModifyAccount(); err != nil {
			return err
		}
		if err := d.Check(); err != nil {
			return err
		}
		have, err := o.Tx.Devices(ctx, by.User)
		if err != nil {
			return err
		}
		if len(have) >= maxDevices {
			return desk.Errorf(desk.Conflict, "You have %d devices; take one away first.", maxDevices)
		}
		d.User, d.Created = by.User, s.Now()
		if err := o.SaveDevice(ctx, &d); err != nil {
			return err
		}
		return o.audit(ctx, change{"user.device", o.userRef(ctx, by.User), "", "name: " + d.Name})
	})
}

// ownDevice returns a device of the actor's.
func (o *op) ownDevice(ctx context.Context, id desk.DeviceID) (*desk.Device, error) {
	list, err := o.Tx.Devices(ctx, o.by.User)
	if at := slices.IndexFunc(list, func(d desk.Device) bool { return d.ID == id }); at >= 0 {
		return &list[at], err
	}
	if err != nil {
		return nil, err
	}
	return nil, desk.Errorf(desk.NotFound, "There is no such device.")
}

// RemoveDevice ends that one of the actor's devices shows him messages
// (ModifySelf). What was on its way is not sent.
func (s *Service) RemoveDevice(ctx context.Context, by desk.Actor, id desk.DeviceID) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.mayModifyAccount(); err != nil {
			return err
		}
		d, err := o.ownDevice(ctx, id)
		if err != nil {
			return err
		}
		if err := o.DeleteDevice(ctx, id); err != nil {
			return err
		}
		return o.audit(ctx, change{"user.device", o.userRef(ctx, by.User), "name: " + d.Name, ""})
	})
}

// TryDevice sends a message to one of the actor's devices, so that he sees that
// it comes (ModifySelf).
func (s *Service) TryDevice(ctx context.Context, by desk.Actor, id desk.DeviceID) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.mayModifyAccount(); err != nil {
			return err
		}
		if _, err := o.ownDevice(ctx, id); err != nil {
			return err
		}
		return o.InsertJob(ctx, &desk.Job{Kind: JobPush, Data: formatID(id), Next: s.Now()})
	})
}

// A Push is a message for a device.
type Push struct {
	Device         desk.Device
	Key, PublicKey string // that the desk signs with, in base64url
	Contact        string // an address of who runs the desk, for the device's push service
	Title, Text    string
	URL            string // of what it is about, below the desk's address
	Tag            string // one message takes the place of an earlier one of the same tag
}

// Push returns what a job of the kind JobPush is to send; nil where there is
// nothing to send any more: the device was taken away, or its owner may not see
// the ticket now. Only the system asks.
func (s *Service) Push(ctx context.Context, by desk.Actor, job desk.Job) (*Push, error) {
	var p *Push
	err := s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		var err error
		p, err = o.push(ctx, strings.Split(job.Data+"//", "/"))
		return ignoreMissing(err)
	})
	return p, err
}

// push makes a message of the numbers of a device, a ticket and a rule.
func (o *op) push(ctx context.Context, of []string) (*Push, error) {
	d, err := o.Device(ctx, parseID[desk.DeviceID](of[0]))
	if err != nil {
		return nil, err
	}
	key, err := o.pushKey(ctx)
	if err != nil {
		return nil, err
	}
	p := &Push{Device: *d, Contact: "desk@" + o.s.opt.Domain, Title: o.s.Name(), URL: "/account", Tag: "try",
		Key: base64.RawURLEncoding.EncodeToString(key.Bytes()), PublicKey: base64.RawURLEncoding.EncodeToString(key.PublicKey().Bytes())}
	if !o.e.Enabled(d.User) {
		return nil, nil
	}
	if of[1] == "" {
		return p, nil
	}
	t, err := o.Ticket(ctx, parseID[desk.TicketID](of[1]))
	if err != nil || !o.e.Can(d.User, desk.ShowTicket, access.Ticket(t.Facts())) {
		return nil, err
	}
	r, err := o.Tx.Rule(ctx, parseID[desk.RuleID](of[2]))
	if err != nil {
		return nil, err
	}
	place := "/portal/tickets/"
	if o.e.KindOf(d.User) == desk.Agent { // a contact is not told what the desk calls its rules
		place, p.Text = "/agent/tickets/", r.Name
	}
	p.Title = desk.TagSubject(shortened(t.Subject, pushText), o.s.Name(), t.ID)
	p.URL, p.Tag = place+formatID(t.ID), "ticket-"+formatID(t.ID)
	return p, nil
}

// shortened cuts a text to so many letters.
func shortened(text string, letters int) string {
	if utf8.RuneCountInString(text) <= letters {
		return text
	}
	return string([]rune(text)[:letters-1]) + "…"
}

// PushEnded ends a job that sent a message: the device took it, will not take
// any more and is forgotten (gone), or refused this one. Only the system does it.
func (s *Service) PushEnded(ctx context.Context, by desk.Actor, job desk.Job, took, gone bool) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		if err := o.DeleteJob(ctx, job.ID); err != nil {
			return ignoreMissing(err)
		}
		first, _, _ := strings.Cut(job.Data, "/")
		id := parseID[desk.DeviceID](first)
		switch {
		case gone:
			return o.DeleteDevice(ctx, id)
		case took:
			return o.UseDevice(ctx, id, s.Now())
		}
		return nil
	})
}
