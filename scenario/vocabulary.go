package scenario

import (
	"slices"
	"strings"

	"gatehouse/desk"
)

// A kind says what an argument holds.
type kind string

// The kinds of arguments. A kind that is none of these is the words that the
// argument can be, with commas between.
const (
	aName  kind = "name"  // the bare name of a thing, or any text
	aRef   kind = "ref"   // a typed reference
	aWho   kind = "who"   // a typed reference, or a mail address
	aRefs  kind = "refs"  // a list of references or addresses
	aNames kind = "names" // a list of names, references or addresses
	aTexts kind = "texts" // a text or a list of texts
	aFlag  kind = "flag"  // true or false
	aFlags kind = "flags" // name → true or false
	aRoles kind = "roles" // role → list of references
	aValue kind = "value" // whatever the setting takes
	anAsk  kind = "answer"
)

// An arg is an argument that an entry takes.
type arg struct {
	names    []string // more than one: exactly one of them
	kind     kind
	optional bool
}

// takes reads a compact table of arguments: "member ref", "direct? flag",
// "group|customer name".
func takes(rows ...string) []arg {
	list := make([]arg, len(rows))
	for i, row := range rows {
		name, what, _ := strings.Cut(row, " ")
		name, optional := strings.CutSuffix(name, "?")
		list[i] = arg{strings.Split(name, "|"), kind(what), optional}
	}
	return list
}

// forms are what entries of one sort can be, by name.
type forms map[string][]arg

// operation adds the arguments that every operation takes.
func operation(rows ...string) []arg {
	return append(takes(rows...), takes("by? name", "expect? ok,refused", "notified? names")...)
}

func operations() forms {
	given := []string{"what texts", "where ref"}
	grant := append([]string{"who ref", "as? texts"}, given...)
	message := []string{"ticket name", "subject? name", "onetime_cc? names", "onetime_bcc? names", "squelch? names"}
	return forms{
		"add_member":             operation("group|customer name", "member ref"),
		"remove_member":          operation("group|customer name", "member ref"),
		"apply_blueprint":        operation("name name", "queue name", "group? name", "managers? name"),
		"create_group":           operation("name name", "personal_of? name"),
		"create_user":            operation("name name", "kind? agent,contact", "customer? name", "email? name"),
		"rename":                 operation("object ref", "to name"),
		"disable":                operation("object ref"),
		"enable":                 operation("object ref"),
		"set_kind":               operation("user name", "kind agent,contact"),
		"set_primary_customer":   operation("user name", "customer name"),
		"grant":                  operation(grant...),
		"revoke":                 operation(grant...),
		"delegate":               operation(append(given, "from ref", "to ref")...),
		"undelegate":             operation(append(given, "from ref", "to ref", "delegator name")...),
		"set_permissions":        operation("who ref", "group name", "context? same,other", "permissions? flags", "replace? flag"),
		"set_access_group":       operation("queue name", "group name"),
		"set_setting":            operation("name name", "value value"),
		"set_password":           operation("user name", "password name"),
		"create_ticket":          operation("name name", "queue name", "requestor? refs", "cc? refs", "admincc? refs", "owner? name", "squelch? names"),
		"set_owner":              operation("ticket name", "owner? name", "how? give,take,steal,untake"),
		"add_watcher":            operation("ticket|queue name", "role name", "who who"),
		"remove_watcher":         operation("ticket|queue name", "role name", "who who"),
		"set_status":             operation("ticket name", "status name"),
		"move_ticket":            operation("ticket name", "queue name"),
		"reply":                  operation(message...),
		"comment":                operation(message...),
		"squelch":                operation("ticket name", "user name"),
		"unsquelch":              operation("ticket name", "user name"),
		"merge":                  operation("ticket name", "into name"),
		"ask_approval":           operation("ticket name", "name name", "of refs"),
		"approval":               operation("ticket name", "do grant,refuse,withdraw"),
		"link":                   operation("ticket name", "type depends_on,refers_to,member_of", "target name"),
		"unlink":                 operation("ticket name", "type depends_on,refers_to,member_of", "target name"),
		"add_role_to_queue":      operation("role name", "queue name"),
		"remove_role_from_queue": operation("role name", "queue name"),
		"email": operation("from who", "queue name", "name? name", "ticket? name", "action? reply,comment",
			"headers? texts", "own_mail? flag"),
	}
}

