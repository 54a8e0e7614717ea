package store_test

import (
	"bufio"
	"encoding/hex"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A call is what a program asked of the disk.
type call struct {
	name string // pwrite64, write, fsync, ftruncate, create, rename, unlink, mkdir, confirmed
	path string // below the directory of the desk; "" is that itself
	to   string // rename
	at   int64  // pwrite64, ftruncate
	data []byte
}

// recordCalls runs the program that stores letters and returns its calls.
func recordCalls(t *testing.T, dir string, hasty bool) []call {
	t.Helper()
	desk := filepath.Join(dir, "desk")
	cmd := exec.Command("strace", "-f", "-y", "-xx", "-s", "400000", "-o", filepath.Join(dir, "calls"),
		"-e", "trace=pwrite64,pwritev,write,writev,fsync,fdatasync,ftruncate,open,openat,rename,renameat,renameat2,unlink,unlinkat,mkdirat,mkdir",
		os.Args[0])
	cmd.Env = append(os.Environ(), writerDir+"="+desk)
	if hasty {
		cmd.Env = append(cmd.Env, writerHasty+"=1")
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v (Debian's package strace is needed)\n%s", err, out)
	}
	file, err := os.Open(filepath.Join(dir, "calls"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var calls []call
	waiting := map[string]string{} // the begun calls of threads
	lines := bufio.NewScanner(file)
	for lines.Buffer(nil, 16<<20); lines.Scan(); {
		// strace fills short numbers of threads up with blanks.
		thread, text, _ := strings.Cut(lines.Text(), " ")
		text = strings.TrimLeft(text, " ")
		if begun, ok := strings.CutSuffix(text, " <unfinished ...>"); ok {
			waiting[thread] = begun
			continue
		}
		if _, rest, ok := strings.Cut(text, " resumed>"); ok && strings.HasPrefix(text, "<...") {
			text = waiting[thread] + rest
		}
		if c, ok := parseCall(t, text, desk); ok {
			calls = append(calls, c)
		}
	}
	if lines.Err() != nil || len(calls) < writerPieces {
		t.Fatalf("%d calls were recorded (%v)", len(calls), lines.Err())
	}
	return calls
}

var (
	callShape = regexp.MustCompile(`^(\w+)\((.*)\) += (-?\d+)`)
	hexText   = regexp.MustCompile(`"((?:\\x[0-9a-f]{2})*)"|<((?:\\x[0-9a-f]{2})*)>`)
	numbers   = regexp.MustCompile(`, (\d+)`)
)

// parseCall reads a line of strace. Calls that failed, and those for other
// directories, are no calls.
func parseCall(t *testing.T, line, desk string) (call, bool) {
	t.Helper()
	m := callShape.FindStringSubmatch(line)
	if m == nil || strings.HasPrefix(m[3], "-") {
		return call{}, false
	}
	name, rest := m[1], m[2]
	var texts []string
	for _, found := range hexText.FindAllStringSubmatch(rest, -1) {
		raw, err := hex.DecodeString(strings.ReplaceAll(found[1]+found[2], `\x`, ""))
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(raw))
	}
	if name == "write" && len(texts) == 2 && texts[1] == "confirmed\n" {
		return call{name: "confirmed"}, true
	}
	var paths []string
	for _, text := range texts {
		if below, ok := strings.CutPrefix(text, desk); ok {
			paths = append(paths, strings.TrimPrefix(below, "/"))
		}
	}
	if len(paths) == 0 || strings.HasSuffix(paths[0], "-shm") { // which is made anew
		return call{}, false
	}
	c := call{name: name, path: paths[0]}
	given := numbers.FindAllStringSubmatch(hexText.ReplaceAllString(rest, ""), -1)
	last := func() (n int64) {
		n, err := strconv.ParseInt(given[len(given)-1][1], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	switch name {
	case "pwrite64":
		c.data, c.at = []byte(texts[1]), last()
	case "write":
		c.data = []byte(texts[1])
	case "ftruncate":
		c.at = last()
	case "fdatasync":
		c.name = "fsync"
	case "mkdirat":
		c.name = "mkdir"
	case "renameat", "renameat2":
		c.name, c.to = "rename", paths[len(paths)-1]
	case "unlinkat":
		c.name = "unlink"
	case "open", "openat":
		if c.name = "create"; !strings.Contains(rest, "O_CREAT") {
			return call{}, false
		}
	case "writev", "pwritev":
		t.Fatalf("%s is not understood", name)
	}
	return c, true
}

// A disk is what was asked of a disk, and what of it was waited for.
type disk struct {
	files     map[string]*inode // by the name that the program sees
	durable   map[string]*inode // by the name that is on the disk for sure
	entries   []entry           // changes of names that nobody waited for
	confirmed int
}

// An inode is a file, or a directory if it has no bytes.
type inode struct {
	directory bool
	size      int64  // as the program sees it
	safe      []byte // on the disk for sure
	writes    []call // that nobody waited for
}

// An entry is a name that came to lead to something, or to nothing.
type entry struct {
	name string
	to   *inode
}

// diskAt is the disk after the calls.
func diskAt(calls []call) *disk {
	root := &inode{directory: true}
	d := &disk{files: map[string]*inode{"": root}, durable: map[string]*inode{"": root}}
	for _, c := range calls {
		d.apply(c)
	}
	return d
}

func (d *disk) name(name string, to *inode) {
	d.files[name] = to
	if to == nil {
		delete(d.files, name)
	}
	d.entries = append(d.entries, entry{name, to})
}

func (d *disk) apply(c call) {
	node := d.files[c.path]
	switch c.name {
	case "confirmed":
		d.confirmed++
	case "mkdir":
		d.name(c.path, &inode{directory: true})
	case "create":
		if node == nil {
			d.name(c.path, &inode{})
		}
	case "rename":
		d.name(c.to, node)
		d.name(c.path, nil)
	case "unlink":
		d.name(c.path, nil)
	case "write":
		c.at = node.size
		fallthrough
	case "pwrite64":
		node.size = max(node.size, c.at+int64(len(c.data)))
		node.writes = append(node.writes, c)
	case "ftruncate":
		node.size = c.at
		node.writes = append(node.writes, c)
	case "fsync":
		d.sync(c.path, node)
	}
}

// sync makes last what was written to a file, or the names in a directory.
func (d *disk) sync(path string, node *inode) {
	if !node.directory {
		for _, w := range node.writes {
			node.safe = written(node.safe, w, len(w.data))
		}
		node.writes = nil
		return
	}
	d.entries = slices.DeleteFunc(d.entries, func(e entry) bool {
		in := filepath.Dir("/" + e.name)[1:]
		if in == path {
			put(d.durable, e)
		}
		return in == path
	})
}

func put(names map[string]*inode, e entry) {
	if e.to == nil {
		delete(names, e.name)
		return
	}
	names[e.name] = e.to
}

// written is a file after the first so many bytes of a write.
func written(content []byte, w call, part int) []byte {
	end := w.at
	if w.name != "ftruncate" {
		end = max(int64(len(content)), w.at+int64(part))
	}
	grown := make([]byte, end)
	copy(grown, content)
	copy(grown[min(w.at, end):], w.data[:part])
	return grown
}

const sector = 512

// leave writes what a power cut leaves: of names that nobody waited for the
// first few, of writes that nobody waited for any, whole or up to a sector.
func (d *disk) leave(t *testing.T, dir string, random *rand.Rand) {
	t.Helper()
	how := random.IntN(4) // 0: nothing, 1: everything, else: some
	keep := func() bool { return how == 1 || how > 1 && random.IntN(2) == 0 }
	names := map[string]*inode{}
	for name, node := range d.durable {
		names[name] = node
	}
	for _, e := range d.entries {
		if how != 1 && !keep() {
			break // names change in order
		}
		put(names, e)
	}
	for name, node := range names {
		path := filepath.Join(dir, name)
		if node.directory {
			if err := os.MkdirAll(path, 0o700); err != nil {
				t.Fatal(err)
			}
			continue
		}
		content := node.safe
		for _, w := range node.writes {
			part := len(w.data)
			if how == 3 && part > 0 && random.IntN(4) == 0 {
				part = random.IntN(part/sector+1) * sector
			}
			if keep() {
				content = written(content, w, part)
			}
		}
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, content, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
}
