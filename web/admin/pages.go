// Package admin has the pages of the administration: people, customers,
// groups, queues, grants, and the letters that come and go.
//
// Each page is a struct of ready-to-show values with a View method. The
// package decides no rights: what a page offers was asked of the service.
package admin

import (
	"embed"
	"time"

	"gatehouse/web"
)

// Templates are the templates of this package's pages.
//
//go:embed templates
var Templates embed.FS

// An OverviewPage is where the administration begins.
type OverviewPage struct {
	First   string // where the first steps are; empty: not for the reader
	Nav     []web.NavSection
	Tiles   []Tile
	Changes []ChangeRow // the latest of the audit log
}

// A ChangeRow is a line of the audit log.
type ChangeRow struct {
	Event web.Event
	Undo  *TakeBack // nil: there is nothing to take back
}

// A Tile is a count that leads to its list.
type Tile struct {
	Icon    string
	Count   int
	Label   web.Text
	URL     string
	Trouble bool // somebody should look at it
}

// View makes the page ready to be shown.
func (p OverviewPage) View() web.View {
	return web.View{Template: "admin/overview", Title: web.T("admin.title"), Nav: p.Nav, Body: p}
}

// A UsersPage lists people.
type UsersPage struct {
	Nav   []web.NavSection
	Text  web.Field
	Kind  web.Field
	Rows  []UserRow
	Pager web.Pager
	Empty web.Empty
	New   string // where to make one; empty: may not
}

// A UserRow is one user of a list.
type UserRow struct {
	Person    web.Person
	Login     string
	Kind      web.Text // agent or contact
	Customers []web.Customer
	Disabled  bool
}

