package cli

import (
	"strconv"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// The structs that lists and shows print. Their json keys are kept stable:
// scripts read them.

type userLine struct {
	ID        desk.UserID `json:"id"`
	Login     string      `json:"login"`
	Name      string      `json:"name"`
	Kind      string      `json:"kind"`
	Disabled  bool        `json:"disabled"`
	Addresses []string    `json:"addresses"`
	Language  string      `json:"language"`
	Zone      string      `json:"zone"`
}

func userLineOf(u *desk.User) userLine {
	return userLine{u.ID, u.Login, u.Name, u.Kind.String(), u.Disabled, listed(u.Addresses), u.Language, u.Zone}
}

// A userShow is a user with what he is a direct member of.
type userShow struct {
	userLine
	Groups []memberLine `json:"groups"`
}

type customerLine struct {
	ID        desk.CustomerID `json:"id"`
	Key       string          `json:"key"`
	Name      string          `json:"name"`
	Disabled  bool            `json:"disabled"`
	Domains   []string        `json:"domains"`
	AutoJoin  bool            `json:"auto_join"`
	AskFirst  bool            `json:"ask_first"`
	OwnOnly   bool            `json:"own_only"`
	Requestor string          `json:"requestor"`
	Cc        string          `json:"cc"`
	AdminCc   string          `json:"admin_cc"`
	Sharing   string          `json:"sharing"`
	Street    string          `json:"street"`
	City      string          `json:"city"`
	Country   string          `json:"country"`
	Comment   string          `json:"comment"`
}

func customerLineOf(c *desk.Customer) customerLine {
	return customerLine{c.ID, c.Key, c.Name, c.Disabled, listed(c.Domains), c.AutoJoin, c.AskFirst, c.OwnOnly, c.Presences.Requestor.String(),
		c.Presences.Cc.String(), c.Presences.AdminCc.String(), sharingName(c.Sharing), c.Street, c.City, c.Country, c.Comment}
}

func sharingName(s *desk.Sharing) string {
	if s == nil {
		return ""
	}
	return s.String()
}

type groupLine struct {
	ID          desk.GroupID `json:"id"`
	Name        string       `json:"name"`
	Description string       `json:"description"`
	Disabled    bool         `json:"disabled"`
}

func groupLineOf(g *desk.Group) groupLine {
	return groupLine{g.ID, g.Name, g.Description, g.Disabled}
}

// A memberLine is a membership, from whichever side it is looked at.
type memberLine struct {
	Ref     string `json:"ref"`
	Name    string `json:"name"`
	Part    string `json:"part"`
	Primary bool   `json:"primary"`
	From    string `json:"from"`
	Until   string `json:"until"`
	Source  string `json:"source"`
	Quiet   bool   `json:"quiet,omitempty"`
}

func memberLinesOf(members []service.Member) []memberLine {
	lines := make([]memberLine, len(members))
	for i, m := range members {
		lines[i] = memberLine{m.Name.Ref, m.Name.Text, m.Part.String(), m.Primary, m.From.String(), m.Until.String(), m.Source, m.Quiet}
	}
	return lines
}

type queueLine struct {
	ID             desk.QueueID `json:"id"`
	Name           string       `json:"name"`
	Description    string       `json:"description"`
	Disabled       bool         `json:"disabled"`
	Address        string       `json:"address"`
	CommentAddress string       `json:"comment_address"`
	AccessGroup    string       `json:"access_group"`
	Requestor      string       `json:"requestor"`
	Cc             string       `json:"cc"`
	AdminCc        string       `json:"admin_cc"`
	Sharing        string       `json:"sharing"`
}

type watcherLine struct {
	Role string `json:"role"`
	Ref  string `json:"ref"`
	Name string `json:"name"`
	On   string `json:"on"`
}

type roleLine struct {
	ID         desk.RoleID `json:"id"`
	Name       string      `json:"name"`
	Builtin    bool        `json:"builtin"`
	Single     bool        `json:"single"`
	Disabled   bool        `json:"disabled"`
	Everywhere bool        `json:"everywhere"`
	Queues     []string    `json:"queues"`
}

type grantLine struct {
	ID    desk.GrantID `json:"id"`
	Who   string       `json:"who"`
	As    []string     `json:"as"`
	What  string       `json:"what"`
	Where string       `json:"where"`
	Until string       `json:"until"`
	// PassedOnBy and Source are those of a delegated grant.
	PassedOnBy string       `json:"passed_on_by"`
	Source     desk.GrantID `json:"source"`
}

func grantLineOf(g service.GrantLine) grantLine {
	return grantLine{g.ID, g.WhoName.Ref, listed(g.RoleNames), g.What, g.PlaceName, g.Until.String(), g.MadeBy.Ref, g.Source}
}

type ticketLine struct {
	ID         desk.TicketID `json:"id"`
	Status     string        `json:"status"`
	Queue      string        `json:"queue"`
	Subject    string        `json:"subject"`
	Requestors []string      `json:"requestors"`
	Customers  []string      `json:"customers"`
	Owner      string        `json:"owner"`
	Sharing    string        `json:"sharing"`
	Priority   int           `json:"priority"`
	Created    time.Time     `json:"created"`
	Updated    time.Time     `json:"updated"`
}

func ticketLineOf(t service.TicketLine) ticketLine {
	line := ticketLine{ID: t.ID, Status: string(t.Status), Queue: t.QueueName, Subject: t.Subject,
		Requestors: texts(t.Requestor), Customers: texts(t.Customers), Sharing: t.Sharing.String(),
		Priority: t.Priority, Created: t.Created, Updated: t.Updated}
	if t.Owner != 0 {
		line.Owner = t.OwnerName.Text
	}
	return line
}

func texts(names []service.Name) []string {
	list := make([]string, len(names))
	for i, n := range names {
		list[i] = n.Text
	}
	return list
}

// A ticketShow is a ticket with what was written on it.
type ticketShow struct {
	ticketLine
	Watchers []watcherLine `json:"watchers"`
	Messages []messageLine `json:"messages"`
	Fields   []fieldLine   `json:"fields"`
	Rights   []string      `json:"rights"`
}

// A fieldLine is a custom field with its values, as they are typed.
type fieldLine struct {
	Name   string   `json:"name"`
	Values []string `json:"values"`
}

type messageLine struct {
	ID     desk.MessageID `json:"id"`
	Kind   string         `json:"kind"`
	Author string         `json:"author"`
	At     time.Time      `json:"at"`
	Via    string         `json:"via"`
	Text   string         `json:"text"`
	Files  []fileLine     `json:"files"`
}

type fileLine struct {
	ID   desk.AttachmentID `json:"id"`
	Name string            `json:"name"`
	Type string            `json:"type"`
	Size int64             `json:"size"`
}

func ticketShowOf(v *service.TicketView) ticketShow {
	line := service.TicketLine{Ticket: v.Ticket, QueueName: v.QueueName, OwnerName: v.Names[desk.PrincipalID(v.Owner)]}
	for _, id := range v.In(desk.Requestor) {
		line.Requestor = append(line.Requestor, v.Names[id])
	}
	for _, id := range v.In(desk.CustomerRole) {
		line.Customers = append(line.Customers, v.Names[id])
	}
	show := ticketShow{ticketLine: ticketLineOf(line), Watchers: []watcherLine{}, Messages: []messageLine{}, Fields: []fieldLine{}, Rights: v.Rights.Names()}
	for _, f := range v.Fields {
		show.Fields = append(show.Fields, fieldLine{f.Name, desk.ValueTexts(f.Values)})
	}
	for _, w := range v.Watchers {
		on := "ticket"
		if w.OnQueue {
			on = "queue"
		}
		show.Watchers = append(show.Watchers, watcherLine{w.RoleName, w.Name.Ref, w.Name.Text, on})
	}
	for _, m := range v.Messages {
		show.Messages = append(show.Messages, messageLineOf(m, v.Names))
	}
	return show
}

func messageLineOf(m desk.Message, names map[desk.PrincipalID]service.Name) messageLine {
	author := "the desk"
	if m.Author != 0 {
		author = names[desk.PrincipalID(m.Author)].Text
	}
	line := messageLine{m.ID, m.Kind.String(), author, m.At, string(m.Via), m.Text, []fileLine{}}
	for _, f := range m.Attachments {
		line.Files = append(line.Files, fileLine{f.ID, f.Name, f.Type, f.Size})
	}
	return line
}

type answerLine struct {
	Answer bool     `json:"answer"`
	User   string   `json:"user"`
	Right  string   `json:"right"`
	Object string   `json:"object"`
	Proof  []string `json:"proof"`
}

func answerLineOf(a *service.Answer) answerLine {
	return answerLine{a.Yes, a.User.Ref, a.Right.String(), a.Object, listed(a.Words()[1:])}
}

type rightLine struct {
	Name    string   `json:"name"`
	Class   string   `json:"class"`
	On      []string `json:"granted_on"`
	Meaning string   `json:"meaning"`
}

type spoolLine struct {
	ID        desk.SpoolID `json:"id"`
	At        time.Time    `json:"at"`
	State     string       `json:"state"`
	From      string       `json:"from"`
	Recipient string       `json:"recipient"`
	Via       string       `json:"via"`
	Size      int64        `json:"size"`
	Ticket    int64        `json:"ticket"`
	Tries     int          `json:"tries"`
	Reason    string       `json:"reason"`
}

func spoolLineOf(s desk.Spooled) spoolLine {
	to := s.Envelope.Recipient
	if to == "" {
		to = "queue:" + s.Envelope.Queue
	}
	return spoolLine{s.ID, s.At, string(s.State), s.Envelope.From, to, s.Envelope.Via, s.Size, int64(s.Ticket), s.Tries, s.Reason}
}

type outLine struct {
	ID      desk.OutboxID `json:"id"`
	At      time.Time     `json:"at"`
	State   string        `json:"state"`
	Kind    string        `json:"kind"`
	To      string        `json:"to"`
	Ticket  int64         `json:"ticket"`
	Subject string        `json:"subject"`
	Tries   int           `json:"tries"`
	Reason  string        `json:"reason"`
}

func outLineOf(o desk.Outgoing) outLine {
	return outLine{o.ID, o.At, string(o.State), string(o.Kind), o.Address, int64(o.Ticket), o.Subject, o.Tries, o.Reason}
}

// A letterShow is a letter that goes out, with what it says.
type letterShow struct {
	outLine
	From       string   `json:"from"`
	ReplyTo    string   `json:"reply_to"`
	MessageID  string   `json:"message_id"`
	References []string `json:"references"`
	Body       string   `json:"body"`
}

// listed makes no list an empty one, so that JSON has [] and not null.
func listed(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// number parses a positive number.
func number(text string) (int64, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && n > 0
}

type postLine struct {
	LettersInWaiting  int       `json:"letters_in_waiting"`
	LettersInParked   int       `json:"letters_in_parked"`
	OldestLetterIn    time.Time `json:"oldest_letter_in"`
	LettersOutWaiting int       `json:"letters_out_waiting"`
	LettersOutFailed  int       `json:"letters_out_failed"`
	OldestLetterOut   time.Time `json:"oldest_letter_out"`
	Jobs              int       `json:"jobs"`
	JobsParked        int       `json:"jobs_parked"`
}

func postCountsOf(c service.PostCounts) postLine {
	return postLine{c.SpoolWaiting, c.SpoolParked, c.OldestSpool, c.OutWaiting, c.OutFailed, c.OldestOut, c.Jobs, c.JobsParked}
}
