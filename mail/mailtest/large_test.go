package mailtest_test

import (
	"encoding/base64"
	"runtime"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/mail/mailtest"
)

// A letter of 20 MB, from its bytes to the ticket and the letters that tell of
// it: what it takes, the rubbish counted that is left behind, is at most
// twelve times its size.
func TestALargeLetter(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	line := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("abc", 19))) + "\n"
	raw := mailtest.CRLF("From: carla@case.example\nSubject: A scan\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee below.\n" +
		"--b\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n" + strings.Repeat(line, 20<<20/len(line)) + "--b--\n")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	id := d.Deliver("support@desk.example", raw)
	d.MustWork()
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 12*uint64(len(raw)) {
		t.Errorf("a letter of %d MB took %d MB of memory", len(raw)>>20, took>>20)
	}
	if got := d.Spooled(id); got.State != desk.SpoolDone || len(d.Show(1).Messages[0].Attachments) != 1 {
		t.Errorf("it is %s because %q", got.State, got.Reason)
	}
}
