package web

// germanMail are the texts about letters that wait for somebody.
var germanMail = map[string]string{
	"status.held": "Wartet auf Entscheidung",
	"status.junk": "Werbung",

	"event.bounce.returned": "Ein Brief an %s kam zurück: %s",
	"event.bounce.paused":   "Briefe an %s kommen immer wieder zurück, daher gehen keine mehr dorthin: %s",

	"message.signature": "Signatur",

	"unsubscribe.title":  "Keine Nachrichten mehr zu diesem Ticket",
	"unsubscribe.lead":   "Sie erhalten dann keine Nachrichten mehr zu diesem Ticket. Auf seiner Seite können Sie sie wieder einschalten.",
	"unsubscribe.button": "Nachrichten beenden",
	"unsubscribe.done":   "Erledigt. Sie erhalten keine Nachrichten mehr zu diesem Ticket. Auf seiner Seite können Sie sie wieder einschalten.",

	"suggestions.title":   "Briefe von Leuten, die hier nicht schreiben dürfen",
	"suggestions.letter":  "Der Brief",
	"suggestions.cc":      "Als Cc aufnehmen",
	"suggestions.ticket":  "Neues Ticket",
	"suggestions.discard": "Verwerfen",
}
