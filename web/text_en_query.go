package web

// englishQuery are the texts of the box for queries.
var englishQuery = map[string]string{
	"query.long":         "This query is too long to go along with the tickets of its list. Save the list, and it stands beside them.",
	"query.title":        "Query",
	"query.text":         "Query, as Status = 'open' AND Due < 'today'",
	"view.unasked.title": "Nothing was searched",
	"view.unasked.hint":  "What is marked above was not understood, so nothing was searched. Mend it there and search again.",
	"query.go":           "Find",
	"query.export":       "As CSV",
	"query.add":          "Add condition",
	"query.joint":        "Joined by",
	"query.joint.and":    "and",
	"query.joint.or":     "or",
	"query.field":        "Field",
	"query.how":          "Comparison",
	"query.value":        "Value",
}
