package main_test

import (
	"fmt"
	"go/ast"
	"go/types"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// checkState returns the places that change a variable of a package, ours or
// another's, and the variables that exist only to be changed. What a package
// knows it knows from its declarations; what a program knows is handed to it.
func checkState(tr *tree) []fault {
	var faults []fault
	for name, files := range tr.packages() {
		info := resolve(tr, name, files)
		for _, f := range files {
			ast.Inspect(f, func(n ast.Node) bool {
				faults = append(faults, stateFaults(tr, info, n)...)
				return true
			})
		}
	}
	return faults
}

// packages returns the syntax of each package, external tests apart, by
// directory and name.
func (tr *tree) packages() map[string][]*ast.File {
	all := map[string][]*ast.File{}
	for _, f := range tr.files {
		key := f.dir + " " + f.syntax.Name.Name
		all[key] = append(all[key], f.syntax)
	}
	return all
}

// resolve finds what each name of a package stands for. Imported packages count
// as empty, so that no build is needed; the errors that follow from that are
// not about names of this package and are dropped.
func resolve(tr *tree, name string, files []*ast.File) *types.Info {
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}}
	conf := types.Config{Importer: emptyPackages{}, Error: func(error) {}}
	_, _ = conf.Check(name, tr.fset, files, info)
	return info
}

type emptyPackages struct{}

var version = regexp.MustCompile(`^v[0-9]+$`)

func (emptyPackages) Import(imported string) (*types.Package, error) {
	name := path.Base(imported)
	if version.MatchString(name) {
		name = path.Base(path.Dir(imported))
	}
	pkg := types.NewPackage(imported, name)
	pkg.MarkComplete()
	return pkg, nil
}

// stateFaults returns what is wrong with one node.
func stateFaults(tr *tree, info *types.Info, n ast.Node) []fault {
	var changed []ast.Expr
	switch n := n.(type) {
	case *ast.AssignStmt:
		changed = n.Lhs
	case *ast.IncDecStmt:
		changed = []ast.Expr{n.X}
	case *ast.RangeStmt:
		changed = []ast.Expr{n.Key, n.Value}
	case *ast.ValueSpec:
		return mutableFaults(tr, info, n)
	}
	var faults []fault
	for _, e := range changed {
		if name := packageVariable(info, e); name != "" {
			faults = append(faults, fault{"state", name, tr.at(e), fmt.Sprintf("%s belongs to a package and is changed here", name)})
		}
	}
	return faults
}

// packageVariable returns the name of the package's variable that a change of
// the expression changes, or "".
func packageVariable(info *types.Info, e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		if v, ok := info.Uses[e].(*types.Var); ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
			return v.Name()
		}
	case *ast.SelectorExpr:
		if id, ok := e.X.(*ast.Ident); ok && isPackage(info, id) {
			return id.Name + "." + e.Sel.Name
		}
		return packageVariable(info, e.X)
	case *ast.IndexExpr:
		return packageVariable(info, e.X)
	case *ast.StarExpr:
		return packageVariable(info, e.X)
	case *ast.ParenExpr:
		return packageVariable(info, e.X)
	}
	return ""
}

func isPackage(info *types.Info, id *ast.Ident) bool {
	_, ok := info.Uses[id].(*types.PkgName)
	return ok
}

// mutable are the types whose values are there to be changed.
var mutable = []string{"atomic.", "sync.Map", "sync.Mutex", "sync.Once", "sync.Pool", "sync.RWMutex", "sync.WaitGroup"}

// mutableFaults returns the variables of a package that have such a type.
func mutableFaults(tr *tree, info *types.Info, spec *ast.ValueSpec) []fault {
	var faults []fault
	for _, name := range spec.Names {
		v, ok := info.Defs[name].(*types.Var)
		if !ok || v.Parent() != v.Pkg().Scope() {
			continue
		}
		if isMutable(spec.Type) || slices.ContainsFunc(spec.Values, isMutable) {
			faults = append(faults, fault{"state", name.Name, tr.at(name), name.Name + " is a variable of the package that is there to be changed"})
		}
	}
	return faults
}

// isMutable tells whether the expression names such a type: the type itself, or
// a composite literal or new of it.
func isMutable(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.CompositeLit:
		return isMutable(e.Type)
	case *ast.UnaryExpr:
		return isMutable(e.X)
	case *ast.StarExpr:
		return isMutable(e.X)
	case *ast.IndexExpr:
		return isMutable(e.X)
	case *ast.SelectorExpr:
		name := types.ExprString(e)
		return slices.Contains(mutable, name) || strings.HasPrefix(name, mutable[0])
	}
	return false
}

func TestState(t *testing.T) { wantNone(t, withoutExceptions(checkState(wholeTree(t)))) }

func TestCheckState(t *testing.T) {
	const declared = "package desk\nimport (\"regexp\"; \"sync\"; \"sync/atomic\"; \"net/http\")\n" + `
var (
	table  = map[string]int{"a": 1}
	list   = []int{1}
	count  int
	config struct{ port int }
	clean  = regexp.MustCompile("a")
	once   = sync.OnceValue(func() int { count := 1; count++; return count })
)
func use(client *http.Client) {
	list := list
	list[0] = 2
	list, config := append(list, 3), config
	config.port = len(list)
	client.Timeout = 1
}
`
	for _, tt := range []struct {
		why, code string
		want      []string
	}{
		{"reading, and local names that hide", "", nil},
		{"assigned", "func f() { count = 1 }", []string{"count"}},
		{"counted", "func f() { count++ }", []string{"count"}},
		{"an entry", "func f() { table[`b`] = 2 }", []string{"table"}},
		{"a field", "func f() { (config).port += 2 }", []string{"config"}},
		{"by a loop", "func f() { for count = range 3 {} }", []string{"count"}},
		{"in another package", "func f() { http.DefaultClient.Timeout = 1 }", []string{"http.DefaultClient"}},
		{"a lock", "var mu sync.Mutex", []string{"mu"}},
		{"an atomic", "var n = &atomic.Pointer[int]{}", []string{"n"}},
		{"a lock of one function", "func f() { var mu sync.Mutex; mu.Lock() }", nil},
	} {
		t.Run(tt.why, func(t *testing.T) {
			// Two files: names are found across them.
			second := "package desk\nimport (\"sync\"; \"sync/atomic\"; \"net/http\")\n" + tt.code
			wantThings(t, checkState(smallTree(t, "desk/a.go", declared, "desk/b.go", second)), tt.want...)
		})
	}
}
