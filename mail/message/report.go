package message

import (
	"bytes"
	"regexp"
	"strings"
)

// A Report says what became of a letter for one of its recipients.
type Report struct {
	Recipient string // canonical; empty where the report does not say
	Permanent bool
	Reason    string // one line
}

// maxReports bounds how many recipients of one report are read.
const maxReports = 50

// Reports reads a report that a letter was not delivered: by RFC 3464, and else
// by what mail servers write for people. returned are the Message-IDs of the
// letter that came back, as far as it or its header is there.
func (l *Letter) Reports() (reports []Report, returned []string) {
	for _, p := range l.Parts {
		switch p.Type {
		case "message/delivery-status", "message/global-delivery-status":
			reports = append(reports, readStatus(p.Data)...)
		case "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers":
			if id := ParseHeader(p.Data).MessageID; id != "" {
				returned = append(returned, id)
			}
		}
	}
	for _, m := range quotedID.FindAllStringSubmatch(cut(l.Text, maxReportText), 10) {
		returned = append(returned, messageIDs(m[1])...)
	}
	returned = append(append(returned, l.InReplyTo...), l.References...)
	if len(reports) == 0 {
		reports = l.reportsInText()
	}
	return reports[:min(len(reports), maxReports)], returned[:min(len(returned), maxReferences)]
}

// maxReportText bounds in bytes how much of a report for people is read.
const maxReportText = 64 << 10

var (
	quotedID  = regexp.MustCompile(`(?mi)^[> \t]*message-id:\s*(<[^<>\s]+>)`)
	onlyLater = regexp.MustCompile(`(?i)delayed|will (be retried|keep trying|continue)|still being|no action is required|warning only|noch nicht zugestellt|versuch(e|t) .* weiter`)
	mailCode  = regexp.MustCompile(`\b[45](\d\d|\.\d{1,3}\.\d{1,3})\b`)
)

// readStatus reads the groups of fields of a delivery status; the first is of
// the letter as a whole.
func readStatus(data []byte) []Report {
	var list []Report
	s := newSplitter(data, Limits{HeaderBytes: maxReportText, Headers: 200})
	for s.pos < len(s.raw) && len(list) < maxReports {
		before := s.pos
		fields, err := s.header()
		if err != nil || s.pos == before {
			break
		}
		e := entity{fields: fields}
		recipient := e.get("Final-Recipient")
		if recipient == "" {
			recipient = e.get("Original-Recipient")
		}
		if recipient == "" {
			continue
		}
		action, status := strings.ToLower(e.get("Action")), e.get("Status")
		if action == "delivered" || action == "relayed" || action == "expanded" {
			continue
		}
		reason := e.get("Diagnostic-Code")
		if reason == "" {
			reason = status
		}
		list = append(list, Report{
			Recipient: reportedAddress(recipient),
			Permanent: action != "delayed" && !strings.HasPrefix(status, "4"),
			Reason:    cut(oneLine(afterType(reason)), 500),
		})
	}
	return list
}

// afterType removes the type from "rfc822; jo@example.org".
func afterType(value string) string {
	if _, rest, ok := strings.Cut(value, ";"); ok {
		return strings.TrimSpace(rest)
	}
	return value
}

func reportedAddress(value string) string {
	address, err := Canonical(strings.Trim(afterType(value), "<> "))
	if err != nil {
		return ""
	}
	return address
}

// reportsInText reads what qmail, exim, Exchange, Domino and others write: the
// addresses in the text before the letter that came back, each with the line
// that has a code in it.
func (l *Letter) reportsInText() []Report {
	text := []byte(cut(l.Text, maxReportText))
	for _, end := range []string{"--- Below this line", "------ This is a copy", "----- Original message", "Received: from"} {
		if i := bytes.Index(text, []byte(end)); i >= 0 {
			text = text[:i]
		}
	}
	permanent := !onlyLater.Match(text) && !onlyLater.MatchString(l.Subject)
	var list []Report
	for _, a := range ParseAddressList(l.Get("X-Failed-Recipients")) {
		list = append(list, Report{Recipient: a.Address, Permanent: permanent})
	}
	reason := ""
	for line := range bytes.Lines(text) {
		if reason == "" && mailCode.Match(line) {
			reason = cut(oneLine(string(line)), 500)
		}
		for _, found := range looksLikeAddress.FindAll(line, 5) {
			address, err := Canonical(strings.Trim(string(found), ".'"))
			if err == nil && len(list) < maxReports {
				list = append(list, Report{Recipient: address, Permanent: permanent})
			}
		}
	}
	for i := range list {
		list[i].Reason = reason
	}
	if len(list) == 0 {
		list = []Report{{Permanent: permanent, Reason: reason}}
	}
	return list
}

// Spam reports whether a filter in front called the letter spam.
func (l *Letter) Spam() bool {
	yes := func(name string) bool {
		v := strings.ToLower(l.Get(name))
		return strings.HasPrefix(v, "yes") || v == "spam" || v == "true"
	}
	if yes("X-Spam-Flag") || yes("X-Spam-Status") || yes("X-Spam") {
		return true
	}
	switch l.Get("X-Ms-Exchange-Organization-Scl") {
	case "5", "6", "7", "8", "9":
		return true
	}
	return false
}
