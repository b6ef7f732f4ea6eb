package seal

import (
	"bytes"
	"io"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// secret returns a key that is all one byte.
func secret(b byte) []byte { return bytes.Repeat([]byte{b}, KeyBytes) }

// newRing returns a keyring; every key is one byte, many times.
func newRing(t require.TestingT, label string, keys ...byte) *Keyring {
	var secrets [][]byte
	for _, b := range keys {
		secrets = append(secrets, secret(b))
	}
	k, err := NewKeyring(label, secrets)
	require.NoError(t, err)
	return k
}

// bothRings runs a test with a ring that has a key and with one that has none.
func bothRings(t *testing.T, test func(t *testing.T, k *Keyring)) {
	t.Run("sealed", func(t *testing.T) { test(t, newRing(t, "shop", 1)) })
	t.Run("checksum", func(t *testing.T) { test(t, newRing(t, "shop")) })
}

func sequenceNumber() *rapid.Generator[uint64] { return rapid.Uint64Range(0, MaxSequence) }

// sealStream returns all that a sealer made by begin writes for plain.
func sealStream(t require.TestingT, plain []byte, begin func(w io.Writer) *Sealer) []byte {
	var sealed bytes.Buffer
	s := begin(&sealed)
	_, err := s.Write(plain)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	return sealed.Bytes()
}

func sealRequest(t require.TestingT, k *Keyring, plain []byte) []byte {
	return sealStream(t, plain, func(w io.Writer) *Sealer { return k.SealRequest(w, 7, 8, 9) })
}

// openRequest returns all of a request, or what came before the error.
func openRequest(k *Keyring, sealed []byte) ([]byte, error) {
	o, err := k.OpenRequest(bytes.NewReader(sealed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(o)
}
