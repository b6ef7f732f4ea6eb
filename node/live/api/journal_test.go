package api

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node/live/view"
)

// Against a list of all events ever: a reader gets those that it wants, in order and once, and is
// told how many are missing.
func TestReadersOfTheJournalMissNothingUntold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 8).Draw(t, "size")
		j := newJournal(size, noon)
		wanted := filter{service: rapid.SampledFrom([]string{"", "a"}).Draw(t, "wanted")}
		from, all := j.end(), []string{}
		start, seen, missed := from, []string{}, 0
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			if rapid.Bool().Draw(t, "write") {
				service := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "service")
				j.add([]view.Event{{Kind: "believed", Service: service, Detail: strconv.Itoa(len(all))}}, 0)
				all = append(all, service)
				continue
			}
			b := j.read(from, wanted, nil)
			lost := max(0, len(all)-size-int(from-start))
			missed += lost
			if lost > 0 {
				require.Contains(t, string(b.frames[0]), fmt.Sprintf(`"dropped":%d}`, lost))
				b.frames = b.frames[1:]
			}
			want := []string{}
			for i := int(from-start) + lost; i < len(all); i++ {
				if wanted.service == "" || all[i] == wanted.service {
					want = append(want, fmt.Sprintf(`"detail":"%d"`, i))
				}
			}
			require.Len(t, b.frames, len(want))
			for i, frame := range b.frames {
				require.Contains(t, string(frame), want[i])
			}
			seen = append(seen, want...)
			from = b.next
			require.Equal(t, start+uint64(len(all)), from)
		}
		require.LessOrEqual(t, len(seen)+missed, len(all))
	})
}

// "an event of the type "dropped" in place of those it missed": so too when it was the journal
// itself that was too slow, and then whatever is known of any service may be old.
func TestWhatTheJournalMissedIsPassedOn(t *testing.T) {
	j := newJournal(8, noon)
	before, _ := j.lastChange("shop")
	from := j.end()
	j.add([]view.Event{believed("mail", "a:1", "healthy")}, 17)
	b := j.read(from, filter{service: "shop"}, nil)
	require.Len(t, b.frames, 1)
	want := fmt.Sprintf("id: %d\nevent: dropped\ndata: {\"dropped\":17}\n\n", from)
	require.Equal(t, want, string(b.frames[0]))
	after, _ := j.lastChange("shop")
	require.Greater(t, after, before)
}

// A reader that is far behind gets it in parts, and needs no news to go on.
func TestABatchIsBounded(t *testing.T) {
	j := newJournal(4*batchFrames, noon)
	from := j.end()
	for range 2*batchFrames + 1 {
		j.add([]view.Event{believed("shop", "a:1", "healthy")}, 0)
	}
	for _, want := range []int{batchFrames, batchFrames, 1} {
		b := j.read(from, filter{}, nil)
		require.Len(t, b.frames, want)
		from = b.next
		if want == batchFrames {
			<-b.more
		}
	}
}

// "Ids begin at the Unix time in µs at which the process did, so those of an earlier process are
// smaller than all of this one." They must also survive JavaScript, whose integers end at 2^53.
func TestNumbersAreThoseOfOneProcess(t *testing.T) {
	earlier := newJournal(4, noon)
	earlier.add(make([]view.Event, 1000), 0)
	later := newJournal(4, noon.Add(time.Second))
	require.Less(t, earlier.end(), later.end())
	require.Less(t, later.end(), uint64(1)<<53)

	later.add(make([]view.Event, 1), 0)
	from := later.resume(strconv.FormatUint(earlier.end()-1, 10))
	require.Contains(t, string(later.read(from, filter{}, nil).frames[0]), "event: dropped")
	require.Equal(t, later.end(), later.resume("nonsense"))
	require.Equal(t, later.end(), later.resume(strconv.FormatUint(math.MaxUint64, 10)))
}

// An event stream ends a line at CR too (HTML Standard, section 9.2.6), so no name may bring one.
func TestNoEventBreaksTheStream(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := view.Event{At: noon, Kind: "believed", Service: rapid.String().Draw(t, "service"),
			Target: "a\r\n\ndata: x", Detail: rapid.String().Draw(t, "detail")}
		frame := eventFrame(7, e)
		require.Equal(t, 3, bytes.Count(frame, []byte("\n")))
		require.NotContains(t, string(frame), "\r")
		require.True(t, bytes.HasPrefix(frame, []byte("id: 7\ndata: {")))
	})
}