// View makes the page ready to be shown.
func (p UsersPage) View() web.View {
	return web.View{Template: "admin/users", Title: web.T("admin.users"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// A UserPage shows one user: what he is, where he belongs, what he holds.
type UserPage struct {
	Nav       []web.NavSection
	URL       string
	Person    web.Person
	Source    web.Text  // the directory that he comes from; zero: none
	Form      *UserForm // nil: may not change him
	SignIns   []SignIn
	Fields    *RecordForm // custom ones; nil: none that the reader sees
	Merge     web.Field   // names the user into whom he is merged; without a name it is not shown
	Codes     bool        // a program shows him codes
	Passkeys  int
	Related   *Related
	Disabled  bool
	Groups    []Membership
	Customers []Membership
	Grants    []GrantRow  // the first of them
	AllGrants string      // URL
	Holds     *Holding    // what permissions it holds; nil: none
	From      web.Link    // the relation page that the reader came from, or empty
	Relations []web.Link  // its relation pages
	Passed    []PassedRow // what he passed on
	Got       []PassedRow // what was passed on to him
	Data      *Data
}

// A Holding is the permissions that somebody holds on groups.
type Holding struct {
	Rows []HeldRow
	All  string // URL of all of them; empty: these are all
}

// A HeldRow is a permission on a group, with whence it comes.
type HeldRow struct {
	Group      web.Link
	Permission string
	On         web.Text // on whose tickets; zero: on all
	From       web.Text
}

// A PassedRow is what was passed on by somebody to somebody.
type PassedRow struct {
	What, Where, Until string
	To                 web.Text
	Chain              web.Chain
	Asleep             bool   // it gives nothing now
	End                string // URL where it can be ended; empty: may not
}

// A SignIn is where somebody is signed in, or a token of his.
type SignIn struct {
	What  web.Text
	Where string
	At    time.Time  // last used; zero: never
	Token string     // by which it is ended; empty: it is a session
	May   []web.Text // what a token may; none: it is a session
	Until time.Time  // when it ends; zero: by itself never
}

// A UserForm has the fields of a user.
type UserForm struct {
	Login, Name, Address, Kind, Lang, Zone, Password web.Field
	Seen                                             string   // which state of him the form shows; empty: none
	Error                                            web.Text // zero: none
}

// A Membership is a place where somebody or something belongs.
type Membership struct {
	Name     string
	URL      string
	Kind     string // icon: "group" or "customer"
	Part     web.Text
	Through  []web.Link // empty: direct
	Remove   string     // value the form to remove it sends; empty: may not
	Disabled bool
}

// View makes the page ready to be shown.
func (p UserPage) View() web.View {
	return web.View{Template: "admin/user", Title: web.Plain(p.Person.Name), Nav: p.Nav, Crumbs: recordCrumbs(p.From, to("admin.users", "/admin/users")), Body: p}
}

// A UserNewPage makes a user.
type UserNewPage struct {
	Nav     []web.NavSection
	Form    UserForm
	Welcome web.Field // whether a letter tells him
}

// View makes the page ready to be shown.
func (p UserNewPage) View() web.View {
	return web.View{Template: "admin/user-new", Title: web.T("admin.user.new"), Nav: p.Nav, Crumbs: top(to("admin.users", "/admin/users")), Body: p}
}

// A PlacesPage lists customers, groups or queues; they look alike.
type PlacesPage struct {
	Nav   []web.NavSection
	Kind  string // "customer", "group" or "queue"
	Text  web.Field
	Rows  []PlaceRow
	New   *PlaceForm // nil: may not
	Pager web.Pager
	Empty web.Empty
}

// A PlaceRow is one customer, group or queue of a list.
type PlaceRow struct {
	Name     string
	URL      string
	About    string
	People   int // members, or watchers of a queue
	Tickets  int // open ones; not shown for groups
	Disabled bool
}

// A PlaceForm has the fields of a customer, group or queue. Those without a
// name are not shown.
type PlaceForm struct {
	Action string
	Fields []Labelled
	Seen   string   // which state of the thing the form shows; empty: none
	Error  web.Text // zero: none
	Offer  bool     // to show what it changes before it is saved
}

// A Labelled is a field together with the words for it, for forms whose
// fields depend on what they are about.
type Labelled struct {
	Label web.Text
	Help  web.Text // zero: none
	Field web.Field
}

// View makes the page ready to be shown.
func (p PlacesPage) View() web.View {
	return web.View{Template: "admin/places", Title: web.T("admin." + p.Kind + "s"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// A CustomerPage shows one customer with its people and their parts.
type CustomerPage struct {
	Nav      []web.NavSection
	URL      string
	Tag      web.Customer
	About    string
	Disabled bool
	Switch   bool // may disable and enable it
	People   []CustomerPerson
	Waiting  []CustomerPerson // who would join by their mail domain
	Add      *MemberForm      // nil: may not
	Settings *PlaceForm       // nil: may not
	Fields   *RecordForm      // custom ones; nil: none that the reader sees
	Pager    web.Pager        // of the people
	Grants   []GrantRow       // the first of them
	Related  *Related

	AllGrants string     // URL
	Holds     *Holding   // what permissions it holds; nil: none
	From      web.Link   // the relation page that the reader came from, or empty
	Relations []web.Link // its relation pages
	Sees      string     // URL of who sees it; empty: may not ask
	Data      *Data
}

// A CustomerPerson is one of the customer's people. Part is the select that
// changes it; nil shows Is only. Member is what the forms about him send.
type CustomerPerson struct {
	Person   web.Person
	Member   string
	Is       web.Text
	Part     *web.Field
	Source   web.Text // who made him one
	Days     web.Text // from when until when; zero: always
	Primary  bool     // it is his primary customer
	Remove   bool     // may be removed
	Disabled bool
}

// A MemberForm adds somebody to a customer, a group or the watchers of a
// queue. How is the part or the role; without options it is not shown.
type MemberForm struct {
	Who, How web.Field
	Primary  web.Field // without a name it is not shown
	Error    web.Text  // zero: none
}

// View makes the page ready to be shown.
func (p CustomerPage) View() web.View {
	return web.View{Template: "admin/customer", Title: web.Plain(p.Tag.Name), Nav: p.Nav, Crumbs: recordCrumbs(p.From, to("admin.customers", "/admin/customers")), Body: p}
}

// A GroupPage shows one group: who is in it directly, and who in the end.
type GroupPage struct {
	Nav      []web.NavSection
	URL      string
	Name     string
	About    string
	Disabled bool
	Switch   bool // may disable and enable it
	Direct   []Membership
	Pager    web.Pager // of the direct members
	Deep     []Membership
	DeepMore bool         // there are more
	In       []Membership // groups that it belongs to
	Tree     *Tree        // nil: nothing is around it
	Letters  []string     // addresses of its deep members
	Add      *MemberForm  // nil: may not
	Settings *PlaceForm   // nil: may not
	Grants   []GrantRow   // the first of them

	AllGrants string     // URL
	Holds     *Holding   // what permissions it holds; nil: none
	From      web.Link   // the relation page that the reader came from, or empty
	Relations []web.Link // its relation pages
	Sees      string     // URL of who sees it; empty: may not ask
}

// View makes the page ready to be shown.
func (p GroupPage) View() web.View {
	return web.View{Template: "admin/group", Title: web.Plain(p.Name), Nav: p.Nav, Crumbs: recordCrumbs(p.From, to("admin.groups", "/admin/groups")), Body: p}
}

// A QueuePage shows one queue with its watchers and what is granted on it.
type QueuePage struct {
	Nav      []web.NavSection
	URL      string
	Name     string
	About    string
	Disabled bool
	Switch   bool // may disable and enable it
	Watchers []QueueWatcher
	Add      *MemberForm // nil: may not
	Settings *PlaceForm  // nil: may not
	Grants   []GrantRow  // the first of them

	AllGrants string     // URL
	Sees      string     // URL of who sees it; empty: may not ask
	Kept      *Kept      // nil: may not
	Life      *QueueLife // nil: may not
}

// A QueueLife is the life cycle of a queue, with the form to choose another.
type QueueLife struct {
	Name   web.Text
	URL    string
	Action string
	Cycle  web.Field
}

// A QueueWatcher stands in a role on all tickets of a queue.
type QueueWatcher struct {
	Member Membership
	Role   web.Text
}

// View makes the page ready to be shown.
func (p QueuePage) View() web.View {
	return web.View{Template: "admin/queue", Title: web.Plain(p.Name), Nav: p.Nav, Crumbs: top(to("admin.queues", "/admin/queues")), Body: p}
}

func to(key, url string) web.Link { return web.Link{Label: web.T(key), URL: url} }

func top(more ...web.Link) []web.Link {
	return append([]web.Link{to("admin.title", "/admin/")}, more...)
}
