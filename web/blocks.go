package web

import (
	"fmt"
	"strings"
)

// Blocks parts a text into what was written and what was quoted, a line that
// introduces a quotation included.
func Blocks(text string) []Block {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	quoted := make([]bool, len(lines))
	for i, line := range lines {
		quoted[i] = strings.HasPrefix(line, ">")
		if quoted[i] && i > 0 && !quoted[i-1] {
			markIntroduction(lines, quoted, i)
		}
	}
	var out []Block
	for from := 0; from < len(lines); {
		to := from + 1
		for to < len(lines) && quoted[to] == quoted[from] {
			to++
		}
		out = appendBlock(out, lines[from:to], quoted[from])
		from = to
	}
	return out
}

// markIntroduction counts the line before a quotation to it where that is
// one like “On Monday Bob wrote:”.
func markIntroduction(lines []string, quoted []bool, at int) {
	before := at - 1
	if before > 0 && strings.TrimSpace(lines[before]) == "" {
		before--
	}
	if line := strings.TrimSpace(lines[before]); strings.HasSuffix(line, ":") && len(line) < 200 {
		for i := before; i < at; i++ {
			quoted[i] = true
		}
	}
}

func appendBlock(out []Block, lines []string, quoted bool) []Block {
	kept := make([]string, len(lines))
	for i, line := range lines {
		kept[i] = line
		if rest, ok := strings.CutPrefix(line, ">"); ok && quoted {
			kept[i] = strings.TrimPrefix(rest, " ")
		}
	}
	text := strings.Trim(strings.Join(kept, "\n"), "\n")
	if strings.TrimSpace(text) == "" {
		return out
	}
	return append(out, Block{Text: text, Quoted: quoted})
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
