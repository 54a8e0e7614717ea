package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

//go:embed assets
var assetFiles embed.FS

// bundles says which files are served together under one name. Everything
// that pages load is in this list.
func bundles() map[string][]string {
	return map[string][]string{
		"app.css":   {"assets/css/*.css"},
		"app.js":    {"assets/js/*.js"},
		"device.js": {"assets/device.js"},
		"htmx.js":   {"assets/vendor/htmx-4.0.1.min.js"},
		"icons.svg": {"assets/icons.svg"},
		"logo.svg":  {"assets/logo.svg"},
	}
}

// An asset is a file as it is served, plain and compressed.
type asset struct {
	plain, packed []byte
	mime          string
}

// assets serves style, script and icons under paths that hold a hash of what
// they contain, so that browsers may keep them for ever.
type assets struct {
	byPath map[string]asset  // "app.0123456789ab.css"
	urls   map[string]string // "app.css" → "/assets/app.0123456789ab.css"
}

func newAssets(files fs.FS) (*assets, error) {
	a := &assets{byPath: map[string]asset{}, urls: map[string]string{}}
	for name, patterns := range bundles() {
		data, err := readAll(files, patterns)
		if err != nil {
			return nil, fmt.Errorf("reading asset %s: %w", name, err)
		}
		sum := sha256.Sum256(data)
		ext := path.Ext(name)
		hashed := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
		a.byPath[hashed] = asset{plain: data, packed: pack(data), mime: mimeOf(ext)}
		a.urls[name] = "/assets/" + hashed
	}
	return a, nil
}

func readAll(files fs.FS, patterns []string) ([]byte, error) {
	var out bytes.Buffer
	for _, pattern := range patterns {
		names, err := fs.Glob(files, pattern)
		if err != nil {
			return nil, err
		}
		if len(names) == 0 {
			return nil, fmt.Errorf("no file matches %s", pattern)
		}
		for _, name := range names {
			data, err := fs.ReadFile(files, name)
			if err != nil {
				return nil, err
			}
			out.Write(data)
			out.WriteByte('\n')
		}
	}
	return out.Bytes(), nil
}

// pack compresses once, at start. Writing to memory cannot fail.
func pack(data []byte) []byte {
	var out bytes.Buffer
	zip, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	_, _ = zip.Write(data) // a Buffer takes all
	zip.Close()
	return out.Bytes()
}

func mimeOf(ext string) string {
	switch ext {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	}
	return "image/svg+xml"
}

// serveDevice serves what a browser runs for messages of the desk. It has one
// address always, at the root, so that it is the same script for all pages and
// is looked for again when it changes.
func (a *assets) serveDevice(w http.ResponseWriter, _ *http.Request) {
	file := a.byPath[strings.TrimPrefix(a.urls["device.js"], "/assets/")]
	w.Header().Set("Content-Type", file.mime)
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write(file.plain) // the reader may be gone
}

// ServeHTTP answers GET /assets/NAME.HASH.EXT.
func (a *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	file, ok := a.byPath[strings.TrimPrefix(r.URL.Path, "/assets/")]
	kept := "public, max-age=31536000, immutable"
	if !ok {
		file, ok = a.ofAnother(r.URL.Path)
		kept = "no-store"
	}
	if !ok {
		http.NotFound(w, r)
		return
	}
	body := file.plain
	h := w.Header()
	h.Set("Content-Type", file.mime)
	h.Set("Cache-Control", kept)
	h.Set("Vary", "Accept-Encoding")
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = file.packed
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // the reader may be gone
}

// ofAnother returns the file that has the name but not the hash of a path: a
// page of another version asks for it, while nodes are upgraded one after the
// other. It is better than none, and is not to be kept.
func (a *assets) ofAnother(at string) (asset, bool) {
	parts := strings.Split(path.Base(at), ".")
	if len(parts) != 3 || len(parts[1]) != 12 {
		return asset{}, false
	}
	file, ok := a.byPath[path.Base(a.urls[parts[0]+"."+parts[2]])]
	return file, ok
}
