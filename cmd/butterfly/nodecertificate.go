package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"sync/atomic"

	"butterfly/node/live/spec"
)

// certificate is that of the API, with its key. It may be replaced while the API is served: who
// connects from then on gets the new one.
type certificate struct {
	paths spec.TLS
	pair  atomic.Pointer[tls.Certificate]
}

// readCertificate returns nil if there is to be no TLS.
func readCertificate(paths spec.TLS) (*certificate, error) {
	if paths.Cert == "" {
		return nil, nil
	}
	c := &certificate{paths: paths}
	return c, c.read()
}

// read takes over what the files have now. If they are no pair, the one before stays.
func (c *certificate) read() error {
	if c == nil {
		return nil
	}
	pair, err := tls.LoadX509KeyPair(c.paths.Cert, c.paths.Key)
	var missing *fs.PathError
	if errors.As(err, &missing) {
		return fmt.Errorf("-tls-cert, -tls-key: %s: %w", missing.Path, missing.Err)
	}
	if err != nil {
		return fmt.Errorf("-tls-cert %s, -tls-key %s: %w", c.paths.Cert, c.paths.Key, err)
	}
	c.pair.Store(&pair)
	return nil
}

// config is that of the listener, nil for no TLS.
func (c *certificate) config() *tls.Config {
	if c == nil {
		return nil
	}
	return &tls.Config{
		MinVersion: tls.VersionTLS12,
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
			return c.pair.Load(), nil
		},
	}
}
