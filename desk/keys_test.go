package desk

import (
	"strings"
	"testing"
)

func TestOwnKeys(t *testing.T) {
	for keys, ok := range map[string]bool{
		"x": true, "?": true, "ä": true, "g x": true, "": true, "xy": false, "g  x": false, " x": false, "g x y": false, "\t": false, "\u007f": false, "g \u00a0": false,
	} {
		if err := (OwnKeys{Keys: map[string]string{"reply": keys}}).Check(); (err == nil) != ok || err != nil && FieldTexts(err)["reply"] == "" {
			t.Errorf("%q: got %v", keys, err)
		}
	}
	many := map[string]string{}
	for i := range 101 {
		many[strings.Repeat("a", i%39+1)+string(rune('a'+i/39))] = "x"
	}
	for why, keys := range map[string]map[string]string{"a long name": {strings.Repeat("n", 41): "x"}, "no name": {"": "x"}, "many": many} {
		if err := (OwnKeys{Keys: keys}).Check(); KindOf(err) != Invalid {
			t.Errorf("%s: got %v", why, err)
		}
	}
}
