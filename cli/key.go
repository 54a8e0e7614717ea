package cli

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// keyFile is where in the data directory the desk's key lies.
const keyFile = "secret.key"

// key returns the key that seals secrets in the database: that of the settings,
// else that of the data directory, which is made where there is none.
func (a *app) key() ([]byte, error) {
	if a.conf.Key != "" {
		return []byte(a.conf.Key), nil
	}
	path := filepath.Join(a.conf.Data, keyFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		text, err = makeKey(path)
	}
	if err != nil {
		return nil, &failure{exitCannotWrite, fmt.Errorf("the desk's key %s cannot be read or made: %w", path, err)}
	}
	key := strings.TrimSpace(string(text))
	if len(key) < 32 {
		return nil, &failure{exitConfig, fmt.Errorf("the desk's key %s is too short; put the old one back, or remove the file for a new one", path)}
	}
	return []byte(key), nil
}

// makeKey writes a new key that only the desk can read. Of two programs that
// make it at once, both get the same.
func makeKey(path string) ([]byte, error) {
	secret := make([]byte, 32)
	rand.Read(secret)
	text := []byte(base64.RawURLEncoding.EncodeToString(secret) + "\n")
	made, err := os.CreateTemp(filepath.Dir(path), keyFile+".*") // mode 0600
	if err != nil {
		return nil, err
	}
	defer os.Remove(made.Name())
	_, err = made.Write(text)
	if err = errors.Join(err, made.Sync(), made.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(made.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return os.ReadFile(path)
}
