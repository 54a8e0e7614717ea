package directory

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"net"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/go-ldap/ldap/v3"

	"gatehouse/desk"
)

// LDAP are the settings of a directory of the kind ldap, as JSON. The secret of
// the directory is the password of BindDN.
type LDAP struct {
	URL      string `json:"url"`                 // ldap://host:389 or ldaps://host:636
	StartTLS bool   `json:"start_tls,omitempty"` // turn to TLS before anything is said
	CA       string `json:"ca,omitempty"`        // certificates (PEM) that are trusted; empty: those of the system
	BindDN   string `json:"bind_dn,omitempty"`   // who searches; empty: nobody
	Base     string `json:"base"`                // below it people are looked for
	Filter   string `json:"filter,omitempty"`    // of people; empty: (objectClass=person)

	// The attributes: what says who somebody is and never changes, login, name,
	// addresses, language and keys of customers. Empty: entryUUID, uid, cn,
	// mail, preferredLanguage; no customers.
	ID        string `json:"id,omitempty"`
	Login     string `json:"login,omitempty"`
	Name      string `json:"name,omitempty"`
	Addresses string `json:"addresses,omitempty"`
	Language  string `json:"language,omitempty"`
	Customers string `json:"customers,omitempty"`

	GroupBase   string `json:"group_base,omitempty"`   // below it groups are looked for; empty: Base
	GroupName   string `json:"group_name,omitempty"`   // the attribute of their name; empty: cn
	GroupMember string `json:"group_member,omitempty"` // of their members' names; empty: member
}

type ldapSource struct {
	LDAP
	d    desk.Directory
	tls  *tls.Config
	dial *net.Dialer
}

func newLDAP(d desk.Directory, reach Reach) (*ldapSource, error) {
	s := &ldapSource{d: d}
	if err := read(d.Config, &s.LDAP); err != nil {
		return nil, err
	}
	u, err := url.Parse(s.URL)
	if err != nil || u.Host == "" || u.Scheme != "ldap" && u.Scheme != "ldaps" {
		return nil, desk.InvalidFields(map[string]string{"config-url": "Give url as ldap://host:389 or ldaps://host:636."})
	}
	s.Filter = cmp.Or(s.Filter, "(objectClass=person)")
	if _, err := ldap.CompileFilter(s.Filter); err != nil {
		return nil, desk.InvalidFields(map[string]string{"config-filter": "The filter cannot be read: " + err.Error() + "."})
	}
	s.dial = reach.dialer(u.Hostname())
	for name, dn := range map[string]string{"base": s.Base, "bind_dn": s.BindDN, "group_base": s.GroupBase} {
		if _, err := ldap.ParseDN(dn); err != nil {
			return nil, desk.InvalidFields(map[string]string{"config-" + name: dn + " is not a distinguished name: " + err.Error() + "."})
		}
	}
	s.ID, s.Login, s.Name = cmp.Or(s.ID, "entryUUID"), cmp.Or(s.Login, "uid"), cmp.Or(s.Name, "cn")
	s.Addresses, s.Language = cmp.Or(s.Addresses, "mail"), cmp.Or(s.Language, "preferredLanguage")
	s.GroupBase, s.GroupName, s.GroupMember = cmp.Or(s.GroupBase, s.Base), cmp.Or(s.GroupName, "cn"), cmp.Or(s.GroupMember, "member")
	for field, name := range map[string]string{"id": s.ID, "login": s.Login, "name": s.Name, "addresses": s.Addresses, "language": s.Language,
		"customers": s.Customers, "group_name": s.GroupName, "group_member": s.GroupMember} {
		if strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.;") != "" {
			return nil, desk.InvalidFields(map[string]string{"config-" + field: name + " is not the name of an attribute."})
		}
	}
	s.tls = &tls.Config{ServerName: u.Hostname(), MinVersion: tls.VersionTLS12}
	if s.CA != "" {
		s.tls.RootCAs = x509.NewCertPool()
		if !s.tls.RootCAs.AppendCertsFromPEM([]byte(s.CA)) {
			return nil, desk.InvalidFields(map[string]string{"config-ca": "ca holds no certificate."})
		}
	}
	return s, nil
}

