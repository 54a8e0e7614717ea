package main_test

import (
	"fmt"
	"go/ast"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "gatehouse"

// importMap says which packages of ours each package may import. A package that
// is not here may not exist. ARCHITECTURE.md has the same table, and
// TestArchitectureShowsTheImportMap compares them; changing one is a change of
// the architecture and wants a decision record.
var importMap = map[string]string{
	".": "cli",

	"desk":           "",
	"desk/query":     "desk",
	"desk/sla":       "desk",
	"desk/condition": "desk/spelling",
	"desk/template":  "desk/spelling",
	"desk/spelling":  "",
	"access":         "desk",
	"access/oracle":  "desk access",
	"desk/tally":     "desk desk/query",
	"store":          "desk desk/query desk/sla desk/tally trace",
	"passkey":        "desk",
	"service":        "desk desk/query desk/sla desk/tally desk/condition desk/template desk/spelling access passkey store trace",

	"jobs":   "desk service",
	"notify": "desk desk/template service",
	"rules":  "desk service dial",
	"push":   "desk service dial",
	"dial":   "",

	"trace":     "",
	"transfer":  "desk service",
	"directory": "desk service",

	"mail/message": "",
	"mail/in":      "desk service mail/message",
	"mail/out":     "desk service mail/message",

	"web":        "desk service mail/message",
	"web/chart":  "",
	"web/agent":  "desk desk/sla service web web/chart",
	"web/portal": "desk service web",
	"web/admin":  "desk desk/sla service takeout web",
	"api":        "desk desk/sla service ascode takeout",

	"scenario": "desk service notify mail/in mail/message",
	"ascode":   "desk desk/sla desk/template service",
	"takeout":  "desk service",

	"config":       "desk dial",
	"bench":        "desk access access/oracle store service mail/in notify api",
	"bench/casbin": "desk access bench",
	"cli":          everything,

	// Only tests import these.
	"access/worlds":   "desk",
	"store/pgtest":    "",
	"store/s3test":    "",
	"store/storetest": "desk desk/query desk/sla desk/tally store store/pgtest access/worlds",
	"web/webtest":     everything,
	"mail/mailtest":   everything,
}

// everything stands for all packages but those that only tests may import.
const everything = "*"

// forTests are the packages that nothing but a test may import, or another one
// of them.
var forTests = []string{"access/oracle", "access/worlds", "store/pgtest", "store/s3test", "store/storetest", "web/webtest", "mail/mailtest"}

// A test makes a whole desk in memory instead of a mock, so it may import these
// besides what its package may, and forTests.
var testsMayImport = []string{"desk", "desk/query", "desk/sla", "access", "store", "service", "config"}

// foreign says which packages of others only some of ours may import, tests
// apart.
var foreign = []struct{ path, by string }{
	{"database/sql", "store store/storetest directory"},
	{"modernc.org/sqlite", "store directory"},
	{"github.com/jackc/pgx/v5", "store store/pgtest directory"},
	{"github.com/pressly/goose/v3", "store"},
	{"cel.dev/cel-go", "desk/condition"},
	{"github.com/minio/minio-go/v7", "store"},
}

// unfit says what a package must not import, tests apart, however far down the
// map it is.
var unfit = map[string][]string{
	"desk":    {"database/sql", "net/http"},
	"access":  {"os", "io", "net", "net/http", "database/sql"},
	"service": {"html", "html/template", "mime", "mime/multipart", "mime/quotedprintable", "net/http", "encoding/json"},
}

// checkImports returns the imports that the map does not have, and the packages
// that it does not know.
func checkImports(tr *tree) []fault {
	var faults []fault
	for _, f := range tr.files {
		if _, ok := importMap[f.dir]; !ok {
			faults = append(faults, fault{"map", f.dir, f.path, "the import map has no such package"})
			continue
		}
		for _, spec := range f.syntax.Imports {
			if what := badImport(f, importedPath(spec)); what != "" {
				faults = append(faults, fault{"map", f.dir, tr.at(spec), what})
			}
		}
	}
	return faults
}

// badImport says what is wrong with an import, or nothing.
func badImport(f goFile, imported string) string {
	if pkg, ours := strings.CutPrefix(imported, module+"/"); ours {
		if !mayImport(f, pkg) {
			return fmt.Sprintf("%s must not import %s", f.dir, pkg)
		}
		return ""
	}
	if f.test {
		return ""
	}
	if slices.Contains(unfit[f.dir], imported) {
		return fmt.Sprintf("%s must not import %s", f.dir, imported)
	}
	for _, row := range foreign {
		within := imported == row.path || strings.HasPrefix(imported, row.path+"/")
		if within && !slices.Contains(strings.Fields(row.by), f.dir) {
			return fmt.Sprintf("only %s may import %s", row.by, imported)
		}
	}
	return ""
}

// mayImport tells whether the file may import a package of ours.
func mayImport(f goFile, pkg string) bool {
	row := strings.Fields(importMap[f.dir])
	switch {
	case pkg == f.dir && f.test: // the package that an external test tests
		return true
	case slices.Contains(row, pkg):
		return true
	case slices.Contains(forTests, pkg):
		return f.test || f.dir == "web/webtest" || f.dir == "mail/mailtest"
	case slices.Contains(row, everything):
		return true
	}
	return f.test && slices.Contains(testsMayImport, pkg)
}

func importedPath(spec *ast.ImportSpec) string {
	imported, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		panic(err) // it was parsed
	}
	return imported
}

