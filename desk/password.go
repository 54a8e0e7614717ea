package desk

import (
	"strings"
	"unicode"
)

// GuessedFirst reports whether a password is one of those that are tried first:
// a frequent word with digits and signs around it or in the place of letters, a
// walk over the keyboard, a row of the alphabet, the same over and over, or no
// more than one of the texts about its owner, such as his login and his name. It
// is quick and knows the usual ones of English and German, not each that leaked.
func GuessedFirst(password string, about ...string) bool {
	p := Fold(password)
	if repeats(p) || climbs(p) {
		return true
	}
	for _, base := range []string{p, bare(p), bare(plainLetters(p)), plainLetters(p)} {
		if base == "" || frequentPasswords()[base] || onKeyboard(base) {
			return true
		}
		for _, text := range about {
			if text = Fold(text); text != "" && (base == text || base == bare(text) || base == strings.ReplaceAll(text, " ", "")) {
				return true
			}
		}
	}
	return false
}

// bare is a password without what stands around its letters.
func bare(p string) string {
	return strings.TrimFunc(p, func(r rune) bool { return !unicode.IsLetter(r) })
}

// plainLetters puts letters where digits and signs stand for them. What is at
// the end is left alone: there they stand for themselves.
func plainLetters(p string) string {
	end := len(strings.TrimRightFunc(p, func(r rune) bool { return !unicode.IsLetter(r) }))
	return strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i").Replace(p[:end]) + p[end:]
}

// repeats reports whether a text is at most four signs over and over.
func repeats(p string) bool {
	for n := 1; n <= 4 && 2*n <= len(p); n++ {
		if strings.HasPrefix(strings.Repeat(p[:n], len(p)/n+1), p) {
			return true
		}
	}
	return false
}

// climbs reports whether each sign follows the one before, up or down.
func climbs(p string) bool {
	for _, step := range []rune{1, -1} {
		steady, last := true, rune(0)
		for i, r := range p {
			next := r == last+step || step == 1 && r == '0' && last == '9'
			steady = steady && (i == 0 || next)
			last = r
		}
		if steady {
			return true
		}
	}
	return false
}

// onKeyboard reports whether a text is a walk over the keys, in either
// direction.
func onKeyboard(p string) bool {
	const least = 5
	if len(p) < least {
		return false
	}
	for _, row := range []string{"qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "1qaz2wsx3edc4rfv", "1q2w3e4r5t6z", "1q2w3e4r5t6y", "qwertyasdfgh", "qwertzasdfgh", "1234567890qwertyuiop"} {
		if strings.Contains(row, p) || strings.Contains(backwards(row), p) {
			return true
		}
	}
	return false
}

func backwards(p string) string {
	signs := []rune(p)
	for i, j := 0, len(signs)-1; i < j; i, j = i+1, j-1 {
		signs[i], signs[j] = signs[j], signs[i]
	}
	return string(signs)
}

// frequentPasswords are words that lists of leaked passwords are full of,
// without the digits that people add.
func frequentPasswords() map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(`
		abc abcd access account admin administrator agent andrea angel apple april august
		autumn baby babygirl baseball basketball batman bayern berlin blink borussia butterfly changeme
		charlie cheese chelsea chocolate computer cookie daniel default december demo desk dezember
		dragon einstein fcbayern february flower football forever freedom friday friends fussball fußball
		ficken gast gatehouse geheim google guest hallo hallohallo hamburg hello helpdesk herbst hunter iloveyou
		internet january jessica jesus jordan juli july juni june killer kennwort killer kunde letmein liebe liverpool
		login london love lovely lucky mai mama march maria market martin master matrix michael michelle
		minecraft monday monkey mother mustang mutter nicole november october oktober orange papa pass passw
		password passwort passwordpassword pokemon princess private qwert qwerty qwertz root sandra schalke
		schatz schatzi secret secure september service shadow snoopy soccer sommer spring sommerzeit sonne
		sonnenschein starwars start steelers stefan student summer sunday sunshine superman superstar support
		temp temporary test tester testtest thomas thunder tigger trustno user vater welcome whatever
		willkommen winter wordpass work yankees zaq zaqwsx`) {
		set[word] = true
	}
	return set
}
