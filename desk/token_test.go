package desk_test

import (
	"testing"

	"gatehouse/desk"
)

// TestLimits: what is written is read again, and what is not known is refused
// rather than passed over.
func TestLimits(t *testing.T) {
	for _, tt := range []struct {
		text, want string // want: as it is written again; "!": it is refused
		narrow     bool
	}{
		{"", "", false},
		{"read", "read", false},
		{"tickets", "tickets", true},
		{"queue:3", "queue:3", true},
		{"queue:12 queue:3 read", "read queue:3 queue:12", true},
		{"tickets queue:3 read", "read tickets queue:3", true},
		{"write", "!", false},
		{"read fly", "!", false},
		{"queue:", "!", false},
		{"queue:-3", "!", false},
		{"queue:0", "!", false},
		{"queue:3 queue:3", "!", false},
		{" ", "", false},
	} {
		got, err := desk.ParseLimits(tt.text)
		if err != nil {
			if tt.want != "!" {
				t.Errorf("%q: %v", tt.text, err)
			}
			continue
		}
		if got.String() != tt.want || got.Narrow() != tt.narrow {
			t.Errorf("%q: got %q, narrow %v; want %q, %v", tt.text, got, got.Narrow(), tt.want, tt.narrow)
		}
	}
	none := (*desk.Limits)(nil)
	if none.OnlyLooks() || none.Rights() != desk.EveryRight() || none.String() != "" {
		t.Error("no limits limit something")
	}
	if work := desk.WorkRights(); work.Has(desk.SuperUser) || work.Has(desk.ManageAuthTokens) || work.Has(desk.ModifySelf) || !work.Has(desk.ReplyToTicket) || !work.Has(desk.SeeCustomField) {
		t.Errorf("the rights of work are %v", work.Names())
	}
}
