package web

// englishOperation are the texts for who runs the desk.
var englishOperation = map[string]string{
	"nav.late":                  "As it was some seconds ago",
	"health.rights":             "Changes of rights",
	"health.rights.now":         "Knows all",
	"health.rights.one":         "One since",
	"health.rights.behind":      "%d since",
	"health.rights.unknown":     "Not known",
	"health.rights.lead":        "Each request reads the changes of rights that its node does not know before it asks for them, so a node that is behind allows nothing that was taken away.",
	"health.replica":            "Replica",
	"health.replica.used":       "Lists, searches and counts are read from the replica. It is late by %s s at the most.",
	"health.replica.instead":    "Lists are read from the database instead, so that nobody sees anything wrong; it has more to do.",
	"health.replica.unasked":    "Nobody has looked at the replica yet.",
	"health.replica.unanswered": "The replica does not answer, or not as one of this desk.",
	"health.replica.other":      "The server that is to be the replica is one of another database.",
	"health.replica.itself":     "The server that is to be the replica follows none: it takes changes itself. Was it promoted?",
	"health.replica.schema":     "The replica has another schema than the database; it has to catch up first.",
	"health.replica.behind":     "The replica is behind what the database was when this node first looked.",
	"health.replica.late":       "The replica is late.",
	"health.replica.main":       "The database does not say how far it is, so that it is not known how late the replica is.",
	"health.replica.by":         "It is late by",
	"health.replica.answered":   "Lists and counts from it, on this node",
	"health.replica.asked":      "From the database, as it was behind or failed",
}
