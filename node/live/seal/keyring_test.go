package seal

import (
	"bytes"
	"encoding/hex"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestADatagramComesThrough(t *testing.T) {
	bothRings(t, func(t *testing.T, k *Keyring) {
		rapid.Check(t, func(t *rapid.T) {
			plain := rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "plain")
			want := Header{
				From:       rapid.Uint32Range(0, Senders-1).Draw(t, "from"),
				Generation: sequenceNumber().Draw(t, "generation"),
				Sequence:   sequenceNumber().Draw(t, "sequence"),
				KeyID:      k.KeyIDs()[0],
			}
			frame := k.Seal([]byte("before"), plain, want.From, want.Generation, want.Sequence)
			require.Equal(t, "before", string(frame[:6]))
			opened, h, err := k.Open([]byte("ahead"), frame[6:])
			require.NoError(t, err)
			require.Equal(t, "ahead"+string(plain), string(opened))
			require.Equal(t, want, h)
		})
	})
}

// "So a datagram grows by Overhead, 45 bytes, and by 33 with a checksum".
func TestOverhead(t *testing.T) {
	require.Equal(t, 45, Overhead)
	require.Len(t, newRing(t, "", 1).Seal(nil, []byte("hello"), 1, 2, 3), 5+45)
	require.Len(t, newRing(t, "").Seal(nil, []byte("hello"), 1, 2, 3), 5+33)
}

func TestEveryFlippedBitIsRefused(t *testing.T) {
	bothRings(t, func(t *testing.T, k *Keyring) {
		frame := k.Seal(nil, []byte("one and a half lines of text"), 300, 1<<40, 70000)
		for bit := range len(frame) * 8 {
			frame[bit/8] ^= 1 << (bit % 8)
			_, h, err := k.Open(nil, frame)
			require.Error(t, err, "bit %d", bit)
			require.Zero(t, h)
			frame[bit/8] ^= 1 << (bit % 8)
		}
	})
}

func TestEveryTruncationAndExtensionIsRefused(t *testing.T) {
	bothRings(t, func(t *testing.T, k *Keyring) {
		frame := k.Seal(nil, []byte("some text"), 300, 1<<40, 70000)
		for length := range frame {
			_, _, err := k.Open(nil, frame[:length])
			require.Error(t, err, "%d bytes", length)
		}
		_, _, err := k.Open(nil, append(frame, 0))
		require.ErrorIs(t, err, ErrForged)
	})
}

func TestWhyAFrameDoesNotOpen(t *testing.T) {
	ours := newRing(t, "shop", 1)
	for _, c := range []struct {
		name string
		from *Keyring
		want error
	}{
		{"another key", newRing(t, "shop", 2), ErrKey},
		{"another key and label", newRing(t, "bank", 2), ErrKey},
		{"another label", newRing(t, "bank", 1), ErrLabel},
		{"no key", newRing(t, "shop"), ErrKey},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := ours.Open(nil, c.from.Seal(nil, []byte("hello"), 1, 2, 3))
			require.ErrorIs(t, err, c.want)
			_, err = openRequest(ours, sealRequest(t, c.from, []byte("hello")))
			require.ErrorIs(t, err, c.want)
		})
	}
	_, _, err := newRing(t, "shop").Open(nil, newRing(t, "bank").Seal(nil, nil, 1, 2, 3))
	require.ErrorIs(t, err, ErrLabel)
	_, _, err = newRing(t, "shop").Open(nil, ours.Seal(nil, nil, 1, 2, 3))
	require.ErrorIs(t, err, ErrKey)
	_, _, err = ours.Open(nil, sealRequest(t, ours, []byte("hello")))
	require.ErrorIs(t, err, ErrForm)
}

// "under another one the frame does not open. The two bytes of hint only say why"
func TestAForgedHintOpensNothing(t *testing.T) {
	ours, others := newRing(t, "shop", 1), newRing(t, "bank", 1)
	frame := others.Seal(nil, []byte("hello"), 1, 2, 3)
	copy(frame[labelAt:fromAt], ours.Seal(nil, nil, 1, 2, 3)[labelAt:fromAt])
	_, _, err := ours.Open(nil, frame)
	require.ErrorIs(t, err, ErrForged)
}

// "Therefore the salt: each keyring has its own, so a server that lost its data and its clock, or
// that was given the number of another, has another subkey all the same."
func TestTwoRingsNeverSealAlike(t *testing.T) {
	a, b := newRing(t, "shop", 1), newRing(t, "shop", 1)
	plain := make([]byte, 64)
	first, second := a.Seal(nil, plain, 1, 2, 3), b.Seal(nil, plain, 1, 2, 3)
	require.NotEqual(t, first[headerBytes:], second[headerBytes:])
	require.Equal(t, first[generationAt:headerBytes], second[generationAt:headerBytes], "the nonce")
	for _, frame := range [][]byte{first, second} {
		opened, _, err := a.Open(nil, frame)
		require.NoError(t, err)
		require.Equal(t, plain, opened)
	}
}

