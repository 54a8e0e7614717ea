package web

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Refusals come from the service as English sentences. Pages know them by their
// shape, which is the format that the service fills in, and say them in the
// language of the reader; one that the catalogue lacks stays English.

// A refusal is a shape that a catalogue of a language knows.
type refusal struct {
	shape *regexp.Regexp
	fixed int    // bytes of the shape that are no argument: the more, the surer
	says  string // in the language, with %s or %[2]s for the arguments
}

// refusals are those of a language; none for English.
type refusals []refusal

// blank is a place for an argument in a format. One that hangs on what stands
// before it is an ending that may be missing.
var blank = regexp.MustCompile(`%[sdq]`)

// ending is what the service adds where it knows what may have been meant.
const ending = `(|; did you mean [^?]+\?)`

// refusalsIn are the refusals that a language knows, and the steps in which a
// letter was understood, which are sentences of the service too.
func refusalsIn(lang string) (told, steps refusals) {
	if lang != "de" {
		return nil, nil
	}
	return refusalsOf(germanRefusals, germanTypedRefusals, germanPageRefusals, germanAccountRefusals, germanQueryMistakes), refusalsOf(germanLetterSteps)
}

func refusalsOf(catalogues ...map[string]string) refusals {
	texts := map[string]string{}
	for _, c := range catalogues {
		maps.Copy(texts, c)
	}
	var list refusals
	for format, says := range texts {
		r := refusal{fixed: len(blank.ReplaceAllString(format, "")), says: strings.ReplaceAll(says, "%d", "%s")}
		var shape strings.Builder
		last := 0
		for _, at := range blank.FindAllStringIndex(format, -1) {
			before := format[last:at[0]]
			shape.WriteString(regexp.QuoteMeta(before))
			hangs := before != "" && unicode.IsLetter(rune(before[len(before)-1])) || before == "" && last > 0
			switch {
			case hangs:
				shape.WriteString(ending)
			case format[at[0]:at[1]] == "%d":
				shape.WriteString(`(\d+)`)
			default:
				shape.WriteString(`(.+?)`)
			}
			last = at[1]
		}
		rest := regexp.QuoteMeta(format[last:])
		if strings.HasSuffix(rest, `\.`) {
			rest += "?"
		}
		r.shape = regexp.MustCompile(`(?s)^` + shape.String() + rest + `$`)
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b refusal) int { return b.fixed - a.fixed })
	return list
}

// told says a sentence in the language, its arguments too where they are
// sentences that it knows; one that it does not know stays.
func (list refusals) told(sentence string) string {
	for _, r := range list {
		found := r.shape.FindStringSubmatch(sentence)
		if found == nil {
			continue
		}
		args := make([]any, 0, len(found))
		for _, a := range found[1:] {
			args = append(args, list.told(a))
		}
		said := r.says
		if len(args) > 0 {
			said = fmt.Sprintf(said, args...)
		}
		if strings.HasSuffix(said, "?.") {
			said = strings.TrimSuffix(said, ".")
		}
		return said
	}
	return sentence
}
