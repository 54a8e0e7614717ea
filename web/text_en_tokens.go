package web

var englishTokens = map[string]string{
	"copy.do":                    "Copy",
	"account.token.try":          "Try it:",
	"account.token.tickets":      "Only tickets",
	"account.token.tickets.help": "It administers nothing: no people, queues, rules, grants or settings.",
	"account.token.some":         "Only some queues",
	"account.token.queues":       "Queues",
	"account.token.queues.help":  "It then works on the tickets of these, and administers nothing. None chosen: all that you see.",
	"account.token.in":           "only in %s",
	"account.token.a.queue":      "a queue",
	"account.token.soon":         "ends soon",
	"account.token.idle":         "not in use",
	"account.token.days.help":    "You get a letter before it ends.",
	"token.tickets":              "only tickets",
	"token.looks":                "may only look",
	"token.changes":              "may change things",
	"token.unknown":              "not valid: what it may is not known here",
}
