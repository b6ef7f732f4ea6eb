package seal

import (
	"bytes"
	"io"
	"testing"
)

func benchmarkRings(b *testing.B, run func(b *testing.B, k *Keyring)) {
	b.Run("sealed", func(b *testing.B) { run(b, newRing(b, "shop", 1)) })
	b.Run("checksum", func(b *testing.B) { run(b, newRing(b, "shop")) })
}

// A full datagram of SWIM.
func BenchmarkDatagram(b *testing.B) {
	benchmarkRings(b, func(b *testing.B, k *Keyring) {
		plain := make([]byte, 1400)
		var frame, opened []byte
		b.ReportAllocs()
		b.SetBytes(int64(len(plain)))
		for sequence := range uint64(b.N) {
			frame = k.Seal(frame[:0], plain, 1, 2, sequence)
			opened, _, _ = k.Open(opened[:0], frame)
		}
	})
}

// What somebody without the key can make a server do: derive a subkey in vain.
func BenchmarkForgedDatagram(b *testing.B) {
	k := newRing(b, "shop", 1)
	frame := k.Seal(nil, make([]byte, 1400), 1, 2, 3)
	frame[saltAt] ^= 1
	b.ReportAllocs()
	for b.Loop() {
		_, _, _ = k.Open(nil, frame)
	}
}

func BenchmarkStream(b *testing.B) {
	benchmarkRings(b, func(b *testing.B, k *Keyring) {
		plain := make([]byte, 1<<20)
		var sealed bytes.Buffer
		b.ReportAllocs()
		b.SetBytes(int64(len(plain)))
		for sequence := range uint64(b.N) {
			sealed.Reset()
			s := k.SealRequest(&sealed, 1, 2, sequence)
			_, _ = s.Write(plain)
			_ = s.Close()
			o, err := k.OpenRequest(&sealed)
			if err != nil {
				b.Fatal(err)
			}
			_, _ = io.Copy(io.Discard, o)
		}
	})
}

// A pull that has nothing new to tell.
func BenchmarkShortCall(b *testing.B) {
	k := newRing(b, "shop", 1)
	b.ReportAllocs()
	for b.Loop() {
		if err := call(b, k, k, k); err != nil {
			b.Fatal(err)
		}
	}
}
