// Package portal has the pages of customers: the lists of their tickets, one
// ticket, and a new one.
//
// Each page is a struct of ready-to-show values with a View method. The
// package decides no rights: what a page says and offers was asked of the
// service.
package portal

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
	ID       int64
	URL      string
	Subject  string
	Reporter string
	Customer web.Customer // zero: of no company
	Status   string
	Updated  time.Time
	Unread   bool // there is something on it that the reader has not read
}

// A Choice is a company, or all of them, in the switcher.
type Choice struct {
	Name    web.Text
	URL     string
	Current bool
}

// A ListPage shows the reader's own tickets or those of his company.
type ListPage struct {
	Name      web.Text
	Nav       []web.NavSection
	Companies []Choice // shown when there are several
	Open      Choice   // the two lists of open tickets and of all
	All       Choice
	Rows      []Row
	News      web.Text // on how many of them is something new; zero: on none
	Pager     web.Pager
	Empty     web.Empty
	New       string // where to open a ticket; empty: he may not
	People    string // where the reader looks after the company's people; empty: he does not
}

// View makes the page ready to be shown.
func (p ListPage) View() web.View {
	return web.View{Template: "portal/list", Title: p.Name, Nav: p.Nav, Body: p}
}

// A TicketPage shows one ticket to a contact. It has no place for anything
// internal.
type TicketPage struct {
	ID       int64
	URL      string
	Subject  string
	Status   string
	Customer web.Customer
	Reporter string
	Opened   time.Time
	Nav      []web.NavSection
	Back     web.Link
	Visible  web.Text // who sees this ticket, by name
	Mail     web.Text // why the reader gets mail, or that he gets none
	Follow   bool     // may begin to follow
	Unfollow bool     // may stop
	Fields   []web.Custom
	Entries  []web.Entry
	Older    string     // URL that shows earlier entries too; empty: all are shown
	Reply    *web.Field // nil: may read only
	Files    web.Field
	Goes     []web.Recipient
	LastSeen string      // how many messages the page shows and those before it
	Form     string      // token of the form, so that sending it twice writes once
	Newer    int         // messages that came while this one was written
	Close    bool        // may say that it is done
	Error    web.Text    // zero: none
	Rate     *web.Rating // nil: there is nothing to rate
	// Approval is what the ticket asks the reader to approve of; nil: nothing.
	Approval *web.Approval
}

// View makes the page ready to be shown.
func (p TicketPage) View() web.View {
	return web.View{
		Template: "portal/ticket", Title: web.Plain("#" + strconv.FormatInt(p.ID, 10) + " " + p.Subject),
		Nav: p.Nav, Crumbs: []web.Link{p.Back}, Body: p,
	}
}

// A NewPage opens a ticket. Fields that leave no choice have no options and
// are not shown.
type NewPage struct {
	Nav                                           []web.NavSection
	Customer, Sharing, Queue, Subject, Text, File web.Field
	With                                          web.Field   // colleagues; no name: there are none
	Intro                                         []string    // what the form says first
	Fields                                        []web.Field // custom ones of the queue chosen
	ByQueue                                       bool        // forms differ by queue or company
	Form                                          string      // token of the form, so that sending it twice opens one ticket
	Error                                         web.Text    // zero: none
}

// View makes the page ready to be shown.
func (p NewPage) View() web.View {
	return web.View{Template: "portal/new", Title: web.T("portal.new.title"), Nav: p.Nav, Body: p}
}
