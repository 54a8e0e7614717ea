package query

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// now is a Saturday.
var now = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

// written shows a tree with all its brackets.
func written(e *Expr) string {
	switch e.Op {
	case Is:
		return e.Cond.Field.Name + sub(e.Cond) + " " + comparison(e.Cond)
	case Not:
		return "NOT[" + written(&e.Parts[0]) + "]"
	}
	parts := make([]string, len(e.Parts))
	for i := range e.Parts {
		parts[i] = written(&e.Parts[i])
	}
	return map[Op]string{And: "AND", Or: "OR"}[e.Op] + "[" + strings.Join(parts, "; ") + "]"
}

func sub(c *Cond) string {
	if c.Sub == "" {
		return ""
	}
	return "." + c.Sub
}

func comparison(c *Cond) string {
	how := howNames[c.How][0]
	if c.Negated {
		how = "not " + how
	}
	if c.Shallow {
		how = "shallow " + how
	}
	var values []string
	for _, v := range c.Values {
		values = append(values, v.Text)
	}
	return strings.TrimSpace(how + " " + strings.Join(values, "|"))
}

func TestParse(t *testing.T) {
	for _, tt := range []struct{ why, text, want string }{
		{"nothing asks for nothing", "  ", "AND[]"},
		{"a condition", "Status = 'open'", "Status = open"},
		{"double quotation marks", `Status = "open"`, "Status = open"},
		{"no quotation marks", "Status = open", "Status = open"},
		{"no blanks", "Status='open'AND(id=3)", "AND[Status = open; id = 3]"},
		{"names and words in any case", "sTATUS = 'open' and OWNER like 'x' Or id in (1)", "OR[AND[Status = open; Owner LIKE x]; id = 1]"},
		{"AND binds tighter than OR", "id = 1 OR id = 2 AND id = 3", "OR[id = 1; AND[id = 2; id = 3]]"},
		{"on either side", "id = 1 AND id = 2 OR id = 3", "OR[AND[id = 1; id = 2]; id = 3]"},
		{"brackets go first", "(id = 1 OR id = 2) AND id = 3", "AND[OR[id = 1; id = 2]; id = 3]"},
		{"NOT binds tightest", "NOT id = 1 AND id = 2", "AND[NOT[id = 1]; id = 2]"},
		{"NOT of a bracket", "NOT (id = 1 OR NOT id = 2)", "NOT[OR[id = 1; NOT[id = 2]]]"},
		{"a sign escaped", `Subject = 'o\'neil \\ co'`, `Subject = o'neil \ co`},
		{"the other quotation mark", `Subject = "o'neil"`, "Subject = o'neil"},
		{"words that mean something, quoted", "Subject = 'AND' OR Subject = '('", "OR[Subject = AND; Subject = (]"},
		{"all negations", "Subject != a AND Subject <> b AND Subject NOT LIKE c AND Subject NOT STARTSWITH d AND Subject NOT ENDSWITH e",
			"AND[Subject not = a; Subject not = b; Subject not LIKE c; Subject not STARTSWITH d; Subject not ENDSWITH e]"},
		{"lists", "Status IN ('new', open) AND id NOT IN (1,2 , 3)", "AND[Status = new|open; id not = 1|2|3]"},
		{"not set", "Due IS NULL OR Due is not null OR MemberOf = NULL", "OR[Due IS NULL; Due not IS NULL; MemberOf IS NULL]"},
		{"a part of a person", "Requestor.EmailAddress = bob@acme.example", "Requestor.emailaddress = bob@acme.example"},
		{"another name of a field", "Requestors.Name LIKE 'b' AND DependentOn = 3", "AND[Requestor.name LIKE b; DependedOnBy = 3]"},
		{"only who stands there himself", "Cc SHALLOW != 'a'", "Cc shallow not = a"},
		{"a role of one's own", "CustomRole.{Second Engineer}.id = 4", "CustomRole.{Second Engineer}.id.id = 4"},
		{"a field quoted", "'CF.{Beta Date}' > '2026-01-01'", "CF.{Beta Date} > 2026-01-01"},
		{"a field with blanks in braces", "CF.{Beta Date} = 'x'", "CF.{Beta Date} = x"},
		{"numbers with signs", "Priority >= -5 AND Priority < +7", "AND[Priority >= -5; Priority < +7]"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			e, err := Parse(tt.text, now)
			if err != nil {
				t.Fatal(err)
			}
			if got := written(e); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestParseNames(t *testing.T) {
	for text, want := range map[string][2]string{
		"CF.{Beta Date} = 1":            {"", "Beta Date"},
		"CF.Building = 1":               {"", "Building"},
		"CustomField.{B} = 1":           {"", "B"},
		"CF.Support.{B} = 1":            {"Support", "B"},
		"'CF.Second line.{B}' = 1":      {"Second line", "B"},
		"CF.{B}.Content = 1":            {"", "B"},
		"CF.{a = 'b' (c)} = 1":          {"", "a = 'b' (c)"},
		"CustomRole.{Engineer}.id = 12": {"", "Engineer"},
	} {
		e, err := Parse(text, now)
		if err != nil || [2]string{e.Cond.Place, e.Cond.Name} != want {
			t.Errorf("%s: got %+v (%v), want %q", text, e, err, want)
		}
	}
}

func TestMistakes(t *testing.T) {
	for _, tt := range []struct {
		why, text string
		at        int
		want      string
	}{
		{"a field misspelt", "id = 1 AND Stauts = 'open'", 12, `at "Stauts": there is no field Stauts; did you mean Status?`},
		{"a field from nowhere", "Xyzzy = 1", 1, "there is no field Xyzzy."},
		{"a part misspelt", "Requestor.Mail = 1", 1, "Requestor has no Mail; expected EmailAddress, Name, RealName or id."},
		{"a part of what has none", "Subject.Name = 1", 1, "Subject has no parts"},
		{"no field", "= 1", 1, "expected a field"},
		{"no comparison", "Status 'open'", 8, "Status cannot be compared in this way; expected =, !=, IN"},
		{"no comparison at the end", "Status ", 8, "expected a comparison after Status"},
		{"a comparison misspelt", "Subject LKIE 'x'", 9, "did you mean LIKE?"},
		{"a comparison that the field has not", "Priority LIKE '1'", 10, "Priority cannot be compared in this way"},
		{"no value", "Status =", 9, "expected a value"},
		{"a word where a value belongs", "Status = AND id = 1", 10, "expected a value"},
		{"a quotation mark too few", "Subject = 'o'neil'", 14, "expected AND, OR or the end"},
		{"a quotation mark alone", "Subject = 'open", 11, "this quotation mark is not closed"},
		{"what follows a condition", "id = 1 id = 2", 8, "expected AND, OR or the end"},
		{"a bracket too few", "(id = 1", 8, "expected AND, OR or a closing bracket"},
		{"a bracket too many", "id = 1)", 7, "expected AND, OR or the end"},
		{"an empty list", "id IN ()", 8, "expected a value"},
		{"a list without brackets", "id IN 1", 7, "expected a list in brackets"},
		{"a list that goes on", "id IN (1 2)", 10, "expected a comma or a closing bracket"},
		{"IS without NULL", "Due IS 3", 8, "expected NULL or NOT NULL"},
		{"no number", "id = 'x'", 6, "id is compared with a whole number"},
		{"no time", "Due < 'whenever'", 7, "Due is compared with a time, as '2026-03-14'"},
		{"no length of time", "TimeWorked > 'long'", 14, "compared with minutes"},
		{"positions are those of characters", "Subject = 'Über' AND Foo = 1", 22, "there is no field Foo"},
		{"shallow where nobody stands", "id SHALLOW = 1", 4, "SHALLOW is for people"},
		{"two times equal", "Due = Created", 7, "by < or > only"},
		{"a role without braces", "CustomRole.Engineer = 1", 1, "in braces"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			_, err := Parse(tt.text, now)
			var mistake *Error
			if !errors.As(err, &mistake) || mistake.At != tt.at || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want position %d and %q", err, tt.at, tt.want)
			}
		})
	}
}

// TestLimits: what is too much is refused, and quickly.
func TestLimits(t *testing.T) {
	for why, text := range map[string]string{
		"too long":            strings.Repeat(" ", MaxLength+1),
		"too deep":            strings.Repeat("(", MaxLength),
		"too many NOTs":       strings.Repeat("NOT ", MaxLength/4),
		"too many conditions": strings.Repeat("id=1 OR ", MaxConditions) + "id=1",
		"too long a list":     "id IN (1" + strings.Repeat(",1", MaxValues) + ")",
		"too long a value":    "Subject = '" + strings.Repeat("x", MaxValue+1) + "'",
		"too many wildcards":  "Subject LIKE '" + strings.Repeat("a%", MaxWildcards+1) + "'",
		"braces not closed":   strings.Repeat("{", MaxLength),
	} {
		start := time.Now()
		if _, err := Parse(text, now); err == nil {
			t.Errorf("%s: allowed", why)
		}
		if took := time.Since(start); took > time.Second {
			t.Errorf("%s: refusing it took %v", why, took)
		}
	}
}

func TestMoments(t *testing.T) {
	for text, want := range map[string]string{
		"now":                   "2026-03-14 15:09:26",
		"today":                 "2026-03-14 00:00:00",
		"Yesterday":             "2026-03-13 00:00:00",
		"tomorrow":              "2026-03-15 00:00:00",
		"2026-01-02":            "2026-01-02 00:00:00",
		"2026-01-02 03:04":      "2026-01-02 03:04:00",
		"2026-01-02 03:04:05":   "2026-01-02 03:04:05",
		"2026-01-02T03:04:05Z":  "2026-01-02 03:04:05",
		"2 days ago":            "2026-03-12 15:09:26",
		"-2 days":               "2026-03-12 15:09:26",
		"2 days":                "2026-03-16 15:09:26",
		"+3 hours":              "2026-03-14 18:09:26",
		"in 1 week":             "2026-03-21 15:09:26",
		"1 day 3 hours ago":     "2026-03-13 12:09:26",
		"30min from now":        "2026-03-14 15:39:26",
		"1 month ago":           "2026-02-14 15:09:26",
		"2 years ago":           "2024-03-14 15:09:26",
		"monday":                "2026-03-16 00:00:00",
		"saturday":              "2026-03-21 00:00:00",
		"this saturday":         "2026-03-14 00:00:00",
		"last saturday":         "2026-03-07 00:00:00",
		"last monday":           "2026-03-09 00:00:00",
		"14 March 2026":         "2026-03-14 00:00:00",
		"March 14, 2026":        "2026-03-14 00:00:00",
		"":                      "",
		"ago":                   "",
		"2 fortnights ago":      "",
		"99999999999 days ago":  "",
		"2026-02-30":            "",
		"1000000 years ago":     "",
		"x days ago":            "",
		"2026-01-02 or so":      "",
		"999999 weeks from now": "",
	} {
		v := Value{Text: text}
		got := ""
		if v.moment(now) {
			got = time.UnixMicro(v.Moment).UTC().Format(time.DateTime)
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestDays: a day begins where the reader is, and may have 23 hours.
func TestDays(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	v := Value{Text: "2026-03-29"}
	if !v.moment(now.In(berlin)) {
		t.Fatal("no time")
	}
	if day := time.UnixMicro(v.Day).UTC().Format(time.DateTime); day != "2026-03-28 23:00:00" || v.NextDay-v.Day != int64(23*time.Hour/time.Microsecond) {
		t.Errorf("got the day of %s, %d long", day, v.NextDay-v.Day)
	}
}

func TestMinutes(t *testing.T) {
	for text, want := range map[string]int64{"90": 90, "2 hours": 120, "1 hour 30 min": 90, "2h": 120, "-5": -5, "long": -1, "2 hours ago": -1} {
		got, ok := minutesOf(text)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("%q: got %d, want %d", text, got, want)
		}
	}
}

func TestPatterns(t *testing.T) {
	for _, tt := range []struct {
		how         How
		value, text string
		want        bool
	}{
		{Equal, "Printer", "printer", true},
		{Equal, "print%", "printer", false},
		{Equal, "100%", "100%", true},
		{Like, "INT", "printer", true},
		{Like, "p%t", "a printer", true},
		{Like, "t%p", "printer", false},
		{Like, "a_b", "axb", false},
		{Like, "a_b", "a_b", true},
		{Like, "!", "wow!", true},
		{Starts, "prin", "printer", true},
		{Starts, "rin", "printer", false},
		{Starts, "p%e", "printer", true},
		{Ends, "ter", "printer", true},
		{Ends, "te", "printer", false},
		{Ends, "aa", "a", false},
		{Like, "", "anything", true},
		{Equal, "", "", true},
	} {
		if got := Match(Pattern(tt.how, tt.value), tt.text); got != tt.want {
			t.Errorf("%s %q of %q: got %v, want %v", howNames[tt.how][0], tt.value, tt.text, got, tt.want)
		}
	}
}

// TestFieldsAreWritten: each field is found by its names in any case, has a
// comparison, and no name means two.
func TestFieldsAreWritten(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range Fields() {
		for _, name := range append([]string{f.Name}, f.Also...) {
			got, ok := fieldNamed(strings.ToUpper(name))
			if !ok || got.Name != f.Name || seen[strings.ToLower(name)] || len(f.Kind.HowNames()) == 0 {
				t.Errorf("%s: found %+v, %v", name, got, ok)
			}
			seen[strings.ToLower(name)] = true
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"Status = 'open' AND (Owner = 'Nobody' OR NOT id IN (1, 2))", `CF.{a b} LIKE "%x\"" OR Due < '2 days ago'`,
		"Requestor.EmailAddress NOT LIKE 'ü' AND Cc SHALLOW = x", "((((", "'", "CF.{", "Due < Created"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := Parse(text, now)
		var mistake *Error
		if err != nil {
			if !errors.As(err, &mistake) || mistake.At < 1 || mistake.At+mistake.Length > len([]rune(text))+1 || mistake.What == "" {
				t.Errorf("the mistake %+v is not one of the text", err)
			}
			return
		}
		n := 0
		e.Conditions(func(c *Cond) {
			n++
			if c.Field.Kind == 0 || c.How == 0 || (c.How == Null) != (len(c.Values) == 0) {
				t.Errorf("the condition %+v says nothing", c)
			}
		})
		if n > MaxConditions {
			t.Errorf("%d conditions", n)
		}
	})
}

func ExampleParse() {
	_, err := Parse("Status = 'open' AND Quueue = 'Support'", now)
	fmt.Println(err)
	// Output: The query has a mistake at position 21, at "Quueue": there is no field Quueue; did you mean Queue?
}
