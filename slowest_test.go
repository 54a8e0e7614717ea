package main_test

import (
	"os/exec"
	"strings"
	"testing"
)

// TestSlowest runs what make check says its results with: what failed is said
// whole, what passed by its package alone, and what took longest at the end.
func TestSlowest(t *testing.T) {
	const events = `{"Action":"start","Package":"desk"}
{"Action":"output","Package":"desk","Test":"TestA","Output":"=== RUN   TestA\n"}
{"Action":"output","Package":"desk","Test":"TestA/one","Output":"    a_test.go:1: fine\n"}
{"Action":"pass","Package":"desk","Test":"TestA/one","Elapsed":9}
{"Action":"pass","Package":"desk","Test":"TestA","Elapsed":1.5}
{"Action":"output","Package":"desk","Output":"PASS\n"}
{"Action":"output","Package":"desk","Output":"ok  \tdesk\t1.6s\n"}
{"Action":"pass","Package":"desk","Elapsed":1.6}
not of go test
{"ImportPath":"web","Action":"build-output","Output":"web/a.go:1: syntax error\n"}
{"Action":"output","Package":"store","Test":"TestB","Output":"    b_test.go:1: wrong\n"}
{"Action":"fail","Package":"store","Test":"TestB","Elapsed":2.25}
{"Action":"output","Package":"store","Test":"TestC","Output":"panic: C\n"}
{"Action":"output","Package":"store","Output":"FAIL\tstore\t3.0s\n"}
{"Action":"fail","Package":"store","Elapsed":3}
`
	const want = `ok  	desk	1.6s
not of go test
web/a.go:1: syntax error
    b_test.go:1: wrong
FAIL	store	3.0s
panic: C
== the slowest packages
     3.0s  store
     1.6s  desk
== the slowest tests
     2.2s  store TestB
     1.5s  desk TestA
`
	cmd := exec.Command("go", "run", "./slowest")
	cmd.Dir, cmd.Stdin = "tools", strings.NewReader(events)
	got, err := cmd.CombinedOutput()
	if err != nil || string(got) != want {
		t.Errorf("got (%v)\n%s\nwant\n%s", err, got, want)
	}
}
