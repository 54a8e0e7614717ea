package web

// germanCompany are the texts of the pages where a company looks after its
// people itself.
var germanCompany = map[string]string{
	"portal.people":           "Personen",
	"portal.people.title":     "Personen von %s",
	"portal.people.lead":      "Was Sie hier ändern, gilt sofort, auch für Anfragen, die schon offen sind.",
	"portal.people.part":      "Rolle",
	"portal.people.part.help": "Ansprechpartner sehen ihre eigenen Anfragen, Leser und Mitglieder die geteilten der Firma; die Leitung sieht alle und wählt die Personen.",
	"portal.people.save":      "Ändern",
	"portal.people.end":       "Entfernen",
	"portal.people.end.help":  "Wer herausgenommen ist, sieht die Tickets von %s nicht mehr, die eigenen aber weiter. Eine Einladung holt ihn zurück.",
	"portal.people.end.sure":  "Ja, herausnehmen",
	"portal.people.invite":    "Jemanden einladen",
	"portal.people.address":   "E-Mail-Adresse",
	"portal.people.name":      "Name",
	"portal.people.send":      "Einladung senden",
	"portal.people.invited":   "%s wurde eingeladen und kann sich anmelden.",
	"portal.people.changed":   "%s hat jetzt eine andere Rolle.",
	"portal.people.ended":     "%s gehört nicht mehr zur Firma.",
}
