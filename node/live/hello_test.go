package live

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/live/names"
)

func someHello() hello {
	about := names.About{Name: "a", Address: "127.0.0.1:7000", API: "127.0.0.1:8000", Origins: 7}
	return hello{number: 513, about: about, occupant: "somebody-else"}
}

func TestAHelloArrivesAsItWasSaid(t *testing.T) {
	said := someHello()
	encoded := appendHello(nil, &said)
	require.Less(t, len(encoded), maxHello)
	heard, err := parseHello(encoded)
	require.NoError(t, err)
	require.Equal(t, said, heard)
	for end := range encoded {
		_, err := parseHello(encoded[:end])
		require.Error(t, err, "the first %d bytes", end)
	}
}

// Numbers from the first alias on are nobody's own.
func TestNobodyIsCalledByAnAlias(t *testing.T) {
	said := someHello()
	said.number = names.FirstAlias
	_, err := parseHello(appendHello(nil, &said))
	require.Error(t, err)
}

func FuzzHello(f *testing.F) {
	said := someHello()
	f.Add(appendHello(nil, &said))
	f.Fuzz(func(t *testing.T, b []byte) {
		if h, err := parseHello(b); err == nil {
			require.Equal(t, b, appendHello(nil, &h))
		}
	})
}
