package web

import (
	"fmt"

	"gatehouse/mail/message"
)

// Blocks parts a text into what was written, what was quoted and the signature.
func Blocks(text string) []Block {
	var out []Block
	for _, r := range message.Runs(text) {
		out = append(out, Block{Text: r.Text, Quoted: r.Kind == message.Quoted, Signature: r.Kind == message.Signature})
	}
	return out
}

// Size writes a number of bytes briefly, such as "24 KB".
func Size(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 999_500:
		return fmt.Sprintf("%d KB", (n+500)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}
