package message

import "strings"

// encrypted says of a part that the desk cannot read by what it is encrypted,
// "" of others.
func (e *entity) encrypted() string {
	switch e.kind {
	case "application/pgp-encrypted":
		return "PGP"
	case "application/pkcs7-mime", "application/x-pkcs7-mime":
		if strings.Contains(strings.ToLower(e.params["smime-type"]), "enveloped") {
			return "S/MIME"
		}
	}
	return ""
}

// signed says by what a multipart is signed, "" of others (RFC 1847).
func (e *entity) signed() string {
	protocol := strings.ToLower(e.params["protocol"])
	switch {
	case e.kind != "multipart/signed":
		return ""
	case strings.Contains(protocol, "pgp"):
		return "PGP"
	}
	return "S/MIME"
}

// protected reads a part that is encrypted or holds its text inside a
// signature. done: nothing else is to be made of the part.
func (l *Letter) protected(e, root *entity, data []byte) (list []passage, done bool) {
	if how := e.encrypted(); how != "" {
		l.Encrypted = how
		return []passage{{plain: "[This letter is encrypted (" + how + "). The desk has no key for it; it is attached as it came.]\n", isPlain: true}}, false
	}
	if e.kind != "application/pkcs7-mime" && e.kind != "application/x-pkcs7-mime" || l.Opaque {
		return nil, false
	}
	inner, ok := signedContent(data)
	if !ok {
		return nil, false
	}
	l.Opaque = true // one signature in another is attached: reading it costs as much again
	s := newSplitter(inner, DefaultLimits())
	content, err := s.letter()
	if err != nil {
		return nil, false
	}
	l.Signed = "S/MIME"
	l.check(true, "Its text is inside an S/MIME signature, which the desk has not checked.")
	return l.collect(content, root), true
}

// signedContent returns what an opaque signature signs: the content of CMS
// SignedData (RFC 5652, 5.1), in DER or BER. It checks no signature.
func signedContent(data []byte) ([]byte, bool) {
	const sequence, explicit = 0x30, 0xa0
	signedData := "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
	info, _, ok := berValue(data, 0)
	if !ok || info.tag != sequence {
		return nil, false
	}
	kind, rest, ok := berValue(info.body, 0)
	if !ok || kind.tag != 6 || string(kind.body) != signedData {
		return nil, false
	}
	in := ber{body: rest}
	// content [0], SignedData, past version and algorithms encapContentInfo,
	// past its kind eContent [0].
	for _, step := range []struct {
		skip int
		tag  byte
	}{{0, explicit}, {0, sequence}, {2, sequence}, {1, explicit}} {
		if in, ok = in.child(step.skip); !ok || in.tag != step.tag {
			return nil, false
		}
	}
	text, _, ok := berValue(in.body, 0)
	if !ok {
		return nil, false
	}
	return text.octets(0)
}

// A ber is a value of ASN.1 in BER (X.690).
type ber struct {
	tag  byte
	body []byte
}

// maxBER bounds how deep values of unknown length are nested.
const maxBER = 8

// berValue reads the first value.
func berValue(b []byte, depth int) (v ber, rest []byte, ok bool) {
	if len(b) < 2 || b[0]&0x1f == 0x1f || depth > maxBER {
		return ber{}, nil, false
	}
	v.tag = b[0]
	size, b := int(b[1]), b[2:]
	if size == 0x80 {
		return berUntilEnd(v.tag, b, depth)
	}
	if size > 0x80 {
		n := size & 0x7f
		if n > 4 || n > len(b) {
			return ber{}, nil, false
		}
		size = 0
		for _, digit := range b[:n] {
			size = size<<8 | int(digit)
		}
		b = b[n:]
	}
	if size < 0 || size > len(b) {
		return ber{}, nil, false
	}
	v.body = b[:size]
	return v, b[size:], true
}

// berUntilEnd reads a value of unknown length, which two zeros end.
func berUntilEnd(tag byte, b []byte, depth int) (ber, []byte, bool) {
	for at := b; len(at) >= 2; {
		if at[0] == 0 && at[1] == 0 {
			return ber{tag, b[:len(b)-len(at)]}, at[2:], true
		}
		_, next, ok := berValue(at, depth+1)
		if !ok {
			break
		}
		at = next
	}
	return ber{}, nil, false
}

// child returns the value in v after so many others.
func (v ber) child(skip int) (ber, bool) {
	rest := v.body
	for {
		c, next, ok := berValue(rest, 0)
		if !ok || skip == 0 {
			return c, ok
		}
		rest, skip = next, skip-1
	}
}

// octets returns the bytes of an OCTET STRING, which may be in pieces.
func (v ber) octets(depth int) ([]byte, bool) {
	switch {
	case v.tag == 0x04:
		return v.body, true
	case v.tag != 0x24 || depth > maxBER:
		return nil, false
	}
	var all []byte
	for rest := v.body; len(rest) > 0; {
		piece, next, ok := berValue(rest, 0)
		if !ok {
			return nil, false
		}
		part, ok := piece.octets(depth + 1)
		if !ok {
			return nil, false
		}
		all, rest = append(all, part...), next
	}
	return all, true
}
