// Slowest reads what `go test -json` writes, says what `go test` would say
// without -json, and at the end which packages and which tests took longest. It
// is for make check, whose pipe fails where the tests do.
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"
)

// An event is a line of test2json.
type event struct {
	Action, Package, Test, Output string
	Elapsed                       float64 // seconds
}

// A took is what somebody waited for.
type took struct {
	name string
	long time.Duration
}

// A report holds what was read so far.
type report struct {
	out      io.Writer
	said     map[string]map[string]*strings.Builder // by package and test, of those that did not end yet
	packages []took
	tests    []took
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "slowest:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer) error {
	r := &report{out: out, said: map[string]map[string]*strings.Builder{}}
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			r.read(line)
		}
		if err == io.EOF {
			r.slowest("packages", r.packages)
			r.slowest("tests", r.tests)
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// read takes a line in; one that is no event is passed on.
func (r *report) read(line string) {
	var e event
	if json.Unmarshal([]byte(line), &e) != nil {
		fmt.Fprint(r.out, line)
		return
	}
	switch e.Action {
	case "output":
		r.output(e)
	case "build-output":
		fmt.Fprint(r.out, e.Output)
	case "pass", "skip", "fail":
		r.ended(e)
	}
}

// output prints what a package says and keeps what a test says.
func (r *report) output(e event) {
	if e.Test == "" {
		if e.Output != "PASS\n" {
			fmt.Fprint(r.out, e.Output)
		}
		return
	}
	if r.said[e.Package] == nil {
		r.said[e.Package] = map[string]*strings.Builder{}
	}
	if r.said[e.Package][e.Test] == nil {
		r.said[e.Package][e.Test] = &strings.Builder{}
	}
	r.said[e.Package][e.Test].WriteString(e.Output)
}

// ended prints what a test said that failed, and with a package that failed
// what those said that never ended.
func (r *report) ended(e event) {
	long := time.Duration(e.Elapsed * float64(time.Second))
	if e.Test == "" {
		for _, test := range slices.Sorted(maps.Keys(r.said[e.Package])) {
			r.print(e.Action, e.Package, test)
		}
		r.packages = append(r.packages, took{e.Package, long})
		return
	}
	r.print(e.Action, e.Package, e.Test)
	if !strings.Contains(e.Test, "/") {
		r.tests = append(r.tests, took{e.Package + " " + e.Test, long})
	}
}

func (r *report) print(action, pkg, test string) {
	if said := r.said[pkg][test]; said != nil && action == "fail" {
		fmt.Fprint(r.out, said)
	}
	delete(r.said[pkg], test)
}

// slowest prints the ten that took longest.
func (r *report) slowest(what string, list []took) {
	slices.SortStableFunc(list, func(a, b took) int { return cmp.Compare(b.long, a.long) })
	fmt.Fprintf(r.out, "== the slowest %s\n", what)
	for _, t := range list[:min(10, len(list))] {
		fmt.Fprintf(r.out, "%8.1fs  %s\n", t.long.Seconds(), t.name)
	}
}
