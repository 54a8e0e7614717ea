package agent

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// maxSaved is how many saved views the navigation shows.
const maxSaved = 30

// A navigation is the list on the left on its way: items whose numbers are
// counted together, and what counts each.
type navigation struct {
	sections []web.NavSection
	counted  []countedItem
}

type countedItem struct {
	section, item int
	filter        service.TicketFilter
}

// add puts an item at the end of a section; one with a filter is counted.
func (n *navigation) add(section int, item web.NavItem, filter *service.TicketFilter) {
	s := &n.sections[section]
	if filter != nil {
		n.counted = append(n.counted, countedItem{section, len(s.Items), *filter})
	}
	s.Items = append(s.Items, item)
}

// count fills the numbers in.
func (n *navigation) count(r *http.Request, svc *service.Service) error {
	filters := make([]service.TicketFilter, len(n.counted))
	for i, c := range n.counted {
		filters[i] = c.filter
	}
	counts, err := svc.ViewCounts(r.Context(), web.Actor(r), filters, countLimit)
	for i, found := range counts {
		item := &n.sections[n.counted[i].section].Items[n.counted[i].item]
		item.Count, item.More, item.Late = min(found.N, countLimit), found.N > countLimit, found.Late
	}
	return err
}

// The sections of the navigation.
const (
	viewsSection = iota
	queuesSection
	draftsSection
)

// nav is the navigation: the views in the reader's order and the queues, with how
// much is in them, and what he has begun to write.
func (h handler) nav(r *http.Request, f *frame) ([]web.NavSection, error) {
	n := &navigation{sections: []web.NavSection{viewsSection: {Title: web.T("nav.views")}, queuesSection: {Title: web.T("nav.queues")}, draftsSection: {Title: web.T("nav.drafts")}}}
	approvals, err := h.approvalsItem(r)
	if err != nil {
		return nil, err
	}
	if approvals != nil {
		n.add(viewsSection, *approvals, nil)
	}
	if err := h.navViews(r, f, n); err != nil {
		return nil, err
	}
	mine, err := h.reminderItem(r)
	if err != nil {
		return nil, err
	}
	at := func(path string) bool { return strings.HasPrefix(r.URL.Path, path) }
	for _, item := range []web.NavItem{
		{Label: web.T("nav.dashboards"), URL: base + "/dashboards/" + startID, Icon: "home", Current: at(base+"/dashboards") || at(base+"/reports")},
		mine,
		{Label: web.T("nav.templates"), URL: templatesURL, Icon: "reply", Current: at(templatesURL)},
		{Label: web.T("views.arrange"), URL: viewsURL, Icon: "swap", Current: at(viewsURL)},
	} {
		n.add(viewsSection, item, nil)
	}
	drafts, err := h.desk.Drafts(r.Context(), web.Actor(r), 0)
	if err != nil {
		return nil, err
	}
	n.sections[draftsSection].Items = append(heldItems(f.held), draftItems(drafts)...)
	queues := slices.DeleteFunc(slices.Clone(f.queues), func(q desk.Queue) bool { return q.Disabled })
	queues = queues[:min(len(queues), navQueues)]
	slices.SortFunc(queues, func(a, b desk.Queue) int { return cmp.Compare(desk.Fold(a.Name), desk.Fold(b.Name)) })
	for _, q := range queues {
		n.add(queuesSection, web.NavItem{Label: web.Plain(q.Name), URL: base + "/tickets?queue=" + url.QueryEscape(q.Name), Icon: "place",
			Current: f.list.view == "" && f.list.query.Get("queue") == q.Name}, &service.TicketFilter{Queues: []desk.QueueID{q.ID}, Activity: service.OnlyActive})
	}
	if err := n.count(r, h.desk); err != nil {
		return nil, err
	}
	bell, err := h.bell(r)
	return slices.DeleteFunc(append(n.sections, bell), func(s web.NavSection) bool { return len(s.Items) == 0 }), err
}

// navViews adds the views that are not hidden.
func (h handler) navViews(r *http.Request, f *frame, n *navigation) error {
	saved := 0
	for _, v := range f.bar.Lines {
		if v.Hidden {
			continue
		}
		if v.ID != 0 {
			if saved++; saved > maxSaved {
				continue
			}
			if err := h.navSaved(r, f, n, v); err != nil {
				return err
			}
			continue
		}
		shipped := viewOf(v.Key)
		item := web.NavItem{Label: web.T("view." + shipped.name), URL: base + "/tickets?view=" + shipped.name, Icon: shipped.icon,
			Current: f.list.view == shipped.name && f.list.query.Get("saved") == ""}
		var filter *service.TicketFilter
		if shipped.counted {
			counted, _ := service.ShippedFilter(v.Key, web.Actor(r).User)
			filter = &counted
		}
		n.add(viewsSection, item, filter)
	}
	return nil
}

// navSaved adds a saved view. One whose query is wrong counts nothing; its page
// says what is wrong.
func (h handler) navSaved(r *http.Request, f *frame, n *navigation, v service.ViewLine) error {
	query, err := url.ParseQuery(v.Address)
	if err != nil {
		return nil //nolint:nilerr // it leads nowhere, and cannot be stored any more
	}
	l, err := h.listingOf(r, query, f.queues)
	if err != nil {
		return err
	}
	l.filter.Before, l.filter.After = 0, 0
	n.add(viewsSection, web.NavItem{Label: web.Plain(v.Name), URL: savedURL(&v), Icon: iconOf(v), Current: f.list.query.Get("saved") == string(v.Key)}, &l.filter)
	return nil
}
