package agent

import (
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/base64"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/web"
)

// A list with a long query stands at /agent/in/PACKED/, where PACKED is all that
// it asks for but its order and its page. Its tickets are one number below that,
// and its order is a few letters behind it, so that a page of fifty rows does not
// say the query a hundred times; a reader can still keep the address, open it in
// another tab and go back to it.

const (
	plainMost   = 40  // bytes of an address that each ticket of a list carries as it is
	packedMost  = 24  // bytes of one that it carries packed; a longer one is in the path
	carriedMost = 500 // bytes of one that the page of a ticket carries
	packedForm  = "a" // begins what is packed with packedWords
)

// packedWords are what addresses of lists are made of, the most usual last. They
// never change: who kept an address wants it to be read.
const packedWords = "\x00customer\x00owner\x00queue\x00status\x00text\x00saved\x00view\x00columns\x00customer,requestor,queue,owner,status,updated,priority,created,due,told,resolved,worked,clock,waited,cf." +
	" IS NOT NULL IS NULL NOT LIKE IN (STARTSWITH ENDSWITH SHALLOW HasMember MemberOf DependsOn DependedOnBy RefersTo ReferredToBy LinkedTo MergedInto " +
	"TimeWorked TimeEstimated TimeLeft Priority LastUpdatedBy LastUpdated Resolved Started Starts Created Told Due id < > <= >= != 'days ago' 'weeks ago' 'months ago' 'today' 'tomorrow' 'yesterday' " +
	"Content Attachment CF.{CustomRole.{Watcher.EmailAddress Creator Cc.AdminCc. Customer.Name = 'Requestor.EmailAddress = 'Requestor.Name LIKE 'Subject LIKE '" +
	"deleted rejected resolved stalled 'open' 'new' 'Nobody' '__CurrentUser__' '__Inactive__' OR Owner = '' AND (Status = '__Active__') AND Queue = 'support\x00query\x00"

// packedTail ends what is packed: flate writes it behind everything.
const packedTail = "\x00\x00\xff\xff"

// packed writes a list's address short.
func packed(q url.Values) string {
	var text strings.Builder
	for _, name := range []string{"query", "text", "columns", "view", "queue", "status", "owner", "customer", "saved"} {
		if value := q.Get(name); value != "" {
			text.WriteString("\x00" + name + "\x00" + value)
		}
	}
	var out bytes.Buffer
	w, err := flate.NewWriterDict(&out, flate.BestCompression, []byte(packedWords))
	if err != nil {
		return ""
	}
	if _, err = io.WriteString(w, text.String()); err != nil || w.Close() != nil {
		return ""
	}
	return packedForm + base64.RawURLEncoding.EncodeToString(bytes.TrimSuffix(out.Bytes(), []byte(packedTail)))
}

// unpacked reads it again; false: it was cut or damaged.
func unpacked(text string) (url.Values, bool) {
	text, ok := strings.CutPrefix(text, packedForm)
	data, err := base64.RawURLEncoding.DecodeString(text)
	if !ok || err != nil {
		return nil, false
	}
	in := flate.NewReaderDict(io.MultiReader(bytes.NewReader(data), strings.NewReader(packedTail)), []byte(packedWords))
	plain, err := io.ReadAll(io.LimitReader(in, 3*maxQuery))
	parts := strings.Split(string(plain), "\x00")
	if err != nil || len(parts)%2 == 0 {
		return nil, false
	}
	q := url.Values{}
	for i := 1; i+1 < len(parts); i += 2 {
		q.Set(parts[i], parts[i+1])
	}
	return q, true
}

// spread is what an address says with what is packed in it, which stays where it
// cannot be read. What stands beside that holds.
func spread(q url.Values) url.Values {
	kept, ok := unpacked(q.Get("in"))
	if !ok {
		return q
	}
	for name, values := range q {
		kept[name] = values
	}
	kept.Del("in")
	return kept
}

// asked is what the address of a request says; that of a packed list has it in
// its path.
func asked(r *http.Request) url.Values {
	q := r.URL.Query()
	if list := r.PathValue("list"); list != "" {
		q.Set("in", list)
	}
	q = spread(q)
	if boxes := q["column"]; len(boxes) > 0 {
		q.Set("columns", strings.Join(boxes[:min(len(boxes), maxColumns)], ","))
		q.Del("column")
	}
	return q
}

