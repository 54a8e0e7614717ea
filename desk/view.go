package desk

import "strconv"

// A ViewID names a saved view.
type ViewID int64

// A View is a list of tickets that is kept under a name: somebody's own, that
// of a group, or, with neither, of the whole desk.
type View struct {
	ID    ViewID
	Owner UserID
	Group GroupID
	Name  string
	// Address says what the list shows, as the address of its page does behind
	// the question mark. What it finds is asked anew for whoever looks.
	Address string
	Gone    bool // taken away, and can be had back
}

// A ViewKey names a view wherever those that every desk has and saved ones stand
// together: by the name of the former, by the number of the latter.
type ViewKey string

// Key is what names a saved view among all.
func (id ViewID) Key() ViewKey { return ViewKey(strconv.FormatInt(int64(id), 10)) }

// Saved is the number of the saved view that is named; zero: none is.
func (k ViewKey) Saved() ViewID {
	n, err := strconv.ParseInt(string(k), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return ViewID(n)
}

// ShippedViews are the views that every desk has, in the order in which they
// stand where nobody chose another one.
func ShippedViews() []ViewKey {
	return []ViewKey{"mine", "new", "open", "watching", "stalled", "waiting", "overdue", "soon", "recent"}
}

// Name is what a view that every desk has is called in English, as the API and the
// command line do; "" for others.
func (k ViewKey) Name() string {
	return map[ViewKey]string{"mine": "My tickets", "new": "New and unowned", "open": "All open", "watching": "I watch", "stalled": "Stalled",
		"waiting": "Waiting for 48 hours", "overdue": "Overdue", "soon": "Due soon", "recent": "Recently resolved"}[k]
}

// A ViewPlace is a view in somebody's order of views.
type ViewPlace struct {
	View   ViewKey
	Hidden bool // it does not stand in the list on the left
}

// ViewsInOrder puts views in the order of places. Those that have no place come
// last, shown, in the order in which they are given; places of what is not among
// the views, and second ones, are left out.
func ViewsInOrder(views []ViewKey, places []ViewPlace) []ViewPlace {
	there := make(map[ViewKey]bool, len(views))
	for _, v := range views {
		there[v] = true
	}
	var list []ViewPlace
	for _, p := range places {
		if there[p.View] {
			list, there[p.View] = append(list, p), false
		}
	}
	for _, v := range views {
		if there[v] {
			list, there[v] = append(list, ViewPlace{View: v}), false
		}
	}
	return list
}
