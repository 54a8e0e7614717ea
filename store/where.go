package store

import (
	"regexp"
	"strconv"
	"strings"

	"gatehouse/desk"
)

// A where collects the conditions of a query that has optional ones, with
// their arguments.
type where struct {
	conds []string
	args  []any
}

// param adds an argument and returns its number.
func (w *where) param(value any) int {
	w.args = append(w.args, value)
	return len(w.args)
}

// arg adds an argument and returns its placeholder.
func (w *where) arg(value any) string { return "$" + strconv.Itoa(w.param(value)) }

// add adds a condition; each ? in it is the placeholder of one value.
func (w *where) add(cond string, values ...any) {
	for _, value := range values {
		cond = strings.Replace(cond, "?", w.arg(value), 1)
	}
	w.conds = append(w.conds, cond)
}

// placeholder is an argument's place in a statement.
var placeholder = regexp.MustCompile(`\$[0-9]+`)

// bind returns the statement with those of the arguments that it uses,
// numbered by first use: PostgreSQL refuses arguments that stand nowhere.
func (w *where) bind(statement string) (string, []any) {
	var args []any
	numbers := map[string]string{}
	statement = placeholder.ReplaceAllStringFunc(statement, func(old string) string {
		if numbers[old] == "" {
			n, _ := strconv.Atoi(old[1:]) // the pattern lets only numbers in
			args = append(args, w.args[n-1])
			numbers[old] = "$" + strconv.Itoa(len(args))
		}
		return numbers[old]
	})
	return statement, args
}

// text returns the conditions as a WHERE clause, or "".
func (w *where) text() string {
	if len(w.conds) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conds, " AND ")
}

// joined lists placeholders.
func joined(list []string) string { return strings.Join(list, ", ") }

// containing is the pattern of LIKE for texts that hold the text; it goes with
// ESCAPE '!'.
func containing(text string) string {
	return "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(desk.Fold(text)) + "%"
}

// defaultPage is how many rows a list has where no limit was asked for.
const defaultPage = 50

// page returns the limit that was asked for, or the default.
func page(limit int) int {
	if limit <= 0 {
		return defaultPage
	}
	return limit
}

// cut takes the row off that was read to know whether there are more.
func cut[T any](list []T, limit int) ([]T, bool) {
	if len(list) > limit {
		return list[:limit], true
	}
	return list, false
}
