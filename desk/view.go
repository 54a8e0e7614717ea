package desk

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
