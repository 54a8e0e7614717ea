package agent

import (
	"net/http"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// sortedBy is by which column a list is sorted, and whether it goes down; empty:
// the newest first.
func (l *listing) sortedBy() (service.SortBy, bool) {
	sort, _ := service.AddressSort(l.query)
	return sort.By, sort.Down
}

// sortable reports whether lists can be sorted by a column: by a custom field,
// where there is such a one for the reader.
func sortable(name string) bool {
	return service.SortBy(name).Sorts() || strings.HasPrefix(name, customColumn)
}

// addSorts lets the heads of columns sort the list, one way and then the other.
func (c *Columns) addSorts(l *listing) {
	by, down := l.sortedBy()
	head := func(name string) (to string, sorted, falls bool) {
		if !sortable(name) {
			return "", false, false
		}
		sorted = string(by) == name
		to = "by-" + name
		if sorted && !down || !sorted && (name == "updated" || name == "priority" || name == "told" || name == "id" || name == "created" || name == "resolved" || name == "worked") {
			to = "-" + to
		}
		return l.with("sort", to), sorted, sorted && down
	}
	for i := range c.Shown {
		if c.Shown[i].Name == clockColumn {
			continue
		}
		c.Shown[i].Sort, c.Shown[i].Sorted, c.Shown[i].Falls = head(c.Shown[i].Name)
	}
	c.IDSort, c.IDSorted, c.IDFalls = head("id")
	c.SubjectSort, c.SubjectSorted, c.SubjectFalls = head("subject")
}

// sortedPage reads a page of a list that is sorted by a column.
func (h handler) sortedPage(r *http.Request, l *listing, by service.SortBy, down bool) (*service.TicketPage, error) {
	page, end, err := h.desk.SortedTickets(r.Context(), web.Actor(r), l.filter, service.Sort{By: by, Down: down, After: sortEnd(l.query.Get("end"))})
	l.end = ""
	if desk.KindOf(err) == desk.Invalid && strings.HasPrefix(string(by), customColumn) {
		l.query.Del("sort") // a field that there is not, or not for him
		return h.desk.Tickets(r.Context(), web.Actor(r), l.filter)
	}
	if err == nil && page.More {
		l.end = "n" + strconv.FormatInt(end.Number, 10)
		switch {
		case end.Unset:
			l.end = "u"
		case end.Text != "":
			l.end = "t" + end.Text
		}
		l.end += "~" + strconv.FormatInt(int64(end.ID), 10)
	}
	return page, err
}

// sortEnd reads the end of a page: a number or a text, and a ticket.
func sortEnd(text string) service.SortEnd {
	at := strings.LastIndexByte(text, '~')
	if at < 1 {
		return service.SortEnd{}
	}
	end := service.SortEnd{ID: ticketID(text[at+1:])}
	switch value := text[1:at]; text[0] {
	case 'u':
		end.Unset = true
	case 't':
		end.Text = value
	case 'n':
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			return service.SortEnd{}
		}
		end.Number = n
	}
	if end.ID == desk.TicketID(0) {
		return service.SortEnd{}
	}
	return end
}

// sortedPager leads on from a page of a sorted list, and back to its beginning.
func (l *listing) sortedPager() web.Pager {
	var p web.Pager
	if l.query.Get("end") != "" {
		p.Newer = l.with()
	}
	if l.end != "" {
		p.Older = l.with("end", l.end)
	}
	return p
}
