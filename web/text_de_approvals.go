package web

// germanApprovals are the German texts about approvals.
var germanApprovals = map[string]string{
	"blueprint.approvals":       "Genehmigungen",
	"blueprint.about.approvals": "Auf der Seite jedes Tickets werden Personen und Gruppen um ihre Genehmigung gebeten, in einem Ticket dieser Queue. Wer bittet und wer gebeten wurde, sieht dieses eine und schreibt darin, sonst niemand; das Ticket, für das gebeten wurde, ist vorher nicht erledigt.",
	"letter.name.approval":      "Bitte um Genehmigung",
	"letter.name.decided":       "Genehmigung entschieden",
	"letter.about.approval":     "An die, die um ihre Genehmigung gebeten werden.",
	"letter.about.decided":      "An den, der um eine Genehmigung bat: sie wurde erteilt, abgelehnt oder zurückgezogen.",
	"event.approval.open":       "bat %s um Genehmigung %s",
	"event.approval.granted":    "Genehmigung %[2]s wurde erteilt; gebeten wurde %[1]s",
	"event.approval.refused":    "Genehmigung %[2]s wurde abgelehnt; gebeten wurde %[1]s",
	"event.approval.withdrawn":  "Genehmigung %[2]s wurde zurückgezogen; gebeten wurde %[1]s",
	"status.asked":              "Erbeten",
	"status.granted":            "Genehmigt",
	"status.withdrawn":          "Zurückgezogen",
}
