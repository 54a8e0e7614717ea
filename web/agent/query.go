package agent

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// A Query is the box for queries with the form beside it that puts one together.
type Query struct {
	Open                     bool
	Text                     web.Field
	Mistake                  *Mistake    // nil: there is none
	Long                     bool        // it does not go with the tickets of its list
	Keep                     []web.Field // what else of the list stays
	Joint, Field, How, Value web.Field
	Export                   string // URL of the list as CSV
}

// A Mistake is a query with the place marked where it is wrong.
type Mistake struct{ Before, Wrong, After string }

// queryBox shows a query, and where it is wrong.
func queryBox(l *listing, mistake *service.QueryError) Query {
	text := l.query.Get("query")
	q := Query{Open: text != "" || l.wrong["query"] != "", Text: web.Field{Name: "query", Kind: "textarea", Rows: 2, Value: text, Error: l.wrong["query"]},
		Joint: choices("joint", "AND"), Field: choices("field", ""), How: choices("how", ""), Value: web.Field{Name: "value"},
		Long: text != "" && len(l.suffix()) > carriedMost, Export: base + "/tickets.csv" + l.suffix()}
	for _, joint := range []string{"AND", "OR"} {
		add(&q.Joint, "AND", joint, web.T("query.joint."+strings.ToLower(joint)))
	}
	for _, name := range []string{"columns", "sort"} {
		if value := l.query.Get(name); value != "" {
			q.Keep = append(q.Keep, web.Field{Name: name, Value: value})
		}
	}
	var hows []string
	for _, f := range service.QueryFields() {
		add(&q.Field, "Status", f.Name, web.Plain(f.Name))
		for _, how := range f.Comparisons {
			if !slices.Contains(hows, how) {
				hows = append(hows, how)
				add(&q.How, "", how, web.Plain(how))
			}
		}
	}
	if mistake != nil {
		q.Text.Error, q.Mistake = mistake.Error(), marked(text, mistake)
	}
	return q
}

// marked cuts a query at its mistake. At the end of the text there is nothing
// to mark but the place.
func marked(text string, mistake *service.QueryError) *Mistake {
	letters := []rune(text)
	at := min(max(mistake.At-1, 0), len(letters))
	end := min(at+mistake.Length, len(letters))
	m := &Mistake{string(letters[:at]), string(letters[at:end]), string(letters[end:])}
	if m.Wrong == "" {
		m.Wrong = "…"
	}
	return m
}

// build shows what a query finds, with a condition added to it where one was put
// together.
func (h handler) build(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	l := &listing{query: url.Values{}}
	l.read(q)
	text := strings.TrimSpace(q.Get("query"))
	if q.Get("field") != "" && (q.Has("add") || q.Get("value") != "") {
		text = service.AddToQuery(text, q.Get("joint"), q.Get("field"), q.Get("how"), q.Get("value"))
	}
	to := base + "/tickets?query=" + url.QueryEscape(text) // too long: the list says so
	if l.query.Set("query", text); len(text) <= maxQuery {
		to = l.at(l.query)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// exportRows is how many tickets an export holds at the most.
const exportRows = 5000

// export writes the tickets of a list as CSV.
func (h handler) export(w http.ResponseWriter, r *http.Request) error {
	f, err := h.frame(r)
	if err != nil {
		return err
	}
	f.list.filter.Limit, f.list.filter.Before, f.list.filter.After = exportRows, 0, 0
	fields, err := h.desk.Fields(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	fields = slices.DeleteFunc(fields, func(c service.FieldLine) bool { return c.Of != desk.OfTickets || c.Disabled })
	for _, c := range fields {
		f.list.filter.Fields = append(f.list.filter.Fields, c.ID)
	}
	page, err := h.page(r, f.list)
	if err != nil {
		return err
	}
	head := []string{"id", "subject", "queue", "status", "priority", "owner", "requestors", "customers", "created", "updated", "due", "updated_by"}
	for _, c := range fields {
		head = append(head, "CF."+c.Name)
	}
	out, err := web.SendCSV(w, "tickets.csv", head)
	if err != nil {
		return err
	}
	var rows [][]string
	for _, t := range page.Lines {
		row := exported(f.reader, t)
		for _, c := range fields {
			row = append(row, web.Harmless(strings.Join(desk.ValueTexts(t.Fields[c.ID]), ", ")))
		}
		rows = append(rows, row)
	}
	return out.WriteAll(rows)
}

// exported is a ticket as a row of an export.
func exported(reader web.Reader, t service.TicketLine) []string {
	names := func(list []service.Name) string {
		var texts []string
		for _, n := range list {
			texts = append(texts, n.Text)
		}
		return strings.Join(texts, ", ")
	}
	at := func(moment time.Time) string {
		if moment.IsZero() {
			return ""
		}
		return reader.In(moment).Format(time.DateTime)
	}
	owner := ""
	if t.Owner != desk.UserID(0) {
		owner = t.OwnerName.Text
	}
	row := []string{strconv.FormatInt(int64(t.ID), 10), t.Subject, t.QueueName, string(t.Status), strconv.Itoa(t.Priority), owner,
		names(t.Requestor), names(t.Customers), at(t.Created), at(t.Updated), at(t.Due), t.Updater.Text}
	for i, cell := range row {
		row[i] = web.Harmless(cell)
	}
	return row
}
