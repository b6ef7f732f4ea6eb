//go:build unix

package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/live/spec"
)

// newPair makes a certificate with a serial number, to be told from others by it.
func newPair(t *testing.T, serial int64) tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	form := &x509.Certificate{SerialNumber: big.NewInt(serial), NotAfter: time.Now().Add(time.Hour)}
	signed, err := x509.CreateCertificate(rand.Reader, form, form, key.Public(), key)
	require.NoError(t, err)
	return tls.Certificate{Certificate: [][]byte{signed}, PrivateKey: key}
}

// serialAt is the serial number of the certificate that is shown to who connects now.
func serialAt(t *testing.T, n *liveNode) int64 {
	c, err := tls.Dial("tcp", strings.TrimPrefix(n.api, "https://"), &tls.Config{InsecureSkipVerify: true})
	require.NoError(t, err)
	defer c.Close()
	return c.ConnectionState().PeerCertificates[0].SerialNumber.Int64()
}

// "SIGHUP has it read the origins, the keys and the certificate of the API again; a file that is wrong
// changes nothing."
func TestTheCertificateIsReadAgain(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "node.yaml", hasty)
	cert, key := writePair(t, folder, newPair(t, 1))
	n := startNode(t, folder, "-name", "a", "-tls-cert", cert, "-tls-key", key)
	require.EqualValues(t, 1, serialAt(t, n))

	writePair(t, folder, newPair(t, 2))
	require.NoError(t, syscall.Kill(syscall.Getpid(), syscall.SIGHUP))
	require.Eventually(t, func() bool { return serialAt(t, n) == 2 }, 30*time.Second, 20*time.Millisecond)

	write(t, folder, "key.pem", "no key")
	require.NoError(t, syscall.Kill(syscall.Getpid(), syscall.SIGHUP))
	eventually(t, func() bool { return strings.Contains(n.log.String(), "reload-refused") }, n)
	require.Contains(t, n.log.String(), "-tls-cert "+cert+", -tls-key "+key+": tls: ")
	require.EqualValues(t, 2, serialAt(t, n))
	require.NoError(t, n.stop())
}

func TestNoCertificateIsNoTLS(t *testing.T) {
	c, err := readCertificate(spec.TLS{})
	require.NoError(t, err)
	require.Nil(t, c.config())
	require.NoError(t, c.read())
}
