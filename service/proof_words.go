package service

import (
	"fmt"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// Words says the answer in sentences: first the answer itself, then, one fact
// a sentence, why it is so or what comes nearest.
func (a *Answer) Words() []string {
	if a.Yes {
		return append([]string{fmt.Sprintf("yes: %s may %s on %s", a.User.Text, a.Right, a.Object)}, a.reached()...)
	}
	return append([]string{fmt.Sprintf("no: %s may not %s on %s", a.User.Text, a.Right, a.Object)}, a.missed()...)
}

// Missing says what keeps a no from being a yes: "grant", "path", "role",
// "disabled", "part", "sharing", "user" or "right"; empty for a yes.
func (a *Answer) Missing() string {
	return map[access.Miss]string{access.MissGrant: "grant", access.MissPath: "path", access.MissRole: "role", access.MissDisabled: "disabled",
		access.MissPart: "part", access.MissSharing: "sharing", access.MissUser: "user", access.MissRight: "right"}[a.Proof.Missing]
}

// reached says how the grant reaches the user, the paths first.
func (a *Answer) reached() []string {
	words := stepWords(a.Path)
	for _, w := range stepWords(a.Through) {
		if len(words) == 0 || w != words[len(words)-1] {
			words = append(words, w)
		}
	}
	words = append(words, a.standing()...)
	return append(append(words, a.granted()), a.passedOn()...)
}

// passedOn says by whom a delegated grant was passed on and how he holds it.
func (a *Answer) passedOn() []string {
	if a.Passed == nil {
		return nil
	}
	words := stepWords(a.Passed.Path)
	source := a.Passed.Source
	return append(words, fmt.Sprintf("%s, who holds it because %s was granted it (grant %d), passed it on",
		a.Passed.Maker.Text, source.WhoName.Text, source.ID))
}

// missed says what is there, and then what is missing.
func (a *Answer) missed() []string {
	switch a.Proof.Missing {
	case access.MissGrant:
		return []string{fmt.Sprintf("nothing that covers %s grants %s to anybody", a.Object, a.Right)}
	case access.MissUser:
		return []string{a.User.Text + " is disabled"}
	case access.MissPath:
		return []string{"nearest: " + a.granted(), fmt.Sprintf("but %s %s", a.User.Text, notAmong(a.Grant.WhoName))}
	case access.MissRole:
		return append(stepWords(a.Path), "nearest: "+a.granted(),
			fmt.Sprintf("but %s does not stand as %s here, nor through a group or customer", a.User.Text, either(a.Grant.RoleNames)))
	case access.MissDisabled:
		return append(a.reached(), a.disabled())
	case access.MissPart:
		return append(a.reached(), fmt.Sprintf("but the part of %s there is not enough for %s", a.User.Text, a.Right))
	case access.MissSharing:
		return append(a.reached(), fmt.Sprintf("but the ticket is not shared with %s", a.User.Text))
	}
	return nil
}

// either joins names: "Requestor, Cc or Customer".
func either(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

func notAmong(n Name) string {
	switch n.Kind {
	case "user":
		return "is somebody else"
	case "customer":
		return "is no contact of " + n.Text
	case "system":
		return "is not among them"
	}
	return "is no member of " + n.Text
}

// disabled says what breaks the path.
func (a *Answer) disabled() string {
	for _, path := range [][]StepLine{a.Path, a.Through} {
		for _, s := range path {
			if s.To.Disabled {
				return "but " + s.To.Text + " is disabled"
			}
		}
	}
	return "but what guards the queue, or stands in between, is disabled"
}

// standing says how a role is filled, where one is asked for.
func (a *Answer) standing() []string {
	switch {
	case a.Proof.Future:
		return []string{"who opens a ticket counts as its future Requestor"}
	case a.Proof.Holder == 0:
		return nil
	}
	place := map[access.RolePlace]string{access.OnTicket: "the ticket", access.OnQueue: "its queue", access.OnSystem: "every ticket of the desk"}
	return []string{fmt.Sprintf("%s stands as %s on %s", a.Holder.Text, a.Role, place[a.Proof.At])}
}

// granted says the grant.
func (a *Answer) granted() string {
	if a.Proof.Grant.Who == 0 {
		return "the desk's groups do not guard it for contacts: each may reach tickets on which he stands as Requestor or Customer"
	}
	as := ""
	if len(a.Grant.RoleNames) > 0 {
		as = ", as " + either(a.Grant.RoleNames) + ","
	}
	what := a.Grant.What
	switch {
	case a.Proof.Grant.Permission != 0:
		what = fmt.Sprintf("the permission %s, which holds %s,", what, a.Right)
	case a.Proof.Grant.Right == desk.SuperUser && a.Right != desk.SuperUser:
		what += ", which holds every right,"
	}
	verb := "was granted"
	if a.Passed != nil {
		verb = "has by delegation"
	}
	return fmt.Sprintf("%s%s %s %s on %s", a.Grant.WhoName.Text, as, verb, what, a.Grant.PlaceName)
}

// stepWords says memberships. What follows from what somebody is needs no
// saying but for the kind.
func stepWords(steps []StepLine) []string {
	var words []string
	for _, s := range steps {
		switch {
		case s.To.ID == desk.Everyone:
		case s.To.ID == desk.Agents:
			words = append(words, s.From.Text+" is an agent")
		case s.To.ID == desk.Contacts:
			words = append(words, s.From.Text+" is a contact")
		case s.To.ID == desk.Customers:
			words = append(words, s.From.Text+" is a customer")
		case s.To.Kind == "customer" && s.From.Kind != "user":
			words = append(words, fmt.Sprintf("%s belongs to %s (%s)", s.From.Text, s.To.Text, s.Part))
		case s.To.Kind == "customer":
			words = append(words, fmt.Sprintf("%s is a contact of %s (%s)", s.From.Text, s.To.Text, s.Part))
		default:
			words = append(words, fmt.Sprintf("%s is a member of %s", s.From.Text, s.To.Text))
		}
	}
	return words
}
