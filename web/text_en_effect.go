package web

// englishEffect are the texts that tell what a change of access does.
var englishEffect = map[string]string{
	"effect.nobody":      "Nobody gains or loses anything.",
	"effect.people":      "People who gain or lose rights: %d.",
	"effect.does":        "What you change",
	"effect.who":         "Who gains and who loses",
	"effect.gains":       "They gain",
	"effect.losses":      "They lose",
	"effect.more":        "More lines that are not shown: %d.",
	"effect.others":      "and %d others",
	"effect.many":        "%d people",
	"effect.elsewhere":   "elsewhere",
	"effect.new":         "what this would make",
	"effect.tickets":     "tickets on which they stand",
	"effect.uncounted":   "tickets not counted",
	"effect.count":       "tickets: %d",
	"effect.count.about": "tickets: about %d",
	"effect.count.more":  "tickets: %d or more",
	"effect.save":        "Save the change",
	"effect.back":        "Back",
	"effect.look":        "Show what changes",
}
