package web_test

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatehouse/desk"
	"gatehouse/web"
)

// TestBlocks parts messages as people write them.
func TestBlocks(t *testing.T) {
	for _, tt := range []struct {
		why, text string
		want      []web.Block
	}{
		{"no quotation", "Hello\n\nBob", []web.Block{{Text: "Hello\n\nBob"}}},
		{"nothing", " \n\n", nil},
		{"the answer above", "Yes.\n\nOn Monday Bob wrote:\n> Is it\n> warm?", []web.Block{{Text: "Yes."}, {Text: "On Monday Bob wrote:\nIs it\nwarm?", Quoted: true}}},
		{"the introduction apart", "Yes.\r\nBob wrote:\r\n\r\n> warm?", []web.Block{{Text: "Yes."}, {Text: "Bob wrote:\n\nwarm?", Quoted: true}}},
		{"the answer between", "> one?\nYes.\n> two?\nNo.", []web.Block{{Text: "one?", Quoted: true}, {Text: "Yes."}, {Text: "two?", Quoted: true}, {Text: "No."}}},
		{"a signature", "Yes.\n-- \nBob", []web.Block{{Text: "Yes."}, {Text: "-- \nBob", Signature: true}}},
		{"an answer by Outlook", "Ja.\n\nVon: Bob\nGesendet: Montag\nAn: Ann\nBetreff: Toner\n\nwarm?", []web.Block{{Text: "Ja."}, {Text: "Von: Bob\nGesendet: Montag\nAn: Ann\nBetreff: Toner\n\nwarm?", Quoted: true}}},
		{"a quotation only", "> one", []web.Block{{Text: "one", Quoted: true}}},
	} {
		if diff := cmp.Diff(tt.want, web.Blocks(tt.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.why, diff)
		}
	}
}

// TestSize writes sizes as people read them.
func TestSize(t *testing.T) {
	for n, want := range map[int64]string{0: "0 B", 999: "999 B", 1000: "1 KB", 48_600: "49 KB", 999_499: "999 KB", 999_500: "1.0 MB", 32 << 20: "33.6 MB"} {
		if got := web.Size(n); got != want {
			t.Errorf("%d bytes are %q, want %q", n, got, want)
		}
	}
}

// TestRefuse puts sentences where they belong.
func TestRefuse(t *testing.T) {
	name, kind := web.Field{Name: "name"}, web.Field{Name: "kind", Kind: "select"}
	rest := web.Refuse(desk.InvalidFields(map[string]string{"name": "Too long.", "kind": "Choose one.", "other": "Wrong."}), &name, &kind)
	if name.Error != "Too long." || !name.Autofocus || kind.Error != "" {
		t.Errorf("the fields say %q and %q", name.Error, kind.Error)
	}
	if want := "Choose one. Wrong."; rest != want {
		t.Errorf("what no field shows is %q, want %q", rest, want)
	}
	if got := web.Refuse(desk.Errorf(desk.Conflict, "Somebody was faster."), &name); got != "Somebody was faster." {
		t.Errorf("an error about no field says %q", got)
	}
}

// TestRetype keeps what was typed, but for passwords.
func TestRetype(t *testing.T) {
	r := form("/", url.Values{"name": {"Bob"}, "kind": {"b"}, "join": {"1"}, "password": {"secret"}}.Encode())
	if err := web.ReadForm(r); err != nil {
		t.Fatal(err)
	}
	name, join, off, password := web.Field{Name: "name"}, web.Field{Name: "join", Kind: "checkbox"}, web.Field{Name: "off", Kind: "checkbox", Checked: true}, web.Field{Name: "password", Kind: "password"}
	kind := web.Field{Name: "kind", Kind: "select", Options: []web.Option{{Value: "a", Selected: true}, {Value: "b"}}}
	web.Retype(r, &name, &join, &off, &password, &kind)
	if name.Value != "Bob" || !join.Checked || off.Checked || password.Value != "" || kind.Options[0].Selected || !kind.Options[1].Selected {
		t.Errorf("got %+v %+v %+v %+v %+v", name, join, off, password, kind)
	}
}
