package main_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What one reader can hold in mind. Tests keep to it too.
const (
	maxFunctionLines = 70
	maxFileLines     = 600
	maxNesting       = 3
	maxParameters    = 5
)

// Test lines, in hundredths of all lines of Go.
const (
	minTestShare = 35
	maxTestShare = 60
)

// exceptions are the things that may break a rule, each for the reasons in its
// decision record.
var exceptions = []struct{ rule, thing, record string }{}

// withoutExceptions returns the faults that nobody has excused.
func withoutExceptions(faults []fault) []fault {
	return slices.DeleteFunc(faults, func(f fault) bool {
		for _, e := range exceptions {
			if e.rule == f.rule && e.thing == f.thing {
				return true
			}
		}
		return false
	})
}

// A function is a declared function with its name as a reader says it.
type function struct {
	file goFile
	decl *ast.FuncDecl
	name string // store.Tx.LockTicket
}

func (tr *tree) functions() []function {
	var all []function
	for _, f := range tr.files {
		if f.generated {
			continue
		}
		for _, d := range f.syntax.Decls {
			if d, ok := d.(*ast.FuncDecl); ok {
				all = append(all, function{f, d, functionName(f, d)})
			}
		}
	}
	return all
}

func functionName(f goFile, d *ast.FuncDecl) string {
	name := d.Name.Name
	if receiver := receiverName(d); receiver != "" {
		name = receiver + "." + name
	}
	if f.dir == "." {
		return "main." + name
	}
	return f.dir + "." + name
}

// receiverName returns the name of the receiver's type, or "".
func receiverName(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return ""
	}
	e := d.Recv.List[0].Type
	for {
		switch t := e.(type) {
		case *ast.StarExpr:
			e = t.X
		case *ast.IndexExpr:
			e = t.X
		case *ast.IndexListExpr:
			e = t.X
		case *ast.Ident:
			return t.Name
		default:
			return "?"
		}
	}
}

// checkSizes returns the functions and files that are too long, too deep or
// take too much, and the init functions.
func checkSizes(tr *tree) []fault {
	var faults []fault
	for _, f := range tr.files {
		if f.lines > maxFileLines && !f.generated {
			faults = append(faults, fault{"file", f.path, f.path, fmt.Sprintf("%d lines, at most %d", f.lines, maxFileLines)})
		}
	}
	for _, fn := range tr.functions() {
		at := tr.at(fn.decl)
		first, last := tr.fset.Position(fn.decl.Type.Pos()), tr.fset.Position(fn.decl.End())
		if n := last.Line - first.Line + 1; n > maxFunctionLines {
			faults = append(faults, fault{"length", fn.name, at, fmt.Sprintf("%s has %d lines, at most %d", fn.name, n, maxFunctionLines)})
		}
		if n := mostParameters(fn.decl); n > maxParameters {
			faults = append(faults, fault{"parameters", fn.name, at, fmt.Sprintf("%s takes %d parameters, at most %d", fn.name, n, maxParameters)})
		}
		if n, deepest := nesting(fn.decl, fn.file.isTest()); n > maxNesting {
			faults = append(faults, fault{"nesting", fn.name, tr.at(deepest), fmt.Sprintf("%s nests %d deep, at most %d", fn.name, n, maxNesting)})
		}
		if fn.decl.Recv == nil && fn.decl.Name.Name == "init" {
			faults = append(faults, fault{"init", fn.name, at, "nothing runs before main"})
		}
	}
	return faults
}

// mostParameters counts the parameters of the function, or of the function
// literal inside it that has more.
func mostParameters(d *ast.FuncDecl) int {
	most := 0
	ast.Inspect(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			most = max(most, n.Type.Params.NumFields())
		case *ast.FuncLit:
			most = max(most, n.Type.Params.NumFields())
		}
		return true
	})
	return most
}

// nesting returns how deep the blocks of a function stand in each other, and
// the deepest. The bodies of if, else, for, switch, select and function
// literals count one each. An else-if stands as deep as its if, and a case
// clause as deep as its switch. In tests a function literal stands as deep as
// where it is written: rows in a loop, each a subtest with a transaction, are
// three literals without a decision.
func nesting(d *ast.FuncDecl, test bool) (int, ast.Node) {
	deepest := depth{node: d}
	if d.Body != nil {
		ast.Walk(nester{0, test, &deepest}, d.Body)
	}
	return deepest.n, deepest.node
}

