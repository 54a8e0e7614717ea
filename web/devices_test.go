package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/serviceworker"
	"github.com/chromedp/chromedp"

	"gatehouse/web/webtest"
)

// What Chromium's service for messages would have answered, were it to be
// reached from here: everything else is the browser's own.
const signedUp = `PushManager.prototype.subscribe = async (options) => {
	if (new Uint8Array(options.applicationServerKey).length !== 65 || !options.userVisibleOnly) throw new Error("no key of a desk");
	return { toJSON: () => ({ endpoint: "https://push.example.org/abc", keys: { auth: "AAECAwQFBgcICQoLDA0ODw",
		p256dh: "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU" } }) };
}; 1`

// TestDevicesStory: Ann has her browser show messages; one comes while she reads
// her account, and she takes the browser away again.
func TestDevicesStory(t *testing.T) {
	d, b := localDesk(t)
	signIn(t, b, "ann", d.Password("ann"))
	b.Says(t, "Messages on your devices", "Show messages in this browser")
	origin := webtest.Value[string](t, b, `location.origin`)
	permit(t, b, origin, browser.PermissionSettingDenied)
	b.Do(t, chromedp.Click(chromedp.CSS("form[data-device] button")))
	if said := webtest.Value[string](t, b, `(async () => {
		const error = document.querySelector("form[data-device] p.error");
		while (error.hidden) await new Promise((go) => setTimeout(go, 20));
		return error.textContent;
	})()`); !strings.HasPrefix(said, "The browser shows no messages of this site") {
		t.Errorf("it says %q", said)
	}
	permit(t, b, origin, browser.PermissionSettingGranted)
	b.Do(t, chromedp.SetValue("#f-device-name", "Ann's laptop"), chromedp.Evaluate[chromedp.Void](signedUp))
	b.Press(t, "Show messages in this browser")
	b.Says(t, "This browser shows you messages of the desk from now on", "Ann's laptop", "never used")
	b.Examine(t, "account-device")

	shown := ""
	for range 50 { // a worker that has only just begun may miss one
		b.Do(t, deliver(origin, `{"title":"[Desk #7] Fire","body":"Hear","url":"/agent/tickets/7","tag":"ticket-7"}`))
		if shown = webtest.Value[string](t, b, `(async () => {
			await new Promise((go) => setTimeout(go, 300));
			const [n] = await (await navigator.serviceWorker.ready).getNotifications();
			return n ? [n.title, n.body, n.data, n.tag].join("|") : "";
		})()`); shown != "" {
			break
		}
	}
	if shown != "[Desk #7] Fire|Hear|/agent/tickets/7|ticket-7" {
		t.Errorf("the browser shows %s", shown)
	}
	b.Press(t, "Try it Ann's laptop")
	b.Says(t, "A message is on its way to this device")
	b.Press(t, "Take away Ann's laptop")
	b.Says(t, "This device shows you no more messages")
}

// permit says what the person answers when the browser asks for messages.
func permit(t *testing.T, b *webtest.Browser, origin string, answer browser.PermissionSetting) {
	t.Helper()
	b.Do(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, browser.SetPermission, browser.SetPermissionParams{Permission: &browser.PermissionDescriptor{Name: "notifications"}, Setting: answer, Origin: origin})
		return err
	}))
}

// deliver has the browser take a message as if its service had sent it.
func deliver(origin, data string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		there := func(e serviceworker.EventWorkerRegistrationUpdated) bool { return len(e.Registrations) > 0 }
		found, err := chromedp.WaitEvent(serviceworker.WorkerRegistrationUpdated, there, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, err := cdp.Call(ctx, target, serviceworker.Enable, cdp.Empty{})
			return err
		}))(ctx, target)
		if err != nil {
			return err
		}
		_, err = cdp.Call(ctx, target, serviceworker.DeliverPushMessage, serviceworker.DeliverPushMessageParams{Origin: origin, RegistrationID: found.Registrations[0].RegistrationID, Data: data})
		return err
	})
}

// TestDeviceScript: it is at the root, so that it may show messages of all
// pages, and browsers look for a newer one.
func TestDeviceScript(t *testing.T) {
	d := webtest.NewDesk(t)
	w := d.Get("", "/device.js")
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/javascript") || w.Header().Get("Cache-Control") != "no-cache" || !strings.Contains(w.Body.String(), "showNotification") {
		t.Errorf("got %d, %v", w.Code, w.Header())
	}
}

// TestDevicesAreChecked: what no browser says of itself is refused, and what was
// typed stays.
func TestDevicesAreChecked(t *testing.T) {
	d, _ := localDesk(t)
	w := d.Post("ann", "/account/devices", "name", "Ann's laptop", "endpoint", "http://inside.example/", "key", "x", "auth", "y")
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "The browser named no address") || !strings.Contains(w.Body.String(), "Ann&#39;s laptop") {
		t.Errorf("got %d:\n%s", w.Code, w.Body)
	}
	if w := d.Post("bob", "/account/devices/1/remove"); w.Code != http.StatusNotFound {
		t.Errorf("bob takes away what is not his: %d", w.Code)
	}
}
