package web_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// measures is what a script would ask for the size or the colours of the window.
var measures = regexp.MustCompile(`matchMedia|inner(Width|Height)|outerWidth|client(Width|Height)|offset(Width|Height)|scrollWidth|getBoundingClientRect|ResizeObserver|screen\.|"resize"`)

// TestNoScriptAsksForTheLook keeps the look of a page to its style: then a page
// is the same whether it was opened in a look or is put into it later, which is
// how package webtest looks at pages.
func TestNoScriptAsksForTheLook(t *testing.T) {
	files, err := filepath.Glob("assets/js/*.js")
	if err != nil || len(files) < 10 {
		t.Fatalf("found %d scripts: %v", len(files), err)
	}
	for _, file := range append(files, "assets/device.js") {
		script, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if found := measures.Find(script); found != nil {
			t.Errorf("%s asks for the look with %s", file, found)
		}
	}
}
