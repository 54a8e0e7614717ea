package directory

import (
	"context"
	"slices"
	"strings"

	"github.com/go-ldap/ldap/v3"

	"gatehouse/desk"
)

// The limits of what is read of groups.
const (
	maxGroups  = 20_000
	maxMembers = 1_000_000
)

// folded is a DN as it is compared.
func folded(dn string) string {
	parsed, err := ldap.ParseDN(dn)
	if err != nil {
		return strings.ToLower(dn)
	}
	return strings.ToLower(parsed.String())
}

func (s *ldapSource) groupSearch(filter string, attributes ...string) *ldap.SearchRequest {
	return ldap.NewSearchRequest(s.GroupBase, ldap.ScopeWholeSubtree, ldap.NeverDerefAliases, 0, int(askTime.Seconds()), false, filter, attributes, nil)
}

// theirs returns the groups of the directory's settings that a group there is
// meant by, with its name or its DN.
func (s *ldapSource) theirs(group *ldap.Entry) []string {
	var list []string
	for _, g := range s.d.Groups {
		byName := slices.ContainsFunc(group.GetAttributeValues(s.GroupName), func(name string) bool { return desk.Fold(name) == desk.Fold(g.Theirs) })
		if byName || strings.Contains(g.Theirs, "=") && folded(g.Theirs) == folded(group.DN) {
			list = append(list, g.Theirs)
		}
	}
	return list
}

// groupsOf returns the groups of one person, going up from him through groups
// in groups, circles included.
func (s *ldapSource) groupsOf(conn *ldap.Conn, dn string) ([]string, error) {
	var list []string
	if len(s.d.Groups) == 0 {
		return nil, nil
	}
	seen := map[string]bool{}
	for queue := []string{dn}; len(queue) > 0; queue = queue[1:] {
		found, err := conn.Search(s.groupSearch("("+s.GroupMember+"="+ldap.EscapeFilter(queue[0])+")", s.GroupName))
		if err != nil {
			return nil, cannot("looking for groups", err)
		}
		for _, group := range found.Entries {
			if seen[folded(group.DN)] {
				continue
			}
			if seen[folded(group.DN)] = true; len(seen) > maxGroups {
				return nil, desk.Errorf(desk.TooLarge, "Somebody is in more than %d groups of the directory.", maxGroups)
			}
			list = append(list, s.theirs(group)...)
			queue = append(queue, group.DN)
		}
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

// groups returns who is in which of the groups of the directory's settings, by
// the folded DNs of the members. It goes down from these through groups in
// groups, circles included.
func (s *ldapSource) groups(conn *ldap.Conn) (map[string][]string, error) {
	if len(s.d.Groups) == 0 {
		return nil, nil
	}
	members, begin, err := s.allGroups(conn)
	if err != nil {
		return nil, err
	}
	in := map[string][]string{}
	for _, g := range s.d.Groups {
		for m := range below(begin[g.Theirs], members) {
			in[m] = append(in[m], g.Theirs)
		}
	}
	return in, nil
}

// below returns who is in some groups, directly or through groups in groups.
func below(queue []string, members map[string][]string) map[string]bool {
	seen := map[string]bool{}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, m := range members[queue[0]] {
			if !seen[m] {
				seen[m] = true
				queue = append(queue, m)
			}
		}
	}
	return seen
}

// allGroups reads the members of every group, and which groups are meant by
// those of the settings; all by folded DN.
func (s *ldapSource) allGroups(conn *ldap.Conn) (members, begin map[string][]string, err error) {
	members, begin = map[string][]string{}, map[string][]string{}
	count := 0
	err = s.pages(context.Background(), conn, s.groupSearch("("+s.GroupMember+"=*)", s.GroupName, s.GroupMember), func(found []*ldap.Entry) error {
		for _, group := range found {
			dn := folded(group.DN)
			for _, m := range group.GetAttributeValues(s.GroupMember) {
				members[dn] = append(members[dn], folded(m))
				count++
			}
			for _, theirs := range s.theirs(group) {
				begin[theirs] = append(begin[theirs], dn)
			}
		}
		if len(members) > maxGroups || count > maxMembers {
			return desk.Errorf(desk.TooLarge, "The directory has more than %d groups, or %d members in groups; give a narrower group_base.", maxGroups, maxMembers)
		}
		return nil
	})
	return members, begin, err
}
