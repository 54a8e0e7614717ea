package service

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"gatehouse/desk"
)

// The cost of hashing a password: argon2id (RFC 9106), second recommended
// option with less time; 64 MB and about 70 ms.
const (
	argonTime    = 1
	argonMemory  = 64 * 1024
	argonThreads = 4
	argonKey     = 32
	// usualMinPassword is the shortest password in characters where the desk
	// says nothing else.
	usualMinPassword = 8
	maxPassword      = 1000
)

// hashPassword returns the password's hash in the usual text form. Only a few
// are hashed at once, since each takes 64 MB.
func (s *Service) hashPassword(ctx context.Context, password string) (string, error) {
	salt := make([]byte, 16)
	rand.Read(salt)
	key, err := s.derive(ctx, password, salt)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key)), nil
}

func (s *Service) derive(ctx context.Context, password string, salt []byte) ([]byte, error) {
	select {
	case s.hashing <- struct{}{}:
	case <-ctx.Done():
		return nil, desk.Wrap(desk.Unavailable, ctx.Err(), "Too many people sign in just now; try again in a moment.")
	}
	defer func() { <-s.hashing }()
	return argon2.IDKey([]byte(norm.NFC.String(password)), salt, argonTime, argonMemory, argonThreads, argonKey), nil
}

// passwordFits compares a password with a hash. Where there is no hash, it
// takes as long as if there were one, and fits never.
func (s *Service) passwordFits(ctx context.Context, hash, password string) (bool, error) {
	salt, want := make([]byte, 16), []byte(nil)
	if parts := strings.Split(hash, "$"); len(parts) == 6 && parts[1] == "argon2id" {
		salt, _ = base64.RawStdEncoding.DecodeString(parts[4])
		want, _ = base64.RawStdEncoding.DecodeString(parts[5])
	}
	if len(password) > maxPassword {
		return false, nil
	}
	key, err := s.derive(ctx, password, salt)
	if err != nil {
		return false, err
	}
	return len(want) > 0 && subtle.ConstantTimeCompare(key, want) == 1, nil
}

// CheckPassword refuses passwords that are too short, too long, or among those
// that are tried first, unless the desk has a length of its own.
func (s *Service) CheckPassword(password string) error {
	least := s.opt.MinPassword
	if least == 0 {
		least = usualMinPassword
	}
	switch n := utf8.RuneCountInString(password); {
	case n < least:
		return desk.InvalidFields(map[string]string{"password": fmt.Sprintf("A password has at least %d characters.", least)})
	case n > maxPassword/4:
		return desk.InvalidFields(map[string]string{"password": "The password is too long."})
	}
	if s.opt.MinPassword != 0 {
		return nil
	}
	return refuseGuessed(password)
}

// refuseGuessed refuses a password that is tried first, of whom those texts say
// something.
func refuseGuessed(password string, about ...string) error {
	if desk.GuessedFirst(password, about...) {
		return desk.InvalidFields(map[string]string{"password": "This password is one of those that are tried first. Take a few words that have nothing to do with each other."})
	}
	return nil
}

// refuseOwnName refuses a password that is no more than what is known of its owner.
func (o *op) refuseOwnName(ctx context.Context, user desk.UserID, password string) error {
	u, err := o.Tx.User(ctx, user)
	if err != nil {
		return err
	}
	about := []string{u.Login, u.Name}
	for _, address := range u.Addresses {
		local, _, _ := strings.Cut(address, "@")
		about = append(about, address, local)
	}
	return refuseGuessed(password, append(about, strings.Fields(u.Name)...)...)
}

// newToken returns a secret of 256 bits for a session, a link or the API, and
// the digest by which it is stored.
func newToken() (token, digest string) {
	b := make([]byte, 32)
	rand.Read(b)
	token = base64.RawURLEncoding.EncodeToString(b)
	return token, digestOf(token)
}

func digestOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
