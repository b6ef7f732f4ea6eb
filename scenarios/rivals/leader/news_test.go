package leader

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Whoever asks for what is new, at whatever times, hears of the last change of every key that has
// changed since, once; and the log stays short.
func TestNewsTellWhatHasChangedSince(t *testing.T) {
	const keys = 5
	rapid.Check(t, func(t *rapid.T) {
		n := newNews(keys)
		changed := [keys]uint64{}
		for range rapid.IntRange(0, 100).Draw(t, "changes") {
			key := rapid.Uint32Range(0, keys-1).Draw(t, "key")
			n.add(key)
			changed[key] = n.last
		}
		require.LessOrEqual(t, len(n.log), 2*keys)
		since := rapid.Uint64Range(0, n.last+1).Draw(t, "since")
		told := [keys]uint64{}
		for _, i := range n.since(since) {
			require.Greater(t, i.number, since)
			if n.current(i) {
				require.Zero(t, told[i.key])
				told[i.key] = i.number
			}
		}
		for key, number := range changed {
			if number <= since {
				number = 0
			}
			require.Equal(t, number, told[key])
		}
	})
}
