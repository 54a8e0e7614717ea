package api

import (
	"context"
	"mime"
	"path"
	"strings"
	"time"
	"unicode"

	"github.com/danielgtaylor/huma/v2"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) messageRoutes() []route {
	return []route{
		shows(h, what{"listMessages", "GET /tickets/{id}/messages", "ShowTicket; ShowTicketComments for comments", "The messages of a ticket, oldest first"}, h.listMessages),
		makes(h, what{"writeMessage", "POST /tickets/{id}/messages", "ReplyToTicket, or CommentOnTicket for a comment", "Reply or comment"}, "", h.writeMessage).withFiles(),
		shows(h, what{"goesTo", "POST /tickets/{id}/goes-to", "ReplyToTicket, or CommentOnTicket for a comment", "Who would get a message that you wrote now"}, h.goesTo),
		h.download(),
	}
}

// The limits of files that are sent with a message.
const (
	maxFiles    = 20
	maxFileSize = 25 << 20 // of all together
)

// A File is a file that goes with a message.
type File struct {
	Name string `json:"name" minLength:"1" maxLength:"255"`
	Type string `json:"type,omitempty" maxLength:"255" doc:"Its MIME type, as you think."`
	Data []byte `json:"data" doc:"Its content in base64."`
}

// filesOf checks files against the limits and cleans their names.
func filesOf(files []File) ([]desk.Attachment, error) {
	var list []desk.Attachment
	var total int64
	if len(files) > maxFiles {
		return nil, desk.Errorf(desk.TooLarge, "At most %d files go with a message.", maxFiles)
	}
	for _, f := range files {
		if total += int64(len(f.Data)); total > maxFileSize {
			return nil, desk.Errorf(desk.TooLarge, "The files are larger than 25 MB together.")
		}
		kind, _, err := mime.ParseMediaType(f.Type)
		if err != nil {
			kind = "application/octet-stream"
		}
		list = append(list, desk.Attachment{Name: fileName(f.Name), Type: kind, Size: int64(len(f.Data)), Data: f.Data})
	}
	return list, nil
}

// fileName returns a name without directories and without what could not be
// seen or would end a header.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	if name, ok := noBlanks(name); ok && name != "." && name != ".." && name != "/" {
		return name
	}
	return "file"
}

// An Attachment is a file of a message; its content is at its address.
type Attachment struct {
	ID     int64  `json:"id"`
	Name   string `json:"name"`
	Type   string `json:"type" doc:"As its sender says; not to be trusted."`
	Size   int64  `json:"size"`
	Inline bool   `json:"inline,omitempty"`
	URL    string `json:"url"`
}

// A Message is a reply or a comment.
type Message struct {
	ID          int64        `json:"id"`
	Kind        string       `json:"kind" enum:"reply,comment"`
	Author      *Who         `json:"author,omitempty"`
	At          *time.Time   `json:"at"`
	Subject     string       `json:"subject"`
	Text        string       `json:"text"`
	Via         string       `json:"via"`
	Attachments []Attachment `json:"attachments" nullable:"false"`
}

func (c caller) message(v *service.TicketView, m desk.Message) Message {
	wire := Message{
		ID: int64(m.ID), Kind: m.Kind.String(), Author: c.whoOf(v.Names, desk.PrincipalID(m.Author)), At: moment(m.At),
		Subject: m.Subject, Text: m.Text, Via: string(m.Via), Attachments: make([]Attachment, len(m.Attachments)),
	}
	for i, a := range m.Attachments {
		wire.Attachments[i] = Attachment{int64(a.ID), a.Name, a.Type, a.Size, a.Inline, Base + "/attachments/" + number(a.ID)}
	}
	return wire
}

func (h *handler) listMessages(ctx context.Context, by caller, in *listInput) (Page[Message], error) {
	v, err := h.desk.Ticket(ctx, by.Actor, desk.TicketID(in.ID))
	if err != nil {
		return Page[Message]{}, err
	}
	after, err := idAfter[desk.MessageID]("messages", in.After)
	if err != nil {
		return Page[Message]{}, err
	}
	rest := v.Messages
	for len(rest) > 0 && rest[0].ID <= after {
		rest = rest[1:]
	}
	page := pageOf(rest[:min(len(rest), in.Limit)], func(m desk.Message) Message { return by.message(v, m) })
	if len(rest) > in.Limit {
		page.Next = link(by.url, "after", idCursor("messages", rest[in.Limit-1].ID))
	}
	return page, nil
}

// A Delivery says who gets a message besides those in roles, and who does not.
type Delivery struct {
	OneTimeCc  []string `json:"one_time_cc,omitempty" maxItems:"50" doc:"Addresses that get this one message."`
	OneTimeBcc []string `json:"one_time_bcc,omitempty" maxItems:"50" doc:"The same, unseen by the others."`
	Squelch    []int64  `json:"squelch,omitempty" maxItems:"500" doc:"Users who do not get this message."`
}

