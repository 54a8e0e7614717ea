package cli_test

import (
	"net/http"
	"net/smtp"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gatehouse/store/pgtest"
	"gatehouse/store/s3test"
)

// TestLettersWaitForTheBucket: a desk whose files are in a bucket takes letters,
// refuses large ones for the moment while the bucket fails, and says that it is
// not ready then. Doctor tells which of the settings is wrong.
func TestLettersWaitForTheBucket(t *testing.T) {
	bucket, dir := s3test.Start(t), t.TempDir()
	secret := filepath.Join(dir, "secret")
	if err := os.WriteFile(secret, []byte(s3test.Secret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := []string{"GATEHOUSE_DATABASE=" + pgtest.NewDatabase(t), "GATEHOUSE_LOG_LEVEL=error", "GATEHOUSE_MAIL_DOMAIN=desk.example",
		"GATEHOUSE_BUCKET=http://" + bucket.Host + "/" + s3test.Bucket + "?region=" + s3test.Region, "GATEHOUSE_BUCKET_KEY=" + s3test.Key}
	good := append(env, "GATEHOUSE_BUCKET_SECRET=file:"+secret)
	mustRun(t, gatehouse(t, dir, good, "queue", "add", "support", "--address", "support@desk.example"))
	n := startNode(t, gatehouse(t, dir, good, "serve"))
	send := func(what string) error {
		letter := "From: kim@customer.example\r\nSubject: " + what + "\r\n\r\n" + strings.Repeat(what+"\r\n", 20_000)
		return smtp.SendMail(n.smtp, nil, "kim@customer.example", []string{"support@desk.example"}, []byte(letter))
	}
	ready := func() int {
		response, err := http.Get(n.web + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		return response.StatusCode
	}
	if err := send("before"); err != nil || len(bucket.Names()) == 0 || ready() != http.StatusOK {
		t.Fatalf("before: %v, the bucket has %q, ready is %d", err, bucket.Names(), ready())
	}
	bucket.Break(http.StatusServiceUnavailable)
	if err := send("meanwhile"); err == nil || !strings.HasPrefix(err.Error(), "4") {
		t.Errorf("while the bucket fails: got %v, want a temporary refusal", err)
	}
	if got := ready(); got != http.StatusServiceUnavailable {
		t.Errorf("while the bucket fails: ready is %d", got)
	}
	if out, err := gatehouse(t, dir, good, "doctor").CombinedOutput(); err == nil || !strings.Contains(string(out), "files cannot be kept in desk at") {
		t.Errorf("doctor, while the bucket fails: %v\n%s", err, out)
	}
	bucket.Break(0)
	if err := send("meanwhile"); err != nil || ready() != http.StatusOK {
		t.Errorf("afterwards: %v, ready is %d", err, ready())
	}
	if out, _ := gatehouse(t, dir, good, "doctor").CombinedOutput(); !strings.Contains(string(out), "keeps files") {
		t.Errorf("doctor says\n%s", out)
	}
	bad := append(env, "GATEHOUSE_BUCKET_SECRET=guessed")
	if out, err := gatehouse(t, dir, bad, "doctor").CombinedOutput(); err == nil || !strings.Contains(string(out), "SignatureDoesNotMatch") {
		t.Errorf("doctor, with a wrong secret: %v\n%s", err, out)
	}
	n.stop(t)
	mustRun(t, gatehouse(t, dir, good, "verify"))
}
