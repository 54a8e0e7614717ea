package web

// englishCompany are the texts of the pages where a company looks after its
// people itself.
var englishCompany = map[string]string{
	"portal.people":           "People",
	"portal.people.title":     "People of %s",
	"portal.people.lead":      "What you change here holds at once, also for tickets that are open already.",
	"portal.people.part":      "Part",
	"portal.people.part.help": "Contacts see their own tickets, readers and members those that the company shares; managers see all and choose the people.",
	"portal.people.save":      "Change",
	"portal.people.end":       "Take out",
	"portal.people.end.help":  "Who is taken out no longer sees the tickets of %s, but those of their own. An invitation brings them back.",
	"portal.people.end.sure":  "Yes, take out",
	"portal.people.invite":    "Invite somebody",
	"portal.people.address":   "Mail address",
	"portal.people.name":      "Name",
	"portal.people.send":      "Send invitation",
	"portal.people.invited":   "%s was invited and can sign in.",
	"portal.people.changed":   "%s has another part now.",
	"portal.people.ended":     "%s no longer belongs to the company.",
}
