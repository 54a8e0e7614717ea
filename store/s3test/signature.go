package s3test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

var errSignature = errors.New("the signature is not right")

// A signer makes the signatures of one request, as AWS Signature Version 4 says.
type signer struct {
	date, scope string
	key         []byte
}

func hashed(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func keyed(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

func (s *signer) sign(kind, rest string) string {
	return hex.EncodeToString(keyed(s.key, kind+"\n"+s.date+"\n"+s.scope+"\n"+rest))
}

// checked returns the content that a request carries, once all its signatures
// are found right.
func checked(r *http.Request, body []byte) ([]byte, error) {
	given := map[string]string{}
	kind, rest, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	for _, part := range strings.Split(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		given[name] = value
	}
	credential := strings.SplitN(given["Credential"], "/", 2)
	if kind != "AWS4-HMAC-SHA256" || len(credential) != 2 || credential[0] != Key {
		return nil, errSignature
	}
	s := &signer{date: r.Header.Get("X-Amz-Date"), scope: credential[1]}
	day, _, _ := strings.Cut(s.scope, "/")
	if s.scope != day+"/"+Region+"/s3/aws4_request" || !strings.HasPrefix(s.date, day) {
		return nil, errSignature
	}
	s.key = keyed(keyed(keyed(keyed([]byte("AWS4"+Secret), day), Region), "s3"), "aws4_request")
	want := s.sign("AWS4-HMAC-SHA256", hashed([]byte(canonical(r, given["SignedHeaders"]))))
	if want != given["Signature"] {
		return nil, errSignature
	}
	switch sum := r.Header.Get("X-Amz-Content-Sha256"); {
	case sum == "UNSIGNED-PAYLOAD":
		return body, nil
	case strings.HasPrefix(sum, "STREAMING-"):
		return s.pieces(body, want, strings.HasPrefix(sum, "STREAMING-AWS4"))
	case sum != hashed(body):
		return nil, errSignature
	}
	return body, nil
}

// canonical is what is signed of a request.
func canonical(r *http.Request, names string) string {
	var headers strings.Builder
	for _, name := range strings.Split(names, ";") {
		value := strings.Join(r.Header.Values(name), ",")
		switch name {
		case "host":
			value = r.Host
		case "content-length":
			value = strconv.FormatInt(r.ContentLength, 10)
		}
		fmt.Fprintf(&headers, "%s:%s\n", name, strings.TrimSpace(value))
	}
	query := strings.ReplaceAll(r.URL.Query().Encode(), "+", "%20")
	return strings.Join([]string{r.Method, r.URL.EscapedPath(), query, headers.String(), names, r.Header.Get("X-Amz-Content-Sha256")}, "\n")
}

// pieces joins a body that was sent in pieces, each with a signature that
// follows from the one before.
func (s *signer) pieces(body []byte, before string, signed bool) (content []byte, err error) {
	for {
		line, rest, ok := bytes.Cut(body, []byte("\r\n"))
		length, signature, _ := strings.Cut(string(line), ";chunk-signature=")
		size, err := strconv.ParseInt(length, 16, 32)
		if !ok || err != nil || int64(len(rest)) < size {
			return nil, errSignature
		}
		piece := rest[:size]
		before = s.sign("AWS4-HMAC-SHA256-PAYLOAD", before+"\n"+hashed(nil)+"\n"+hashed(piece))
		if signed && signature != before {
			return nil, errSignature
		}
		if size == 0 {
			return content, nil
		}
		content = append(content, piece...)
		body = bytes.TrimPrefix(rest[size:], []byte("\r\n"))
	}
}
