package web

// germanMail are the texts about letters that wait for somebody.
var germanMail = map[string]string{
	"status.held": "Wartet auf Entscheidung",
	"status.junk": "Werbung",

	"event.bounce.returned": "Ein Brief an %s kam zurück: %s",
	"event.bounce.paused":   "Briefe an %s kommen immer wieder zurück, daher gehen keine mehr dorthin: %s",

	"message.signature": "Signatur",

	"suggestions.title":   "Briefe von Leuten, die hier nicht schreiben dürfen",
	"suggestions.letter":  "Der Brief",
	"suggestions.cc":      "Als Cc aufnehmen",
	"suggestions.ticket":  "Neues Ticket",
	"suggestions.discard": "Verwerfen",
}
