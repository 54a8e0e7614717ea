package api

import (
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"

	"gatehouse/desk"
)

// A Paging is what every list takes: how much of it, and where to go on.
type Paging struct {
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many at most."`
	After string `query:"after" maxLength:"1500" doc:"Where the page before ended; follow next instead of making one up."`
}

// A Page is a part of a list.
type Page[T any] struct {
	Items []T    `json:"items" nullable:"false"`
	Next  string `json:"next,omitempty" doc:"Where the list goes on; absent on the last page."`
	Prev  string `json:"prev,omitempty" doc:"The page before, where the list can be read backwards."`
}

// pageOf returns the wire form of a page of things.
func pageOf[D, T any](list []D, wire func(D) T) Page[T] {
	page := Page[T]{Items: make([]T, len(list))}
	for i, d := range list {
		page.Items[i] = wire(d)
	}
	return page
}

// cursorOf returns a cursor: the last thing of a page by which its list is
// ordered, and of which list it is. It is not secret and gives nothing.
func cursorOf(list, last string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(list + ":" + last))
}

// keyAfter reads a cursor of a list; none is "".
func keyAfter(list, cursor string) (string, error) {
	if cursor == "" {
		return "", nil
	}
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	key, ok := strings.CutPrefix(string(b), list+":")
	if err != nil || !ok || key == "" || key != strings.ToValidUTF8(key, "") {
		return "", desk.Errorf(desk.Invalid, "This is no cursor of this list; follow next, or begin anew without one.")
	}
	return key, nil
}

// idAfter reads a cursor of a list that is ordered by number.
func idAfter[T ~int64](list, cursor string) (T, error) {
	key, err := keyAfter(list, cursor)
	if err != nil || key == "" {
		return 0, err
	}
	id, err := strconv.ParseInt(key, 10, 64)
	if err != nil || id < 1 {
		return keyless[T]()
	}
	return T(id), nil
}

func keyless[T ~int64]() (T, error) {
	_, err := keyAfter("", "!")
	return 0, err
}

// link returns the address of the same list from another cursor on.
func link(here url.URL, way, cursor string) string {
	q := here.Query()
	q.Del("after")
	q.Del("before")
	q.Set(way, cursor)
	return here.EscapedPath() + "?" + q.Encode()
}

func idCursor[T ~int64](list string, id T) string { return cursorOf(list, number(id)) }

func number[T ~int64](id T) string { return strconv.FormatInt(int64(id), 10) }
