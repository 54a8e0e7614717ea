package mailtest_test

import (
	"testing"

	"gatehouse/desk"
	"gatehouse/mail/mailtest"
	"gatehouse/service"
)

// TestRelaysOfTheDesk: those that were set up go before those of the settings,
// in their order; where one cannot be reached the next one gets the letters, and
// the page says so; one that is switched off or removed gets none.
func TestRelaysOfTheDesk(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	opened(t, d)
	first, second := mailtest.StartRelay(t), mailtest.StartRelay(t)
	set := func(name string, r *mailtest.Relay, place int, off bool) {
		t.Helper()
		if err := d.SaveMailRelay(t.Context(), mailtest.System(), desk.MailRelay{Name: name, Server: r.Address, Security: "off", Place: place, Disabled: off}); err != nil {
			t.Fatal(err)
		}
	}
	goesBy := func(why string, want *mailtest.Relay) {
		t.Helper()
		write(t, d, "ann", service.NewMessage{})
		d.MustWork()
		for _, r := range []*mailtest.Relay{first, second, d.Relay} {
			if got := len(r.Take()); (got > 0) != (r == want) {
				t.Errorf("%s: %d letters at %s", why, got, r.Address)
			}
		}
	}
	said := func() (list []string) {
		relays, err := d.MailRelays(t.Context(), mailtest.System())
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range relays {
			list = append(list, r.Said)
		}
		return list
	}
	goesBy("only the settings name one", d.Relay)
	set("second", second, 20, false)
	goesBy("one was set up", second)
	set("first", first, 10, false)
	d.MustWork() // idle: hangs up
	goesBy("by their places", first)
	first.Down()
	goesBy("the first cannot be reached", second)
	if got := said(); got[0] == "" || got[1] != "" {
		t.Errorf("they said %q", got)
	}
	first.Up()
	d.MustWork()
	goesBy("it can be again", first)
	if got := said(); got[0] != "" {
		t.Errorf("it said %q", got)
	}
	set("first", first, 10, true)
	goesBy("it is switched off", second)
	if err := d.RemoveMailRelay(t.Context(), mailtest.System(), "second"); err != nil {
		t.Fatal(err)
	}
	goesBy("the other is removed", d.Relay)
}
