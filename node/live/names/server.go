package names

import (
	"fmt"

	"butterfly/node"
	"butterfly/node/rendezvous"
)

const (
	// Servers bounds the numbers of servers: 0 <= number < Servers.
	Servers = 1 << 16
	// FirstAlias is the first of the numbers that no name has. They stand for seeds, known by
	// address only, until these have said what they are called.
	FirstAlias node.ID = Servers - 16
)

// Number is what a server of that name is called among the servers: the same at all of them, below
// [FirstAlias]. Two names may have one number; the chance that this happens among n servers is
// about n²/131,000: 3 % at 64.
func Number(server string) node.ID {
	return node.ID(uint64(rendezvous.HashString(server)) % uint64(FirstAlias))
}

// MaxNameBytes is how long the name of a server or of a service may be: as long as a label of DNS
// (RFC 1035, section 2.3.4).
const MaxNameBytes = 63

// ValidateName says what is wrong with the name of a server or of a service; nil if nothing is. It
// is 1 to 63 letters, digits, hyphens, dots and underscores of ASCII, of which the first is a
// letter or a digit: so it needs no escaping in a path, a file's name or a log.
func ValidateName(name string) error {
	if len(name) < 1 || len(name) > MaxNameBytes {
		return fmt.Errorf("names: name has %d B, expected 1 to %d", len(name), MaxNameBytes)
	}
	for i := range len(name) {
		if c := name[i]; !alphanumeric(c) && (i == 0 || !joins(c)) {
			return fmt.Errorf("names: name %q has %q at byte %d, expected letters, digits and, but "+
				"for the first, '-', '.' and '_'", name, c, i)
		}
	}
	return nil
}

func alphanumeric(c byte) bool { return digit(c) || 'a' <= c|0x20 && c|0x20 <= 'z' }

func digit(c byte) bool { return '0' <= c && c <= '9' }

func joins(c byte) bool { return c == '-' || c == '.' || c == '_' }
