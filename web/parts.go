package web

import (
	"hash/fnv"
	"net/http"
	"strings"
	"time"
	"unicode"

	"gatehouse/desk"
)

// A Link is a place to go, with the words that say where it leads.
type Link struct {
	Label Text
	URL   string
}

// A NavSection is a headed group of links in the navigation.
type NavSection struct {
	Title Text // zero: no heading
	Items []NavItem
	// Bell: its only item is the bell, which stands at the head of the page.
	Bell bool
}

// A NavItem is one link of the navigation.
type NavItem struct {
	Label   Text
	URL     string
	Icon    string // name of a symbol in icons.svg; empty: none
	Count   int    // shown when above zero
	More    bool   // there are more than Count
	Late    bool   // Count is from some seconds ago
	Current bool
}

// A Notice is a short message at the head of a page.
type Notice struct {
	Level string // "good", "warn" or "bad"
	Text  Text
}

// A Person is anybody whom a page names.
type Person struct {
	Name    string
	Address string // empty: not shown
	URL     string // empty: not a link
	Agent   bool
}

// Initials are one or two letters for the round sign beside a name.
func (p Person) Initials() string {
	var out []rune
	for _, word := range strings.Fields(p.Name) {
		r := []rune(word)[0]
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out = append(out, unicode.ToUpper(r))
		}
	}
	if len(out) == 0 {
		return "?"
	}
	if len(out) > 2 {
		out = []rune{out[0], out[len(out)-1]}
	}
	return string(out)
}

// Hue is the number of the person's colour, the same on every page.
func (p Person) Hue() int { return hue(p.Name) }

// A Customer is the tag of a company: its name beside its colour.
type Customer struct {
	Name string
	URL  string // empty: not a link
}

// Hue is the number of the company's colour, the same on every page.
func (c Customer) Hue() int { return hue(c.Name) }

// hues is how many colours app.css has for people and customers.
const hues = 18

func hue(name string) int {
	h := fnv.New32a()
	h.Write([]byte(strings.ToLower(name)))
	return int(h.Sum32() % hues)
}

// A Field is one input of a form. Its label and help are set by the template,
// through the function field, so that all words stay in the catalogue.
type Field struct {
	Form         string // told apart from other forms of the page; empty: there is one
	Name         string
	Value        string
	Error        string // a sentence; empty: none
	Kind         string // an input type, "textarea", "select" or "checkbox"; empty: text
	Options      []Option
	Rows         int // of a textarea; zero: five
	Required     bool
	Checked      bool
	Multiple     bool
	Autofocus    bool
	Readonly     bool // shown, and sent as it is
	Autocomplete string
	Suggest      string // what the area suggests while one types: "all" or "customer"; empty: nothing

	Label, Help string
}

// An Option is one choice of a select field.
type Option struct {
	Value    string
	Label    Text
	Selected bool
}

// ID is the id of the input, unique among the fields of one page.
func (f Field) ID() string { return "f-" + f.Form + f.Name }

// A Pager leads to the neighbouring pages of a keyset-paged list. An empty
// URL means that there is nothing on that side.
type Pager struct {
	Newer, Older string
}

// A Message is one reply or comment, ready to be shown.
type Message struct {
	ID       int64
	Author   Person
	Customer Customer // of the author; zero: none
	At       time.Time
	Internal bool
	Via      Text              // how it came, such as "by mail"
	Marks    []desk.LetterMark // warnings about the letter that it was
	Blocks   []Block
	HTMLURL  string // the letter as HTML, shown in a frame of its own
	Files    []File
	Sent     []Recipient // who was sent this message

	Split, Forward string // where it becomes a ticket of its own, or is sent on; empty: the reader may not
}

// A Block is a run of a message's text. Quoted blocks and signatures are folded.
type Block struct {
	Text      string
	Quoted    bool
	Signature bool
}

// A File is an attachment.
type File struct {
	Name string
	Size string // such as "24 KB"
	URL  string
	From Person // who sent it; zero: said elsewhere
	Look string // where it is shown; empty: it is for saving only
	Pic  bool   // it is a picture, shown small
}

// A Recipient is somebody who gets, or got, a letter, with the reason why.
type Recipient struct {
	Person
	Why     Text
	Outside bool // of a domain that was never written to on this ticket
}

// An Event is one line of a ticket's history.
type Event struct {
	Icon string
	By   Person
	What Text
	Why  Text // zero: nothing to explain
	At   time.Time
}

// An Entry of a conversation is either a message or an event.
type Entry struct {
	Message *Message
	Event   *Event
	New     bool // from here on it is new to the reader
}

// A Writer is one of the two forms of the composer.
type Writer struct {
	Action     string
	Text       Field
	Files      Field
	Also       Field // one-time recipients
	Status     Field
	Recipients []Recipient
	NewDomain  string    // a domain never written to before; empty: none
	LastSeen   string    // the newest message that the page shows
	Token      string    // of the form, so that sending it twice writes once
	Draft      string    // name under which the browser guards what was typed
	Save       string    // where a draft is kept; empty: nowhere
	Saved      time.Time // when the draft in it was kept; zero: there is none
	Templates  string    // where reply templates are chosen; empty: there are none for it
	Goes       string    // where to ask who gets it with other one-time recipients; empty: nowhere
	Next       bool      // a button leads on to the next ticket
	Internal   bool      // it is a comment
}

// A Composer writes replies and comments. A form that the reader may not use
// is nil.
type Composer struct {
	Reply, Comment *Writer
	Commenting     bool   // begin with the comment
	Approval       bool   // the ticket asks for an approval: no customer reads it
	Newer          int    // messages that came while this one was written
	Error          string // why what was written was refused; empty: it was not
}

// A Proof says why one person may see or do something.
type Proof struct {
	Who      Person
	Customer Customer
	May      []Text // what the proof shows, such as "see this ticket"
	Chains   []Chain
}

// A Chain is one unbroken path of steps from a person to a right.
type Chain []Step

// A Step is one link of a chain, in words.
type Step struct {
	Kind string // "person", "group", "customer", "role", "grant" or "place"
	Text Text
	URL  string
}

// An Empty stands where a list has no rows, and says what to do next.
type Empty struct {
	Icon   string
	Title  Text
	Hint   Text
	Action Link // zero: none
}

// A Clock is a time limit of a ticket.
type Clock struct {
	Name  Text
	Due   time.Time // zero: not known while it is paused
	State string    // "running", "soon", "late", "paused", "met" or "missed"
	Left  Text      // what is left, or over, in words; zero: nothing is said
	Why   Text      // what it is agreed by
	Share int       // how much of it has passed, of a hundred
}

// Ahead reports whether a browser fetches a page before anybody looks at it.
func Ahead(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Sec-Purpose")+r.Header.Get("Purpose"), "prefetch")
}
