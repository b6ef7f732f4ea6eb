package seal

import (
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"io"
	"slices"
)

const (
	// chunkBytes is how much a chunk of a stream seals: little enough to wait for, and enough for
	// its 18 bytes of overhead to be a thousandth.
	chunkBytes = 16 << 10
	// lengthBytes is how long the length before a chunk is, and lastChunk its mark of the end.
	lengthBytes = 2
	lastChunk   = 0x8000
)

var errClosed = errors.New("seal: written to after it was closed")

// Sealer seals one direction of a call, as a stream. Close says that it was all: without it the
// other side finds the end missing. It is for one goroutine.
type Sealer struct {
	w      io.Writer
	ring   *Keyring
	header []byte
	cipher cipher.AEAD
	nonce  chunkNonce
	plain  []byte // waits for a chunk to be full
	sealed []byte // the header before the first chunk, later empty between two chunks
	err    error
}

// SealRequest returns a sealer of a request. Nothing is written before the first chunk is full, or
// Close. The duties and panics are those of [Keyring.Seal].
func (k *Keyring) SealRequest(w io.Writer, from uint32, generation, sequence uint64) *Sealer {
	h := Header{From: from, Generation: generation, Sequence: sequence}
	header := appendHeader(nil, request, k.keys[0], newSalt(), h)
	return k.newSealer(w, header, k.keys[0].derive("request", k.label, header))
}

// SealResponse returns a sealer of the response to a request. It seals with the key of the request,
// and the response has the sequence of the request.
func (o *Opener) SealResponse(w io.Writer, from uint32, generation uint64) *Sealer {
	h := Header{From: from, Generation: generation, Sequence: o.read.Sequence}
	header := appendHeader(nil, response, o.key, newSalt(), h)
	return o.ring.newSealer(w, header, o.ring.responseCipher(o.key, o.header, header))
}

// responseCipher binds a response to its request.
func (k *Keyring) responseCipher(by *key, request, response []byte) cipher.AEAD {
	return by.derive("response", k.label, slices.Concat(request, response))
}

func (k *Keyring) newSealer(w io.Writer, header []byte, c cipher.AEAD) *Sealer {
	return &Sealer{w: w, ring: k, header: header, cipher: c, sealed: slices.Clone(header)}
}

// Write seals p. The error is that of the writer underneath, for good.
func (s *Sealer) Write(p []byte) (n int, err error) {
	for len(p) > 0 && s.err == nil {
		if len(s.plain) == chunkBytes {
			s.writeChunk(0)
			continue
		}
		room := min(len(p), chunkBytes-len(s.plain))
		s.plain = append(s.plain, p[:room]...)
		p = p[room:]
		n += room
	}
	return n, s.err
}

// Close seals what is left, and the end. It does not close the writer underneath. Only the first
// call does anything.
func (s *Sealer) Close() error {
	if s.err == errClosed {
		return nil
	}
	if s.err == nil {
		s.writeChunk(lastChunk)
	}
	if s.err != nil {
		return s.err
	}
	s.err = errClosed
	return nil
}

func (s *Sealer) writeChunk(mark uint16) {
	length := binary.BigEndian.AppendUint16(s.nonce.scratch[:0], uint16(len(s.plain))|mark)
	sealed := append(s.sealed, length...)
	sealed = s.cipher.Seal(sealed, s.nonce.next(mark), s.plain, length)
	_, s.err = s.w.Write(sealed)
	s.plain, s.sealed = s.plain[:0], sealed[:0]
}

// chunkNonce counts the chunks of a stream. It lives on the heap with its stream, so that handing
// out a nonce does not allocate.
type chunkNonce struct {
	chunks  uint64
	bytes   [12]byte // 3 of zero, 8 of the position, 1 for the last chunk
	scratch [lengthBytes]byte
}

func (n *chunkNonce) next(mark uint16) []byte {
	binary.BigEndian.PutUint64(n.bytes[3:], n.chunks)
	n.bytes[11] = byte(mark >> 15)
	n.chunks++
	return n.bytes[:]
}
