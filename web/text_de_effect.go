package web

// germanEffect are the texts that tell what a change of access does.
var germanEffect = map[string]string{
	"effect.nobody":      "Niemand gewinnt oder verliert etwas.",
	"effect.people":      "Personen, die Rechte gewinnen oder verlieren: %d.",
	"effect.does":        "Was Sie ändern",
	"effect.who":         "Wer gewinnt und wer verliert",
	"effect.gains":       "Sie gewinnen",
	"effect.losses":      "Sie verlieren",
	"effect.more":        "Weitere Zeilen, die nicht gezeigt werden: %d.",
	"effect.others":      "und %d andere",
	"effect.many":        "%d Personen",
	"effect.elsewhere":   "anderswo",
	"effect.new":         "was dabei entstünde",
	"effect.tickets":     "Tickets, auf denen sie stehen",
	"effect.uncounted":   "Tickets nicht gezählt",
	"effect.count":       "Tickets: %d",
	"effect.count.about": "Tickets: etwa %d",
	"effect.count.more":  "Tickets: %d oder mehr",
	"effect.save":        "Änderung speichern",
	"effect.back":        "Zurück",
	"effect.look":        "Zeigen, was sich ändert",
}
