package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestBucket(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte(" s3cret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		why, value string
		want       Bucket
	}{
		{"none", "", Bucket{}},
		{"as usual", "https://s3.example.org/desk", Bucket{Host: "s3.example.org:443", TLS: true, Name: "desk", Region: "us-east-1"}},
		{"with all there is", "http://[fd00::1]:9000/desk/one/two/?region=eu-west-1",
			Bucket{Host: "[fd00::1]:9000", Name: "desk", Prefix: "one/two", Region: "eu-west-1"}},
	} {
		tt.want.Key, tt.want.Secret = "k", "s3cret"
		c := load(t, Sources{Flags: map[string]string{"bucket": tt.value, "bucket_key": "k", "bucket_secret": "file:" + file}})
		if c.Bucket != tt.want {
			t.Errorf("%s: got %+v, want %+v", tt.why, c.Bucket, tt.want)
		}
	}
	for value, says := range map[string]string{
		"desk": "https://s3", "s3://desk": "https://s3", "https://s3.example.org/": "which bucket", "https://u:p@s3.example.org/desk": "bucket_secret",
	} {
		if _, err := Load(Sources{Flags: map[string]string{"bucket": value}}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: got %v, want that it says %s", value, err, says)
		}
	}
	if _, err := Load(Sources{Flags: map[string]string{"bucket_secret": "file:/not/there"}}); err == nil || !strings.Contains(err.Error(), "cannot be read") {
		t.Errorf("a file that is not there: got %v", err)
	}
}

// TestReplica: a replica is one of a PostgreSQL database, and its lateness a
// number of seconds; its address may hold a password and is not shown.
func TestReplica(t *testing.T) {
	with := func(database, replica, late string) (*Config, error) {
		return Load(Sources{Flags: map[string]string{"database": database, "replica": replica, "replica_late": late}})
	}
	c, err := with("postgres://main/desk", "postgresql://u:pw@other/desk", "30")
	if err != nil || c.Replica != "postgresql://u:pw@other/desk" || c.ReplicaLate != 30*time.Second {
		t.Fatalf("got %+v, %v", c, err)
	}
	for _, l := range c.Lines() {
		if strings.Contains(l.Value, "pw") {
			t.Errorf("%s shows %s", l.Name, l.Value)
		}
	}
	if c := load(t, Sources{}); c.Replica != "" || c.ReplicaLate != 5*time.Second {
		t.Errorf("as it comes: %q, late by %s", c.Replica, c.ReplicaLate)
	}
	for _, tt := range []struct{ database, replica, late, says string }{
		{"", "postgres://other/desk", "5", "set database too"},
		{"postgres://main/desk", "other", "5", "postgres://user@host/name"},
		{"postgres://main/desk", "postgres://other/desk", "1", "from 2 to 300"},
		{"postgres://main/desk", "postgres://other/desk", "5s", "from 2 to 300"},
		{"postgres://main/desk", "postgres://other/desk", "301", "from 2 to 300"},
	} {
		if _, err := with(tt.database, tt.replica, tt.late); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%+v: got %v", tt, err)
		}
	}
}
