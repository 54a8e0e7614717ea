// Package spelling finds the known name that somebody meant. It knows no
// names itself, and takes time in proportion to their number.
package spelling

import "strings"

// Nearest returns the name of a list that is most like a word, by how many
// letters must be changed to make one the other; empty: none is like it. Of
// names with dots their last part counts too.
func Nearest(word string, names []string) string {
	word = strings.ToLower(word)
	best, at := "", len(word)/2+1
	for _, name := range names {
		if d := distance(word, strings.ToLower(name)); d < at {
			best, at = name, d
		}
		_, last, dotted := strings.Cut(name, ".")
		if d := distance(word, last); dotted && d < min(at, 2) {
			best, at = name, d
		}
	}
	return best
}

// distance is Levenshtein's, of the first 60 bytes.
func distance(a, b string) int {
	a, b = a[:min(len(a), 60)], b[:min(len(b), 60)]
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		left := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := left
			if a[i] != b[j] {
				change++
			}
			left = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