func (d Delivery) desk() service.Delivery {
	return service.Delivery{OneTimeCc: d.OneTimeCc, OneTimeBcc: d.OneTimeBcc, Squelch: ids[desk.UserID](d.Squelch)}
}

// A MessageInput is a reply or a comment to be written.
type MessageInput struct {
	Kind     string `json:"kind" enum:"reply,comment"`
	Text     string `json:"text,omitempty"`
	Subject  string `json:"subject,omitempty" maxLength:"500"`
	Status   string `json:"status,omitempty" maxLength:"30" doc:"Set after the message."`
	LastSeen int64  `json:"last_seen,omitempty" minimum:"0" doc:"The newest message that you saw: 409 if there is a newer one."`
	Files    []File `json:"files,omitempty" maxItems:"20"`
	Delivery
}

func kindOf(name string) desk.MessageKind {
	if name == desk.Comment.String() {
		return desk.Comment
	}
	return desk.Reply
}

type writeMessageInput struct {
	Numbered
	Once
	Body MessageInput
}

func (h *handler) writeMessage(ctx context.Context, by caller, in *writeMessageInput) (desk.MessageID, error) {
	b := in.Body
	files, err := filesOf(b.Files)
	if err != nil {
		return 0, err
	}
	return h.desk.Write(ctx, by.Actor, service.NewMessage{
		Ticket: desk.TicketID(in.ID), Kind: kindOf(b.Kind), Subject: b.Subject, Text: b.Text, Files: files, Delivery: b.Delivery.desk(),
		Status: desk.Status(b.Status), LastSeen: desk.MessageID(b.LastSeen), Form: in.form(by, "message "+number(in.ID)),
	})
}

// A Recipient is somebody who would get a message, with the reasons.
type Recipient struct {
	Who     *Who     `json:"who,omitempty" doc:"Absent: an address that belongs to nobody here."`
	Address string   `json:"address,omitempty"`
	Hidden  bool     `json:"hidden,omitempty"`
	Why     []string `json:"why" nullable:"false" doc:"Roles through which, or one-time."`
}

// Recipients are those who would get a message.
type Recipients struct {
	Recipients []Recipient `json:"recipients" nullable:"false"`
}

type goesToInput struct {
	Numbered
	Body struct {
		Kind string `json:"kind" enum:"reply,comment"`
		Delivery
	} `json:"goesTo"`
}

func (h *handler) goesTo(ctx context.Context, by caller, in *goesToInput) (Recipients, error) {
	list, err := h.desk.GoesTo(ctx, by.Actor, desk.TicketID(in.ID), kindOf(in.Body.Kind), in.Body.Delivery.desk())
	if err != nil {
		return Recipients{}, err
	}
	wire := Recipients{make([]Recipient, len(list))}
	for i, r := range list {
		wire.Recipients[i] = by.recipient(r)
	}
	return wire, nil
}

// recipient returns one of those who would get a message. Addresses, and
// through which group or customer, are for the people at the desk.
func (c caller) recipient(r service.Recipient) Recipient {
	wire := Recipient{Hidden: r.Hidden, Why: []string{}}
	if r.User != 0 {
		who := c.who(r.Name)
		wire.Who = &who
	}
	if c.agent() || r.User == 0 {
		wire.Address = r.Address
	}
	for _, w := range r.Why {
		switch {
		case w.OneTime:
			wire.Why = append(wire.Why, "one-time")
		case w.Role.Builtin():
			wire.Why = append(wire.Why, w.Role.BuiltinName())
		}
	}
	return wire
}

type downloadOutput struct {
	Type        string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

// download serves a file, always as one to be kept and never as a page.
func (h *handler) download() route {
	w := what{"getAttachment", "GET /attachments/{id}", "ShowTicket; ShowTicketComments for a comment's", "The content of a file"}
	return w.route(func(api huma.API, op huma.Operation) {
		op.Responses = map[string]*huma.Response{"200": octets("The file.")}
		huma.Register(api, op, func(ctx context.Context, in *Numbered) (*downloadOutput, error) {
			a, err := h.desk.Attachment(ctx, callerOf(ctx).Actor, desk.AttachmentID(in.ID))
			if err != nil {
				return nil, h.failure(ctx, w.name, err)
			}
			return saved(fileName(a.Name), a.Data), nil
		})
	})
}

// octets describes an answer that is a file.
func octets(text string) *huma.Response {
	return &huma.Response{Description: text, Content: map[string]*huma.MediaType{
		"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
	}}
}

// saved returns a file that a browser saves and does not show.
func saved(name string, data []byte) *downloadOutput {
	return &downloadOutput{"application/octet-stream", mime.FormatMediaType("attachment", map[string]string{"filename": name}), data}
}
