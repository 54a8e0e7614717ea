package message

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// The attributes and properties of TNEF ([MS-OXTNEF], [MS-OXPROPS]) that are
// read: what Outlook wraps into a winmail.dat.
const (
	tnefSignature   = 0x223e9f78
	attAttachRend   = 0x9002 // begins a file
	attAttachTitle  = 0x8010
	attAttachData   = 0x800f
	attAttachProps  = 0x9005
	attMessageProps = 0x9003
	propLongName    = 0x3707
	propMIMEType    = 0x370e
	propData        = 0x3701
	propBody        = 0x1000
	propBodyHTML    = 0x1013
	propContentID   = 0x3712
)

// A tnefReader reads little-endian values and remembers whether they were
// there.
type tnefReader struct {
	data []byte
	over bool
}

// take returns the next n bytes, a part of the data.
func (r *tnefReader) take(n int) []byte {
	if n < 0 || n > len(r.data) {
		r.over, r.data = true, nil
		return nil
	}
	piece := r.data[:n]
	r.data = r.data[n:]
	return piece
}

func (r *tnefReader) short() int {
	if b := r.take(2); b != nil {
		return int(binary.LittleEndian.Uint16(b))
	}
	return 0
}

func (r *tnefReader) long() int {
	if b := r.take(4); b != nil {
		return int(binary.LittleEndian.Uint32(b))
	}
	return 0
}

// unwrap adds the files in a winmail.dat to the letter and returns the text in
// it. What is broken ends it; what came before stays.
func (l *Letter) unwrap(data []byte) []passage {
	r := &tnefReader{data: data}
	if r.long() != tnefSignature {
		return nil
	}
	text := passage{wrapped: true}
	r.short() // a key
	var files []Part
	for len(r.data) > 0 && len(files) < 1000 {
		r.take(1) // of the letter or of a file
		id := r.short()
		r.short() // its type
		value := r.take(r.long())
		r.short() // a checksum
		if r.over {
			l.check(true, "A winmail.dat is damaged.")
			break
		}
		switch id {
		case attAttachRend:
			files = append(files, Part{Type: "application/octet-stream"})
		case attMessageProps:
			readProperties(value, text.property)
		case attAttachTitle, attAttachData, attAttachProps:
			if len(files) > 0 {
				files[len(files)-1].attribute(id, value)
			}
		}
	}
	for _, p := range files {
		if p.Name = cleanName(p.Name); p.Name == "" {
			p.Name = inventName(p, len(l.Parts)+1)
		}
		l.Parts = append(l.Parts, p)
	}
	if !text.isPlain && !text.isMarkup {
		return nil
	}
	return []passage{text}
}

// attribute keeps what is said of a file outside its properties.
func (file *Part) attribute(id int, value []byte) {
	switch id {
	case attAttachTitle:
		if file.Name == "" {
			file.Name = toUTF8([]byte(strings.TrimRight(string(value), "\x00")), "")
		}
	case attAttachData:
		file.Data = value
	case attAttachProps:
		readProperties(value, file.property)
	}
}

// readProperties calls keep for each value in a list of MAPI properties.
func readProperties(data []byte, keep func(id, kind int, value []byte)) {
	r := &tnefReader{data: data}
	for n := r.long(); n > 0 && len(r.data) > 0; n-- {
		kind, id := r.short(), r.short()
		if id >= 0x8000 {
			r.skipName()
		}
		for _, value := range r.values(kind) {
			keep(id, kind, value)
		}
	}
}

// skipName passes the name of a property that has one instead of a number.
func (r *tnefReader) skipName() {
	r.take(16)
	if r.long() == 0 {
		r.take(4)
		return
	}
	r.take(rounded(r.long()))
}

func rounded(n int) int { return (n + 3) &^ 3 }

// values returns the values of a property of the kind.
func (r *tnefReader) values(kind int) [][]byte {
	const several = 0x1000
	count := 1
	switch kind &^ several {
	case 0x1e, 0x1f, 0x0d, 0x102: // texts, objects and bytes tell how many they are
		count = min(r.long(), len(r.data)/4)
		var list [][]byte
		for range count {
			n := r.long()
			value := r.take(n)
			r.take(min(rounded(n)-n, len(r.data)))
			list = append(list, value)
		}
		return list
	}
	if kind&several != 0 {
		count = r.long()
	}
	size := 4
	switch kind &^ several {
	case 5, 6, 7, 0x14, 0x40:
		size = 8
	case 0x48:
		size = 16
	}
	if count > len(r.data)/size {
		count = len(r.data)/size + 1
	}
	r.take(count * size)
	return nil
}

// property keeps a text of the letter.
func (p *passage) property(id, kind int, value []byte) {
	switch {
	case id == propBody && !p.isPlain:
		p.plain, p.isPlain = CleanText(propertyText(kind, value)), true
	case id == propBodyHTML && !p.isMarkup:
		p.html, p.isMarkup = CleanText(propertyText(kind, value)), true
	}
}

// property keeps what is of use of a file.
func (file *Part) property(id, kind int, value []byte) {
	switch id {
	case propLongName:
		file.Name = propertyText(kind, value)
	case propMIMEType:
		file.Type, _ = parseMediaType(propertyText(kind, value), file.Type)
	case propContentID:
		file.ContentID = first(messageIDs("<" + strings.Trim(propertyText(kind, value), "<> ") + ">"))
	case propData:
		if len(file.Data) == 0 {
			file.Data = value
		}
	}
}

func propertyText(kind int, value []byte) string {
	if kind&0xfff == 0x1f {
		return strings.TrimRight(readUTF16LE(value), "\x00")
	}
	return toUTF8([]byte(strings.TrimRight(string(value), "\x00")), "")
}

func readUTF16LE(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}
