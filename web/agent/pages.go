// Package agent has the pages of the desk: lists of tickets, one ticket, who
// sees it, and a new one.
//
// Each page is a struct of ready-to-show values with a View method. The
// package decides no rights: what a page offers was asked of the service.
package agent

import (
	"embed"
	"strconv"
	"time"

	"gatehouse/web"
)

// Templates are the templates of this package's pages.
//
//go:embed templates
var Templates embed.FS

// A Row is a ticket in a list.
type Row struct {
	ID        int64
	URL       string
	Subject   string
	Customer  web.Customer
	Requestor string
	Queue     string
	Owner     string // empty: nobody
	Status    string
	Updated   time.Time
	Due       Due
	Waited    string // how long the customer has; empty: he does not wait
	Cells     []Cell // of the columns that are chosen
	Current   bool   // the ticket that is open beside the list
	Unread    bool   // there is something new to the reader
}

// A Due is how urgent a ticket's clocks are; without a state none runs.
type Due struct {
	State string   // "running", "soon" or "late"
	Left  web.Text // what is left, or how long it is over
}

// A ListPage shows the tickets of a view or a filter.
type ListPage struct {
	Name    web.Text // of the view
	Nav     []web.NavSection
	Filter  Filter
	Query   Query
	Columns Columns
	Saved   Saved
	Pick    Pick
	Rows    []Row
	Pager   web.Pager
	Empty   web.Empty // when there are no rows
}

// A Filter narrows a list. Narrowed says that one of its fields is set.
type Filter struct {
	View                                 string
	Queue, Status, Owner, Customer, Text web.Field
	Narrowed                             bool
	Clear                                string // URL of the list without it
}

// View makes the page ready to be shown.
func (p ListPage) View() web.View {
	return web.View{Template: "agent/list", Title: p.Name, Nav: p.Nav, Body: p}
}

// A TicketPage shows one ticket, with the list it was opened from beside it.
type TicketPage struct {
	ID      int64
	URL     string
	Query   string // of the list beside it, for forms: "?view=mine" or nothing
	Subject string
	Status  string
	Queue   string
	Opened  time.Time
	Nav     []web.NavSection

	Refused    string // the form beside the ticket that is shown again: plan, facts and so on; empty: none
	Priority   int
	Version    int64 // of the ticket, for forms that change it
	MergedInto int64 // the ticket that took this one in; zero: not merged

	List      []Row
	ListTitle web.Text
	ListQuery string // the list's address behind the question mark
	ListURL   string

	Entries []web.Entry
	Older   string // URL that shows earlier entries too; empty: all are shown

	Here    []Here // who else has it open
	Held    []Held // replies of the reader that can still be taken back
	HeldFor int    // seconds until the last of them is written; zero: none waits

	Suggestions []Suggestion // letters for the ticket whose senders may not write on it
	MayDecide   bool         // on them

	Composer web.Composer

	Steps []StepButton // changes of status that are offered by a button

	StatusForm, SubjectForm, PriorityForm, QueueForm *web.Field // nil: may not be changed

	Approvals Approvals

	Plan    Plan
	Fields  []web.Custom
	Owner   Owner
	Roles   []Role
	Watch   *NewWatcher // nil: none may be added
	Company Company
	Clocks  []web.Clock
	Ratings []Rating
	Files   []web.File

	Reminders []Reminder
	Remind    *ReminderForm // nil: none can be made

	Readers int // how many people may see the ticket
	Kin     int // how many tickets it is linked with
}

// A StepButton is a change of status that is offered.
type StepButton struct {
	Label web.Text
	To    string
	URL   string // of the form with which it goes; empty: it goes alone
}

// A Suggestion is a letter on which somebody has to decide.
type Suggestion struct {
	ID      int64
	From    string // name and address
	At      time.Time
	Subject string
	Excerpt string // the beginning of its text, as it came
	Reason  string // why it is not yet a part of the ticket
}

// An Owner is who works on a ticket, and what the reader may change about it.
type Owner struct {
	Person web.Person // without a name: nobody
	Take   bool
	Steal  bool
	Untake bool
	Give   *web.Field // nil: may not be given
}

// A Role is a headed group of watchers, such as the Cc.
type Role struct {
	Name     web.Text
	Watchers []Watcher
}

// A Watcher stands in a role of a ticket.
type Watcher struct {
	Person   web.Person
	Customer web.Customer // set when a company stands in the role
	Note     web.Text     // such as "with 3 people" or "via AlwaysCc"
	Remove   string       // value that the form to remove it sends; empty: may not
}

// A NewWatcher is the form that adds one; where one may only add oneself, it
// asks for the role alone.
type NewWatcher struct {
	Myself    bool
	Role, Who web.Field
}

// A Company is the customer of a ticket, as its page shows it.
type Company struct {
	Tag      web.Customer
	Also     []web.Customer // further customers for which it is
	Set      *web.Field     // chooses another customer; nil: may not
	Sharing  web.Text
	Share    *web.Field // chooses another sharing; nil: may not
	Contacts []Contact
	// MoreContacts: the company has more of them than are shown.
	MoreContacts bool
	Open         []Row // the company's other open tickets
	More         string
}

// A Contact is one of the company's people.
type Contact struct {
	Person web.Person
	Part   web.Text
}

// View makes the page ready to be shown.
func (p TicketPage) View() web.View {
	return web.View{Template: "agent/ticket", Title: web.Plain(p.Name()), Nav: p.Nav, Body: p}
}

// Name is the ticket's number and subject.
func (p TicketPage) Name() string { return number(p.ID) + " " + p.Subject }

// A WhoPage answers “Who sees this?” with a proof for each person.
type WhoPage struct {
	ID      int64
	URL     string
	Subject string
	Nav     []web.NavSection
	Agents  []web.Proof
	Others  []web.Proof // contacts
	// AgentCount and OtherCount are how many there are; not all may be shown.
	AgentCount, OtherCount int
	Sharing                web.Text
	Capped                 bool // there are more people than are shown
}

// View makes the page ready to be shown.
func (p WhoPage) View() web.View {
	return web.View{
		Template: "agent/who", Title: web.T("who.title", number(p.ID)), Nav: p.Nav,
		Crumbs: []web.Link{{Label: web.Plain(number(p.ID) + " " + p.Subject), URL: p.URL}}, Body: p,
	}
}

// A NewPage opens a ticket for somebody.
type NewPage struct {
	Nav                                                          []web.NavSection
	Token                                                        string // of the form, so that sending it twice opens one ticket
	Queue, Requestor, Customer, Sharing, Cc, Subject, Text, File web.Field
	Fields                                                       []web.Field // custom ones of the queue chosen
	ByQueue                                                      bool        // queues differ in them
	Error                                                        web.Text    // zero: none
	Split                                                        string      // the message of another ticket that it is made of; empty: none
	From                                                         web.Link    // that ticket
	None                                                         *web.Empty  // the reader can open none, for which it says why; nil: he can
}

// View makes the page ready to be shown.
func (p NewPage) View() web.View {
	return web.View{Template: "agent/new", Title: web.T("new.title"), Nav: p.Nav, Body: p}
}

func number(id int64) string { return "#" + strconv.FormatInt(id, 10) }
