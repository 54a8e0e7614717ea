package web

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Text is something that a page says: a key of the catalogue with its
// arguments, so that it is put into the reader's language when it is shown.
type Text struct {
	Key  string
	Args []any
	// Otherwise is what it says where the catalogue lacks the key; empty: the key.
	Otherwise string
}

// T names a text of the catalogue. A Text among the arguments is translated
// too.
func T(key string, args ...any) Text { return Text{Key: key, Args: args} }

// UnmarshalJSON reads what json.Marshal writes, so that a notice that was kept
// says the same: whole numbers stay whole, and a Text among the arguments a Text.
func (t *Text) UnmarshalJSON(data []byte) error {
	var kept struct {
		Key, Otherwise string
		Args           []json.RawMessage
	}
	if err := json.Unmarshal(data, &kept); err != nil {
		return err
	}
	*t = Text{Key: kept.Key, Otherwise: kept.Otherwise}
	for _, raw := range kept.Args {
		arg, err := keptArg(raw)
		if err != nil {
			return err
		}
		t.Args = append(t.Args, arg)
	}
	return nil
}

// keptArg reads one argument of a text.
func keptArg(raw json.RawMessage) (any, error) {
	if n, err := strconv.ParseInt(string(raw), 10, 64); err == nil {
		return n, nil
	}
	if strings.HasPrefix(string(raw), "{") {
		var inner Text
		err := json.Unmarshal(raw, &inner)
		return inner, err
	}
	var arg any
	err := json.Unmarshal(raw, &arg)
	return arg, err
}

// Known is a word that may be the desk's own, such as a status of its own
// making, which then stands for itself.
func Known(area, word string) Text { return Text{Key: area + word, Otherwise: word} }

// Plain is a text that is the same in every language, such as a subject.
func Plain(s string) Text { return Text{Args: []any{s}} }

// IsZero reports whether there is nothing to say.
func (t Text) IsZero() bool { return t.Key == "" && len(t.Args) == 0 }

// A catalogue holds the texts of one language and its way to write times.
type catalogue struct {
	lang  string
	areas []map[string]string // the texts by area of the pages; each key once
	day   string              // layout of a day in this year
	year  string              // layout of a day in another year
	full  string              // layout of a day with time of day

	helps  map[string]string // what explains names, by the English sentences
	config map[string]string // what explains settings of the program, by their names
	deeds  map[string]string // how lines of what a rule does begin, by the English beginnings
}

// Languages are the languages that pages speak; the first is the one for
// everybody who asked for none of them.
func Languages() []string { return []string{"en", "de"} }

func catalogues() map[string]catalogue {
	return map[string]catalogue{
		"en": {"en", englishTexts(), "2 Jan", "2 Jan 2006", "Monday, 2 January 2006, 15:04 MST", nil, nil, nil},
		"de": {"de", germanTexts(), "02.01.", "02.01.2006", "02.01.2006, 15:04 MST", germanHelps, germanConfig, germanDeeds},
	}
}

// englishTexts are all English texts, by area.
func englishTexts() []map[string]string {
	return []map[string]string{
		englishNotices, englishTokens,
		englishOperation,
		english, englishAccount, englishApprovals, englishAsk, englishAudit, englishBatch, englishBlueprints, englishCheckup,
		englishClocks, englishCompany, englishDay, englishDirectories, englishEffect, englishErase, englishFields, englishFirst, englishImport,
		englishKeys, englishKin, englishLetters, englishLifeCycles, englishMail, englishPass, englishPortal, englishPost, englishQuery,
		englishRecords, englishRelations, englishReply, englishReports, englishRules, englishSets, englishTicketForm, englishViews,
	}
}

// germanTexts are all German texts, by area.
func germanTexts() []map[string]string {
	return []map[string]string{
		germanNotices, germanTokens,
		germanOperation,
		german, germanAccount, germanApprovals, germanAsk, germanAudit, germanBatch, germanBlueprints, germanCheckup, germanClocks,
		germanCompany, germanDay, germanDirectories, germanEffect, germanErase, germanFields, germanFirst, germanImport, germanKeys, germanKin,
		germanLetters, germanLifeCycles, germanMail, germanPass, germanPortal, germanPost, germanQuery, germanRecords, germanRelations,
		germanReply, germanReports, germanRules, germanSets, germanTicketForm, germanViews,
	}
}

// text returns the text of a key, and whether there is one.
func (c catalogue) text(key string) (string, bool) {
	for _, area := range c.areas {
		if text, ok := area[key]; ok {
			return text, true
		}
	}
	return "", false
}

// say translates a text. A key that the catalogue lacks is shown as it is.
func (c catalogue) say(t Text) string {
	if t.Key == "" {
		return fmt.Sprint(t.Args...)
	}
	args := make([]any, len(t.Args))
	for i, a := range t.Args {
		if inner, ok := a.(Text); ok {
			a = c.say(inner)
		}
		args[i] = a
	}
	pattern, ok := c.text(t.Key)
	if !ok {
		return cmp.Or(t.Otherwise, t.Key)
	}
	if len(args) == 0 {
		return pattern
	}
	return fmt.Sprintf(pattern, args...)
}

// Say puts a text into the reader's language, for places that hold plain
// words, such as a person's name.
func (r Reader) Say(t Text) string {
	c, ok := catalogues()[r.Lang]
	if !ok {
		c = catalogues()[Languages()[0]]
	}
	return c.say(t)
}

// Day writes a day of this year or the last one briefly. It is in the reader's
// zone already.
func (r Reader) Day(at time.Time) string {
	c, ok := catalogues()[r.Lang]
	if !ok {
		c = catalogues()[Languages()[0]]
	}
	return at.Format(c.day)
}

// count translates a text that has a form for one (key.one) and one for any
// other number (key.many).
func (c catalogue) count(key string, n int) string {
	if n == 1 {
		one, _ := c.text(key + ".one")
		return one
	}
	many, _ := c.text(key + ".many")
	return fmt.Sprintf(many, n)
}

// short writes a moment as briefly as it stays clear: the time of today, the
// day of another day. Times are in the reader's zone already.
func (c catalogue) short(at, now time.Time) string {
	now = now.In(at.Location())
	switch {
	case at.Year() == now.Year() && at.YearDay() == now.YearDay():
		return at.Format("15:04")
	case at.Year() == now.Year():
		return at.Format(c.day)
	}
	return at.Format(c.year)
}

// moment writes a moment with its time of day.
func (c catalogue) moment(at, now time.Time) string {
	day := c.short(at, now)
	clock := at.Format("15:04")
	if day == clock {
		return clock
	}
	return day + ", " + clock
}
