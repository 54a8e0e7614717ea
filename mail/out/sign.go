package out

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"

	"github.com/emersion/go-msgauth/dkim"
)

// A Signer signs letters by DKIM (RFC 6376) in the name of a domain, with the
// key that the domain shows in its DNS under the selector.
type Signer struct {
	Domain   string
	Selector string
	// File has the key, RSA or Ed25519: PEM, PKCS #8 or PKCS #1. It is read for
	// each letter, so that a new key holds at once.
	File string
}

func readKey(file string) (crypto.Signer, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading the DKIM key: %w", err)
	}
	block, _ := pem.Decode(raw)
	if block == nil {
		return nil, fmt.Errorf("reading the DKIM key: %s is not PEM", file)
	}
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return key, nil
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("reading the DKIM key %s: %w", file, err)
	}
	switch key := key.(type) {
	case *rsa.PrivateKey:
		return key, nil
	case ed25519.PrivateKey:
		return key, nil
	}
	return nil, errors.New("reading the DKIM key: it must be an RSA or Ed25519 key")
}

// sign returns a letter with its signature. It covers what people and their
// mail programs go by; a field that the letter does not have cannot be added
// without breaking it.
func (s *Signer) sign(raw []byte) ([]byte, error) {
	if s == nil {
		return raw, nil
	}
	key, err := readKey(s.File)
	if err != nil {
		return nil, err
	}
	var signed bytes.Buffer
	err = dkim.Sign(&signed, bytes.NewReader(raw), &dkim.SignOptions{
		Domain: s.Domain, Selector: s.Selector, Signer: key,
		HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed,
		HeaderKeys: []string{"From", "Reply-To", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References",
			"Auto-Submitted", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"},
	})
	if err != nil {
		return nil, fmt.Errorf("signing the letter: %w", err)
	}
	return signed.Bytes(), nil
}
