package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
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
		{name: "replica", secret: true, set: setReplica,
			help: "Address of a server that follows the PostgreSQL database (a hot standby), postgres://user@host/name: lists, searches and counts are read from it while it is late by replica_late at the most. Rights, tickets and everything that is changed are always read from the database. Empty: none."},
		{name: "replica_late", value: "5", set: setReplicaLate,
			help: "By how many seconds lists from the replica may be late, 2 to 300. One's own changes are always in them."},
		{name: "bucket", set: setBucket,
			help: "Bucket of a server that speaks S3, for files larger than 64 KB: https://s3.example.org/bucket, with a folder behind it where several desks share one, and ?region=… where it is not us-east-1; empty: they are files in the data directory. All nodes need the same."},
		{name: "bucket_key", set: setText(func(c *Config) *string { return &c.Bucket.Key }),
			help: "Name of the key for the bucket (access key id)."},
		{name: "bucket_secret", secret: true, set: setSecret(func(c *Config) *string { return &c.Bucket.Secret }),
			help: "Secret of the key for the bucket, or file: and the path of a file that holds it."},
	}
}

func setReplica(c *Config, value string) error {
	if value != "" && !strings.HasPrefix(value, "postgres://") && !strings.HasPrefix(value, "postgresql://") {
		return errors.New("write it as postgres://user@host/name, or leave it empty")
	}
	if value != "" && c.Database == "" {
		return errors.New("a replica follows a PostgreSQL database: set database too")
	}
	c.Replica = value
	return nil
}

func setReplicaLate(c *Config, value string) error {
	seconds, err := strconv.Atoi(value)
	if err != nil || seconds < 2 || seconds > 300 {
		return errors.New("write a number of seconds from 2 to 300")
	}
	c.ReplicaLate = time.Duration(seconds) * time.Second
	return nil
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
