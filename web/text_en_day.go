package web

// englishDay are the texts of what makes a day at the desk easier: replies that can
// be taken back, and what follows them.
var englishDay = map[string]string{
	"held.title":           "Replies on their way",
	"held.waits":           "Your reply goes out in",
	"held.seconds.one":     "one second",
	"held.seconds.many":    "%d seconds",
	"held.undo":            "Undo",
	"held.now":             "Send now",
	"held.draft":           "Back to the draft",
	"held.files":           "Files have to be chosen again then.",
	"held.refused":         "Your reply was not sent",
	"held.done":            "Your reply is stored and goes out in %s seconds. Until then you can undo it.",
	"held.back":            "Your reply was not sent and is a draft again.",
	"held.sent":            "Your reply was sent.",
	"held.nav":             "Going out: %s",
	"held.nav.refused":     "Not sent: %s",
	"compose.next":         "Send and next",
	"compose.next.comment": "Save and next",
}