type depth struct {
	n    int
	node ast.Node
}

type nester struct {
	n       int
	test    bool
	deepest *depth
}

func (v nester) Visit(n ast.Node) ast.Visitor {
	switch n := n.(type) {
	case *ast.IfStmt:
		v.parts(n.Init, n.Cond)
		v.body(n.Body)
		if block, ok := n.Else.(*ast.BlockStmt); ok {
			v.body(block)
		} else {
			v.parts(n.Else)
		}
	case *ast.ForStmt:
		v.parts(n.Init, n.Cond, n.Post)
		v.body(n.Body)
	case *ast.RangeStmt:
		v.parts(n.X)
		v.body(n.Body)
	case *ast.SwitchStmt:
		v.parts(n.Init, n.Tag)
		v.body(n.Body)
	case *ast.TypeSwitchStmt:
		v.parts(n.Init, n.Assign)
		v.body(n.Body)
	case *ast.SelectStmt:
		v.body(n.Body)
	case *ast.FuncLit:
		if v.test {
			return v
		}
		v.body(n.Body)
	default:
		return v
	}
	return nil
}

// parts walks what stands beside a body. Absent parts are nil.
func (v nester) parts(nodes ...ast.Node) {
	for _, n := range nodes {
		if n != nil {
			ast.Walk(v, n)
		}
	}
}

func (v nester) body(b *ast.BlockStmt) {
	inner := nester{v.n + 1, v.test, v.deepest}
	if inner.n > v.deepest.n {
		*v.deepest = depth{inner.n, b}
	}
	ast.Walk(inner, b)
}

// emptyNames say nothing about what a package or a type is.
var emptyNames = []string{"base", "common", "helper", "helpers", "impl", "manager", "misc", "model", "models", "util", "utils"}

// checkNames returns packages and types whose name is, or ends in, an empty
// one.
func checkNames(tr *tree) []fault {
	var faults []fault
	seen := map[string]bool{}
	for _, f := range tr.files {
		if name := path.Base(f.dir); slices.Contains(emptyNames, name) && !seen[f.dir] {
			seen[f.dir] = true
			faults = append(faults, fault{"name", f.dir, f.path, "the package's name does not say what it is"})
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok && emptyType(spec.Name.Name) {
				faults = append(faults, fault{"name", spec.Name.Name, tr.at(spec), "the type's name does not say what it is"})
			}
			return true
		})
	}
	return faults
}

func emptyType(name string) bool {
	return slices.ContainsFunc(emptyNames, func(empty string) bool {
		return strings.EqualFold(name, empty) || strings.HasSuffix(name, strings.ToUpper(empty[:1])+empty[1:])
	})
}

// checkComments returns the packages without a package comment and the exported
// names without a doc comment. One comment may serve a group of constants or
// variables.
func checkComments(tr *tree) []fault {
	var faults []fault
	documented := map[string]bool{}
	for _, f := range tr.files {
		if f.test {
			continue
		}
		documented[f.dir] = documented[f.dir] || f.syntax.Doc != nil
		for _, d := range f.syntax.Decls {
			for _, name := range undocumented(d) {
				faults = append(faults, fault{"doc", f.dir + "." + name.Name, tr.at(name), name.Name + " is exported and has no comment"})
			}
		}
	}
	for dir, ok := range documented {
		if !ok {
			faults = append(faults, fault{"doc", dir, dir, "the package has no comment"})
		}
	}
	return faults
}

// undocumented returns the exported names of a declaration that no comment
// speaks of.
func undocumented(d ast.Decl) []*ast.Ident {
	switch d := d.(type) {
	case *ast.FuncDecl:
		receiver := receiverName(d)
		if d.Doc == nil && d.Name.IsExported() && (receiver == "" || ast.IsExported(receiver)) {
			return []*ast.Ident{d.Name}
		}
	case *ast.GenDecl:
		if d.Doc == nil {
			return undocumentedSpecs(d)
		}
	}
	return nil
}

func undocumentedSpecs(d *ast.GenDecl) []*ast.Ident {
	var names []*ast.Ident
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Doc == nil && s.Comment == nil {
				names = append(names, s.Name)
			}
		case *ast.ValueSpec:
			if s.Doc == nil && s.Comment == nil {
				names = append(names, s.Names...)
			}
		}
	}
	return slices.DeleteFunc(names, func(n *ast.Ident) bool { return !n.IsExported() })
}