// connect reaches for the server and says who searches. Each use has a
// connection of its own, so that one that broke hurts nobody else.
func (s *ldapSource) connect(ctx context.Context) (*ldap.Conn, error) {
	conn, err := s.reach(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.bind(conn); err != nil {
		conn.Close()
		return nil, err
	}
	return conn, nil
}

// reach opens a connection, with TLS where the settings ask for it.
func (s *ldapSource) reach(ctx context.Context) (*ldap.Conn, error) {
	dial := *s.dial
	if deadline, ok := ctx.Deadline(); ok {
		dial.Deadline = deadline
	}
	conn, err := ldap.DialURL(s.URL, ldap.DialWithDialer(&dial), ldap.DialWithTLSConfig(s.tls))
	if err != nil {
		return nil, cannot("connecting", err)
	}
	conn.SetTimeout(askTime)
	if s.StartTLS && !strings.HasPrefix(s.URL, "ldaps") {
		if err := conn.StartTLS(s.tls); err != nil {
			conn.Close()
			return nil, cannot("StartTLS", err)
		}
	}
	return conn, nil
}

// bind says who searches.
func (s *ldapSource) bind(conn *ldap.Conn) error {
	if s.BindDN == "" {
		return nil
	}
	if s.d.Secret == "" {
		return desk.Errorf(desk.Unavailable, "The directory does not answer: there is no password for %s.", s.BindDN)
	}
	if err := conn.Bind(s.BindDN, s.d.Secret); err != nil {
		return cannot("signing in as "+s.BindDN, err)
	}
	return nil
}

func (s *ldapSource) attributes() []string {
	list := []string{s.ID, s.Login, s.Name, s.Addresses, s.Language}
	if s.Customers != "" {
		list = append(list, s.Customers)
	}
	return list
}

// search asks for the people that a filter, besides the directory's own, finds.
func (s *ldapSource) search(filter string, limit int) *ldap.SearchRequest {
	return ldap.NewSearchRequest(s.Base, ldap.ScopeWholeSubtree, ldap.NeverDerefAliases, limit, int(askTime.Seconds()), false,
		"(&"+s.Filter+filter+")", s.attributes(), nil)
}

// find returns the one entry with the login or address, or nil. Two are none:
// nobody knows whose password it would be.
func (s *ldapSource) find(conn *ldap.Conn, name string) (*ldap.Entry, error) {
	if strings.TrimSpace(name) == "" || len(name) > maxValue || !utf8.ValidString(name) || strings.ContainsRune(name, 0) {
		return nil, nil
	}
	escaped := ldap.EscapeFilter(name)
	found, err := conn.Search(s.search("(|("+s.Login+"="+escaped+")("+s.Addresses+"="+escaped+"))", 2))
	switch {
	case ldap.IsErrorWithCode(err, ldap.LDAPResultSizeLimitExceeded), ldap.IsErrorWithCode(err, ldap.LDAPResultNoSuchObject):
		return nil, nil
	case err != nil:
		return nil, cannot("searching", err)
	case len(found.Entries) != 1:
		return nil, nil
	}
	return found.Entries[0], nil
}

// Authenticate finds the entry and signs in as it.
func (s *ldapSource) Authenticate(ctx context.Context, login, password string) (*desk.DirectoryEntry, error) {
	if password == "" { // a bind without one succeeds, and proves nothing (RFC 4513, 5.1.2)
		return nil, desk.Errorf(desk.Unauthenticated, "Login or password is wrong.")
	}
	conn, err := s.connect(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	found, err := s.find(conn, login)
	if err != nil || found == nil {
		return nil, err
	}
	entry, err := s.complete(conn, found)
	if err != nil {
		return nil, err
	}
	err = conn.Bind(found.DN, password)
	switch {
	case ldap.IsErrorAnyOf(err, ldap.LDAPResultInvalidCredentials, ldap.LDAPResultInappropriateAuthentication, ldap.LDAPResultUnwillingToPerform,
		ldap.LDAPResultConstraintViolation, ldap.LDAPResultInsufficientAccessRights):
		return nil, desk.Errorf(desk.Unauthenticated, "Login or password is wrong.")
	case err != nil:
		return nil, cannot("signing in", err)
	}
	return entry, nil
}

// Lookup finds an entry by login or address.
func (s *ldapSource) Lookup(ctx context.Context, name string) (*desk.DirectoryEntry, error) {
	conn, err := s.connect(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	found, err := s.find(conn, name)
	if err != nil || found == nil {
		return nil, err
	}
	return s.complete(conn, found)
}

// complete reads an entry and asks for its groups.
func (s *ldapSource) complete(conn *ldap.Conn, found *ldap.Entry) (*desk.DirectoryEntry, error) {
	groups, err := s.groupsOf(conn, found.DN)
	if err != nil {
		return nil, err
	}
	entry := s.entry(found, groups)
	return &entry, nil
}

// Each reads all people by pages (RFC 2696).
func (s *ldapSource) Each(ctx context.Context, yield func([]desk.DirectoryEntry) error) error {
	conn, err := s.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	groups, err := s.groups(conn)
	if err != nil {
		return err
	}
	return s.pages(ctx, conn, s.search("", 0), func(found []*ldap.Entry) error {
		page := make([]desk.DirectoryEntry, 0, len(found))
		for _, one := range found {
			page = append(page, s.entry(one, groups[folded(one.DN)]))
		}
		return yield(page)
	})
}

// pages asks for all that a request finds, page by page.
func (s *ldapSource) pages(ctx context.Context, conn *ldap.Conn, request *ldap.SearchRequest, yield func([]*ldap.Entry) error) error {
	paging := ldap.NewControlPaging(pageSize)
	request.Controls = append(request.Controls, paging)
	for ctx.Err() == nil {
		result, err := conn.Search(request)
		if err != nil {
			return cannot("reading", err)
		}
		if err := yield(result.Entries); err != nil {
			return err
		}
		next, ok := ldap.FindControl(result.Controls, ldap.ControlTypePaging).(*ldap.ControlPaging)
		if !ok || len(next.Cookie) == 0 {
			return nil
		}
		paging.SetCookie(next.Cookie)
	}
	return cannot("reading", ctx.Err())
}

// entry reads an entry, whose groups are known already.
func (s *ldapSource) entry(found *ldap.Entry, groups []string) desk.DirectoryEntry {
	e := desk.DirectoryEntry{
		ID: first(found.GetAttributeValues(s.ID)), Login: first(found.GetAttributeValues(s.Login)), Name: first(found.GetAttributeValues(s.Name)),
		Addresses: usable(found.GetAttributeValues(s.Addresses)), Language: first(found.GetAttributeValues(s.Language)),
		Groups: groups,
	}
	if s.Customers != "" {
		e.Customers = usable(found.GetAttributeValues(s.Customers))
	}
	if raw := found.GetRawAttributeValue(s.ID); e.ID == "" && len(raw) > 0 && len(raw) <= 64 {
		e.ID = hex.EncodeToString(raw) // objectGUID is bytes
	}
	return tidy(e)
}
