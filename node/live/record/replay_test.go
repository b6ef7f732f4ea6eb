package record

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/wire"
	"butterfly/sim/clock"
)

// "must give the same effects, byte for byte".
func TestALifeReplays(t *testing.T) {
	result, err := replayed(t, recorded(t, DefaultLimits()))
	require.NoError(t, err)
	require.Nil(t, result.Difference, "%+v", result.Difference)
	require.Nil(t, result.Last)
	require.Equal(t, Closed, result.End)
	require.Equal(t, epoch, result.From)
	require.Less(t, 13*time.Second, result.To.Sub(result.From))
	require.Greater(t, result.Inputs, uint64(200))
}

// Every kind of input is in the life that the tests record, and they come back as they went in.
func TestAllKindsOfInputsAreRecorded(t *testing.T) {
	r, err := Open(recorded(t, DefaultLimits()))
	require.NoError(t, err)
	defer r.Close()
	require.Equal(t, "alpha", r.Header().Name)
	seen, last := map[kind]int{}, clock.Time(0)
	for body, err := r.next(); err == nil; body, err = r.next() {
		if body[0] > byte(describe) {
			continue
		}
		in, err := parseInput(body, last, new(wire.Message))
		require.NoError(t, err)
		require.Equal(t, body, appendInput(nil, &in, last))
		last = in.at
		seen[in.kind]++
	}
	for k := start; k <= describe; k++ {
		require.NotZero(t, seen[k], k)
	}
}

// rewrite copies a recording with some of its records changed.
func rewrite(t testing.TB, path string, change func(record int, body []byte) []byte) (copied string) {
	r, err := Open(path)
	require.NoError(t, err)
	defer r.Close()
	copied = filepath.Join(t.TempDir(), "rewritten")
	s, err := createSegment(copied)
	require.NoError(t, err)
	w := &Writer{segment: s, limits: DefaultLimits()}
	w.append(appendJSON([]byte{tagHeader}, r.header))
	for record := 1; ; record++ {
		body, err := r.next()
		if err != nil {
			break
		}
		if body = change(record, body); body != nil {
			w.append(body)
		}
	}
	require.NoError(t, w.Close())
	return copied
}

// "the first input whose effects differ": one changed input, wherever it is.
func TestAChangedInputIsFound(t *testing.T) {
	path := recorded(t, DefaultLimits())
	probes, inputs := 0, uint64(0)
	changed := uint64(0)
	other := rewrite(t, path, func(_ int, body []byte) []byte {
		if body[0] <= byte(describe) {
			inputs++
		}
		if body[0] != byte(probed) || body[len(body)-1] != byte(node.Failed) {
			return body
		}
		if probes++; probes == 3 {
			body[len(body)-1], changed = byte(node.Succeeded), inputs
		}
		return body
	})
	require.NotZero(t, changed)
	result, err := replayed(t, other)
	require.NoError(t, err)
	require.NotNil(t, result.Difference)
	require.GreaterOrEqual(t, result.Difference.Input, changed)
	require.Equal(t, result.Inputs+1, result.Difference.Input)
	require.Less(t, result.Difference.Input, changed+50, "the next probe of the origin tells at the latest")
}

// A recording is replayed with the luck that it was made with.
func TestAnotherSeedIsFoundAtOnce(t *testing.T) {
	r, err := Open(recorded(t, DefaultLimits()))
	require.NoError(t, err)
	defer r.Close()
	r.header.Seed++
	result, err := Replay(r, nil)
	require.NoError(t, err)
	require.Equal(t, uint64(1), result.Difference.Input)
	require.Equal(t, "start with 0 B", result.Difference.What)
	require.Contains(t, result.Difference.Effects, "alarm 7 in 1s")
}

// One byte of what was sent is enough: the name of an origin ranks the servers for it.
func TestAnotherNameIsFound(t *testing.T) {
	path := recorded(t, DefaultLimits())
	other := rewrite(t, path, func(_ int, body []byte) []byte {
		if body[0] == tagOrigin {
			body[len(body)-1] = '1' // port 80 becomes 81
		}
		return body
	})
	result, err := replayed(t, other)
	require.NoError(t, err)
	require.NotNil(t, result.Difference)
}

// "If the process closes its recording as it panics, the last thing in it is the input that the
// machine panicked over, and panics over again".
func TestAPanicReplays(t *testing.T) {
	path := filepath.Join(t.TempDir(), "life")
	s := newStage(t, path, DefaultLimits())
	h := s.hosts[0]
	func() {
		defer func() {
			require.NotNil(t, recover())
			require.NoError(t, h.writer.Close())
		}()
		h.start()
		h.writer.Returned(s.now, 0, 1, nil, node.OK) // without the reply that there has to be
		h.machine.Returned(s.now, 0, 1, nil, node.OK, &h.out)
	}()
	result, err := replayed(t, path)
	require.NoError(t, err)
	require.Nil(t, result.Difference)
	require.Equal(t, result.Inputs+1, result.Last.Input)
	require.Equal(t, "call 1 of server 0 ends: ok", result.Last.What)
	require.Contains(t, result.Last.Panic, "nil pointer")
}

func TestRecordsOutOfOrderAreRefused(t *testing.T) {
	path := recorded(t, DefaultLimits())
	for why, change := range map[string]func(record int, body []byte) []byte{
		"expected one start, and that first": func(record int, body []byte) []byte {
			if body[0] == byte(start) {
				body = append([]byte{byte(leave)}, 0)
			}
			return body
		},
		"expected what came of the one before it": func(record int, body []byte) []byte {
			if body[0] == tagEffects {
				return nil
			}
			return body
		},
		"a record of no known form": func(record int, body []byte) []byte {
			if body[0] == tagEffects {
				return body[:3]
			}
			return body
		},
		"has no port": func(record int, body []byte) []byte {
			if body[0] == tagOrigin {
				return body[:6]
			}
			return body
		},
		"expected one that has no number yet": func() func(record int, body []byte) []byte {
			var first []byte
			return func(record int, body []byte) []byte {
				if body[0] == tagOrigin && first == nil {
					first = append([]byte{}, body...)
				} else if body[0] == tagOrigin {
					return first
				}
				return body
			}
		}(),
	} {
		_, err := replayed(t, rewrite(t, path, change))
		require.ErrorContains(t, err, why)
		require.ErrorContains(t, err, "rewritten, after ")
	}
}

func TestProgressIsTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "life")
	s := newStage(t, path, DefaultLimits())
	h := s.hosts[0]
	h.start()
	s.queue = nil
	for range 2 * progressInputs {
		h.wake(0)
		s.queue = nil
	}
	require.NoError(t, h.writer.Close())
	r, err := Open(path)
	require.NoError(t, err)
	defer r.Close()
	var told []uint64
	result, err := Replay(r, func(inputs uint64) error {
		told = append(told, inputs)
		return nil
	})
	require.NoError(t, err)
	require.Equal(t, []uint64{progressInputs, 2 * progressInputs}, told)
	require.Equal(t, uint64(2*progressInputs+1), result.Inputs)

	r, err = Open(path)
	require.NoError(t, err)
	defer r.Close()
	_, err = Replay(r, func(uint64) error { return context.Canceled })
	require.Equal(t, context.Canceled, err)
}

// "A recording is as secret as what the servers say to each other."
func TestFilesAreTheOwnersAlone(t *testing.T) {
	info, err := os.Stat(recorded(t, DefaultLimits()))
	require.NoError(t, err)
	require.Zero(t, info.Mode().Perm()&0o077)
}
