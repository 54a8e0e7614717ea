package web

import (
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"strings"
	"time"
)

//go:embed templates
var templateFiles embed.FS

// Templates are the layouts, the parts and the bare pages that every area
// shares.
func Templates() fs.FS { return templateFiles }

// A View is one page, ready to be shown: which template, what it is called
// and what it says.
type View struct {
	Template string // such as "agent/ticket"
	Title    Text
	Crumbs   []Link // the way here, without the page itself
	Nav      []NavSection
	Body     any      // the page's own struct
	Status   int      // zero: 200
	Notices  []Notice // besides one that the request before left
}

// A Doc is all that a template sees: the reader, the page and the frame
// around it.
type Doc struct {
	View
	Reader  Reader
	Product string // what the desk calls itself
	Area    string // "agent", "portal", "admin" or "bare"
	Notices []Notice
	Path    string // of this page, to come back to
	// Languages are those that the reader may choose.
	Languages []string
}

// pages holds the parsed templates, once for each language.
type pages map[string]*template.Template

// parsePages parses the templates of all the file systems into one set for
// each language. Names are shared: parts are called by one word, pages by
// AREA/PAGE.
func parsePages(assets map[string]string, now func() time.Time, sources []fs.FS) (pages, error) {
	out := pages{}
	for lang, c := range catalogues() {
		set := template.New(lang).Option("missingkey=error").Funcs(functions(c, assets, now))
		for _, source := range sources {
			var err error
			if set, err = set.ParseFS(source, "templates/*.html"); err != nil {
				return nil, fmt.Errorf("parsing the templates for language %s: %w", lang, err)
			}
		}
		out[lang] = set
	}
	return out, nil
}

func (p pages) write(w io.Writer, d Doc) error {
	set, ok := p[d.Reader.Lang]
	if !ok {
		set = p[Languages()[0]]
	}
	if err := set.ExecuteTemplate(w, d.Template, d); err != nil {
		return fmt.Errorf("showing page %s: %w", d.Template, err)
	}
	return nil
}

// functions are what templates may call. The first argument of t, n and
// field's second are always written out in the template, so that a test can
// look them up.
func functions(c catalogue, assets map[string]string, now func() time.Time) template.FuncMap {
	told, steps := refusalsIn(c.lang)
	return template.FuncMap{
		"t":         func(key string, args ...any) string { return c.say(T(key, args...)) },
		"n":         c.count,
		"clockicon": clockIcon,
		"say":       c.say,
		"told":      told.told,
		"step":      steps.told,
		"helped":    c.helped,
		"setting":   c.setting,
		"deed":      c.deed,
		"asset":     func(name string) string { return assets[name] },
		"short":     func(at time.Time) string { return c.short(at, now()) },
		"moment":    func(at time.Time) string { return c.moment(at, now()) },
		"full":      func(at time.Time) string { return at.Format(c.full) },
		"stamp":     func(at time.Time) string { return at.UTC().Format("2006-01-02T15:04Z") },
		"field":     c.field,
		"labelled": func(f Field, label, help Text) Field {
			f.Label, f.Help = c.say(label), c.say(help)
			return f
		},
		"actions": func(r Reader) []Action { return Actions(r) },
		"words":   strings.Fields,
		"head":    func(label, sort string, sorted, falls bool) Head { return Head{label, sort, sorted, falls} },
		"status":  func(name string) string { return c.known("status."+name, name) },
		"crumb":   func(key, url string) Link { return Link{T(key), url} },
		"notice":  func(level string, text Text) Notice { return Notice{level, text} },
		"plain":   Plain,
		"newer":   func(n int) Text { return Plain(c.count("compose.newer", n)) },
		"known":   func(area, name string) string { return c.known(area+name, name) },
	}
}

// helped says a sentence that explains a name in the language; one that the
// language lacks stays English.
func (c catalogue) helped(sentence string) string { return cmp.Or(c.helps[sentence], sentence) }

// setting explains a setting of the program in the language, or as the program
// does.
func (c catalogue) setting(name, otherwise string) string { return cmp.Or(c.config[name], otherwise) }

// deed says a line of what a rule does in the language: its beginning, for the
// rest are names.
func (c catalogue) deed(line string) string {
	for begins, says := range c.deeds {
		if rest, ok := strings.CutPrefix(line, begins); ok && (rest == "" || strings.HasSuffix(begins, " ")) {
			return says + rest
		}
	}
	return line
}

// A Head is the head of a column of a list that can be sorted.
type Head struct {
	Label, Sort   string
	Sorted, Falls bool
}

// field gives a field its label and help, which are keys of the catalogue.
func (c catalogue) field(f Field, label string, help ...string) Field {
	f.Label = c.say(T(label))
	for _, key := range help {
		f.Help = c.say(T(key))
	}
	return f
}

// known translates a word that may be the desk's own, such as a status of its
// own making, which then stands for itself.
func (c catalogue) known(key, otherwise string) string {
	if text, ok := c.text(key); ok {
		return text
	}
	return otherwise
}

// clockIcon is the shape that tells how a clock stands.
func clockIcon(state string) string {
	switch state {
	case "late", "missed":
		return "warn"
	case "met":
		return "check"
	case "paused":
		return "stop"
	}
	return "clock"
}
