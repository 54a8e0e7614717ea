package service

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"gatehouse/desk"
	"gatehouse/store"
)

// sealed values are written as v1:KEY:DATA, where KEY tells which key they were
// sealed with and DATA is a nonce and what AES-256-GCM makes of the value.
const sealedFirst = "v1"

// seal makes a secret unreadable without the desk's key, for the database. The
// purpose says what it is and whose, and must be the same when it is opened: a
// value that was moved to another place in the database does not open.
func (s *Service) seal(purpose, secret string) string {
	box, id := s.box()
	nonce := make([]byte, box.NonceSize())
	rand.Read(nonce)
	data := box.Seal(nonce, nonce, []byte(secret), []byte(purpose))
	return sealedFirst + ":" + id + ":" + base64.RawStdEncoding.EncodeToString(data)
}

// open returns what was sealed.
func (s *Service) open(purpose, text string) (string, error) {
	box, id := s.box()
	parts := strings.Split(text, ":")
	if len(parts) != 3 || parts[0] != sealedFirst {
		return "", fmt.Errorf("opening what is sealed for %s: it is not sealed", purpose)
	}
	if parts[1] != id {
		return "", desk.Errorf(desk.Unavailable, "A secret was sealed with another key than the desk has now. Give the desk its old key again (see secret_key), or set the secret anew.")
	}
	data, err := base64.RawStdEncoding.DecodeString(parts[2])
	if err != nil || len(data) < box.NonceSize() {
		return "", fmt.Errorf("opening what is sealed for %s: it is cut off", purpose)
	}
	secret, err := box.Open(nil, data[:box.NonceSize()], data[box.NonceSize():], []byte(purpose))
	if err != nil {
		return "", fmt.Errorf("opening what is sealed for %s: %w", purpose, err)
	}
	return string(secret), nil
}

// box returns the cipher of the desk's key, and the name of the key, from which
// it cannot be found.
func (s *Service) box() (cipher.AEAD, string) {
	key := sha256.Sum256(append([]byte("seal "), s.opt.Key...))
	name := sha256.Sum256(append([]byte("name "), key[:]...))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err) // only for a key of another length
	}
	box, err := cipher.NewGCM(block)
	if err != nil {
		panic(err) // only for a block of another size
	}
	return box, hex.EncodeToString(name[:4])
}

// checkSealed looks whether the desk has the key with which the secrets in its
// database were sealed. One that was restored without it does not.
func (o *op) checkSealed(ctx context.Context) (store.Check, error) {
	c := store.Check{Name: "secrets"}
	look := func(purpose, sealed, whose string) {
		c.Looked++
		if _, err := o.s.open(purpose, sealed); err != nil {
			c.Bad++
			c.Faults = append(c.Faults, whose+" does not open with the key that the desk has: give it its old secret.key.")
		}
	}
	accounts, err := o.Tx.MailAccounts(ctx)
	if err != nil {
		return c, err
	}
	for _, a := range accounts {
		for purpose, secret := range secrets(&a) {
			if a.Sealed && *secret != "" {
				look(purpose, *secret, "A secret of the mailbox "+a.Name)
			}
		}
	}
	relays, err := o.Tx.MailRelays(ctx)
	if err != nil {
		return c, err
	}
	for _, r := range relays {
		if r.Sealed && r.Password != "" {
			look(relayPurpose(&r), r.Password, "The password of the relay "+r.Name)
		}
	}
	apps, err := o.CodeApps(ctx)
	if err != nil {
		return c, err
	}
	for _, a := range apps {
		u, err := o.User(ctx, a.User)
		if err != nil {
			return c, err
		}
		look(appPurpose(a.User), a.Sealed, "The second factor of "+u.Login)
	}
	return c, nil
}
