package agent_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// TestReminders makes one on a ticket, sees it come due, is done with it, and
// has it again.
func TestReminders(t *testing.T) {
	d, id := busyDesk(t)
	wants(t, d.Get("ann", path(id)), 200, "Remind me", "Only if nobody has answered by then", "Tom Tailor</option>")
	done := d.Post("ann", path(id)+"/reminders", "in", "1", "note", "Call the maker")
	wants(t, follow(t, d, "ann", done), 200, "The reminder is set.", "Call the maker", "08:00", "!from Ann")
	wants(t, d.Get("ann", "/agent/reminders"), 200, id.String()+" Arm 7 stops", "Call the maker", "!due late")
	wants(t, d.Get("tom", path(id)), 200, "Call the maker", "for Ann Archer")
	wants(t, d.Get("ray", path(id)), 200, "!Call the maker")
	wants(t, d.Get("tom", "/agent/reminders"), 200, "No reminders")
	wants(t, d.Get("bob", "/agent/reminders"), 404)

	wants(t, d.Post("ann", path(id)+"/reminders", "due", d.Now().Add(time.Hour).Format("2006-01-02T15:04"), "note", "Soon"), 303)
	d.Pass(2 * time.Hour)
	late := d.Get("ann", "/agent/reminders")
	wants(t, late, 200, "due late")
	if nav, _, _ := strings.Cut(late.Body.String(), "<main"); !strings.Contains(nav, "My reminders") {
		t.Error("the navigation does not lead to the reminders")
	}
	wants(t, follow(t, d, "ann", d.Post("ann", "/agent/reminders/2/done")), 200, "Have it again", "!Soon")
	wants(t, follow(t, d, "ann", d.Post("ann", "/agent/reminders/2/back", "from", "ticket")), 200, "The reminder is open again.", "Soon")
	wants(t, d.Post("ray", "/agent/reminders/1/done"), 404)
	wants(t, d.Post("ann", "/agent/reminders/1/nonsense"), 404)
}

// TestRemindersArePutOff: from the list and from the ticket, with what they say
// kept; what is refused stays typed, and nobody moves another one's.
func TestRemindersArePutOff(t *testing.T) {
	d, id := busyDesk(t)
	for who, due := range map[string]time.Duration{"ann": time.Hour, "tom": 2 * time.Hour} {
		webtest.Must(d.SaveReminder(t.Context(), d.By(who), service.NewReminder{Ticket: id, Note: who + " calls", Due: d.Now().Add(due), Silent: true}))(t)
	}
	list := webtest.Must(d.MyReminders(t.Context(), d.By("ann")))(t)
	later := "/agent/reminders/" + strconv.FormatInt(int64(list[0].ID), 10) + "/later"
	d.Pass(3 * time.Hour)
	wants(t, d.Get("ann", "/agent/reminders"), 200, "due late", "Put off", later)
	wants(t, follow(t, d, "ann", d.Post("ann", later, "in", "7")), 200, "The reminder is put off.", "ann calls", "if nobody answers", "!due late")
	got := webtest.Must(d.Reminder(t.Context(), d.By("ann"), list[0].ID))(t)
	if want := d.Now().AddDate(0, 0, 7); got.Due.YearDay() != want.YearDay() || got.Due.Hour() != 8 || got.Note != "ann calls" || !got.Silent || got.User != d.By("ann").User {
		t.Errorf("after it was put off it is %+v", got)
	}
	wants(t, follow(t, d, "ann", d.Post("ann", later, "in", "1", "from", "ticket")), 200, "The reminder is put off.", id.String(), "ann calls")
	for why, form := range map[string][]string{"Say when.": {"in", "at"}, "This is over already": {"due", "2020-01-01T08:00"}, "Write the moment as": {"due", "soon"}} {
		wants(t, d.Post("ann", later, form...), 422, why, "open><summary>Put off", "ann calls")
		wants(t, d.Post("ann", later, append(form, "from", "ticket")...), 422, why)
	}
	wants(t, d.Post("ray", later, "in", "1"), 404)
	wants(t, d.Post("bob", later, "in", "1"), 404)
}

// TestRemindersAreRefused: with why, and nothing is made.
func TestRemindersAreRefused(t *testing.T) {
	d, id := busyDesk(t)
	for why, form := range map[string][]string{
		"Say when.":                       {"in", "at"},
		"This is over already":            {"due", "2020-01-01T08:00"},
		"Write the moment as":             {"due", "soon"},
		"Choose somebody at the desk who": {"in", "1", "who", "99999"},
	} {
		wants(t, d.Post("ann", path(id)+"/reminders", form...), 422, why)
	}
	wants(t, d.Post("zoe", path(id)+"/reminders", "in", "1"), 404)
	wants(t, d.Post("ray", path(id)+"/reminders", "in", "1"), 303)
	if list := webtest.Must(d.Reminders(t.Context(), d.Sys, id))(t); len(list) != 1 || list[0].User != d.By("ray").User {
		t.Errorf("there are %+v", list)
	}
	other := service.NewReminder{Ticket: id, User: d.By("tom").User, Due: d.Now().Add(time.Hour), Silent: true}
	webtest.Must(d.SaveReminder(t.Context(), d.By("ann"), other))(t)
	wants(t, d.Get("tom", "/agent/reminders"), 200, "from Ann Archer", "if nobody answers")
	d.OK(d.SetStatus(t.Context(), d.Sys, id, desk.StatusResolved, 0))
}

// TestReminderInChromium: somebody who may not read comments has himself reminded
// by keys alone, is told at the bell of a page that is open when the time comes,
// and is done with it.
func TestReminderInChromium(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	b := signedIn(t, d, "ray")
	b.Go(t, path(id), webtest.Looks()["wide-light"])
	b.Do(t, chromedp.Evaluate[chromedp.Void](`document.activeElement.blur()`), chromedp.KeyEvent("m"), poll(`document.activeElement.id === "f-remind-in"`))
	b.Do(t, chromedp.SetValue("#f-remind-note", "Did the part come?"))
	b.Follow(t, chromedp.Evaluate[chromedp.Void](`document.querySelector("#f-remind-note").form.requestSubmit()`))
	b.Says(t, "Did the part come?")
	b.Go(t, "/agent/tickets?view=open", webtest.Looks()["wide-light"])
	b.Do(t, poll(`document.documentElement.dataset.live === "list"`))
	mine := webtest.Must(d.MyReminders(t.Context(), d.By("ray")))(t)
	webtest.Must(d.SaveReminder(t.Context(), d.By("ray"), service.NewReminder{ID: mine[0].ID, Note: mine[0].Note, Due: d.Now().Add(time.Hour)}))(t) // before the session ends
	d.Pass(2 * time.Hour)
	job := webtest.Must(d.ClaimJob(t.Context(), d.Sys, service.JobRemind))(t)
	d.OK(d.RemindDue(t.Context(), d.Sys, *job))
	b.Do(t, poll(`document.querySelector(".side .bell .count")?.textContent === "unread: 1"`))
	b.Go(t, "/agent/notices", webtest.Looks()["phone-dark"])
	b.Says(t, "You wanted to be reminded")
	b.Says(t, "Did the part come?")
	b.Go(t, "/agent/reminders", webtest.Looks()["wide-light"])
	b.Press(t, "Done")
	b.Examine(t, "reminder-done")
	if list := webtest.Must(d.MyReminders(t.Context(), d.By("ray")))(t); len(list) != 0 {
		t.Errorf("it is not done: %+v", list)
	}
}
