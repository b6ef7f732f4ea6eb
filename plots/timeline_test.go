package plots

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// story is a small run in which a server crashes and the network splits.
func story() *Timeline {
	return &Timeline{
		Run: "small, seed 0x1", Servers: 4, Origins: 1000,
		Faults: []Fault{
			{Kind: "partition", Label: "1 server cut off from 3", From: 3, To: 5, Splits: true},
			{Kind: "crash", Label: "server 2", From: 1, To: 6},
			{Kind: "crash", Label: "server 3", From: 2, To: 4},
		},
		Moments: []Moment{
			{Seconds: 0, Up: 4, Sides: 1, Largest: 4, Held: Range{1, 3, 4}, Unchecked: 1000, States: 1},
			{Seconds: 1, Up: 3, Sides: 1, Largest: 3, Held: Range{4, 4, 4}, Checked: 1000, States: 3},
			{Seconds: 2, Up: 3, Sides: 1, Largest: 3, Held: Range{4, 4, 4}, Unchecked: 250, Checked: 750,
				States: 1},
			{Seconds: 3, Up: 3, Sides: 2, Largest: 2, Held: Range{3, 3, 4}, Missing: 5, Stale: 1, Unchecked: 9,
				UncheckedElsewhere: 700, Checked: 991, DoubledInAll: 300, States: 2,
				Down: 7, BelievedDown: Range{0, 2, 7}},
			{Seconds: 4.5, Up: 4, Sides: 1, Largest: 4, Held: Range{4, 4, 4}, Doubled: 1000,
				DoubledInAll: 1000, States: 1, BelievedDown: Range{0, 0, 1}},
		},
	}
}

var textInSVG = regexp.MustCompile(`>([^<>]+)</text>`)

// texts returns all that a figure says.
func texts(t *testing.T, r rows) []string {
	var all []string
	for _, match := range textInSVG.FindAllStringSubmatch(string(render(t, r, SVG)), -1) {
		all = append(all, match[1])
	}
	return all
}

func TestTimelineSaysWhatItShows(t *testing.T) {
	require.Subset(t, texts(t, story()), []string{
		"small, seed 0x1: the checks of 1,000 origins shared by 4 servers through 3 faults, " +
			"without a coordinator",
		"Some origins had no checker for at most 3.5 s at a stretch on the largest side; " +
			"on a smaller one for 2.5 s. " +
			"From 4.5 s on all replicas are equal.",
		"crash", "partition", "server 2", "1 server cut off from 3", "network split",
		"none, on the largest side", "none, on a smaller side", "time since the start of the run (s)",
		"1,000", "origins (log)",
	})
}

func TestTimelineWithoutASplitSpeaksOfNone(t *testing.T) {
	rows := story()
	rows.Faults, rows.Moments = rows.Faults[1:], rows.Moments[:3]
	said := strings.Join(texts(t, rows), "\n")
	require.Contains(t, said, "no checker")
	require.NotContains(t, said, "side\n")
	require.NotContains(t, said, "network split")
}

func TestTimelineOfUnusualRuns(t *testing.T) {
	calm := story()
	calm.Faults = nil
	require.NotContains(t, texts(t, calm), "What goes wrong")

	alone := &Timeline{Servers: 1, Origins: 1, Moments: []Moment{{Seconds: 0}, {Seconds: 1, Up: 1}}}
	require.Contains(t, texts(t, alone)[0], "1 origin shared by 1 server through 0 faults")

	long := &Timeline{Servers: 2, Origins: 5}
	for second := range 10 * mostPoints {
		long.Moments = append(long.Moments, Moment{Seconds: float64(second), States: second % 7})
	}
	require.Less(t, len(render(t, long, SVG)), 1_000_000)
}

