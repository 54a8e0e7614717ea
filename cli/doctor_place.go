package cli

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// nearest is the path, or the part of it that is there.
func nearest(path string) string {
	for {
		if _, err := os.Stat(path); err == nil || path == filepath.Dir(path) {
			return path
		}
		path = filepath.Dir(path)
	}
}

// lookWhereItWillBe asks whether the data directory, which is not there yet, can
// be made.
func (a *app) lookWhereItWillBe() finding {
	path, err := filepath.Abs(a.conf.Data)
	if err != nil {
		return said("directory", stateWrong, "%s cannot be used: %v", a.conf.Data, err)
	}
	above := nearest(path)
	dir, err := os.MkdirTemp(above, ".doctor-*")
	if err != nil {
		return said("directory", stateWrong, "%s is not there and cannot be made in %s by this user: make it, and chown it to who runs the desk", a.conf.Data, above)
	}
	if err := os.Remove(dir); err != nil {
		return said("directory", stateWrong, "%v", err)
	}
	return said("directory", stateLook, "%s is not there yet; serve makes it", a.conf.Data)
}

// whyNoDatabase says what keeps the database from being used, and what to do.
func whyNoDatabase(err error) string {
	if errors.Is(err, store.ErrNewer) {
		return oneSentence(err)
	}
	cause := rootOf(err).Error()
	for _, damaged := range []string{"not a database", "malformed"} {
		if strings.Contains(cause, damaged) {
			return "its file is damaged or none of a database (" + cause + "): restore a backup into another directory"
		}
	}
	return "it cannot be used: " + cause + "; is it up, and the setting database right?"
}

// rootOf is the first cause of an error.
func rootOf(err error) error {
	for {
		var next error
		switch e := err.(type) {
		case interface{ Unwrap() error }:
			next = e.Unwrap()
		case interface{ Unwrap() []error }:
			next = e.Unwrap()[0]
		}
		if next == nil || errors.As(err, new(*net.OpError)) && !errors.As(next, new(*net.OpError)) {
			return err
		}
		err = next
	}
}

// lookAtReplica asks whether lists can be read from the replica.
func (a *app) lookAtReplica() finding {
	ctx, cancel := context.WithTimeout(a.ctx, doctorTime)
	defer cancel()
	late, err := store.TryReplica(ctx, a.storeOptions(false, nil))
	if err != nil {
		return said("replica", stateLook, "lists are read from the database instead: %s", oneSentence(err))
	}
	return said("replica", stateOK, "it follows, %s behind at the most", late.Round(time.Millisecond))
}

// lookAtKeys looks whether the files that settings name can be read.
func (a *app) lookAtKeys() []finding {
	var all []finding
	mail := a.conf.Mail
	if mail.CertFile != "" || mail.KeyFile != "" {
		if _, err := mail.TLS(); err != nil {
			all = append(all, said("mail_tls", stateWrong, "%v: serve does not begin like this", err))
		} else {
			all = append(all, said("mail_tls", stateOK, "%s can be read and fits its key", mail.CertFile))
		}
	}
	if mail.DKIMKey == "" {
		return all
	}
	if _, err := os.ReadFile(mail.DKIMKey); err != nil {
		return append(all, said("dkim_key", stateWrong, "%v: letters wait until it can be read", err))
	}
	return append(all, said("dkim_key", stateOK, "%s can be read", mail.DKIMKey))
}

// lookAtPorts asks whether the desk can listen where the settings say. A port
// that is taken may be so by the desk itself.
func (a *app) lookAtPorts() []finding {
	var all []finding
	for _, port := range []struct{ setting, address string }{
		{"web", a.conf.Web}, {"lmtp", a.conf.LMTP}, {"smtp", a.conf.SMTP}, {"metrics", a.conf.Metrics},
	} {
		if port.address == "" {
			continue
		}
		l, err := net.Listen("tcp", port.address)
		if err == nil {
			err = l.Close()
		}
		switch {
		case errors.Is(err, syscall.EADDRINUSE):
			all = append(all, said(port.setting, stateOK, "%s is listened on, by this desk if it runs", port.address))
		case err != nil:
			all = append(all, said(port.setting, stateWrong, "nobody can listen on %s here: %v", port.address, rootOf(err)))
		default:
			all = append(all, said(port.setting, stateOK, "%s is free", port.address))
		}
	}
	if a.conf.Metrics != "" && !desk.Loopback(a.conf.Metrics) {
		all = append(all, said("metrics", stateLook, "%s can be reached from outside: whoever reaches it reads the figures", a.conf.Metrics))
	}
	return all
}
