package main_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// The tests of this directory read the whole tree and check what a reviewer
// would otherwise have to remember: who imports whom (imports_test.go), how
// large and how deep code may be (budgets_test.go), what is written down about
// it (docs_test.go). Each check is a function from a tree to its faults, and is
// itself tested on a small bad tree.

// A goFile is one Go source file.
type goFile struct {
	path      string // from the root, with slashes
	dir       string // "." for the root
	test      bool
	generated bool
	lines     int
	syntax    *ast.File
}

// isTest reports whether only tests run the file.
func (f goFile) isTest() bool { return f.test || slices.Contains(forTests, f.dir) }

// A tree is all Go files of the program: neither those of the module tools/,
// nor what is under testdata, vendor or node_modules.
type tree struct {
	fset  *token.FileSet
	files []goFile
}

// A fault is one place that breaks a rule.
type fault struct {
	rule  string // a word, for the list of exceptions
	thing string // what breaks it: a package, a file, a function
	at    string
	what  string
}

func (f fault) String() string { return fmt.Sprintf("%s: %s (%s)", f.at, f.what, f.rule) }

func (tr *tree) at(n ast.Node) string {
	p := tr.fset.Position(n.Pos())
	return fmt.Sprintf("%s:%d", p.Filename, p.Line)
}

// readTree parses the Go files of a program.
func readTree(fsys fs.FS) (*tree, error) {
	tr := &tree{fset: token.NewFileSet()}
	err := walk(fsys, func(name string, src []byte) error {
		dir := path.Dir(name)
		if path.Ext(name) != ".go" || dir == "tools" || strings.HasPrefix(dir, "tools/") {
			return nil
		}
		syntax, err := parser.ParseFile(tr.fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		tr.files = append(tr.files, goFile{
			path:      name,
			dir:       dir,
			test:      strings.HasSuffix(name, "_test.go"),
			generated: ast.IsGenerated(syntax),
			lines:     bytes.Count(src, []byte("\n")),
			syntax:    syntax,
		})
		return nil
	})
	return tr, err
}

// walk calls visit with every file that is ours: not those that git or npm keep
// here, that are made by running the program, or that are data for tests.
func walk(fsys fs.FS, visit func(name string, content []byte) error) error {
	foreign := []string{".git", ".cache", "bin", "gatehouse-data", "node_modules", "testdata", "vendor"}
	return fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains(foreign, d.Name()):
			return fs.SkipDir
		case !d.Type().IsRegular():
			return nil
		}
		content, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		return visit(name, content)
	})
}

// wholeTree is the tree of this program.
func wholeTree(t *testing.T) *tree {
	t.Helper()
	tr, err := readTree(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// smallTree makes a tree of the files given as name and content in turns.
func smallTree(t *testing.T, files ...string) *tree {
	t.Helper()
	tr, err := readTree(smallFS(files...))
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func smallFS(files ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for pair := range slices.Chunk(files, 2) {
		fsys[pair[0]] = &fstest.MapFile{Data: []byte(pair[1])}
	}
	return fsys
}

// wantNone reports every fault.
func wantNone(t *testing.T, faults []fault) {
	t.Helper()
	for _, f := range faults {
		t.Error(f)
	}
}

// wantThings checks that exactly these things were found faulty.
func wantThings(t *testing.T, faults []fault, want ...string) {
	t.Helper()
	got := []string{}
	for _, f := range faults {
		got = append(got, f.thing)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got faults in %q, want them in %q; the faults: %v", got, want, faults)
	}
}

func TestTreeLeavesOutWhatIsNotOurs(t *testing.T) {
	tr := smallTree(t,
		"desk/desk.go", "package desk\n",
		"tools/a.go", "package tools\n",
		"store/testdata/a.go", "this does not parse",
		"web/node_modules/flatted/a.go", "nor does this",
	)
	if len(tr.files) != 1 || tr.files[0].dir != "desk" {
		t.Errorf("got %v, want desk/desk.go only", tr.files)
	}
}
