package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"gatehouse/desk"
)

// A Bucket is where contents are kept instead of in files: at a server that
// speaks S3.
type Bucket struct {
	Host   string // with its port
	TLS    bool
	Name   string
	Prefix string // of all names in it, without slashes around it; empty: none
	Region string
	Key    string
	Secret string
	// Transport makes the connections; nil: as usual.
	Transport http.RoundTripper
}

// bucketTime bounds one call of a bucket, tries included. Others may wait for
// the transaction that makes it.
const bucketTime = 20 * time.Second

// bucketTries is how often a call is tried at the most.
const bucketTries = 3

// A bucketFiles keeps contents in a bucket.
type bucketFiles struct {
	client *minio.Client
	name   string
	prefix string
}

func openBucket(b *Bucket) (*bucketFiles, error) {
	client, err := minio.New(b.Host, &minio.Options{
		Creds: credentials.NewStaticV4(b.Key, b.Secret, ""), Secure: b.TLS, Region: b.Region,
		Transport: b.Transport, BucketLookup: minio.BucketLookupPath, MaxRetries: bucketTries,
	})
	if err != nil {
		return nil, fmt.Errorf("preparing the bucket %s at %s: %w", b.Name, b.Host, err)
	}
	return &bucketFiles{client, b.Name, b.Prefix}, nil
}

func (b *bucketFiles) key(name string) string { return path.Join(b.prefix, name) }

// away says that the bucket did not do what was asked.
func (b *bucketFiles) away(err error, what string) error {
	if err == nil {
		return nil
	}
	return desk.Wrap(desk.Unavailable, fmt.Errorf("%s the bucket %s: %w", what, b.name, err),
		"The desk cannot reach the store of its files at the moment; try again in a minute.")
}

func (b *bucketFiles) put(ctx context.Context, digest string, content []byte) error {
	ctx, cancel := context.WithTimeout(ctx, bucketTime)
	defer cancel()
	_, err := b.client.PutObject(ctx, b.name, b.key(digest[:2]+"/"+digest), bytes.NewReader(content), int64(len(content)),
		minio.PutObjectOptions{ContentType: "application/octet-stream", DisableMultipart: true})
	return b.away(err, "storing in")
}

func (b *bucketFiles) get(ctx context.Context, digest string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, bucketTime)
	defer cancel()
	object, err := b.client.GetObject(ctx, b.name, b.key(digest[:2]+"/"+digest), minio.GetObjectOptions{})
	if err != nil {
		return nil, b.away(err, "reading from")
	}
	defer object.Close()
	content, err := io.ReadAll(object)
	if minio.ToErrorResponse(err).Code == minio.NoSuchKey {
		return nil, fmt.Errorf("the bucket %s has no such content: %w", b.name, fs.ErrNotExist)
	}
	return content, b.away(err, "reading from")
}

func (b *bucketFiles) remove(ctx context.Context, name string) error {
	ctx, cancel := context.WithTimeout(ctx, bucketTime)
	defer cancel()
	return b.away(b.client.RemoveObject(ctx, b.name, b.key(name), minio.RemoveObjectOptions{}), "removing from")
}

func (b *bucketFiles) each(ctx context.Context, do func(name string, written time.Time) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	options := minio.ListObjectsOptions{Recursive: true}
	if b.prefix != "" {
		options.Prefix = b.prefix + "/"
	}
	for object := range b.client.ListObjects(ctx, b.name, options) {
		if object.Err != nil {
			return b.away(object.Err, "listing")
		}
		name := strings.TrimPrefix(object.Key, options.Prefix)
		if len(path.Base(name)) != 64 {
			continue // not ours
		}
		if err := do(name, object.LastModified); err != nil {
			return err
		}
	}
	return nil
}

func (b *bucketFiles) check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, bucketTime)
	defer cancel()
	there, err := b.client.BucketExists(ctx, b.name)
	if err == nil && !there {
		err = errors.New("there is none")
	}
	return b.away(err, "looking for")
}

// TryBucket stores something small in a bucket, reads it and removes it.
func TryBucket(ctx context.Context, of *Bucket) error {
	b, err := openBucket(of)
	if err != nil {
		return err
	}
	content := []byte("Written to see whether it can be.\n")
	digest := Digest(content)
	if err := b.put(ctx, digest, content); err != nil {
		return err
	}
	got, err := b.get(ctx, digest)
	if err == nil && !bytes.Equal(got, content) {
		err = b.away(errors.New("what was stored comes back as something else"), "trying")
	}
	return errors.Join(err, b.remove(ctx, digest[:2]+"/"+digest))
}
