package message

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// parseDisposition reads a Content-Disposition (RFC 2183).
func parseDisposition(value string) (string, map[string]string) {
	if value == "" {
		return "", nil
	}
	if m := noSemicolon.FindStringSubmatchIndex(value); m != nil {
		value = value[:m[3]] + ";" + value[m[3]:]
	}
	if kind, _, _ := strings.Cut(value, ";"); strings.Contains(kind, "=") {
		value = "attachment; " + value // it was forgotten
	}
	// The reader wants a type with a slash.
	kind, params := parseMediaType("x/"+strings.TrimLeft(value, " \t"), "x/attachment")
	return strings.TrimPrefix(kind, "x/"), params
}

// noSemicolon finds where the semicolon before the first parameter is missing.
var noSemicolon = regexp.MustCompile(`^\s*(\w+)\s+[\w*]+\s*=`)

// extended finds the pieces of an RFC 2231 file name: parameter, number, mark
// that it is encoded, text.
var extended = regexp.MustCompile(`(?i)(?:^|[;\s])((?:file)?name)\*([0-9]{0,3})(\*?)=\s*("[^"]*"|[^;\s]*)`)

// fileName returns the name that a part claims, decoded, not cleaned.
func (e *entity) fileName(disposition map[string]string) string {
	for _, field := range []string{"Content-Disposition", "Content-Type"} {
		if name := extendedName(e.get(field)); name != "" {
			return name
		}
	}
	name := disposition["filename"]
	if name == "" {
		name = disposition["name"]
	}
	if name == "" {
		name = e.params["name"]
	}
	return decodeWords(toUTF8([]byte(name), ""))
}

// extendedName joins and decodes a file name written by RFC 2231, in any
// charset and order; the standard library knows UTF-8 only.
func extendedName(value string) string {
	var bytes strings.Builder
	charset := ""
	pieces := extended.FindAllStringSubmatch(cut(value, maxMediaType), -1)
	slices.SortStableFunc(pieces, func(a, b []string) int {
		return cmp.Or(strings.Compare(a[1], b[1]), number(a[2])-number(b[2]))
	})
	for i, m := range pieces {
		if m[1] != pieces[0][1] {
			continue // the same name in another parameter
		}
		piece := strings.Trim(m[4], `"`)
		encoded := m[2] == "" || m[3] == "*"
		if i == 0 && encoded {
			if parts := strings.SplitN(piece, "'", 3); len(parts) == 3 {
				charset, piece = parts[0], parts[2]
			}
		}
		if plain, err := url.PathUnescape(piece); encoded && err == nil {
			piece = plain
		}
		bytes.WriteString(piece)
	}
	return toUTF8([]byte(bytes.String()), charset)
}

// number reads the number of a piece; one that has none is the first.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// maxName bounds a file name in bytes; file systems allow 255.
const maxName = 200

// cleanName makes a file name of what a stranger wrote: no path, nothing that
// does not print or that a file system or a shell could mistake. It may be
// empty.
func cleanName(name string) string {
	name = oneLine(name)
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`<>:"|?*`, r):
			return '_'
		case r == ' ' || unicode.IsPrint(r):
			return r
		}
		return -1
	}, name)
	name = strings.Trim(name, " .")
	if len(name) <= maxName {
		return name
	}
	ending := ""
	if i := strings.LastIndexByte(name, '.'); i > len(name)-20 {
		ending = name[i:]
	}
	return strings.TrimRight(cut(name, maxName-len(ending)), " .") + ending
}

// endings are the file name endings of common types that come without a name.
var endings = map[string]string{
	"text/plain": ".txt", "text/html": ".html", "text/calendar": ".ics", "text/csv": ".csv",
	"text/vcard": ".vcf", "text/rfc822-headers": ".txt", "application/pdf": ".pdf",
	"application/zip": ".zip", "application/ms-tnef": ".dat", "application/pgp-signature": ".asc",
	"application/pkcs7-signature": ".p7s", "image/png": ".png", "image/jpeg": ".jpg",
	"image/gif": ".gif", "image/webp": ".webp", "image/svg+xml": ".svg", "message/rfc822": ".eml",
	"message/global": ".eml", "message/delivery-status": ".txt", "message/disposition-notification": ".txt",
}

// inventName names a part that has no name. A letter is named by its subject.
func inventName(p Part, number int) string {
	if p.Type == "message/rfc822" || p.Type == "message/global" {
		inner := ParseHeader(p.Data)
		if name := cleanName(strings.NewReplacer("/", "_", `\`, "_").Replace(cut(inner.Subject, 100))); name != "" {
			return name + ".eml"
		}
		return "message.eml"
	}
	ending := endings[p.Type]
	if ending == "" {
		ending = ".bin"
	}
	return "part-" + strconv.Itoa(number) + ending
}
