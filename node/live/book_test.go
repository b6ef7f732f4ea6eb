package live

import (
	"log/slog"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/live/names"
)

var (
	oldAddress = netip.MustParseAddrPort("192.0.2.1:7946")
	newAddress = netip.MustParseAddrPort("192.0.2.2:7946")
)

// A member is back at another address before anybody has missed it: as soon as its new life is known,
// where it is heard from counts for more than what the last one has said, and its name stays taken.
func TestAMemberThatIsBackElsewhereIsAnsweredThere(t *testing.T) {
	b := newBook()
	b.describe(1, "a", oldAddress)
	b.meet(1, newAddress)
	require.Equal(t, oldAddress, b.address(1), "its own word counts for more")
	b.renewed(1)
	require.Equal(t, oldAddress, b.address(1))
	b.meet(1, newAddress)
	require.Equal(t, newAddress, b.address(1))
	require.Equal(t, "a", b.occupant(1, "b"))
}

// So it is if what the new life says of itself makes no sense.
func TestAMemberThatSpeaksNonsenseIsAnsweredWhereItIsHeard(t *testing.T) {
	d := &driver{book: newBook(), log: slog.New(slog.DiscardHandler)}
	d.book.describe(1, "a", oldAddress)
	d.noteAbout(1, &member{}, 2, []byte("nonsense"))
	d.book.meet(1, newAddress)
	require.Equal(t, newAddress, d.book.address(1))
}

// A member that is gone is looked for where it was, until it is heard from elsewhere.
func TestAMemberThatIsGoneIsLookedForWhereItWas(t *testing.T) {
	b := newBook()
	b.describe(1, "a", oldAddress)
	b.gone(1)
	require.Equal(t, oldAddress, b.address(1))
	require.Empty(t, b.occupant(1, "b"), "its number is free")
	b.meet(1, newAddress)
	require.Equal(t, newAddress, b.address(1))
}

func TestNoNumberIsNotedThatNoServerHas(t *testing.T) {
	b := newBook()
	b.meet(names.Servers, newAddress)
	require.False(t, b.address(names.Servers).IsValid())
}

// LookUp has a node look up a seed of which it knew once, by a name that leads to the given address now.
func (n *Node) LookUp(server, address string) error {
	return n.find(&seed{
		address: address, alias: names.FirstAlias, number: names.Number(server), met: true,
	})
}
