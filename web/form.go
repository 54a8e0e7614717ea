package web

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gatehouse/desk"
)

const (
	formMemory = 1 << 20 // bytes of files held in memory, more go to disk
	maxFiles   = 20
	noticeName = "gatehouse-notice"
)

// ID reads a number of the path, such as a ticket's. One that cannot be is
// like one that there is not.
func ID[T ~int64](r *http.Request, name string) (T, error) {
	id, err := strconv.ParseInt(r.PathValue(name), 10, 64)
	if err != nil || id <= 0 {
		return 0, desk.Errorf(desk.NotFound, "There is no such page.")
	}
	return T(id), nil
}

// keptHead is how much of a form is kept until it is read whole, so that what was
// typed is there where its files are too large.
const keptHead = 256 << 10

// A head is a body whose beginning is kept.
type head struct {
	io.ReadCloser
	kept []byte
}

func (h *head) Read(p []byte) (int, error) {
	n, err := h.ReadCloser.Read(p)
	h.kept = append(h.kept, p[:min(n, keptHead-len(h.kept))]...)
	return n, err
}

// typed are the fields of a form with files that stand before the first file.
func (h *head) typed(contentType string) url.Values {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil || params["boundary"] == "" {
		return nil
	}
	fields := url.Values{}
	parts := multipart.NewReader(bytes.NewReader(h.kept), params["boundary"])
	for {
		part, err := parts.NextPart()
		if err != nil || part.FileName() != "" {
			return fields
		}
		text, err := io.ReadAll(part)
		if err != nil {
			return fields
		}
		fields.Add(part.FormName(), string(text))
	}
}

// FormKept reports whether a form was refused for the size of its files, and what
// was typed before them is there to be shown again.
func FormKept(r *http.Request, err error) bool {
	return desk.KindOf(err) == desk.TooLarge && len(r.PostForm) > 0
}

// ReadForm reads a form with its files, within the site's limit of size. Call
// it before anything is read from the request. See FormKept for what is too large.
func ReadForm(r *http.Request) error {
	begun := &head{ReadCloser: r.Body}
	r.Body = begun
	err := r.ParseForm() // ParseMultipartForm keeps the error of a plain form to itself
	if err == nil {
		err = r.ParseMultipartForm(formMemory)
	}
	if errors.Is(err, http.ErrNotMultipart) {
		err = nil
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		if typed := begun.typed(r.Header.Get("Content-Type")); typed != nil {
			r.PostForm, r.Form = typed, typed
		}
		return desk.Errorf(desk.TooLarge, "The files are too large: all together may have %d MB. Send fewer or smaller ones.", tooLarge.Limit>>20)
	}
	if err != nil {
		return desk.Wrap(desk.Invalid, err, "The form could not be read. Please send it again.")
	}
	if r.MultipartForm != nil && countFiles(r.MultipartForm) > maxFiles {
		return desk.Errorf(desk.Invalid, "Send at most %d files at once.", maxFiles)
	}
	return nil
}

// FormToken returns a new token for a form that is to count once however often
// it is sent.
func FormToken() string { return rand.Text() }

// Refuse puts the sentences of an error to the fields of a form that they are
// about, the first of which is where the reader goes on, and returns what is
// about none that the form shows.
func Refuse(err error, fields ...*Field) string {
	texts := desk.FieldTexts(err)
	if texts == nil {
		return desk.Sentence(err)
	}
	var rest []string
	for name, text := range texts {
		shown := false
		for _, f := range fields {
			if f.Name == name && !(f.Kind == "select" && len(f.Options) == 0) {
				f.Error, f.Autofocus, shown = text, true, true
			}
		}
		if !shown {
			rest = append(rest, text)
		}
	}
	slices.Sort(rest)
	return strings.Join(rest, " ")
}

