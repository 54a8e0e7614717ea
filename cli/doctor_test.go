package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gatehouse/store/pgtest"
)

// TestDoctorFindsWhatIsWrong: each thing that is set wrongly has a line that
// says so, why, and what to do, and the answer is no.
func TestDoctorFindsWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, gatehouse(t, dir, nil, "queue", "add", "support", "--address", "support@desk.example"))
	file, damaged := filepath.Join(dir, "file"), filepath.Join(dir, "damaged")
	if err := os.Mkdir(damaged, 0o700); err != nil {
		t.Fatal(err)
	}
	clock := filepath.Join(dir, "clock")
	if err := os.WriteFile(clock, []byte("60"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{file, filepath.Join(damaged, "gatehouse.db")} {
		if err := os.WriteFile(path, []byte("something else, and long enough to be looked at by who opens it"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		why  string
		env  string
		says string
	}{
		{"the directory is a file", "GATEHOUSE_DATA=" + file, `directory +wrong .* is a file: name a directory`},
		{"the directory cannot be made", "GATEHOUSE_DATA=/proc/desk/data", `directory +wrong .* cannot be made in /proc by this user`},
		{"the database is damaged", "GATEHOUSE_DATA=" + damaged, `database +wrong .*not a database.*restore a backup`},
		{"no PostgreSQL answers", "GATEHOUSE_DATABASE=postgres://desk@127.0.0.1:1/desk", `database +wrong +it cannot be used: .*connection refused; is it up`},
		{"the clock is not that of the database", "GATEHOUSE_DATABASE=" + pgtest.NewDatabase(t) + "\n" + clockVar + "=" + clock, `clock +look +it .*database server's are 1m0s apart`},
		{"no relay answers", "GATEHOUSE_RELAY=127.0.0.1:1", `relay +wrong +127.0.0.1:1 does not answer`},
		{"an address of another machine", "GATEHOUSE_WEB=192.0.2.7:8080", `web +wrong +nobody can listen on 192.0.2.7:8080 here`},
		{"a key that is not there", "GATEHOUSE_DKIM_KEY=/nowhere", `dkim_key +wrong .*no such file.*letters wait`},
		{"no bucket answers", "GATEHOUSE_BUCKET=http://127.0.0.1:1/bucket", `bucket +wrong .*connection refused`},
	} {
		t.Run(tt.why, func(t *testing.T) {
			out, err := gatehouse(t, dir, strings.Split(tt.env, "\n"), "doctor").CombinedOutput()
			if wrong := strings.Contains(tt.says, " +wrong "); wrong && (err == nil || err.Error() != "exit status 1") || !regexp.MustCompile(tt.says).Match(out) {
				t.Errorf("got %v, want %s in\n%s", err, tt.says, out)
			}
		})
	}
}