// checkPurity returns the calls of the clock in desk and the goroutines that
// service starts: desk's rules get the time as an argument, and a use case ends
// when its method returns.
func checkPurity(tr *tree) []fault {
	var faults []fault
	for _, f := range tr.files {
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if what := impure(f, n); what != "" {
				faults = append(faults, fault{"purity", f.dir, tr.at(n), what})
			}
			return true
		})
	}
	return faults
}

// impure says what is wrong with a node, or nothing.
func impure(f goFile, n ast.Node) string {
	if f.test {
		return ""
	}
	switch n := n.(type) {
	case *ast.SelectorExpr:
		if f.dir == "desk" && isName(n.X, "time") && n.Sel.Name == "Now" {
			return "desk asks the clock; take the time as an argument"
		}
	case *ast.GoStmt:
		if f.dir == "service" {
			return "service starts a goroutine; leave it to jobs"
		}
	}
	return ""
}

func isName(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}

func TestImports(t *testing.T) { wantNone(t, checkImports(wholeTree(t))) }

func TestDeskAndServiceArePure(t *testing.T) { wantNone(t, checkPurity(wholeTree(t))) }

func TestImportMapNamesOnlyItself(t *testing.T) {
	for _, pkg := range slices.Sorted(maps.Keys(importMap)) {
		for _, imported := range strings.Fields(importMap[pkg]) {
			if _, ok := importMap[imported]; !ok && imported != everything {
				t.Errorf("the row of %s has %s, which has no row", pkg, imported)
			}
		}
	}
}

func TestCheckImports(t *testing.T) {
	for _, tt := range []struct {
		why, file, imports string
		want               bool
	}{
		{"the service uses the store", "service/a.go", "gatehouse/store", true},
		{"nothing points back", "desk/a.go", "gatehouse/service", false},
		{"a page does not reach past the service", "web/agent/a.go", "gatehouse/store", false},
		{"audiences do not know each other", "web/agent/a.go", "gatehouse/web/portal", false},
		{"nobody imports the root", "web/a.go", "gatehouse/main", false},
		{"a test makes a whole desk", "web/agent/a_test.go", "gatehouse/store", true},
		{"an external test imports its package", "web/portal/a_test.go", "gatehouse/web/portal", true},
		{"even a test does not cross audiences", "web/agent/a_test.go", "gatehouse/web/portal", false},
		{"a test asks the oracle", "access/a_test.go", "gatehouse/access/oracle", true},
		{"the program does not ask the oracle", "service/a.go", "gatehouse/access/oracle", false},
		{"measuring compares with the definition", "bench/a.go", "gatehouse/access/oracle", true},
		{"not even the command line", "cli/a.go", "gatehouse/store/pgtest", false},
		{"the command line joins the parts", "cli/a.go", "gatehouse/web/agent", true},
		{"SQL stays in the store", "service/a.go", "database/sql", false},
		{"its drivers too", "jobs/a.go", "github.com/jackc/pgx/v5/stdlib", false},
		{"a test may look into the database", "jobs/a_test.go", "database/sql", true},
		{"use cases know no JSON", "service/a.go", "encoding/json", false},
		{"an unknown package", "util/a.go", "fmt", false},
	} {
		t.Run(tt.why, func(t *testing.T) {
			faults := checkImports(smallTree(t, tt.file, fmt.Sprintf("package a\nimport %q\n", tt.imports)))
			if got := len(faults) == 0; got != tt.want {
				t.Errorf("allowed: got %v, want %v; the faults: %v", got, tt.want, faults)
			}
		})
	}
}

func TestCheckPurity(t *testing.T) {
	faults := checkPurity(smallTree(t,
		"desk/a.go", "package desk\nimport \"time\"\nvar start = time.Now()\n",
		"desk/a_test.go", "package desk\nimport \"time\"\nvar start = time.Now()\n",
		"service/a.go", "package service\nfunc f() { go f() }\n",
		"jobs/a.go", "package jobs\nimport \"time\"\nfunc f() { go f(); time.Now() }\n",
	))
	wantThings(t, faults, "desk", "service")
}
