package web

// englishMail are the texts about letters that wait for somebody.
var englishMail = map[string]string{
	"status.held": "Held",
	"status.junk": "Junk",

	"event.bounce.returned": "A letter to %s came back: %s",
	"event.bounce.paused":   "Letters to %s keep coming back, so no more are sent there: %s",

	"message.signature": "Signature",

	"unsubscribe.title":  "No more letters of this ticket",
	"unsubscribe.lead":   "You will get no more letters about this ticket. On its page you can turn them on again.",
	"unsubscribe.button": "End the letters",
	"unsubscribe.done":   "Done. You get no more letters about this ticket. On its page you can turn them on again.",

	"suggestions.title":   "Letters of people who may not write here",
	"suggestions.letter":  "The letter",
	"suggestions.cc":      "Add as Cc",
	"suggestions.ticket":  "New ticket",
	"suggestions.discard": "Discard",
}
