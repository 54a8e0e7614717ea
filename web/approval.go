package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// An Approval is what somebody is asked to approve of, as the reader may see it.
type Approval struct {
	ID      int64
	URL     string // of its page; empty: the reader may not open it
	Subject string
	State   string // "open", "granted", "refused" or "withdrawn"
	Asker   Text
	Of      string // who was asked
	At      time.Time
	By      string // who decided
	Ended   time.Time
	Word    []Block
	Reason  []Block // what was asked; nil: the reader may not know
	For     Link    // the ticket that waits for it; without a URL: the reader may not see it
	// Action is where grant, refuse and withdraw are sent; May and Withdraws say
	// which of them are offered.
	Action         string
	May, Withdraws bool
	Back           string // number of the ticket to which one comes back; empty: the list
	Answer         Field  // the word
}

// ShowApproval makes an approval ready to be shown in an area, "/agent" or
// "/portal".
func ShowApproval(r Reader, a *service.Approval, area string) Approval {
	id := strconv.FormatInt(int64(a.ID), 10)
	shown := Approval{
		ID: int64(a.ID), Subject: a.Subject, State: string(a.State), Asker: askerOf(a), At: r.In(a.At), By: a.By.Text, Ended: r.In(a.Ended),
		Action: area + "/approvals/" + id, May: a.May, Withdraws: a.Withdraws,
		Answer: Field{Form: "approval" + id + "-", Name: "word", Kind: "textarea", Rows: 2},
	}
	var names []string
	for _, n := range a.Of {
		names = append(names, n.Text)
	}
	shown.Of = strings.Join(names, ", ")
	if a.Opens {
		shown.URL, shown.Reason = area+"/tickets/"+id, Blocks(a.Reason)
	}
	if strings.TrimSpace(a.Word) != "" {
		shown.Word = Blocks(a.Word)
	}
	if a.For != 0 {
		shown.For = Link{Label: Plain(a.For.String() + " " + a.ForSubject), URL: area + "/tickets/" + strconv.FormatInt(int64(a.For), 10)}
	}
	return shown
}

// askerOf names who asked.
func askerOf(a *service.Approval) Text {
	switch {
	case a.ByDesk:
		return T("approval.desk")
	case a.Asker.Text == "":
		return T("approval.somebody")
	}
	return Plain(a.Asker.Text)
}

// RefusedApproval puts a word about an approval that was not taken back into the
// list, and returns what is wrong otherwise; false: that is no page of the list.
func RefusedApproval(r *http.Request, list []Approval, id desk.TicketID, err error) (string, bool) {
	switch desk.KindOf(err) {
	case desk.Invalid, desk.Conflict, desk.TooLarge:
	default:
		return "", false
	}
	for i := range list {
		if list[i].ID == int64(id) {
			list[i].Answer.Value = r.PostFormValue("word")
			return Refuse(err, &list[i].Answer), true
		}
	}
	return desk.Sentence(err), true
}

// ApprovalDone says what was done to an approval.
func ApprovalDone(do string, id desk.TicketID) Notice {
	return Notice{Level: "good", Text: T("approval.done."+do, id.String())}
}
