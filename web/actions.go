package web

import "net/http"

// An Action is something that one can do from anywhere, or on the pages that
// have it. The registry of actions feeds keys, palette and help.
type Action struct {
	Name  string // in the catalogue behind "act."
	Keys  string // such as "r" or "g d"; empty: none
	Icon  string
	URL   string // where it leads; empty: it does what the page's element with its key does
	Where string // "list" or "ticket": the pages that have it; empty: all
	may   func(Reader) bool
	// Ships is the key that it has where nobody changed it; elements of pages are
	// known by it.
	Ships string
}

// Label is what the action is called.
func (a Action) Label() Text { return T("act." + a.Name) }

func anybody(Reader) bool { return true }

func agents(r Reader) bool { return r.Agent }

// registry lists all actions, in the order of the help.
func registry() []Action {
	return []Action{
		{"palette", "Ctrl+K", "search", "/agent/palette", "", agents, ""},
		{"search", "/", "search", "", "", agents, ""},
		{"next", "j", "", "", "list", agents, ""},
		{"previous", "k", "", "", "list", agents, ""},
		{"open", "Enter", "", "", "list", agents, ""},
		{"pick", "x", "", "", "list", agents, ""},
		{"batch", "e", "pencil", "", "list", agents, ""},
		{"new", "n", "plus", "/agent/tickets/new", "", agents, ""},
		{"reply", "r", "reply", "", "ticket", agents, ""},
		{"comment", "c", "lock", "", "ticket", agents, ""},
		{"template", "t", "reply", "", "ticket", agents, ""},
		{"remind", "m", "clock", "", "ticket", agents, ""},
		{"take", "o", "person", "", "ticket", agents, ""},
		{"status", "s", "check", "", "ticket", agents, ""},
		{"undo", "u", "left", "", "ticket", agents, ""},
		{"links", "l", "swap", "", "ticket", agents, ""},
		{"who", "w", "eye", "", "ticket", agents, ""},
		{"desk", "g d", "home", "/agent/", "", agents, ""},
		{"mine", "g m", "person", "/agent/tickets?view=mine", "", agents, ""},
		{"unowned", "g n", "star", "/agent/tickets?view=new", "", agents, ""},
		{"all", "g o", "ticket", "/agent/tickets?view=open", "", agents, ""},
		{"watching", "g w", "eye", "/agent/tickets?view=watching", "", agents, ""},
		{"overdue", "g u", "warn", "/agent/tickets?view=overdue", "", agents, ""},
		{"batches", "g b", "pencil", "/agent/batches", "", agents, ""},
		{"notices", "g i", "bell", "/agent/notices", "", agents, ""},
		{"reminders", "g r", "clock", "/agent/reminders", "", agents, ""},
		{"views", "g v", "swap", "/agent/views", "", agents, ""},
		{"templates", "g t", "reply", "/agent/templates", "", agents, ""},
		{"pass", "", "swap", "/agent/delegations", "", agents, ""},
		{"admin", "g a", "lock", "/admin/", "", func(r Reader) bool { return r.Admin }, ""},
		{"portal", "g p", "customer", "/portal/", "", func(r Reader) bool { return r.Portal }, ""},
		{"account", "g y", "person", "/account", "", anybody, ""},
		{"leave", "Esc", "", "", "", anybody, ""},
		{"help", "?", "", "/keys", "", anybody, ""},
	}
}

// Actions are those of the registry that a reader may do. What is on a page
// depends on his rights there; the page has the elements that they allow.
func Actions(r Reader) []Action {
	var list []Action
	for _, a := range registry() {
		if r.Name != "" && a.may(r) {
			a.Ships = a.Keys
			if keys, own := r.Keys[a.Name]; own && a.changes() {
				a.Keys = keys
			}
			list = append(list, a)
		}
	}
	return list
}

// An Offer is what an area has to go to, for who may go there.
type Offer func(r *http.Request) ([]NavSection, error)

// Offer adds to what the palette finds. It is called while the routes are made.
func (s *Site) Offer(o Offer) { s.offers = append(s.offers, o) }

// Offers are the pages of all areas that the request's reader may go to.
func (s *Site) Offers(r *http.Request) ([]NavItem, error) {
	var list []NavItem
	for _, o := range s.offers {
		sections, err := o(r)
		if err != nil {
			return nil, err
		}
		for _, section := range sections {
			list = append(list, section.Items...)
		}
	}
	return list, nil
}
