package desk

import (
	"crypto/ecdh"
	"encoding/base64"
	"net/url"
	"strings"
	"time"
)

// A DeviceID numbers a device.
type DeviceID int64

// A Device is a browser of somebody's that shows messages of the desk, also
// while no page of it is open (Web Push: RFC 8030).
type Device struct {
	ID       DeviceID
	User     UserID
	Name     string // as its owner calls it
	Endpoint string // where messages for it are posted
	Key      string // its public key, in base64url (p256dh of RFC 8291)
	Auth     string // what messages are sealed with besides, in base64url
	Created  time.Time
	Used     time.Time // when it last took a message; zero: never
}

// Limits of what a browser says of itself.
const (
	maxEndpoint = 2000
	authSize    = 16
)

// Check refuses what no browser says of itself, and puts the name in order.
func (d *Device) Check() error {
	name, err := CheckName("device", d.Name)
	if err != nil {
		return err
	}
	d.Name = name
	at, err := url.Parse(d.Endpoint)
	if err != nil || at.Scheme != "https" || at.Host == "" || at.User != nil || len(d.Endpoint) > maxEndpoint {
		return Errorf(Invalid, "The browser named no address where messages can be sent.")
	}
	key, err := unpadded(d.Key)
	if err == nil {
		_, err = ecdh.P256().NewPublicKey(key)
	}
	auth, authErr := unpadded(d.Auth)
	if err != nil || authErr != nil || len(auth) != authSize {
		return Errorf(Invalid, "The browser gave no key that messages can be sealed with.")
	}
	return nil
}

func unpadded(text string) ([]byte, error) {
	return base64.RawURLEncoding.DecodeString(strings.TrimRight(text, "="))
}
