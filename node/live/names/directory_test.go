package names

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/rendezvous"
)

func TestNumbersAreDenseInOrderOfFirstSight(t *testing.T) {
	d := NewDirectory(10)
	for want, name := range []Origin{{"web", "b:1"}, {"api", "b:1"}, {"web", "a:1"}} {
		for range 2 {
			number, err := d.Origin(name)
			require.NoError(t, err)
			require.Equal(t, uint32(want), number)
		}
		require.Equal(t, name, d.Name(uint32(want)))
		require.Equal(t, want+1, d.Len())
	}
	require.Equal(t, 2, d.Services())
	pool, known := d.FindPool("api")
	require.True(t, known)
	require.Equal(t, "api", d.Service(pool))
	_, known = d.Find(Origin{"web", "c:1"})
	require.False(t, known)
	_, known = d.Find(Origin{"new", "a:1"})
	require.False(t, known)
	_, known = d.FindPool("new")
	require.False(t, known)
	requireConsistent(t, d)
}

func TestWhatIsRefusedGetsNoNumber(t *testing.T) {
	d := NewDirectory(1)
	_, err := d.Origin(Origin{"web", "nowhere"})
	require.ErrorContains(t, err, "has no port")
	_, err = d.Origin(Origin{"w b", "a:1"})
	require.ErrorContains(t, err, "name \"w b\"")
	_, err = d.Definition("web", health.Definition{})
	require.ErrorContains(t, err, "interval")
	_, err = d.Definition("w b", health.DefaultDefinition())
	require.ErrorContains(t, err, "name \"w b\"")
	require.Zero(t, d.Len()+d.Services()+d.Definitions())

	mustNumber(d.Origin(Origin{"web", "a:1"}))
	_, err = d.Origin(Origin{"api", "b:1"})
	require.ErrorIs(t, err, ErrFull)
	require.ErrorContains(t, err, "the directory is full: it has 1 origins")
	require.Equal(t, 1, d.Services(), "nor does the service of an origin that is refused")
	require.Zero(t, mustNumber(d.Origin(Origin{"web", "a:1"})), "what has a number keeps it")
}

func TestServicesAreBounded(t *testing.T) {
	d := NewDirectory(1)
	for i := range MaxServices {
		mustNumber(d.Pool(fmt.Sprint(i)))
	}
	_, err := d.Pool("more")
	require.ErrorIs(t, err, ErrFull)
}

// "Score ranks servers for an origin by the hashes of its name and of their numbers, so that all
// servers rank alike whatever numbers the origin has with them."
func TestScoresAreTheSameAtAllServers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := drawKnown(t)
		one, other := drawDirectory(t, k), drawDirectory(t, k)
		for _, name := range k.origins {
			a, b := mustNumber(one.Origin(name)), mustNumber(other.Origin(name))
			server := node.ID(rapid.Uint32Range(0, Servers-1).Draw(t, "server"))
			require.Equal(t, one.Score(a, server), other.Score(b, server))
			want := rendezvous.Score(rendezvous.HashString(name.Service+"/"+name.Target),
				rendezvous.HashNumber(uint64(server)))
			require.Equal(t, want, one.Score(a, server))
		}
		require.Zero(t, one.Score(uint32(one.Len()), 0))
		require.Zero(t, one.Score(1<<32-1, 0))
	})
}

// "Numbers of definitions are interned by content", for each service on its own; and "TakeNew
// returns the definitions that have got a number since it was last called, in the order of their
// numbers."
func TestDefinitionsAreToldOnce(t *testing.T) {
	d := NewDirectory(1)
	slow := health.DefaultDefinition()
	slow.Interval *= 2
	slow.Pool = 77
	require.Empty(t, d.TakeNew())
	require.Equal(t, uint16(0), mustNumber(d.Definition("web", slow)))
	require.Equal(t, uint16(1), mustNumber(d.Definition("web", health.DefaultDefinition())))
	require.Equal(t, uint16(0), mustNumber(d.Definition("web", slow)))
	require.Equal(t, uint16(2), mustNumber(d.Definition("api", slow)))

	service, held := d.DefinitionOf(2)
	require.Equal(t, "api", service)
	require.Equal(t, mustNumber(d.Pool("api")), held.Pool)
	taken := d.TakeNew()
	require.Len(t, taken, 3)
	for number, definition := range taken {
		_, held := d.DefinitionOf(uint16(number))
		require.Equal(t, held, definition)
	}
	require.Empty(t, d.TakeNew())
	mustNumber(d.Definition("api", health.DefaultDefinition()))
	require.Len(t, d.TakeNew(), 1)
}

// "definitions by origin.MaxDefinitions".
func TestDefinitionsAreBounded(t *testing.T) {
	d, definition := NewDirectory(1), health.DefaultDefinition()
	for weight := range 1 << 16 {
		definition.Weight = uint16(weight)
		_, err := d.Definition("web", definition)
		require.Equal(t, weight == 1<<16-1, errors.Is(err, ErrFull), "%d: %v", weight, err)
	}
}
