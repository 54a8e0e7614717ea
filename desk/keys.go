package desk

import "strings"

// OwnKeys are the keys of the pages as somebody wants them.
type OwnKeys struct {
	Off bool // single keys do nothing
	// Keys are those that he changed, by the name of what they do; empty: none.
	Keys map[string]string
}

const (
	mostKeys    = 100
	longestName = 40
)

// Check refuses keys that nobody can press: each is one sign, or two with a space
// between them. The error names the field of the action.
func (k OwnKeys) Check() error {
	if len(k.Keys) > mostKeys {
		return Errorf(Invalid, "These are too many keys.")
	}
	wrong := map[string]string{}
	for name, keys := range k.Keys {
		if name == "" || len(name) > longestName {
			return Errorf(Invalid, "There is nothing of that name that a key could do.")
		}
		if keys != "" && !pressable(keys) {
			wrong[name] = "Write one sign, as x, or two with a space between them, as g x."
		}
	}
	if len(wrong) > 0 {
		return InvalidFields(wrong)
	}
	return nil
}

func pressable(keys string) bool {
	parts := strings.Split(keys, " ")
	for _, part := range parts {
		sign := []rune(part)
		if len(sign) != 1 || sign[0] < '!' || sign[0] >= 0x7f && sign[0] < 0xa1 {
			return false
		}
	}
	return len(parts) <= 2
}
