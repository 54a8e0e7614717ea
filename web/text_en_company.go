package web

// englishCompany are the texts of the pages where a company looks after its
// people itself.
var englishCompany = map[string]string{
	"portal.people":              "People",
	"portal.people.title":        "People of %s",
	"portal.people.lead":         "What you change here holds at once, also for tickets that are open already.",
	"portal.people.part":         "Part",
	"portal.people.part.help":    "Contacts see their own tickets, readers and members those that the company shares; managers see all and choose the people.",
	"portal.people.save":         "Change",
	"portal.people.end":          "Take out",
	"portal.people.end.help":     "Who is taken out no longer sees the tickets of %s, but those of their own. An invitation brings them back.",
	"portal.people.end.sure":     "Yes, take out",
	"portal.people.invite":       "Invite somebody",
	"portal.people.address":      "Mail address",
	"portal.people.name":         "Name",
	"portal.people.send":         "Send invitation",
	"portal.people.invited":      "%s was invited and can sign in.",
	"portal.people.changed":      "Changed for %s.",
	"portal.people.letters":      "Mail to %s",
	"letters.all":                "Mail about all tickets",
	"letters.named":              "Only if named",
	"portal.people.letters.help": "“Only if named”: no mail about tickets of the company on which they do not stand themselves. They go on seeing them, follow single ones on their page, and change it back under “My account”.",
	"portal.mail.quiet":          "You get no mail about this ticket: of your company’s tickets you are told only where you stand yourself.",
	"account.companies":          "My companies",
	"account.companies.lead":     "Which mail you get about the tickets of a company. Single tickets are followed, or not, on their page.",
	"account.company.letters":    "Mail about the tickets of %s",
	"account.company.saved":      "Your mail about the tickets of %s is as you chose.",
	"audit.member.letters":       "changed which mail %[2]s gets about tickets of %[1]s",
	"portal.people.ended":        "%s no longer belongs to the company.",
}
