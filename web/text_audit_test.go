package web

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// written is how the service names an action of the audit log.
var written = regexp.MustCompile(`(?:change\{|Action: )"([a-z]+\.[a-z]+)"`)

// TestEveryActionHasWords: whatever the service writes into the audit log is
// said in words, and its kind can be looked for.
func TestEveryActionHasWords(t *testing.T) {
	texts := all(t, Languages()[0])
	files, err := filepath.Glob("../service/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("there is no service to read", err)
	}
	found := 0
	for _, file := range append(files, "../store/facts.go") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, m := range written.FindAllStringSubmatch(string(data), -1) {
			found++
			if _, ok := texts["audit."+m[1]]; !ok {
				t.Errorf("%s writes %s into the audit log, which has no words", filepath.Base(file), m[1])
			}
			kind, _, _ := strings.Cut(m[1], ".")
			if _, ok := texts["audit.kind."+kind]; !ok {
				t.Errorf("the kind of %s has no words", m[1])
			}
		}
	}
	if found < 30 {
		t.Errorf("found %d actions; the pattern fits no longer", found)
	}
}
