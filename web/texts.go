package web

import (
	"slices"
	"strings"
)

// A LanguageState is how complete the texts of a language are.
type LanguageState struct {
	Lang    string
	Texts   int      // that it has
	Missing []string // keys that another language has
}

// LanguageStates says of each language how complete it is.
func LanguageStates() []LanguageState {
	keys := textKeys()
	var list []LanguageState
	for _, lang := range Languages() {
		c, state := catalogues()[lang], LanguageState{Lang: lang}
		for _, key := range keys {
			if _, ok := c.text(key); ok {
				state.Texts++
			} else {
				state.Missing = append(state.Missing, key)
			}
		}
		list = append(list, state)
	}
	return list
}

// A TextRow is one text of the pages in each language, in the order of
// Languages; empty: that one lacks it.
type TextRow struct {
	Key string
	In  []string
}

// FindTexts returns the texts whose key or words hold the given ones in any
// language, by key, and whether there are more than the limit.
func FindTexts(words string, limit int) (list []TextRow, more bool) {
	words = strings.ToLower(strings.TrimSpace(words))
	for _, key := range textKeys() {
		row, found := TextRow{Key: key}, strings.Contains(key, words)
		for _, lang := range Languages() {
			text, _ := catalogues()[lang].text(key)
			row.In = append(row.In, text)
			found = found || strings.Contains(strings.ToLower(text), words)
		}
		if !found {
			continue
		}
		if len(list) == limit {
			return list, true
		}
		list = append(list, row)
	}
	return list, false
}

// textKeys are the keys of all texts, in order.
func textKeys() []string {
	known := map[string]bool{}
	for _, c := range catalogues() {
		for _, area := range c.areas {
			for key := range area {
				known[key] = true
			}
		}
	}
	keys := make([]string, 0, len(known))
	for key := range known {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
