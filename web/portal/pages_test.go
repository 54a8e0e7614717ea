package portal_test

import (
	"strings"
	"testing"

	"gatehouse/web/portal"
	"gatehouse/web/webtest"
)

// TestPages shows every page of the package with realistic data.
func TestPages(t *testing.T) {
	webtest.Execute(t, reader(), samples(), portal.Templates)
}

// TestPagesInChromium looks at them with a browser.
func TestPagesInChromium(t *testing.T) {
	b := webtest.Open(t, webtest.Serve(t, reader(), samples(), portal.Templates))
	webtest.CheckAll(t, b, samples())
}

// TestReadersGetNoForm keeps the reply form from who may only read.
func TestReadersGetNoForm(t *testing.T) {
	server := webtest.Serve(t, reader(), samples(), portal.Templates)
	for _, tt := range []struct {
		page string
		want bool
	}{{"/portal-ticket", true}, {"/portal-readonly", false}} {
		if got := strings.Contains(webtest.HTML(t, server, tt.page), `name="text"`); got != tt.want {
			t.Errorf("%s has a reply form: %v, want %v", tt.page, got, tt.want)
		}
	}
}
