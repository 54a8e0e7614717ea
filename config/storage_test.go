package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
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