// maySkip are the packages that skip a test where a database or a browser is
// not installed, and fail instead under GATEHOUSE_REQUIRE.
var maySkip = []string{"store/pgtest", "web/webtest"}

// checkTests returns the tests that skip, sleep or were left unfinished, and
// the notes of things to be done.
func checkTests(tr *tree) []fault {
	var faults []fault
	for _, f := range tr.files {
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if rule, what := badInTest(f, n); rule != "" {
				faults = append(faults, fault{rule, f.path, tr.at(n), what})
			}
			return true
		})
		for _, group := range f.syntax.Comments {
			if unfinished(group) {
				faults = append(faults, fault{"unfinished", f.path, tr.at(group), "finish it, or open an issue"})
			}
		}
	}
	return faults
}

// badInTest says which rule a node of a test breaks and how, or nothing.
func badInTest(f goFile, n ast.Node) (rule, what string) {
	call, ok := n.(*ast.SelectorExpr)
	switch {
	case !ok || !f.test && !slices.Contains(forTests, f.dir):
		return "", ""
	case isName(call.X, "time") && call.Sel.Name == "Sleep":
		return "sleep", "wait for the event instead"
	case slices.Contains([]string{"Skip", "Skipf", "SkipNow"}, call.Sel.Name) && !slices.Contains(maySkip, f.dir):
		return "skip", "a skipped test checks nothing"
	}
	return "", ""
}

var unfinishedMark = regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|X` + `XX)\b`)

func unfinished(group *ast.CommentGroup) bool {
	return slices.ContainsFunc(group.List, func(c *ast.Comment) bool { return unfinishedMark.MatchString(c.Text) })
}

var skipLine = regexp.MustCompile(`(?m)^(\[[^]]*\] *)*skip\b.*`)

// checkScripts returns the stories in testdata/script that skip what follows.
func checkScripts(fsys fs.FS) ([]fault, error) {
	stories, err := fs.Glob(fsys, "testdata/script/*")
	if err != nil {
		return nil, err
	}
	var faults []fault
	for _, name := range stories {
		content, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		if found := skipLine.Find(content); found != nil {
			faults = append(faults, fault{"skip", name, name, fmt.Sprintf("%q: a skipped story checks nothing", found)})
		}
	}
	return faults, nil
}

// testShare returns how many of a hundred lines are tests, of Go and of so many
// lines of stories: test files, the packages that only tests import, stories.
func testShare(tr *tree, stories int) int {
	tests, all := stories, stories
	for _, f := range tr.files {
		if f.generated {
			continue
		}
		all += f.lines
		if f.isTest() {
			tests += f.lines
		}
	}
	return 100 * tests / max(all, 1)
}

func TestSizes(t *testing.T)    { wantNone(t, withoutExceptions(checkSizes(wholeTree(t)))) }
func TestNames(t *testing.T)    { wantNone(t, withoutExceptions(checkNames(wholeTree(t)))) }
func TestComments(t *testing.T) { wantNone(t, withoutExceptions(checkComments(wholeTree(t)))) }
func TestTests(t *testing.T)    { wantNone(t, withoutExceptions(checkTests(wholeTree(t)))) }

func TestScripts(t *testing.T) {
	faults, err := checkScripts(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	wantNone(t, faults)
}

func storyLines(t *testing.T) int {
	t.Helper()
	lines := 0
	names, err := filepath.Glob("testdata/script/*.txtar")
	scenarios, _ := filepath.Glob("scenario/testdata/*.yaml") // stories, too
	names = append(names, scenarios...)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		story, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lines += bytes.Count(story, []byte("\n"))
	}
	return lines
}

func TestTestShare(t *testing.T) {
	got := testShare(wholeTree(t), storyLines(t))
	t.Logf("%d of 100 lines are tests", got)
	if got < minTestShare || got > maxTestShare {
		t.Errorf("%d of 100 lines are tests, want %d to %d", got, minTestShare, maxTestShare)
	}
}

func TestCheckSizes(t *testing.T) {
	long := "package desk\nfunc Long() {\n" + strings.Repeat("\t_ = 1\n", 70) + "}\n"
	faults := checkSizes(smallTree(t,
		"desk/long.go", long,
		"desk/full.go", "package desk\n"+strings.Repeat("// a line\n", 600),
		"desk/generated.go", "// Code generated by hand. DO NOT EDIT.\n\n"+long,
		"desk/desk.go", `package desk
