package web

// germanDay are the texts of what makes a day at the desk easier: replies that can
// be taken back, and what follows them.
var germanDay = map[string]string{
	"held.title":           "Antworten auf dem Weg",
	"held.waits":           "Ihre Antwort geht hinaus in",
	"held.seconds.one":     "einer Sekunde",
	"held.seconds.many":    "%d Sekunden",
	"held.undo":            "Zurückholen",
	"held.now":             "Jetzt senden",
	"held.draft":           "Zurück zum Entwurf",
	"held.files":           "Dateien sind dann neu auszuwählen.",
	"held.refused":         "Ihre Antwort wurde nicht gesendet",
	"held.done":            "Ihre Antwort ist gespeichert und geht in %s Sekunden hinaus. Bis dahin können Sie sie zurückholen.",
	"held.back":            "Ihre Antwort wurde nicht gesendet und ist wieder ein Entwurf.",
	"held.sent":            "Ihre Antwort wurde gesendet.",
	"held.nav":             "Geht hinaus: %s",
	"held.nav.refused":     "Nicht gesendet: %s",
	"compose.next":         "Senden und weiter",
	"compose.next.comment": "Speichern und weiter",
}
