package admin_test

import (
	"testing"

	"gatehouse/web/admin"
	"gatehouse/web/webtest"
)

// TestPages shows every page of the package with realistic data.
func TestPages(t *testing.T) {
	webtest.Execute(t, reader(), samples(), admin.Templates)
}

// TestPagesInChromium looks at them with a browser.
func TestPagesInChromium(t *testing.T) {
	b := webtest.Open(t, webtest.Serve(t, reader(), samples(), admin.Templates))
	webtest.CheckAll(t, b, samples())
}