// The layout is what servers of different builds have in common: a change of it is a change of the
// version. The sealed frame was checked by another implementation, hmac of Python's standard
// library for HKDF and AESGCM of its package cryptography.
func TestTheLayoutStays(t *testing.T) {
	k := newRing(t, "shop", 1)
	k.salt = 0x0102030405060708
	frame := k.Seal(nil, []byte("hello"), 0x1234, 0x0a0b0c0d0e0f, 0x112233445566)
	require.Equal(t, goldenDatagram, hex.EncodeToString(frame))
	k = newRing(t, "shop")
	k.salt = 0x0102030405060708
	frame = k.Seal(nil, []byte("hello"), 0x1234, 0x0a0b0c0d0e0f, 0x112233445566)
	require.Equal(t, goldenChecksum, hex.EncodeToString(frame))
}

const (
	goldenDatagram = "1176ef3bdad963123401020304050607080a0b0c0d0e0f112233445566" +
		"270193658dda62ca52fd70319a976f6c0264cc8bc6"
	goldenChecksum = "11000000008d90123401020304050607080a0b0c0d0e0f112233445566" +
		"68656c6c6f86786127"
)

func TestWhatDoesNotFitPanics(t *testing.T) {
	k := newRing(t, "shop", 1)
	require.Panics(t, func() { k.Seal(nil, nil, Senders, 0, 0) })
	require.Panics(t, func() { k.Seal(nil, nil, 0, MaxGeneration+1, 0) })
	require.Panics(t, func() { k.Seal(nil, nil, 0, 0, MaxSequence+1) })
}

func TestBadKeyrings(t *testing.T) {
	for _, c := range []struct {
		label string
		keys  [][]byte
		want  string
	}{
		{strings.Repeat("x", 256), nil, "seal: a label of 256 bytes, expected at most 255"},
		{"", make([][]byte, 9), "seal: 9 keys, expected at most 8"},
		{"", [][]byte{secret(1), {1}}, "seal: key 2 has 1 bytes, expected 32"},
		{"", [][]byte{secret(1), secret(2), secret(1)}, "seal: keys 1 and 3 are the same"},
	} {
		_, err := NewKeyring(c.label, c.keys)
		require.EqualError(t, err, c.want)
	}
}

func TestKeyed(t *testing.T) {
	require.True(t, newRing(t, "", 1).Keyed())
	require.False(t, newRing(t, "").Keyed())
	require.Equal(t, []uint32{0}, newRing(t, "").KeyIDs())
}

// "It allocates only if dst has to grow".
func TestSealAndOpenAllocateNothing(t *testing.T) {
	bothRings(t, func(t *testing.T, k *Keyring) {
		plain := make([]byte, 1400)
		frame, opened := make([]byte, 0, 1500), make([]byte, 0, 1500)
		sequence := uint64(0)
		require.Zero(t, testing.AllocsPerRun(100, func() {
			sequence++
			frame = k.Seal(frame[:0], plain, 1, 2, sequence)
			var err error
			if opened, _, err = k.Open(opened[:0], frame); err != nil {
				panic(err)
			}
		}))
	})
}

// "by 4,096 subkeys of 1 kB a ring, which only those with a key can fill"
func TestTheCacheIsBounded(t *testing.T) {
	k := newRing(t, "shop", 1)
	for sequence := range uint64(3 * maxYoung) {
		other := newRing(t, "shop", 1)
		_, _, err := k.Open(nil, other.Seal(nil, nil, 1, 2, sequence))
		require.NoError(t, err)
		require.LessOrEqual(t, len(k.cache.young), maxYoung)
		require.LessOrEqual(t, len(k.cache.old), maxYoung)
	}
	require.Len(t, k.cache.old, maxYoung)

	frame := k.Seal(nil, []byte("hello"), 1, 2, 3)
	young := len(k.cache.young)
	frame[saltAt] ^= 1
	_, _, err := k.Open(nil, frame)
	require.ErrorIs(t, err, ErrForged)
	require.Len(t, k.cache.young, young, "a forged frame leaves nothing behind")
}

func TestASubkeyWeighsWhatTheDocumentationSays(t *testing.T) {
	k := newRing(t, "shop", 1)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for from := range uint32(maxYoung) {
		k.Seal(nil, nil, from, 1, 1)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(k)
	require.Less(t, (after.HeapAlloc-before.HeapAlloc)/maxYoung, uint64(1000))
}

func FuzzOpen(f *testing.F) {
	keyed, bare := newRing(f, "shop", 1), newRing(f, "shop")
	f.Add([]byte{})
	f.Add(keyed.Seal(nil, []byte("hello"), 1, 2, 3))
	f.Add(bare.Seal(nil, []byte("hello"), 1, 2, 3))
	f.Add(bare.Seal(nil, nil, Senders-1, MaxGeneration, MaxSequence))
	f.Fuzz(func(t *testing.T, frame []byte) {
		before := bytes.Clone(frame)
		for k, tag := range map[*Keyring]int{keyed: cipherTagBytes, bare: checksumBytes} {
			plain, h, err := k.Open(nil, frame)
			require.Equal(t, before, frame, "a frame is not written to")
			if err != nil {
				require.Nil(t, plain)
				continue
			}
			require.Less(t, h.From, uint32(Senders))
			require.Len(t, frame, len(plain)+headerBytes+tag)
		}
	})
}