// ordering is what stands behind the packed address of a list.
func ordering() []string { return []string{"sort", "end", "before", "after"} }

// split cuts an address into what is packed and what stands behind it.
func split(q url.Values) (what, order url.Values) {
	what, order = url.Values{}, url.Values{}
	for name, values := range q {
		if slices.Contains(ordering(), name) {
			order[name] = values
		} else {
			what[name] = values
		}
	}
	return what, order
}

// address writes what the list is, with something of it changed, short enough
// for each of its tickets: as it is; of a saved view, which it is and what is
// changed; else packed.
func (l *listing) address(q url.Values) string {
	all := plainly(q)
	if len(all) <= plainMost {
		return all
	}
	if short, ok := l.ofSaved(q); ok {
		return plainly(short)
	}
	what, order := split(q)
	if plain := plainly(what); len(plain) <= plainMost {
		return all
	}
	order.Set("in", packed(what))
	return plainly(order)
}

// ofSaved says which saved view a list is and what is changed of it, where that
// can be said.
func (l *listing) ofSaved(q url.Values) (url.Values, bool) {
	if l.kept == nil {
		return nil, false
	}
	short := url.Values{"saved": q["saved"]}
	for name := range l.query {
		if q.Get(name) == "" && l.kept.Get(name) != "" {
			return nil, false // it cannot be said what is left out
		}
	}
	for name, values := range q {
		if l.kept.Get(name) != values[0] {
			short[name] = values
		}
	}
	return short, len(plainly(short)) <= carriedMost
}

// at is where a list is that asks for this.
func (l *listing) at(q url.Values) string {
	address := l.address(q)
	short, err := url.ParseQuery(address)
	in := short.Get("in")
	switch {
	case err != nil || in == "":
		return base + "/tickets?" + address
	case len(in) <= packedMost && in != l.here:
		return base + "/tickets?" + plainly(q)
	}
	short.Del("in")
	behind := ""
	if len(short) > 0 {
		behind = "?" + plainly(short)
	}
	if in == l.here {
		return cmp.Or(behind, "?")
	}
	return base + "/in/" + in + "/" + behind
}

// ticketURLs is where each of the list's tickets is, with the list beside it.
func (l *listing) ticketURLs() func(desk.TicketID) string {
	behind := l.carried()
	what, order := split(l.query)
	if l.here == "" || l.here != packed(what) {
		return func(id desk.TicketID) string { return ticketURL(id) + behind }
	}
	if behind = ""; order.Get("sort") != "" {
		behind = "?" + plainly(url.Values{"sort": order["sort"]})
	}
	return func(id desk.TicketID) string { return strconv.FormatInt(int64(id), 10) + behind }
}

// inList leads from a ticket of a packed list to its page with the list beside
// it.
func (h handler) inList(w http.ResponseWriter, r *http.Request) error {
	id := ticketID(r.PathValue("id"))
	if id == 0 {
		return h.nothing(w, r)
	}
	l := &listing{query: url.Values{}}
	l.read(asked(r))
	http.Redirect(w, r, ticketURL(id)+l.carried(), http.StatusSeeOther)
	return nil
}

// settled is where the list that a request asks for stands, if that is elsewhere.
func (h handler) settled(r *http.Request) (string, error) {
	l := &listing{query: url.Values{}, here: r.PathValue("list")}
	if l.read(asked(r)); l.here != "" || len(plainly(l.query)) <= plainMost {
		return "", nil
	}
	bar, err := h.desk.ViewBar(r.Context(), web.Actor(r))
	if err != nil {
		return "", err
	}
	l.keep(bar)
	if to := l.at(l.query); strings.HasPrefix(to, base+"/in/") {
		return to, nil
	}
	return "", nil
}

// unfold is the address of a list, as a form brings it, in full.
func unfold(address string) (string, error) {
	q, err := url.ParseQuery(address)
	if err != nil || spread(q).Has("in") {
		return "", desk.Errorf(desk.Invalid, "The list cannot be read; open it again.")
	}
	return spread(q).Encode(), nil
}
