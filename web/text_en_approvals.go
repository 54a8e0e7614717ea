package web

// englishApprovals are the texts about approvals.
var englishApprovals = map[string]string{
	"blueprint.approvals":       "Approvals",
	"blueprint.about.approvals": "On the page of any ticket people and groups are asked for their approval, in a ticket of this queue. Who asks and who was asked see that one and write on it, and nobody else; the ticket that asked is not done before.",
	"letter.name.approval":      "Approval asked for",
	"letter.name.decided":       "Approval decided",
	"letter.about.approval":     "To whom somebody asks for his approval.",
	"letter.about.decided":      "To who asked for an approval: it was granted, refused or withdrawn.",
	"event.approval.open":       "asked %s for approval %s",
	"event.approval.granted":    "approval %[2]s was granted; %[1]s was asked",
	"event.approval.refused":    "approval %[2]s was refused; %[1]s was asked",
	"event.approval.withdrawn":  "approval %[2]s was withdrawn; %[1]s was asked",
	"status.asked":              "Asked",
	"status.granted":            "Granted",
	"status.withdrawn":          "Withdrawn",
}