// question adds the argument that every question takes.
func question(rows ...string) []arg { return append(takes(rows...), takes("expect answer")...) }

func questions() forms {
	return forms{
		"has_right":           question("who ref", "right name", "object ref", "of? ref"),
		"rights_of":           question("who ref", "object ref"),
		"known_right":         question("right name"),
		"who_has":             question("right name", "object ref", "include_superusers? flag"),
		"is_member":           question("group|customer|role name", "of? ref", "who ref", "direct? flag"),
		"groups_of":           question("who ref", "direct? flag"),
		"member_emails":       question("group|customer|role name", "of? ref"),
		"customers_of":        question("who ref", "extra? flag"),
		"reachable_customers": question("who ref"),
		"visible_groups":      question("who ref", "with_disabled? flag"),
		"can_see_queue":       question("who ref", "queue name"),
		"can_create_in":       question("who ref"),
		"sees_tickets":        question("who ref", "query? name", "requestor? who", "customers? refs", "text? name"),
		"visible_history":     question("who ref", "ticket name"),
		"ticket_field":        question("ticket name", "field owner,status,queue,requestors,customers", "who? ref"),
		"user_exists":         question("email name"),
		"find_users":          question("customer|customer_exact|login|email name"),
		"login":               question("user name", "password name"),
		"has_permission":      question("who ref", "permission name", "group|ticket name"),
		"permitted_groups":    question("who ref", "permission name", "direct? flag", "context? same,other"),
		"permitted_users":     question("group name", "permission name", "direct? flag"),
		"permitted_customers": question("group name", "permission name", "context same,other"),
	}
}

// things are the sorts of things that a world holds, by the key in the file.
func things() forms {
	return forms{
		"users":     takes("kind? agent,contact", "disabled? flag", "no_email? flag", "email? name", "customer? name", "also? names"),
		"customers": takes("disabled? flag", "members? refs"),
		"groups":    takes("members? refs", "disabled? flag", "personal_of? name"),
		"roles":     takes("single? flag", "queues? names"),
		"queues":    takes("access_group? name", "disabled? flag", "watchers? roles"),
		"tickets": takes("queue name", "owner? name", "requestor? refs", "cc? refs", "admincc? refs", "customer? refs",
			"roles? roles", "status? name"),
	}
}

func grantArgs() []arg { return takes("who ref", "as? texts", "what texts", "where ref") }

// settings are the names of settings and what each takes: flag, list of
// default groups, list of texts, or words.
func settings() map[string]kind {
	return map[string]kind{
		"customer_groups": aFlag, "contact_default_groups": aValue, "customer_default_groups": aValue,
		"other_customers_context": aFlag, "company_tickets": aFlag,
		"contact_permissions": aTexts, "agent_permissions": aTexts,
		"customers_on_tickets": "replace,add,off",
	}
}

// refKinds are the kinds of typed references.
func refKinds() []string {
	return []string{"user", "group", "customer", "queue", "ticket", "role", "system"}
}

// splitRef takes a typed reference apart. "system" alone is the whole desk.
func splitRef(text string) (kind, name string, ok bool) {
	kind, name, found := strings.Cut(text, ":")
	if !found && kind != "system" {
		return "", text, false
	}
	if kind == "system" && found {
		ok = slices.ContainsFunc(systemGroupNames(), func(n string) bool { return desk.Fold(n) == desk.Fold(name) })
		return kind, name, ok
	}
	return kind, name, slices.Contains(refKinds(), kind)
}

func systemGroupNames() []string {
	var names []string
	for _, name := range desk.SystemGroups() {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
