package live

import (
	"encoding/binary"
	"errors"
	"fmt"

	"butterfly/node"
	"butterfly/node/live/names"
)

// hello is what two servers tell each other before one of them joins.
type hello struct {
	number node.ID
	about  names.About
	// occupant is who else lives under the number of the one that asked, by the view of the one
	// that answers; empty for nobody, and in a question.
	occupant string
}

const (
	helloVersion = 1
	// maxHello is more than any hello has, in bytes.
	maxHello = 1 << 10
)

// appendHello appends a version, the number in 4 bytes, big-endian, the length of the occupant's
// name in one, that name, and what the server says of itself.
func appendHello(b []byte, h *hello) []byte {
	b = append(b, helloVersion)
	b = binary.BigEndian.AppendUint32(b, uint32(h.number))
	b = append(b, byte(len(h.occupant)))
	b = append(b, h.occupant...)
	return h.about.Append(b)
}

// parseHello reads what appendHello made, and nothing else.
func parseHello(b []byte) (h hello, err error) {
	const header = 1 + 4 + 1
	if len(b) < header || b[0] != helloVersion {
		return hello{}, fmt.Errorf("live: %d bytes that are no hello of version %d", len(b),
			helloVersion)
	}
	h.number = node.ID(binary.BigEndian.Uint32(b[1:]))
	length := int(b[header-1])
	if h.number >= names.FirstAlias || len(b) < header+length {
		return hello{}, errors.New("live: a hello with a number or a name that cannot be")
	}
	h.occupant = string(b[header : header+length])
	if h.occupant != "" {
		if err := names.ValidateName(h.occupant); err != nil {
			return hello{}, err
		}
	}
	h.about, err = names.ParseAbout(b[header+length:])
	if err != nil {
		return hello{}, err
	}
	return h, nil
}
