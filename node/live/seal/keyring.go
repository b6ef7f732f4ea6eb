package seal

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
)

// Why a frame does not open. What an attacker can learn from the choice is what the frame said in
// clear anyway.
var (
	// ErrForm means that the bytes are no frame of the kind expected: too short, of another
	// version, longer than said.
	ErrForm = errors.New("seal: not a sealed frame")
	// ErrKey means that the frame was sealed by a key that is not on the ring, or by none although
	// the ring has keys.
	ErrKey = errors.New("seal: sealed by a key that is not ours")
	// ErrLabel means that the frame is from a cluster with another label and a key of ours, or from
	// one with another label if neither has keys.
	ErrLabel = errors.New("seal: from a cluster with another label")
	// ErrForged means that the frame was changed on its way, or made by somebody without the key.
	ErrForged = errors.New("seal: changed on its way, or forged")
)

// Overhead is how much longer than its content a sealed datagram is, in bytes, with keys; without,
// it is less by 12.
const Overhead = headerBytes + cipherTagBytes

// MaxLabel is the greatest length of a label, in bytes.
const MaxLabel = 255

// Keyring seals and opens. It never changes, and any number of goroutines may use it.
type Keyring struct {
	label string
	keys  []*key // the first one seals; never empty
	salt  uint64
	cache subkeys
}

// NewKeyring returns a keyring for the cluster with a label, which may be empty. The first key
// seals, all of them open; without any there is a checksum instead. Errors name the key by its
// place, the first is 1.
func NewKeyring(label string, keys [][]byte) (*Keyring, error) {
	if len(label) > MaxLabel {
		return nil, fmt.Errorf("seal: a label of %d bytes, expected at most %d",
			len(label), MaxLabel)
	}
	if len(keys) > MaxKeys {
		return nil, fmt.Errorf("seal: %d keys, expected at most %d", len(keys), MaxKeys)
	}
	k := &Keyring{label: label, salt: newSalt()}
	if len(keys) == 0 {
		k.keys = []*key{newChecksumKey(label)}
	}
	for i, secret := range keys {
		if len(secret) != KeyBytes {
			return nil, fmt.Errorf("seal: key %d has %d bytes, expected %d",
				i+1, len(secret), KeyBytes)
		}
		derived := newKey(label, secret)
		for j, other := range k.keys {
			if other.id == derived.id {
				return nil, fmt.Errorf("seal: keys %d and %d are the same", j+1, i+1)
			}
		}
		k.keys = append(k.keys, derived)
	}
	return k, nil
}

// Keyed reports whether the ring has keys. Without, it finds damage and keeps out nobody.
func (k *Keyring) Keyed() bool { return k.keys[0].secret != nil }

// KeyIDs returns the names of the keys, as in [Header], the one that seals first. They give nothing
// away about the keys. A ring without keys has the one name 0.
func (k *Keyring) KeyIDs() []uint32 {
	ids := make([]uint32, len(k.keys))
	for i, key := range k.keys {
		ids[i] = key.id
	}
	return ids
}

// Seal appends the sealed datagram to dst, which must not overlap plain. It allocates only if dst
// has to grow. No two calls of one keyring may have the same from, generation and sequence; see the
// package documentation. It panics on numbers that are out of range.
func (k *Keyring) Seal(dst, plain []byte, from uint32, generation, sequence uint64) []byte {
	key := k.keys[0]
	start := len(dst)
	h := Header{From: from, Generation: generation, Sequence: sequence}
	dst = appendHeader(dst, datagram, key, k.salt, h)
	header := dst[start:]
	name := nameOf(header)
	cipher, cached := k.cache.find(name)
	if !cached {
		cipher = key.derive("datagram", k.label, header[fromAt:generationAt])
		k.cache.add(name, cipher)
	}
	return cipher.Seal(dst, header[generationAt:], plain, header)
}

// Open appends what was sealed in a datagram to dst, which must not overlap frame, and returns that
// with the header. It allocates only if dst has to grow, or for a sender that is new. The error is
// one of [ErrForm], [ErrKey], [ErrLabel], [ErrForged].
func (k *Keyring) Open(dst, frame []byte) (plain []byte, h Header, err error) {
	h, key, err := k.parseHeader(frame, datagram)
	if err != nil {
		return nil, Header{}, err
	}
	header := frame[:headerBytes]
	name := nameOf(header)
	cipher, cached := k.cache.find(name)
	if !cached {
		cipher = key.derive("datagram", k.label, header[fromAt:generationAt])
	}
	plain, err = cipher.Open(dst, header[generationAt:], frame[headerBytes:], header)
	if err != nil {
		return nil, Header{}, ErrForged
	}
	if !cached { // only now: whoever has no key is not to fill the cache
		k.cache.add(name, cipher)
	}
	return plain, h, nil
}

func newSalt() uint64 {
	var salt [8]byte
	_, _ = rand.Read(salt[:]) // never fails, by its documentation
	return binary.BigEndian.Uint64(salt[:])
}
