package service

import (
	"strings"

	"gatehouse/desk/query"
)

// A QueryField is a field of the query language with the comparisons that it
// knows, for forms that put queries together.
type QueryField struct {
	Name        string
	Comparisons []string
}

// QueryFields lists the fields of every desk.
func QueryFields() []QueryField {
	var list []QueryField
	for _, f := range query.Fields() {
		list = append(list, QueryField{f.Name, f.Kind.HowNames()})
	}
	return list
}

// AddToQuery adds a condition to a query that may be empty: with AND, or with
// OR. The value is written so that it means itself; a comparison with NULL has
// none, and a list takes its values between commas.
func AddToQuery(text, joint, field, comparison, value string) string {
	cond := field + " " + comparison
	switch {
	case strings.HasSuffix(comparison, "NULL"):
	case strings.HasSuffix(comparison, "IN"):
		var values []string
		for v := range strings.SplitSeq(value, ",") {
			values = append(values, quotedValue(strings.TrimSpace(v)))
		}
		cond += " (" + strings.Join(values, ", ") + ")"
	default:
		cond += " " + quotedValue(value)
	}
	switch text = strings.TrimSpace(text); {
	case text == "":
		return cond
	case strings.EqualFold(joint, "OR"):
		return text + " OR " + cond
	case strings.Contains(strings.ToUpper(text), " OR "):
		return "(" + text + ") AND " + cond
	}
	return text + " AND " + cond
}

func quotedValue(value string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(value) + "'"
}
