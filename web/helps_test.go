package web

import (
	"strings"
	"testing"

	"gatehouse/config"
	"gatehouse/service"
)

// TestHelpsInGerman: each sentence that explains a name to who writes a letter
// is said in German. Those of conditions are on a page, and so among what
// TestNoEnglishOnGermanPages sees.
func TestHelpsInGerman(t *testing.T) {
	words := service.WordsOfLetters()
	german, english := catalogues()["de"], catalogues()["en"]
	for _, f := range append(words.Fields, words.Filters...) {
		if german.helped(f.Help) == f.Help {
			t.Errorf("say %q in web/text_de_helps.go", f.Help)
		}
		if got := english.helped(f.Help); got != f.Help {
			t.Errorf("in English %q became %q", f.Help, got)
		}
	}
	for sentence, says := range germanHelps {
		if strings.HasSuffix(sentence, ".") != strings.HasSuffix(says, ".") || strings.TrimSpace(says) == "" {
			t.Errorf("%q became %q", sentence, says)
		}
	}
	if got := german.helped("Nobody knows this."); got != "Nobody knows this." {
		t.Errorf("one that is not known became %q", got)
	}
}

// TestDeedsInGerman: each line of what a rule does begins in German and keeps its
// names; what is no deed stays.
func TestDeedsInGerman(t *testing.T) {
	w := service.WrittenRule{Status: "open", Owner: "ann", Priority: "+1", Move: "Ost", Due: "4", Watch: []string{"cc: bob"}, Unwatch: []string{"cc: eve"},
		OpenIn: "Lager", Approvers: []string{"group:Bosses"}, Notify: []string{"group:Team", "owner"}, Webhook: "https://x.example", Comment: "x"}
	german, english := catalogues()["de"], catalogues()["en"]
	var got []string
	for _, line := range w.Does() {
		if said := english.deed(line); said != line {
			t.Errorf("in English %q became %q", line, said)
		}
		got = append(got, german.deed(line))
	}
	want := "Status setzen: open; geben an ann; Priorität setzen: +1; verschieben nach Ost; fällig in Stunden: 4; eintragen: cc: bob; austragen: cc: eve; " +
		"Ticket eröffnen in Lager; um Genehmigung bitten: group:Bosses; benachrichtigen: group:Team, owner; aufrufen: https://x.example; kommentieren"
	if said := strings.Join(got, "; "); said != want {
		t.Errorf("got %q, want %q", said, want)
	}
	if got := german.deed("comments are read"); got != "comments are read" {
		t.Errorf("what is no deed became %q", got)
	}
}

// TestSettingsInGerman: each setting of the program is explained in German, and
// names the same settings, addresses and values as the program does.
func TestSettingsInGerman(t *testing.T) {
	lines := config.Table()
	german, names := catalogues()["de"], map[string]bool{}
	for _, line := range lines {
		names[line.Name] = true
		says := german.setting(line.Name, line.Help)
		if says == line.Help {
			t.Errorf("say what %s is in web/text_de_config.go", line.Name)
		}
		for _, word := range strings.FieldsFunc(line.Help, func(r rune) bool { return strings.ContainsRune(" ,;:.()", r) }) {
			if (strings.ContainsAny(word, "_@/") || names[word] && strings.Contains(word, "_")) && !strings.Contains(says, word) {
				t.Errorf("%s: the German text does not name %s", line.Name, word)
			}
		}
	}
	for name := range germanConfig {
		if !names[name] {
			t.Errorf("there is no setting %s", name)
		}
	}
	if got := german.setting("nosuch", "As it is."); got != "As it is." {
		t.Errorf("one that is not known became %q", got)
	}
}

// TestHeadsOfPagesFitAPhone: a button beside a heading does not break its line,
// so what stands on it is short in each language.
func TestHeadsOfPagesFitAPhone(t *testing.T) {
	for lang, c := range catalogues() {
		for _, key := range []string{"directory.new.ldap", "directory.new.sql", "directory.new.oidc", "admin.user.new", "admin.grant.new", "rule.new", "life.new", "set.new"} {
			if label, ok := c.text(key); ok && len([]rune(label)) > 34 {
				t.Errorf("%s: %q is too long for 320 pixels", lang, label)
			}
		}
	}
}
