package names

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node/swim"
)

func largestAbout() About {
	address := strings.Repeat("a.", 46) + "aa:65535"
	return About{
		Name: strings.Repeat("n", MaxNameBytes), Address: address,
		API: address, Origins: math.MaxUint64,
	}
}

// "It is less than the 512 B of swim.MaxMetadata, and than half a datagram."
func TestTheLargestAboutIsMetadata(t *testing.T) {
	a := largestAbout()
	require.NoError(t, a.Validate())
	require.Len(t, a.Append(nil), MaxAboutBytes)
	config := swim.DefaultConfig()
	require.Less(t, MaxAboutBytes, min(swim.MaxMetadata, config.DatagramBytes/2-32))
}

func TestAnAboutIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := About{
			Name:    anyService.Draw(t, "name"),
			Address: anyTarget.Draw(t, "address"),
			API:     rapid.OneOf(anyTarget, rapid.Just("")).Draw(t, "API"),
			Origins: rapid.Uint64().Draw(t, "digest"),
		}
		require.NoError(t, a.Validate())
		b := a.Append(nil)
		parsed, err := ParseAbout(b)
		require.NoError(t, err)
		require.Equal(t, a, parsed)
		for length := range b {
			_, err := ParseAbout(b[:length])
			require.Error(t, err, "%d of %d bytes", length, len(b))
		}
	})
}

func TestAboutsThatAreRefused(t *testing.T) {
	for bad, why := range map[string]string{
		"":                                         "expected version of 1 B at byte 0",
		"\x02\x01a\x03b:1\x0012345678":             "expected version 1 at byte 0",
		"\x01\x00\x03b:1\x0012345678":              "name (uvarint, 1 to 63) at byte 1",
		"\x01\x81\x00a\x03b:1\x0012345678":         "name (uvarint, 1 to 63) at byte 1",
		"\x01\x01/\x03b:1\x0012345678":             `name "/" has '/'`,
		"\x01\x01a\x01b\x0012345678":               `target "b" has no port`,
		"\x01\x01a\x03b:1\x01c12345678":            `target "c" has no port`,
		"\x01\x01a\x03b:1\x001234567":              "digest of the origins of 8 B at byte 8",
		"\x01\x01a\x03b:1\x00123456789":            "the end at byte 16",
		"\x01\x01a\x65" + strings.Repeat("b", 120): "address (uvarint, 1 to 100) at byte 3",
	} {
		_, err := ParseAbout([]byte(bad))
		require.ErrorContains(t, err, why)
	}
	long := About{Name: "a", Address: strings.Repeat("a.", 60) + "a:1"}
	require.ErrorContains(t, long.Validate(), "address has 123 B, expected at most 100")
}

// FuzzParseAbout: whatever the bytes, ParseAbout does not panic, and accepts the one encoding of
// what is valid only.
func FuzzParseAbout(f *testing.F) {
	largest := largestAbout()
	f.Add(largest.Append(nil))
	f.Add([]byte("\x01\x01a\x03b:1\x0012345678"))
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := ParseAbout(b)
		if err != nil {
			require.Zero(t, a)
			return
		}
		require.NoError(t, a.Validate())
		require.Equal(t, b, a.Append(nil))
	})
}
