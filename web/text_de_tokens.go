package web

var germanTokens = map[string]string{
	"copy.do":                    "Kopieren",
	"account.token.try":          "Probieren Sie es:",
	"account.token.tickets":      "Nur Tickets",
	"account.token.tickets.help": "Es verwaltet nichts: keine Personen, Queues, Regeln, Vergaben oder Einstellungen.",
	"account.token.some":         "Nur einige Queues",
	"account.token.queues":       "Queues",
	"account.token.queues.help":  "Es arbeitet dann an deren Tickets und verwaltet nichts. Keine gewählt: alle, die Sie sehen.",
	"account.token.in":           "nur in %s",
	"account.token.a.queue":      "einer Queue",
	"account.token.soon":         "läuft bald ab",
	"account.token.idle":         "nicht in Gebrauch",
	"account.token.days.help":    "Bevor es abläuft, bekommen Sie einen Brief.",
	"token.tickets":              "nur Tickets",
	"token.looks":                "darf nur lesen",
	"token.changes":              "darf ändern",
	"token.unknown":              "ungültig: Was es darf, ist hier nicht bekannt",
}
