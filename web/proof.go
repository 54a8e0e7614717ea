package web

import (
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

// ChainOf says an answer as one chain: how somebody belongs to what stands in
// the role, the role, what was granted to whom, and where. Of a no it is what
// comes nearest. Administrators are led to the records, and to the grant if they
// may revoke it.
func ChainOf(reader Reader, a service.Answer) Chain {
	var chain Chain
	if !a.Yes && a.Proof.Grant.Who == 0 {
		return nil
	}
	if a.Missing() == "path" {
		return granted(reader, a)
	}
	chain = append(chain, steps(reader, a.Through)...)
	if a.Role != "" {
		text := T("step.role", RoleText(a.Proof.Role, a.Role))
		if a.Holder.Text != "" && a.Holder.ID != a.User.ID {
			text = T("step.stands", a.Holder.Text, RoleText(a.Proof.Role, a.Role))
		}
		chain = append(chain, Step{Kind: "role", Text: text})
	}
	if a.Role == "" || len(a.Through) == 0 {
		chain = append(chain, steps(reader, a.Path)...)
	}
	if a.Passed != nil {
		chain = append(chain, steps(reader, a.Passed.Path)...)
		chain = append(chain, Step{Kind: "person", Text: T("step.passed", a.Passed.Maker.Text, a.Passed.Source.WhoName.Text)})
	}
	return append(chain, granted(reader, a)...)
}

// DelegationOf says where a delegated grant comes from.
func DelegationOf(reader Reader, c service.Chain) Chain {
	chain := Chain{{Kind: "person", Text: T("pass.holds", c.Maker.Text)}}
	chain = append(chain, steps(reader, c.Path)...)
	return append(chain, Step{Kind: "grant", Text: T("pass.source", c.Source.WhoName.Text, c.Source.What)})
}

// RoleText names a role.
func RoleText(id desk.RoleID, name string) Text {
	if id.Builtin() {
		return T("role." + strings.ToLower(id.BuiltinName()))
	}
	return Plain(name)
}

// steps says memberships. That everybody is somebody needs no saying.
func steps(reader Reader, path []service.StepLine) Chain {
	var chain Chain
	for _, s := range path {
		switch {
		case s.To.ID < desk.FirstPrincipal:
		case s.To.Kind == "customer" && s.Part != desk.PartNone:
			chain = append(chain, Step{Kind: "customer", URL: recordURL(reader, s.To), Text: T("step.part", T("part."+s.Part.String()), s.To.Text)})
		default:
			chain = append(chain, Step{Kind: "group", URL: recordURL(reader, s.To), Text: T("step.member", s.To.Text)})
		}
	}
	return chain
}

// recordURL is where administrators find a group or customer.
func recordURL(reader Reader, n service.Name) string {
	if !reader.Admin || n.Kind != "group" && n.Kind != "customer" {
		return ""
	}
	return "/admin/" + n.Kind + "s/" + strconv.FormatInt(int64(n.ID), 10)
}

// granted says what was granted to whom, and where.
func granted(reader Reader, a service.Answer) Chain {
	if a.Grant.WhoName.ID == 0 {
		return Chain{{Kind: "grant", Text: T("step.unguarded")}}
	}
	grant := Step{Kind: "grant", Text: T("step.grant.to", a.Grant.WhoName.Text, a.Grant.What)}
	if len(a.Grant.RoleNames) > 0 {
		grant.Text = T("step.grant.as", a.Grant.WhoName.Text, strings.Join(a.Grant.RoleNames, ", "), a.Grant.What)
	}
	if reader.Admin && a.Grant.Revocable {
		grant.URL = "/admin/grants/" + strconv.FormatInt(int64(a.Grant.ID), 10) + "/revoke"
	}
	_, name, _ := strings.Cut(a.Grant.PlaceName, ":")
	where := T("step.queue", name)
	switch a.Proof.Grant.Place.Kind {
	case desk.SystemPlace:
		where = T("step.system")
	case desk.GroupPlace:
		where = T("step.guarded", name)
		if a.Right.Class() == desk.GroupRight {
			where = T("step.group", name)
		}
	case desk.CustomerPlace:
		where = T("step.customer", name)
	}
	return Chain{grant, {Kind: "place", Text: where}}
}

// MissingText says what is missing for a yes; zero: nothing is.
func MissingText(a service.Answer) Text {
	switch missing := a.Missing(); missing {
	case "":
		return Text{}
	case "path":
		return T("miss.path", a.User.Text, a.Grant.WhoName.Text)
	case "role":
		return T("miss.role", a.User.Text, strings.Join(a.Grant.RoleNames, ", "))
	case "user", "part", "sharing":
		return T("miss."+missing, a.User.Text)
	default:
		return T("miss." + missing)
	}
}
