package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"
)

// What lists and shows print is a struct per kind of thing, see wire.go. Its
// json tags are the keys of the JSON and, as words, the heads of the table, so
// that both always say the same.

// printList prints a list of structs, as a table or as JSON. Columns in which
// nothing stands are left out of a table.
func printList[T any](a *app, list []T) error {
	if a.json {
		if list == nil {
			list = []T{}
		}
		return printJSON(a.p.Out, list)
	}
	keys := keysOf(reflect.TypeFor[T]())
	used := make([]bool, len(keys))
	rows := make([][]string, len(list))
	for i, thing := range list {
		rows[i] = cellsOf(thing)
		for column, cell := range rows[i] {
			if cell == "0" {
				rows[i][column] = ""
			}
			used[column] = used[column] || rows[i][column] != ""
		}
	}
	w := tabwriter.NewWriter(a.p.Out, 0, 8, 2, ' ', 0)
	printRow(w, upper(keys), used)
	for _, row := range rows {
		printRow(w, row, used)
	}
	return w.Flush()
}

func upper(keys []string) []string {
	heads := make([]string, len(keys))
	for i, key := range keys {
		heads[i] = strings.ToUpper(strings.ReplaceAll(key, "_", " "))
	}
	return heads
}

func printRow(w io.Writer, cells []string, used []bool) {
	var kept []string
	for i, cell := range cells {
		if used[i] {
			kept = append(kept, cell)
		}
	}
	if len(kept) > 0 {
		fmt.Fprintln(w, strings.Join(kept, "\t"))
	}
}

// printThing prints one struct, as lines of key and value or as JSON.
func printThing(a *app, thing any) error {
	if a.json {
		return printJSON(a.p.Out, thing)
	}
	w := tabwriter.NewWriter(a.p.Out, 0, 8, 2, ' ', 0)
	cells := cellsOf(thing)
	for i, key := range keysOf(reflect.TypeOf(thing)) {
		if cells[i] != "" {
			fmt.Fprintf(w, "%s:\t%s\n", strings.ReplaceAll(key, "_", " "), cells[i])
		}
	}
	return w.Flush()
}

func printJSON(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}

// keysOf returns the json keys of a struct in order. Fields that hold lists of
// structs are for JSON only.
func keysOf(t reflect.Type) []string {
	var keys []string
	for _, f := range columns(t) {
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		keys = append(keys, key)
	}
	return keys
}

func cellsOf(thing any) []string {
	v := reflect.ValueOf(thing)
	var cells []string
	for _, f := range columns(v.Type()) {
		cells = append(cells, cell(v.FieldByIndex(f.Index).Interface()))
	}
	return cells
}

// columns returns the fields of a struct, those of embedded ones included.
func columns(t reflect.Type) []reflect.StructField {
	return slices.DeleteFunc(reflect.VisibleFields(t), func(f reflect.StructField) bool {
		return f.Anonymous || nested(f.Type)
	})
}

func nested(t reflect.Type) bool {
	return t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct
}

// cell puts a value into a cell: what says nothing is empty.
func cell(v any) string {
	switch v := v.(type) {
	case bool:
		if v {
			return "yes"
		}
		return ""
	case []string:
		return clean(strings.Join(v, ", "))
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return v.Format("2006-01-02 15:04")
	case string:
		return clean(v)
	}
	if p := reflect.ValueOf(v); p.Kind() == reflect.Pointer {
		if p.IsNil() {
			return ""
		}
		return cell(p.Elem().Interface())
	}
	return fmt.Sprint(v)
}

// clean takes out of a text what would make it more than a line of a table, or
// would command a terminal: texts come from strangers' letters.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, text)
}

// cleanText does so for a text of several lines.
func cleanText(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = clean(line)
	}
	return strings.Join(lines, "\n")
}
