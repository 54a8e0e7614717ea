package mailtest_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/mail/mailtest"
)

// subscribed makes ann a dashboard like the one that every desk has, which she
// gets daily in her language.
func subscribed(t *testing.T, d *mailtest.Desk, language string) desk.DashboardID {
	t.Helper()
	ann := d.By("ann")
	u, err := d.Service.User(t.Context(), mailtest.System(), ann.User)
	if err != nil {
		t.Fatal(err)
	}
	u.Language = language
	if err := d.UpdateUser(t.Context(), mailtest.System(), *u); err != nil {
		t.Fatal(err)
	}
	board := desk.StartingDashboard()
	board.Owner, board.Name = ann.User, "Tag & Nacht"
	board.Parts[4].Report.Title = "" // which then says what it counts
	board.Parts = append(board.Parts, desk.DashboardPart{Report: desk.TicketReport{Title: "Wrong", By: []desk.Grouping{"field-99"}}})
	id, err := d.SaveDashboard(t.Context(), ann, board)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.SubscribeDashboard(t.Context(), ann, desk.DashboardLetter{Dashboard: id, Every: desk.Daily, Hour: 8}); err != nil {
		t.Fatal(err)
	}
	return id
}

// TestDashboardsInOnesLanguage: a dashboard comes as text and as HTML with its
// tables, in the language of its reader, with what he may see.
func TestDashboardsInOnesLanguage(t *testing.T) {
	for language, says := range map[string][]string{
		"de": {"Noch zu tun: 1\n", "Tickets nach Status\n", "  Status  Tickets\n  Neu           1\n", "Bis zur Lösung: Hier sind keine Tickets.", "Tag & Nacht, 03.03.2026, 0", "Sie erhalten dies", "mehr als 90 Tage", "/agent/dashboards/1\n", "Wrong\nThere is no such field."},
		"en": {"Still to be done: 1\n", "Tickets by Status\n", "  Status  Tickets\n  New           1\n", "more than 90 days", "You get this because", "Until the first answer: No tickets here."},
	} {
		t.Run(language, func(t *testing.T) {
			d := mailtest.OpenShop(t, "")
			opened(t, d)
			subscribed(t, d, language)
			d.MustWork()
			d.Relay.Take()
			d.Clock.Advance(24 * time.Hour)
			d.MustWork()
			sent := d.Relay.Take()
			if len(sent) != 1 || mailtest.To(sent) != "ann" {
				t.Fatalf("at its hour: got %s", mailtest.To(sent))
			}
			letter := sent[0].Letter
			if letter.Subject != "Tag & Nacht (Desk)" {
				t.Errorf("its subject is %q", letter.Subject)
			}
			text := strings.ReplaceAll(letter.Text, "\r\n", "\n")
			for _, part := range says {
				if !strings.Contains(text, part) {
					t.Errorf("it does not say %q:\n%s", part, text)
				}
			}
			tables := regexp.MustCompile(`(?s)<h2[^>]*>(.*?)</h2>\s*<table`).FindAllStringSubmatch(letter.HTML, -1)
			if len(tables) != 7 || !strings.Contains(letter.HTML, "Tag &amp; Nacht") || strings.Count(letter.HTML, "<tr>") < 50 {
				t.Errorf("its HTML has the tables %q:\n%.3000s", tables, letter.HTML)
			}
			if key := regexp.MustCompile(`\b(report|dashboard|status)\.[a-z]+`).FindString(text); key != "" {
				t.Errorf("%q is no word", key)
			}
		})
	}
}

// TestDashboardsEndWithTheRight: once a reader may not see a dashboard it comes
// no longer, and nobody is told why.
func TestDashboardsEndWithTheRight(t *testing.T) {
	onBoth(t, func(t *testing.T, d *mailtest.Desk) {
		opened(t, d)
		subscribed(t, d, "en")
		d.MustWork()
		d.Relay.Take()
		u, err := d.Service.User(t.Context(), mailtest.System(), d.By("ann").User)
		if err != nil {
			t.Fatal(err)
		}
		u.Disabled = true
		if err := d.UpdateUser(t.Context(), mailtest.System(), *u); err != nil {
			t.Fatal(err)
		}
		d.Clock.Advance(48 * time.Hour)
		d.MustWork()
		if sent := d.Relay.Take(); len(sent) != 0 {
			t.Errorf("who is disabled gets %s", mailtest.To(sent))
		}
	})
}
