package directory

import (
	"context"
	"net"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// A Reach opens directories and says where they may be: anywhere on the public
// net, and in private networks, on this machine and in its files only where
// Private allows it. So nobody who sets a directory up on a page reaches what
// only the machine of the desk does.
type Reach struct {
	// Private are host names, addresses, networks (10.1.0.0/16) and, for SQLite
	// and sockets, paths of files or of the directories around them.
	Private []string
}

// Open returns the source that a directory's settings describe, without
// reaching for it yet. Settings that cannot be are an error of kind Invalid.
func (r Reach) Open(d desk.Directory) (Source, error) {
	s, err := r.open(d)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// A source is a Source that can be tried step by step.
type source interface {
	Source
	try(ctx context.Context, t *trial) error
}

func (r Reach) open(d desk.Directory) (source, error) {
	switch d.Kind {
	case "ldap":
		return newLDAP(d, r)
	case "sql":
		return newSQL(d, r)
	case desk.KindOIDC:
		p, err := readOIDC(d)
		return signIns{p, r, d}, err
	}
	return nil, desk.InvalidFields(map[string]string{"kind": "A directory is ldap, sql or oidc."})
}

// Check reports what is wrong with the settings of a directory, as
// service.Options wants it.
func (r Reach) Check(d desk.Directory) error {
	_, err := r.open(d)
	return err
}

// Ask asks a directory for somebody who signs in, as service.Options wants it.
func (r Reach) Ask(ctx context.Context, d desk.Directory, login, password string) (*desk.DirectoryEntry, error) {
	s, err := r.Open(d)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	return s.Authenticate(ctx, login, password)
}

// Step reads the directory that is to be read next, if there is one, and
// reports whether there was. It is a step of package jobs.
func (r Reach) Step(ctx context.Context, svc *service.Service) (bool, error) {
	by := desk.System(desk.ViaJob)
	d, report, err := svc.BeginSync(ctx, by)
	if err != nil || d == nil {
		return false, err
	}
	failed := r.sync(ctx, svc, d, report)
	return true, svc.EndSync(ctx, by, report, failed)
}

// sync reads a directory and hands its pages over. Its error says why the
// directory could not be read to its end; then nobody is taken away.
func (r Reach) sync(ctx context.Context, svc *service.Service, d *desk.Directory, report *desk.SyncReport) error {
	s, err := r.Open(*d)
	if err != nil {
		return err
	}
	return s.Each(ctx, func(page []desk.DirectoryEntry) error {
		return svc.SyncPage(ctx, desk.System(desk.ViaJob), report, page)
	})
}

// dialer returns a dialer to a host, which looks at the address that it really
// comes to: a name may lead anywhere, and elsewhere than a moment ago.
func (r Reach) dialer(host string) *net.Dialer {
	d := &net.Dialer{Timeout: 5 * time.Second}
	if slices.ContainsFunc(r.Private, func(p string) bool { return strings.EqualFold(p, host) }) {
		return d
	}
	d.ControlContext = func(_ context.Context, _, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil || !r.may(at.Addr().Unmap()) {
			return notPublic(host)
		}
		return nil
	}
	return d
}

func (r Reach) may(a netip.Addr) bool {
	shared := netip.MustParsePrefix("100.64.0.0/10") // RFC 6598
	if a.IsGlobalUnicast() && !a.IsPrivate() && !shared.Contains(a) {
		return true
	}
	return slices.ContainsFunc(r.Private, func(p string) bool {
		if network, err := netip.ParsePrefix(p); err == nil {
			return network.Contains(a)
		}
		one, err := netip.ParseAddr(p)
		return err == nil && one == a
	})
}

// mayFile refuses a file, or a socket, that is not allowed by its name.
func (r Reach) mayFile(path string) error {
	full, err := filepath.Abs(path)
	if real, linked := filepath.EvalSymlinks(full); linked == nil {
		full = real
	}
	for _, p := range r.Private {
		if err != nil || !filepath.IsAbs(p) {
			continue
		}
		if real, linked := filepath.EvalSymlinks(p); linked == nil {
			p = real
		}
		if inside, err := filepath.Rel(p, full); err == nil && filepath.IsLocal(inside) {
			return nil
		}
	}
	return notPublic(path)
}

func notPublic(at string) error {
	return desk.Errorf(desk.Unavailable, "The directory is not asked: %s is private to this machine or its network. Whoever runs the desk can allow it with the setting directory_hosts.", at)
}