func TestTimelineRefusesWhatMakesNoFigure(t *testing.T) {
	for _, rows := range []*Timeline{{}, {Moments: make([]Moment, 1)}} {
		_, err := rows.Figure()
		require.ErrorContains(t, err, "a timeline needs at least 2 samples")
	}
	_, err := (&Timeline{Moments: make([]Moment, 2)}).Figure()
	require.EqualError(t, err, "sample 2 of a timeline is not after the one before it")
}

func TestSubtitleSaysWhenAPromiseIsNotSeenToHold(t *testing.T) {
	never := &Timeline{Origins: 1, Moments: []Moment{
		{Unchecked: 1, States: 1}, {Seconds: 1, Unchecked: 1, States: 2},
	}}
	require.Equal(t, "At no time did all origins of the largest side have a checker. "+
		"At the end replicas still differ, as they have since 1 s.", never.subtitle())
	always := &Timeline{Origins: 1, Moments: []Moment{{States: 1}, {Seconds: 1, States: 1}}}
	require.Equal(t, "Once checked, every origin of the largest side had a checker at all times. "+
		"From 0 s on all replicas are equal.", always.subtitle())
}

// Without origins it is a group, of which there are views to show.
func TestTimelineOfAGroupShowsItsViews(t *testing.T) {
	rows := story()
	rows.Origins = 0
	said := texts(t, rows)
	require.Subset(t, said, []string{
		"small, seed 0x1: the views of 4 servers through 3 faults",
		"From 4.5 s on every server&#39;s view of all others is right.",
		"running, held gone", "gone, held a member", "pairs (log)",
	})
	require.NotContains(t, said, "origins (log)")
	rows.Moments[4].Stale = 1
	require.Equal(t, "At the end views are wrong, as some have been since 3 s.", rows.subtitle())
}

// "More are drawn as thin lines": as many as overlap, below each other, and no label takes room.
func TestManyFaultsAreThinAndHaveNoLabels(t *testing.T) {
	rows := story()
	for i := range MostLabelled {
		at := float64(i) / 20
		rows.Faults = append(rows.Faults, Fault{Kind: "loss", Label: "a", From: at, To: at + 0.05})
	}
	require.NotContains(t, texts(t, rows), "server 2")
	require.Equal(t, 3*leastLanes, rows.bars().lanes)
}

func TestBarsOfAKindShareALaneWhereTheyCan(t *testing.T) {
	rows := &Timeline{Moments: []Moment{{}, {Seconds: 600}}, Faults: []Fault{
		{Kind: "loss", From: 100, To: 500},
		{Kind: "crash", Label: "server 1", From: 0, To: 100},
		{Kind: "crash", Label: "server 2", From: 50, To: 51},  // overlaps the first
		{Kind: "crash", Label: "server 3", From: 60, To: 120}, // so does the label of the second
		{Kind: "crash", Label: "server 4", From: 110, To: 200},
	}}
	b := rows.bars()
	require.Equal(t, []int{0, 1, 2, 3, 0}, b.lane)
	require.Equal(t, 4, b.lanes)
	var kinds []string
	for _, tick := range b.Ticks(0, 0) {
		kinds = append(kinds, tick.Label)
	}
	require.Equal(t, []string{"crash", "loss"}, kinds)
}

func TestTableHasOneLineAMoment(t *testing.T) {
	var table strings.Builder
	require.NoError(t, story().WriteCSV(&table))
	lines := strings.Split(strings.TrimSpace(table.String()), "\n")
	require.Len(t, lines, 1+len(story().Moments))
	require.True(t, strings.HasPrefix(lines[0],
		"time_seconds,running_servers,network_sides,largest_side_servers,held_least_servers,"))
	require.Equal(t, "3,3,2,2,3,3,4,5,1,9,991,0,700,300,2,7,0,2,7", lines[4])
	require.Equal(t, "4.5,4,1,4,4,4,4,0,0,0,0,1000,0,1000,1,0,0,0,1", lines[5])
	require.ErrorIs(t, story().WriteCSV(full{}), errFull)
}
