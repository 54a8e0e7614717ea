package web

import (
	"bytes"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"unicode"

	"gatehouse/desk"
)

// Attachments returns the files of a field as they are stored, after ReadForm.
// What type a file is said to be does not count: it is looked at when served.
func Attachments(r *http.Request, field string) ([]desk.Attachment, error) {
	uploads, err := Uploads(r, field)
	var files []desk.Attachment
	for _, u := range uploads {
		files = append(files, desk.Attachment{
			Name: CleanName(u.Name), Type: http.DetectContentType(u.Data), Size: int64(len(u.Data)), Data: u.Data,
		})
	}
	return files, err
}

// ServeFile answers with an attachment, for saving only: a browser neither
// shows it as a page of this site nor guesses what it is.
func ServeFile(w http.ResponseWriter, _ *http.Request, a *desk.Attachment) error {
	h := w.Header()
	h.Set("Content-Type", safeType(a.Data))
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": CleanName(a.Name)}))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Length", strconv.Itoa(len(a.Data)))
	_, _ = w.Write(a.Data) // whoever went away gets nothing more
	return nil
}

// Shows reports whether a file with such a name may be one that ServeShown
// shows; it decides by what is in it.
func Shows(a desk.Attachment) bool {
	switch strings.ToLower(path.Ext(a.Name)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf", ".txt", ".log", ".md", ".csv", ".json", ".yaml", ".yml", ".ini", ".conf", ".xml", ".diff", ".patch":
		return a.Size <= maxShown
	}
	return false
}

// IsPicture reports whether a file is called as pictures of pixels are.
func IsPicture(a desk.Attachment) bool {
	switch strings.ToLower(path.Ext(a.Name)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp":
		return true
	}
	return false
}

// maxShown is the largest file that is shown instead of saved, in bytes.
const maxShown = 10 << 20

// ServeShown answers with an attachment for looking at: pictures of pixels, PDF
// and plain text, by what is in them. Everything else, SVG and HTML among it,
// is for saving only. What is shown runs no script and reaches nothing.
func ServeShown(w http.ResponseWriter, r *http.Request, a *desk.Attachment) error {
	kind := safeType(a.Data)
	if kind == "application/octet-stream" || len(a.Data) > maxShown {
		return ServeFile(w, r, a)
	}
	h := w.Header()
	if strings.HasPrefix(kind, "text/plain") {
		kind = "text/plain; charset=utf-8"
	}
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", mime.FormatMediaType("inline", map[string]string{"filename": CleanName(a.Name)}))
	policy := "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
	if kind == "application/pdf" {
		policy = "default-src 'none'; object-src 'self'; plugin-types application/pdf; frame-ancestors 'self'" // a sandbox keeps browsers from showing it
	}
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Length", strconv.Itoa(len(a.Data)))
	_, _ = w.Write(a.Data) // whoever went away gets nothing more
	return nil
}

// safeType is what a file looks to be, as far as that can do no harm.
func safeType(data []byte) string {
	kind := http.DetectContentType(data)
	switch kind {
	case "image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf":
		return kind
	}
	if strings.HasPrefix(kind, "text/plain") && !bytes.HasPrefix(bytes.TrimLeft(data, "\xef\xbb\xbf \t\r\n"), []byte("<")) { // SVG is not known by its first bytes
		return kind
	}
	return "application/octet-stream"
}

// maxFileName is how many bytes of a file's name are kept.
const maxFileName = 150

// CleanName returns a file's name without folders and signs that fool the eye.
// Of a very long one the end is kept, which says what it is.
func CleanName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	if len(name) > maxFileName {
		name = strings.ToValidUTF8(name[len(name)-maxFileName:], "")
	}
	if name = strings.Trim(name, ". "); name == "" {
		return "file"
	}
	return name
}
