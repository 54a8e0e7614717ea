package web

// germanCompany are the texts of the pages where a company looks after its
// people itself.
var germanCompany = map[string]string{
	"portal.people":              "Personen",
	"portal.people.title":        "Personen von %s",
	"portal.people.lead":         "Was Sie hier ändern, gilt sofort, auch für Anfragen, die schon offen sind.",
	"portal.people.part":         "Rolle",
	"portal.people.part.help":    "Ansprechpartner sehen ihre eigenen Anfragen, Leser und Mitglieder die geteilten der Firma; die Leitung sieht alle und wählt die Personen.",
	"portal.people.save":         "Ändern",
	"portal.people.end":          "Entfernen",
	"portal.people.end.help":     "Wer herausgenommen ist, sieht die Tickets von %s nicht mehr, die eigenen aber weiter. Eine Einladung holt ihn zurück.",
	"portal.people.end.sure":     "Ja, herausnehmen",
	"portal.people.invite":       "Jemanden einladen",
	"portal.people.address":      "E-Mail-Adresse",
	"portal.people.name":         "Name",
	"portal.people.send":         "Einladung senden",
	"portal.people.invited":      "%s wurde eingeladen und kann sich anmelden.",
	"portal.people.changed":      "Für %s geändert.",
	"portal.people.letters":      "E-Mail an %s",
	"letters.all":                "E-Mail zu allen Tickets",
	"letters.named":              "Nur wenn genannt",
	"portal.people.letters.help": "„Nur wenn genannt“: keine E-Mail zu Tickets der Firma, auf denen jemand nicht selbst steht. Zu sehen sind sie weiter, einzelnen kann man auf ihrer Seite folgen, und unter „Mein Konto“ stellt es jeder für sich zurück.",
	"portal.mail.quiet":          "Sie bekommen keine E-Mail zu diesem Ticket: Von den Tickets Ihrer Firma erfahren Sie nur, wo Sie selbst stehen.",
	"account.companies":          "Meine Firmen",
	"account.companies.lead":     "Welche E-Mail Sie zu den Tickets einer Firma bekommen. Einzelnen Tickets folgen Sie auf deren Seite, oder nicht.",
	"account.company.letters":    "E-Mail zu den Tickets von %s",
	"account.company.saved":      "Ihre E-Mail zu den Tickets von %s ist wie gewählt.",
	"audit.member.letters":       "hat geändert, welche E-Mail %[2]s zu Tickets von %[1]s bekommt",
	"portal.people.ended":        "%s gehört nicht mehr zur Firma.",
}
