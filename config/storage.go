package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
)

// A Bucket is where large contents are kept in the place of files. Without a
// name there is none.
type Bucket struct {
	Host   string // with its port
	TLS    bool
	Name   string
	Prefix string // of all names in it; empty: none
	Region string
	Key    string
	Secret string
}

func storageTable() []setting {
	return []setting{
		{name: "bucket", set: setBucket,
			help: "Bucket of a server that speaks S3, for files larger than 64 KB: https://s3.example.org/bucket, with a folder behind it where several desks share one, and ?region=… where it is not us-east-1; empty: they are files in the data directory. All nodes need the same."},
		{name: "bucket_key", set: setText(func(c *Config) *string { return &c.Bucket.Key }),
			help: "Name of the key for the bucket (access key id)."},
		{name: "bucket_secret", secret: true, set: setSecret(func(c *Config) *string { return &c.Bucket.Secret }),
			help: "Secret of the key for the bucket, or file: and the path of a file that holds it."},
	}
}

func setBucket(c *Config, value string) error {
	if value == "" {
		return nil
	}
	u, err := url.Parse(value)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil || u.Fragment != "" {
		return errors.New("write it as https://s3.example.org/bucket; the key is bucket_key and bucket_secret")
	}
	name, prefix, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
	if name == "" {
		return errors.New("say which bucket it is, as in https://s3.example.org/bucket")
	}
	port, region := u.Port(), u.Query().Get("region")
	if port == "" {
		port = map[string]string{"https": "443", "http": "80"}[u.Scheme]
	}
	if region == "" {
		region = "us-east-1"
	}
	c.Bucket.Host, c.Bucket.TLS = net.JoinHostPort(u.Hostname(), port), u.Scheme == "https"
	c.Bucket.Name, c.Bucket.Prefix, c.Bucket.Region = name, prefix, region
	return nil
}

// setSecret takes a secret, or reads it from the file that is named.
func setSecret(field func(*Config) *string) func(*Config, string) error {
	return func(c *Config, value string) error {
		path, isFile := strings.CutPrefix(value, "file:")
		if !isFile {
			*field(c) = value
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("its file cannot be read: %w", err)
		}
		*field(c) = strings.TrimSpace(string(text))
		return nil
	}
}
