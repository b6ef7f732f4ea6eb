package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
)

// cipherTagBytes is the length of the tag of AES-GCM.
const cipherTagBytes = 16

// key is what one shared key is used as.
type key struct {
	id        uint32 // 0 for the checksum only
	labelHint uint16
	secret    []byte // the pseudorandom key of HKDF; nil for the checksum
}

func newKey(label string, shared []byte) *key {
	secret, err := hkdf.Extract(sha256.New, shared, []byte("butterfly 1"))
	must(err)
	k := &key{secret: secret}
	k.id = max(1, binary.BigEndian.Uint32(k.expand("key", "", nil, 4)))
	k.labelHint = binary.BigEndian.Uint16(k.expand("label", label, nil, 2))
	return k
}

// newChecksumKey returns the key of a ring that has none.
func newChecksumKey(label string) *key {
	sum := sha256.Sum256([]byte(label))
	return &key{labelHint: binary.BigEndian.Uint16(sum[:])}
}

// derive returns the cipher of a subkey. All callers with one purpose have a context of one length,
// so no two inputs of the derivation read the same.
func (k *key) derive(purpose, label string, context []byte) cipher.AEAD {
	if k.secret == nil {
		return newChecksum(purpose, label, context)
	}
	block, err := aes.NewCipher(k.expand(purpose, label, context, KeyBytes))
	must(err)
	gcm, err := cipher.NewGCM(block)
	must(err)
	return gcm
}

func (k *key) expand(purpose, label string, context []byte, bytes int) []byte {
	info := "butterfly " + purpose + "\x00" + label + string(context)
	expanded, err := hkdf.Expand(sha256.New, k.secret, info, bytes)
	must(err)
	return expanded
}

// must panics on errors that only wrong lengths cause, and ours are constants.
func must(err error) {
	if err != nil {
		panic("seal: " + err.Error())
	}
}