func init() {}
func (T[K]) Takes(a, b int, c string, _ ...any) {}
func takesMore(a, b, c, d, e, f int) {}
func literal() { _ = func(a, b, c, d, e, f int) {} }
func flat(x int) {
	if x == 1 {
	} else if x == 2 {
	} else if x == 3 {
	} else if x == 4 {
		for range x { switch { case x > 1: _ = x } }
	}
}
func deep(x int) { for range x { func() { if x == 1 {} else { select {} } }() } }
`))
	wantThings(t, faults, "desk.Long", "desk/full.go", "desk.init", "desk.takesMore", "desk.literal", "desk.deep")
}

func TestCheckNames(t *testing.T) {
	faults := checkNames(smallTree(t,
		"store/util/a.go", "package util\n",
		"store/util/b.go", "package util\n",
		"desk/a.go", "package desk\ntype (\n TicketManager int\n Helper int\n Model int\n Remodel int\n)\n",
	))
	wantThings(t, faults, "store/util", "TicketManager", "Helper", "Model")
}

func TestCheckComments(t *testing.T) {
	faults := checkComments(smallTree(t,
		"access/access.go", "package access\n",
		"access/a_test.go", "// Package access is spoken of in a test only.\npackage access\nfunc Exported() {}\n",
		"desk/desk.go", `// Package desk has a comment.
package desk
const (
	Bare = 1
	Trailing = 2 // has one
	hidden = 3
)
// All of these.
var A, B = 1, 2
type Ticket struct{}
func (Ticket) Answered() {}
func (hiddenType) Answered() {}
type hiddenType struct{}
// Documented is.
func Documented() {}
`))
	wantThings(t, faults, "access", "desk.Bare", "desk.Ticket", "desk.Answered")
}

func TestCheckTests(t *testing.T) {
	faults := checkTests(smallTree(t,
		"desk/desk.go", "package desk\nimport \"time\"\n// TO"+"DO: the rest\nfunc f() { time.Sleep(1) }\n",
		"desk/sleeps_test.go", "package desk\nimport \"time\"\nfunc f() { time.Sleep(1) }\n",
		"desk/skips_test.go", "package desk\nimport \"testing\"\nfunc TestA(t *testing.T) { t.Skip() }\n",
		"store/pgtest/a.go", "package pgtest\nimport \"testing\"\nfunc Start(tb testing.TB) { tb.Skip() }\n",
	))
	wantThings(t, faults, "desk/desk.go", "desk/sleeps_test.go", "desk/skips_test.go")
}

func TestCheckScripts(t *testing.T) {
	faults, err := checkScripts(smallFS(
		"testdata/script/runs.txtar", "exec gatehouse config\n! stdout skip\n# skip nothing\n",
		"testdata/script/stops.txtar", "exec gatehouse config\nskip 'not ready'\n",
		"testdata/script/depends.txtar", "[short] [!exec:psql] skip\nexec gatehouse config\n",
	))
	if err != nil {
		t.Fatal(err)
	}
	wantThings(t, faults, "testdata/script/stops.txtar", "testdata/script/depends.txtar")
}

func TestTestShareCountsLines(t *testing.T) {
	got := testShare(smallTree(t,
		"desk/a.go", "package desk\n\n\n\n\n\n",
		"desk/a_test.go", "package desk\n\n",
		"store/storetest/a.go", "package storetest\n\n",
	), 2)
	if got != 50 {
		t.Errorf("got %d, want 50: 2, 2 and 2 of 12 lines", got)
	}
}

func TestExceptionsAreNeeded(t *testing.T) {
	tr := wholeTree(t)
	all := slices.Concat(checkSizes(tr), checkNames(tr), checkComments(tr), checkTests(tr), checkState(tr))
	for _, e := range exceptions {
		if !slices.ContainsFunc(all, func(f fault) bool { return f.rule == e.rule && f.thing == e.thing }) {
			t.Errorf("%s needs no exception from %s any more", e.thing, e.rule)
		}
	}
}