// Retype puts what was sent into the fields of a form that is shown once more.
func Retype(r *http.Request, fields ...*Field) {
	for _, f := range fields {
		values, sent := r.PostForm[f.Name]
		f.Checked = sent && f.Kind == "checkbox"
		for i := range f.Options {
			f.Options[i].Selected = slices.Contains(values, f.Options[i].Value)
		}
		if sent && f.Kind != "checkbox" && f.Kind != "password" {
			f.Value = values[0]
		}
	}
}

func countFiles(form *multipart.Form) int {
	total := 0
	for _, files := range form.File {
		total += len(files)
	}
	return total
}

// An Upload is one file of a form. Name is what the browser called it,
// without any folder.
type Upload struct {
	Name string
	Data []byte
}

// Uploads returns the files of a field, after ReadForm.
func Uploads(r *http.Request, field string) ([]Upload, error) {
	if r.MultipartForm == nil {
		return nil, nil
	}
	var out []Upload
	for _, header := range r.MultipartForm.File[field] {
		if header.Filename == "" {
			continue
		}
		file, err := header.Open()
		if err != nil {
			return nil, desk.Wrap(desk.Internal, err, "The file %s could not be read.", header.Filename)
		}
		data, err := io.ReadAll(file)
		file.Close()
		if err != nil {
			return nil, desk.Wrap(desk.Internal, err, "The file %s could not be read.", header.Filename)
		}
		out = append(out, Upload{Name: header.Filename, Data: data})
	}
	return out, nil
}

// SentFiles reports whether a form came with files in a field; browsers send an
// empty one where nothing was chosen.
func SentFiles(r *http.Request, field string) bool {
	return r.MultipartForm != nil && slices.ContainsFunc(r.MultipartForm.File[field], func(h *multipart.FileHeader) bool { return h.Filename != "" })
}

// LocalPath returns next when it leads to a page of this site, otherwise the
// fallback: nobody is sent elsewhere after signing in.
func LocalPath(next, fallback string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(next, "/") ||
		strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return fallback
	}
	return next
}

// Done sends the browser to the page that shows what was done, with a notice
// there.
func (s *Site) Done(w http.ResponseWriter, r *http.Request, to string, n Notice) error {
	data, err := json.Marshal(n)
	if err != nil {
		return desk.Wrap(desk.Internal, err, "It was done, but the notice could not be written.")
	}
	http.SetCookie(w, s.noticeCookie(base64.RawURLEncoding.EncodeToString(data), 60))
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// takeNotices returns the notice that the request before left, and forgets it.
func (s *Site) takeNotices(w http.ResponseWriter, r *http.Request) []Notice {
	c, err := r.Cookie(noticeName)
	if err != nil {
		return nil
	}
	http.SetCookie(w, s.noticeCookie("", -1))
	data, err := base64.RawURLEncoding.DecodeString(c.Value)
	var n Notice
	if err != nil || json.Unmarshal(data, &n) != nil {
		return nil
	}
	return []Notice{n}
}

func (s *Site) noticeCookie(value string, age int) *http.Cookie {
	return &http.Cookie{
		Name: noticeName, Value: value, Path: "/", MaxAge: age,
		HttpOnly: true, Secure: s.config.Sessions.Secure, SameSite: http.SameSiteLaxMode,
	}
}

// kept returns what was typed into a form that was refused, so that the error
// page can give it back. Secrets and bookkeeping are left out.
func kept(r *http.Request) []Kept {
	var out []Kept
	for _, name := range []string{"subject", "text", "note"} {
		if value := r.PostForm.Get(name); strings.TrimSpace(value) != "" {
			out = append(out, Kept{Name: name, Value: value})
		}
	}
	return out
}

func indexAfterComma(s string) int {
	i := strings.IndexByte(s, ',')
	if i < 0 {
		return len(s)
	}
	return i + 1 + len(s[i+1:]) - len(strings.TrimLeft(s[i+1:], " "))
}

func queryEscape(s string) string { return url.QueryEscape(s) }
