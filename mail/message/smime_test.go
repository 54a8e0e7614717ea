package message_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"gatehouse/mail/message"
)

// The same letter as openssl signs it with its text inside: in DER, and as a
// stream in BER, in pieces of unknown length.
const (
	opaqueDER = "MIIBXQYJKoZIhvcNAQcCoIIBTjCCAUoCAQExDTALBglghkgBZQMEAgEwgaQGCSqGSIb3DQEHAaCBlgSBk0NvbnRlbnQtVHlwZTog" +
		"bXVsdGlwYXJ0L21peGVkOyBib3VuZGFyeT14DQoNCi0teA0KQ29udGVudC1UeXBlOiB0ZXh0L3BsYWluDQoNCkl0IGlzIGVtcHR5" +
		"Lg0KLS14DQpDb250ZW50LVR5cGU6IHRleHQvY3N2OyBuYW1lPWEuY3N2DQoNCjE7Mg0KLS14LS0NCjGBjjCBiwIBATAkMAwxCjAI" +
		"BgNVBAMMAWICFCpBy8iKFPOwtG6+8cHBVupx/CWdMAsGCWCGSAFlAwQCATAKBggqhkjOPQQDAgRHMEUCIQCjFnYi3+grTDJLBsCK" +
		"dB49pF+weHNoQi/tt2qZmAliswIgUU1r8RHnSr6e3wsyCxPSzugnWG8yKXGjn+g9iMW3SkA="
	opaqueBER = "MIAGCSqGSIb3DQEHAqCAMIACAQExDTALBglghkgBZQMEAgEwgAYJKoZIhvcNAQcBoIAkgASBk0NvbnRlbnQtVHlwZTogbXVsdGlw" +
		"YXJ0L21peGVkOyBib3VuZGFyeT14DQoNCi0teA0KQ29udGVudC1UeXBlOiB0ZXh0L3BsYWluDQoNCkl0IGlzIGVtcHR5Lg0KLS14" +
		"DQpDb250ZW50LVR5cGU6IHRleHQvY3N2OyBuYW1lPWEuY3N2DQoNCjE7Mg0KLS14LS0NCgAAAAAAADGBjzCBjAIBATAkMAwxCjAI" +
		"BgNVBAMMAWICFCpBy8iKFPOwtG6+8cHBVupx/CWdMAsGCWCGSAFlAwQCATAKBggqhkjOPQQDAgRIMEYCIQCaz1moIyZ06SZZv6aV" +
		"e7e0IAkLxRsTyhCBAWcvrr+aoQIhANqpn//6adAD/IApxvAdigIxLMBTpKTno8NT91xAe+MkAAAAAAAA"
)

func opaque(kind, body string) string {
	return "From: bob@acme.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: " + kind + "\nContent-Transfer-Encoding: base64\n\n" + body + "\n"
}

func TestProtectedLetters(t *testing.T) {
	const signed = "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"
	for _, tt := range []struct {
		why, raw, text string
		files          int
		defect         string
	}{
		{"signed with the text inside", opaque(signed, opaqueDER), "It is empty.", 1, "has not checked"},
		{"the same as a stream", opaque(signed, opaqueBER), "It is empty.", 1, "has not checked"},
		{"which does not say of what type it is", opaque("application/x-pkcs7-mime; name=smime.p7m", opaqueBER), "It is empty.", 1, "has not checked"},
		{"a broken one is attached", opaque(signed, opaqueDER[:200]), "", 1, ""},
		{"encrypted by S/MIME", opaque("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "AAAA"), "[This letter is encrypted (S/MIME).", 1, ""},
		{"encrypted by PGP", "From: bob@acme.example\nContent-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n--b\n" +
			"Content-Type: application/pgp-encrypted\n\nVersion: 1\n\n--b\nContent-Type: application/octet-stream; name=encrypted.asc\n\nx\n--b--\n", "[This letter is encrypted (PGP).", 2, ""},
		{"signed beside the text", "From: bob@acme.example\nContent-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=b\n\n--b\n" +
			"Content-Type: text/plain\n\nYes.\n--b\nContent-Type: application/pgp-signature; name=signature.asc\n\nx\n--b--\n", "Yes.", 1, ""},
	} {
		l, err := message.Parse([]byte(tt.raw), message.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(strings.TrimSpace(l.Text), tt.text) || len(l.Parts) != tt.files || !strings.Contains(strings.Join(l.Defects, " "), tt.defect) {
			t.Errorf("%s: the text is %q, with %d files; %q", tt.why, l.Text, len(l.Parts), l.Defects)
		}
	}
}

// FuzzOpaque: whatever stands in a signature, reading it ends.
func FuzzOpaque(f *testing.F) {
	for _, text := range []string{opaqueDER, opaqueBER} {
		raw, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		raw := opaque("application/pkcs7-mime", base64.StdEncoding.EncodeToString(data))
		if l, err := message.Parse([]byte(raw), message.DefaultLimits()); err == nil && l.Text == "" && len(l.Parts) == 0 && len(l.Defects) == 0 {
			t.Error("nothing is left of the letter")
		}
	})
}
