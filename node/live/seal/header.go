package seal

import (
	"encoding/binary"
	"fmt"
)

// Limits of what a header has room for.
const (
	// Senders is how many numbers of senders there are: they are below it.
	Senders = 1 << 16
	// MaxGeneration and MaxSequence are the highest that a frame can have.
	MaxGeneration = 1<<48 - 1
	MaxSequence   = 1<<48 - 1
)

// Header is what a frame says of itself.
type Header struct {
	// From is the number of the sender.
	From uint32
	// KeyID says which key sealed the frame; 0 for a checksum. See [Keyring.KeyIDs].
	KeyID uint32
	// Generation is the sender's life, Sequence the number of the frame in it.
	Generation, Sequence uint64
}

// kind is the first byte of a frame: the version of the layout and what the frame is.
type kind byte

const (
	datagram kind = 0x11 + iota
	request
	response
)

// Where the fields of a header begin; see the package documentation.
const (
	keyAt        = 1
	labelAt      = 5
	fromAt       = 7
	saltAt       = 9
	generationAt = 17
	sequenceAt   = 23
	headerBytes  = 29
)

// appendHeader appends a header. It panics on what does not fit: no receiver would understand.
func appendHeader(b []byte, k kind, by *key, salt uint64, h Header) []byte {
	if h.From >= Senders || h.Generation > MaxGeneration || h.Sequence > MaxSequence {
		panic(fmt.Sprintf("seal: from %d, generation %d, sequence %d: out of range",
			h.From, h.Generation, h.Sequence))
	}
	b = append(b, byte(k))
	b = binary.BigEndian.AppendUint32(b, by.id)
	b = binary.BigEndian.AppendUint16(b, by.labelHint)
	b = binary.BigEndian.AppendUint16(b, uint16(h.From))
	b = binary.BigEndian.AppendUint64(b, salt)
	b = append48(b, h.Generation)
	return append48(b, h.Sequence)
}

func append48(b []byte, v uint64) []byte {
	b = binary.BigEndian.AppendUint16(b, uint16(v>>32))
	return binary.BigEndian.AppendUint32(b, uint32(v))
}

// parseHeader returns what a header says, which nobody has vouched for yet, and the key that it
// says to be sealed by.
func (k *Keyring) parseHeader(b []byte, expected kind) (Header, *key, error) {
	if len(b) < headerBytes || kind(b[0]) != expected {
		return Header{}, nil, ErrForm
	}
	h := Header{
		From:       uint32(binary.BigEndian.Uint16(b[fromAt:])),
		KeyID:      binary.BigEndian.Uint32(b[keyAt:]),
		Generation: uint48(b[generationAt:]),
		Sequence:   uint48(b[sequenceAt:]),
	}
	for _, candidate := range k.keys {
		if candidate.id != h.KeyID {
			continue
		}
		if candidate.labelHint != binary.BigEndian.Uint16(b[labelAt:]) {
			return Header{}, nil, ErrLabel
		}
		return h, candidate, nil
	}
	return Header{}, nil, ErrKey
}

func uint48(b []byte) uint64 {
	return uint64(binary.BigEndian.Uint16(b))<<32 | uint64(binary.BigEndian.Uint32(b[2:]))
}
