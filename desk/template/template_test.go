package template_test

import (
	"errors"
	"strings"
	"testing"

	"gatehouse/desk/template"
)

func TestRender(t *testing.T) {
	values := map[string]string{"ticket.subject": "Toner", "ticket.id": "#42", "message.text": "Shake it.\nTwice. \n", "actor.name": "Ann"}
	for _, tt := range []struct{ why, text, want string }{
		{"text as it stands", "Hello\n\n\nthere", "Hello\n\n\nthere"},
		{"fields", "{{ticket.id}}: {{ ticket.subject }}", "#42: Toner"},
		{"two brackets", `\{{ticket.id}} is {{ticket.id}}`, "{{ticket.id}} is #42"},
		{"an empty field leaves its line out", "{{actor.name}}\nDue: {{ticket.due}}\n{{ticket.id}}", "Ann\n#42"},
		{"and the paragraph", "{{actor.name}}\n\n{{ticket.due}}\n\n{{ticket.id}}", "Ann\n\n#42"},
		{"but not a line that has another one", "{{ticket.due}}{{ticket.id}}", "#42"},
		{"filters", "{{ticket.subject | upper}} {{message.text|line | cut 9}} {{ticket.owner | default \"nobody\"}}", "TONER Shake it.… nobody"},
		{"quoted", "{{message.text | quote}}", "> Shake it.\n> Twice."},
		{"the first lines", "{{message.text | lines 1}}", "Shake it."},
		{"blank lines of what was written stay", "{{message.text}}", "Shake it.\nTwice."},
		{"a value is not a template", "{{reader.name}}", "{{ticket.id}}"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			tpl, err := template.Parse(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			values["reader.name"] = "{{ticket.id}}"
			if got := tpl.Render(values); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestWhatIsWrong(t *testing.T) {
	for _, tt := range []struct {
		why, text    string
		line, column int
		says         string
	}{
		{"a field with a slip", "Hello\nabout {{ticket.subjct}}", 2, 9, "did you mean ticket.subject?"},
		{"a field like no other", "{{zzzzzzzzzzzz}}", 1, 3, "there are ticket.id"},
		{"a call", "{{ticket.subject()}}", 1, 3, "did you mean ticket.subject?"},
		{"no end", "{{ticket.id", 1, 1, "without }}"},
		{"no field", "{{}}", 1, 3, "a field was expected"},
		{"a filter with a slip", "{{ticket.id | uper}}", 1, 3, "did you mean upper?"},
		{"a filter without its number", "{{ticket.id | cut}}", 1, 3, "takes a number"},
		{"a filter with too much", "{{ticket.id | upper 3}}", 1, 3, "takes nothing"},
		{"a text without quotes", "{{ticket.id | default x}}", 1, 3, "in quotes"},
		{"too many fields", strings.Repeat("{{ticket.id}}", 201), 1, 1, "more than 200"},
		{"too long", strings.Repeat("x", template.MaxSize+1), 1, 1, "longer than"},
		{"no text", "\xff", 1, 1, "not valid"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			_, err := template.Parse(tt.text)
			var e *template.Error
			if !errors.As(err, &e) || e.Line != tt.line || e.Column != tt.column || !strings.Contains(e.Text, tt.says) {
				t.Errorf("got %v, want line %d, column %d, %q", err, tt.line, tt.column, tt.says)
			}
		})
	}
}

func TestRenderIsBounded(t *testing.T) {
	tpl, err := template.Parse(strings.Repeat("{{message.text}}\n", 200))
	if err != nil {
		t.Fatal(err)
	}
	if got := tpl.Render(map[string]string{"message.text": strings.Repeat("x", 1<<20)}); len(got) > 2<<20 {
		t.Errorf("got %d bytes", len(got))
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"{{ticket.id | cut 3}}", "\\{{", "{{{{}}", "a\r\n{{message.text|quote|lines 2}}\n", `{{why | default "}"}}`} {
		f.Add(text, "x\ny")
	}
	f.Fuzz(func(t *testing.T, text, value string) {
		tpl, err := template.Parse(text)
		var e *template.Error
		if err != nil {
			if !errors.As(err, &e) || e.Line < 1 || e.Column < 1 || e.Text == "" {
				t.Fatalf("got %#v", err)
			}
			return
		}
		values := map[string]string{}
		for _, name := range tpl.Names() {
			values[name] = value
		}
		tpl.Render(values)
	})
}

// TestReplyFields: reply templates have fields of their own, and none of what
// only letters have.
func TestReplyFields(t *testing.T) {
	tpl, err := template.ParseReply("Hello {{contact.first | default \"there\"}}, {{me.name}}")
	if err != nil {
		t.Fatal(err)
	}
	if got := tpl.Render(map[string]string{"me.name": "Ann"}); got != "Hello there, Ann" {
		t.Errorf("got %q", got)
	}
	for text, want := range map[string]string{"{{message.text}}": "there is no field message.text", "{{contact.nme}}": "did you mean contact.name?"} {
		if _, err := template.ParseReply(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", text, err, want)
		}
	}
	if _, err := template.Parse("{{contact.name}}"); err == nil {
		t.Error("a letter takes a field of reply templates")
	}
}
