package message

import (
	"bytes"
	"regexp"
)

// uuBegin and yBegin are the first lines of files in a text: uuencode of POSIX
// and yEnc.
var (
	uuBegin = regexp.MustCompile(`^begin(?:-base64)? [0-7]{3,4} (\S.*)$`)
	yBegin  = regexp.MustCompile(`^=ybegin .*?name=(\S.*)$`)
)

// takeEncoded returns a text without the files that stand in it in uuencode or
// yEnc, as before MIME, and the files. What has no end is no file. It reads
// each line at most twice.
func takeEncoded(text []byte) (rest []byte, files []Part) {
	if !bytes.Contains(text, []byte("begin")) {
		return text, nil
	}
	const maxFiles = 100
	for next, noEnd := text, false; len(next) > 0; {
		line, after := cutLine(next)
		if !noEnd && len(files) < maxFiles && len(line) < 1000 {
			data, name, tail, ok := readEncoded(line, after)
			if ok {
				files = append(files, namedFile(name, data, len(files)+1))
				next = tail
				continue
			}
			noEnd = name != ""
		}
		rest = append(rest, next[:len(next)-len(after)]...)
		next = after
	}
	if len(files) == 0 {
		return text, nil
	}
	return rest, files
}

func namedFile(name string, data []byte, number int) Part {
	p := Part{Name: cleanName(toUTF8([]byte(name), "")), Type: "application/octet-stream", Data: data}
	if p.Name == "" {
		p.Name = inventName(p, number)
	}
	return p
}

// cutLine divides after the first line and removes its end.
func cutLine(text []byte) (line, after []byte) {
	line, after, _ = bytes.Cut(text, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), after
}

// readEncoded reads the file that begins with the line. Of one that has no end
// it returns the name alone.
func readEncoded(line, after []byte) (data []byte, name string, tail []byte, ok bool) {
	if m := uuBegin.FindSubmatch(line); m != nil {
		decode, end := decodeUULine, "end"
		if bytes.HasPrefix(line, []byte("begin-base64")) {
			decode, end = decodeBase64Line, "===="
		}
		data, tail, ok = decodeLines(after, end, decode)
		return data, string(m[1]), tail, ok
	}
	if m := yBegin.FindSubmatch(line); m != nil {
		data, tail, ok = decodeLines(after, "=yend", decodeYLine)
		return data, string(m[1]), tail, ok
	}
	return nil, "", nil, false
}

// decodeLines decodes up to the line that begins with end. A line that decode
// refuses makes all of it no file.
func decodeLines(text []byte, end string, decode func(out, line []byte) ([]byte, bool)) (data, tail []byte, ok bool) {
	for len(text) > 0 {
		line, after := cutLine(text)
		if bytes.HasPrefix(line, []byte(end)) {
			return data, after, true
		}
		if data, ok = decode(data, line); !ok {
			return nil, nil, false
		}
		text = after
	}
	return nil, nil, false
}

// decodeUULine reads a line of uuencode: its length, then characters of six
// bits. A few blanks at its end may have been lost.
func decodeUULine(out, line []byte) ([]byte, bool) {
	if len(line) == 0 {
		return out, true
	}
	size := int(line[0]-' ') & 63
	if line[0] < ' ' || line[0] > '`' || len(line) > 100 || len(line) <= size {
		return nil, false
	}
	at := func(i int) uint32 {
		if i >= len(line) {
			return 0
		}
		return uint32(line[i]-' ') & 63
	}
	want := len(out) + size
	for i := 1; len(out) < want; i += 4 {
		bits := at(i)<<18 | at(i+1)<<12 | at(i+2)<<6 | at(i+3)
		out = append(out, byte(bits>>16), byte(bits>>8), byte(bits))
	}
	return out[:want], true
}

func decodeBase64Line(out, line []byte) ([]byte, bool) {
	data, clean := decodeBase64(line)
	return append(out, data...), clean
}

// decodeYLine reads a line of yEnc: each byte is raised by 42, and some are
// written as = and themselves raised by 64 more.
func decodeYLine(out, line []byte) ([]byte, bool) {
	if bytes.HasPrefix(line, []byte("=ypart ")) {
		return out, true
	}
	escaped := false
	for _, c := range line {
		if c == '=' && !escaped {
			escaped = true
			continue
		}
		if escaped {
			c -= 64
		}
		out, escaped = append(out, c-42), false
	}
	return out, true
}
