package main_test

import (
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// checkLinks returns the links of Markdown files that lead to no file of the
// tree, or to no heading of that file. Links to other hosts are not followed.
func checkLinks(fsys fs.FS) ([]fault, error) {
	var faults []fault
	err := walk(fsys, func(name string, content []byte) error {
		if path.Ext(name) != ".md" {
			return nil
		}
		for _, target := range links(string(content)) {
			if what := brokenLink(fsys, name, target); what != "" {
				faults = append(faults, fault{"link", name, name, what})
			}
		}
		return nil
	})
	return faults, err
}

var (
	codeBlock = regexp.MustCompile("(?ms)^ *```.*?^ *```|`[^`\n]*`")
	link      = regexp.MustCompile(`\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)`)
	heading   = regexp.MustCompile(`(?m)^#+ +(.*)$`)
)

// links returns where the links of a Markdown text lead, those in code apart.
func links(text string) []string {
	var targets []string
	for _, m := range link.FindAllStringSubmatch(codeBlock.ReplaceAllString(text, ""), -1) {
		targets = append(targets, m[1])
	}
	return targets
}

// brokenLink says what is wrong with a link in the named file, or nothing.
func brokenLink(fsys fs.FS, from, target string) string {
	u, err := url.Parse(target)
	if err != nil {
		return fmt.Sprintf("the link %s is no address: %v", target, err)
	}
	if u.Scheme != "" || u.Host != "" {
		return ""
	}
	file := from
	if u.Path != "" {
		file = path.Join(path.Dir(from), u.Path)
	}
	content, err := fs.ReadFile(fsys, file)
	if info, statErr := fs.Stat(fsys, file); statErr == nil && info.IsDir() {
		return ""
	}
	if err != nil {
		return fmt.Sprintf("the link %s leads to no file", target)
	}
	if u.Fragment != "" && path.Ext(file) == ".md" && !slices.Contains(anchors(string(content)), u.Fragment) {
		return fmt.Sprintf("the link %s leads to no heading", target)
	}
	return ""
}

// anchors returns the names that the headings of a Markdown text are linked by:
// in lower case, blanks as hyphens, without other signs.
func anchors(text string) []string {
	var all []string
	for _, m := range heading.FindAllStringSubmatch(text, -1) {
		all = append(all, strings.Map(func(r rune) rune {
			switch {
			case r == ' ' || r == '-':
				return '-'
			case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_':
				return unicode.ToLower(r)
			}
			return -1
		}, m[1]))
	}
	return all
}

// oneMachine finds what is true on one machine only: paths of a work place, and
// the addresses of package registries and their mirrors.
var oneMachine = regexp.MustCompile(`(^|[\s"'` + "`" + `(=:>])/(work|root|tmp/bash_jobs)/` +
	`|(proxy|sum)\.golang\.org|registry\.(npmjs|yarnpkg)\.(org|com)|(deb|ftp|security)\.debian\.org|pypi\.org`)

// checkPlaces returns the text files that speak of one machine.
func checkPlaces(fsys fs.FS, places *regexp.Regexp) ([]fault, error) {
	var faults []fault
	err := walk(fsys, func(name string, content []byte) error {
		if strings.Contains(string(content), "\x00") || strings.Contains(name, ".min.") {
			return nil
		}
		for i, line := range strings.Split(string(content), "\n") {
			if found := places.FindString(line); found != "" {
				faults = append(faults, fault{"place", name, fmt.Sprintf("%s:%d", name, i+1), fmt.Sprintf("%q is of one machine", found)})
			}
		}
		return nil
	})
	return faults, err
}

// decisions is where decision records are, docs/decisions/0001-title.md.
const decisions = "docs/decisions"

var decisionName = regexp.MustCompile(`^([0-9]{4})-[a-z0-9-]+\.md$`)

// checkDecisions returns the decision records with a wrong name, a number that
// another one has, or without one of the headings.
func checkDecisions(fsys fs.FS) ([]fault, error) {
	entries, err := fs.ReadDir(fsys, decisions)
	if err != nil {
		return nil, err
	}
	var faults []fault
	numbers := map[string]string{}
	for _, e := range entries {
		name := decisions + "/" + e.Name()
		m := decisionName.FindStringSubmatch(e.Name())
		if m == nil {
			faults = append(faults, fault{"decision", name, name, "its name should be like 0001-short-title.md"})
			continue
		}
		if other, taken := numbers[m[1]]; taken {
			faults = append(faults, fault{"decision", name, name, "its number is that of " + other})
		}
		numbers[m[1]] = name
		content, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		for _, part := range []string{"Question", "Decision", "Why", "Gave up"} {
			if !strings.Contains(string(content), "\n## "+part+"\n") {
				faults = append(faults, fault{"decision", name, name, "it has no heading " + part})
			}
		}
	}
	return faults, nil
}

var (
	tableRow = regexp.MustCompile(`(?m)^\| ([^|]*) \| ([^|]*) \|`)
	quoted   = regexp.MustCompile("`([^`]*)`")
)

// checkMapTable compares the table of packages in ARCHITECTURE.md, whose first
// column names packages and whose second what they may import, with the import
// map and the packages that there are.
func checkMapTable(text string, packages []string) []fault {
	const where = "ARCHITECTURE.md"
	var faults []fault
	shown := map[string]string{}
	for _, row := range tableRow.FindAllStringSubmatch(text, -1) {
		for _, pkg := range codeWords(row[1]) {
			shown[pkg] = strings.Join(codeWords(row[2]), " ")
			if strings.TrimSpace(row[2]) == "all" {
				shown[pkg] = everything
			}
		}
	}
	for _, pkg := range packages {
		got, ok := shown[pkg]
		switch {
		case !ok:
			faults = append(faults, fault{"architecture", pkg, where, pkg + " is not in the table of packages"})
		case got != importMap[pkg]:
			faults = append(faults, fault{"architecture", pkg, where,
				fmt.Sprintf("the table says that %s may import %q, the import map %q", pkg, got, importMap[pkg])})
		}
	}
	for pkg := range shown {
		if !slices.Contains(packages, pkg) {
			faults = append(faults, fault{"architecture", pkg, where, "the table has " + pkg + ", which does not exist"})
		}
	}
	return faults
}

var testName = regexp.MustCompile("`((?:Test|Fuzz|Benchmark)[A-Z][A-Za-z0-9]*)`")

// checkTestNames returns the tests that a text speaks of and that the tree does
// not have.
func checkTestNames(tr *tree, where, text string) []fault {
	var faults []fault
	for _, m := range testName.FindAllStringSubmatch(text, -1) {
		named := func(fn function) bool { return fn.decl.Name.Name == m[1] }
		if !slices.ContainsFunc(tr.functions(), named) {
			faults = append(faults, fault{"test", m[1], where, "there is no test " + m[1]})
		}
	}
	return faults
}

// section returns what stands under a heading of the second level.
func section(text, title string) string {
	_, rest, _ := strings.Cut(text, "\n## "+title+"\n")
	body, _, _ := strings.Cut(rest, "\n## ")
	return body
}

// codeWords returns the words of a table cell that are set as code.
func codeWords(cell string) []string {
	var all []string
	for _, m := range quoted.FindAllStringSubmatch(cell, -1) {
		all = append(all, strings.Fields(m[1])...)
	}
	return all
}

// directories returns those with Go files of ours, tests apart, without the
// root.
func (tr *tree) directories() []string {
	var all []string
	for _, f := range tr.files {
		if !f.test && f.dir != "." && !slices.Contains(all, f.dir) {
			all = append(all, f.dir)
		}
	}
	return all
}

func mustRead(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestDocuments(t *testing.T) {
	for _, name := range []string{"README.md", "ARCHITECTURE.md", "CHANGELOG.md", "LICENSE", "docs/glossary.md"} {
		if strings.TrimSpace(mustRead(t, name)) == "" {
			t.Errorf("%s is empty", name)
		}
	}
}

func TestLinks(t *testing.T) {
	faults, err := checkLinks(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	wantNone(t, faults)
}

func TestPlaces(t *testing.T) {
	places := oneMachine
	for _, proxy := range strings.FieldsFunc(os.Getenv("GOPROXY"), func(r rune) bool { return r == ',' || r == '|' }) {
		if u, err := url.Parse(proxy); err == nil && u.Host != "" {
			places = regexp.MustCompile(places.String() + "|" + regexp.QuoteMeta(u.Host))
		}
	}
	faults, err := checkPlaces(os.DirFS("."), places)
	if err != nil {
		t.Fatal(err)
	}
	wantNone(t, faults)
}

func TestDecisions(t *testing.T) {
	faults, err := checkDecisions(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	wantNone(t, faults)
	for _, e := range exceptions {
		mustRead(t, decisions+"/"+e.record)
	}
}

func TestArchitectureShowsTheImportMap(t *testing.T) {
	wantNone(t, checkMapTable(section(mustRead(t, "ARCHITECTURE.md"), "Packages"), wholeTree(t).directories()))
}

func TestArchitectureNamesTests(t *testing.T) {
	wantNone(t, checkTestNames(wholeTree(t), "ARCHITECTURE.md", mustRead(t, "ARCHITECTURE.md")))
}

// TestPromisesAreTested: each of the promises has a line in its order, with
// tests that break things, and every test that a page of docs speaks of is
// there.
func TestPromisesAreTested(t *testing.T) {
	n := 0
	for line := range strings.Lines(section(mustRead(t, "docs/reliability.md"), "The promises")) {
		cells := strings.Split(line, "|")
		if len(cells) != 5 || strings.Contains(line, "---") || strings.TrimSpace(cells[1]) == "" {
			continue
		}
		if n++; strings.TrimSpace(cells[1]) != strconv.Itoa(n) || !testName.MatchString(cells[3]) {
			t.Errorf("promise %d has the line %s", n, line)
		}
	}
	if n != 11 {
		t.Errorf("there are %d promises, want 11", n)
	}
	pages, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		wantNone(t, checkTestNames(wholeTree(t), page, mustRead(t, page)))
	}
}

// TestReadmeCommands runs the first of the README's two commands, as far as its
// help. The second is what runs this test, so here it must only be there.
func TestReadmeCommands(t *testing.T) {
	readme := mustRead(t, "README.md")
	for _, command := range []string{"go run . demo", "make check"} {
		if !strings.Contains(readme, command) {
			t.Errorf("README.md does not name the command %s", command)
		}
	}
	if out, err := exec.Command("go", "run", ".", "demo", "--help").CombinedOutput(); err != nil {
		t.Errorf("go run . demo --help: %v\n%s", err, out)
	}
	if !strings.Contains(mustRead(t, "Makefile"), "\ncheck:") {
		t.Error("the Makefile has no target check")
	}
	if !strings.Contains(mustRead(t, ".ci/run"), "\nmake check\n") {
		t.Error(".ci/run does not run make check")
	}
	if info, err := os.Stat(".ci/run"); err != nil || info.Mode()&0o100 == 0 {
		t.Errorf(".ci/run cannot be run: %v", err)
	}
}

func TestCheckLinks(t *testing.T) {
	faults, err := checkLinks(smallFS(
		"README.md", "# Up\n[a](docs/a.md#part-two) [b](docs/) [c](#up) [d](https://example.org/x) `[e](none.md)`\n```\n[f](none.md)\n```\n",
		"docs/a.md", "# A\n## Part two!\n[up](../README.md)\n",
		"docs/lost.md", "[x](a.txt)\n",
		"docs/stale.md", "[x](a.md \"title\") [y](a.md#part-three)\n",
	))
	if err != nil {
		t.Fatal(err)
	}
	wantThings(t, faults, "docs/lost.md", "docs/stale.md")
}

func TestCheckPlaces(t *testing.T) {
	faults, err := checkPlaces(smallFS(
		"a.md", "See \"/"+"work/a\".\n",
		"b.md", "In the home of /"+"root/x\n",
		"c.md", "Get it from registry."+"npmjs.org.\n",
		"d.md", "The path site/work/a, and /network/ too.\n",
		"e.png", "\x00 /"+"work/a",
	), oneMachine)
	if err != nil {
		t.Fatal(err)
	}
	wantThings(t, faults, "a.md", "b.md", "c.md")
}

func TestCheckDecisions(t *testing.T) {
	const whole = "# 1. A\n\n## Question\n\n## Decision\n\n## Why\n\n## Gave up\n"
	faults, err := checkDecisions(smallFS(
		decisions+"/0001-a.md", whole,
		decisions+"/0001-b.md", whole,
		decisions+"/0002-c.md", strings.Replace(whole, "Why", "Because", 1),
		decisions+"/notes.md", whole,
	))
	if err != nil {
		t.Fatal(err)
	}
	wantThings(t, faults, decisions+"/0001-b.md", decisions+"/0002-c.md", decisions+"/notes.md")
}

func TestCheckMapTable(t *testing.T) {
	text := "| package | may import | is |\n| --- | --- | --- |\n" +
		"| `desk` | – | words |\n| `bench` | – | is gone |\n| `jobs` `notify` | `desk service` | one of them wrong |\n| `web` | `desk` | pages |\n| `cli` | all | joins |\n"
	faults := checkMapTable(text, []string{"desk", "jobs", "notify", "web", "cli", "store"})
	wantThings(t, faults, "notify", "web", "store", "bench")
}

func TestCheckTestNames(t *testing.T) {
	tr := smallTree(t, "desk/a_test.go", "package desk\nfunc TestHere() {}\n")
	wantThings(t, checkTestNames(tr, "a.md", "Kept by `TestHere` and `TestGone`, not by `Testing`."), "TestGone")
}

func TestSection(t *testing.T) {
	const text = "# A\n\n## One\nfirst\n\n## Two\nsecond\n"
	if got := section(text, "One"); got != "first\n" {
		t.Errorf("got %q, want the text between the headings", got)
	}
	if got := section(text, "Three"); got != "" {
		t.Errorf("got %q for a heading that is not there", got)
	}
}
