package web

// germanQuery are the texts of the box for queries.
var germanQuery = map[string]string{
	"query.long":         "Diese Abfrage ist zu lang, um mit den Tickets ihrer Liste weiterzugehen. Speichern Sie die Liste, dann steht sie neben ihnen.",
	"query.title":        "Abfrage",
	"query.text":         "Abfrage, etwa Status = 'open' AND Due < 'today'",
	"view.unasked.title": "Es wurde nichts gesucht",
	"view.unasked.hint":  "Was oben markiert ist, wurde nicht verstanden; darum wurde nichts gesucht. Berichtigen Sie es dort und suchen Sie noch einmal.",
	"query.go":           "Suchen",
	"query.export":       "Als CSV",
	"query.add":          "Bedingung hinzufügen",
	"query.joint":        "Verknüpft mit",
	"query.joint.and":    "und",
	"query.joint.or":     "oder",
	"query.field":        "Feld",
	"query.how":          "Vergleich",
	"query.value":        "Wert",
}
