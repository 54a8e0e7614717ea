package transfer

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

// otherNames are what other systems call the columns of ours.
var otherNames = map[string][]string{
	"login":     {"user", "user_login", "username", "userlogin", "benutzer", "benutzername", "anmeldename", "uid"},
	"name":      {"userfullname", "full_name", "fullname", "real_name", "realname", "display_name", "customercompanyname", "firma", "firmenname"},
	"addresses": {"address", "email", "e-mail", "mail", "user_email", "useremail", "emailaddress", "e-mail-adresse", "adresse", "adressen"},
	"language":  {"lang", "sprache", "userlanguage"},
	"zone":      {"timezone", "time_zone", "zeitzone"},
	"disabled":  {"gesperrt", "inactive"},
	"key":       {"customer_id", "customerid", "kundennummer", "kunde", "customer"},
	"domains":   {"domain", "mail_domain"},
	"street":    {"strasse", "straße", "customercompanystreet"},
	"city":      {"ort", "stadt", "customercompanycity"},
	"country":   {"land", "customercompanycountry"},
	"comment":   {"comments", "kommentar", "bemerkung", "customercompanycomment"},
	"customer":  {"customer_id", "customerid", "kundennummer", "kunde", "usercustomerid"},
	"group":     {"gruppe", "group_name"},
	"member":    {"login", "user", "user_login", "userlogin", "username", "mitglied", "kontakt", "contact", "email", "e-mail"},
	"part":      {"role", "rolle"},
	"primary":   {"main", "hauptkunde"},
	"from":      {"first_day", "valid_from", "ab", "von"},
	"until":     {"last_day", "valid_until", "bis"},
	"who":       {"principal", "wer"},
	"what":      {"right", "permission", "recht", "was"},
	"where":     {"object", "place", "wo"},
	"as":        {"als"},
}

// Look reads the first lines of a file of a kind, says how its columns are
// called and guesses what each is. A first line that cannot be read is an error
// of kind Invalid.
func Look(kind string, content []byte) (*service.ImportHead, error) {
	if columnsOf[kind] == nil {
		return nil, desk.InvalidFields(map[string]string{"kind": "Choose one of these."})
	}
	reader, err := begin(buffer(bytes.NewReader(content)))
	if err != nil {
		return nil, err
	}
	names, err := reader.Read()
	if err != nil {
		return nil, desk.Errorf(desk.Invalid, "The first line cannot be read: %s. It names the columns.", reason(err))
	}
	head := &service.ImportHead{Columns: cloned(names), Places: map[string]int{}, Lines: bytes.Count(content, []byte("\n"))}
	if len(content) > 0 && content[len(content)-1] == '\n' {
		head.Lines--
	}
	sample, err := reader.Read()
	if err == nil || errors.Is(err, csv.ErrFieldCount) {
		head.Sample = cloned(sample)
	} else if !errors.Is(err, io.EOF) {
		head.Sample = nil // the line is reported when the file is read
	}
	for _, c := range columnsOf[kind] {
		head.Known = append(head.Known, service.ImportColumn{Name: c.name, Needed: c.needs})
		if at := guess(c.name, head.Columns); at >= 0 {
			head.Places[c.name] = at
		}
	}
	return head, nil
}

func cloned(cells []string) []string {
	out := make([]string, len(cells))
	for i, cell := range cells {
		out[i] = strings.ToValidUTF8(strings.Clone(cell), "�")
	}
	return out
}

// guess returns where a column of ours stands: by its own name, else by one
// that others give it; -1: nowhere.
func guess(ours string, names []string) int {
	for _, is := range append([]string{ours}, otherNames[ours]...) {
		if at := slices.IndexFunc(names, func(name string) bool { return strings.ToLower(strings.TrimSpace(name)) == is }); at >= 0 {
			return at
		}
	}
	return -1
}

// ReadPlaced reads a file as ReadCSV does, whose columns stand where places
// says, whatever the first line calls them; others are left alone.
func ReadPlaced(kind string, content []byte, places map[string]int) (service.Load, error) {
	return read(kind, bytes.NewReader(content), places)
}
