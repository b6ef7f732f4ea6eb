package trace_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/sim/clock"
	"butterfly/sim/trace"
)

func delivery() trace.Record {
	return trace.Record{
		At: clock.At(12345 * time.Millisecond), Seq: 1042, Cause: 1017,
		Kind: trace.Deliver, Host: 7, Peer: 3, Size: 88,
	}
}

func TestRecordPrintsOnOneLine(t *testing.T) {
	at := clock.At(time.Second)
	for want, r := range map[string]trace.Record{
		"12.345s #1042<-#1017 deliver 3->7 88 B": delivery(),
		"0.000s #1 start 0":                      {Seq: 1, Kind: trace.Start},
		"1.000s #5<-#4 wake 2 code=3": {
			At: at, Seq: 5, Cause: 4, Kind: trace.Wake, Host: 2, Code: 3,
		},
		"1.000s <-#5 save 2 64 B": {
			At: at, Cause: 5, Kind: trace.Save, Host: 2, Size: 64,
		},
		"1.000s #6 fault code=1 subject=2": {
			At: at, Seq: 6, Kind: trace.Fault, Host: trace.Nobody, Code: 1, Subject: 2,
		},
		"1.000s origin code=1 subject=9": {
			At: at, Kind: trace.Origin, Host: trace.Nobody, Code: 1, Subject: 9,
		},
		"1.000s <-#5 event 2 code=6 subject=8 a=1 b=3": {
			At: at, Cause: 5, Kind: trace.NodeEvent, Host: 2, Code: 6, Subject: 8, A: 1, B: 3,
		},
	} {
		require.Equal(t, want, r.String())
	}
}

func TestDescribeNamesNodeEventsOnly(t *testing.T) {
	name := func(code uint16) string { return "event-number-" + strconv.Itoa(int(code)) }
	event := trace.Record{Cause: 5, Kind: trace.NodeEvent, Host: 2, Code: 6}
	require.Equal(t, "0.000s <-#5 event 2 event-number-6", event.Describe(name))
	alarm := trace.Record{Seq: 5, Kind: trace.Wake, Host: 2, Code: 6}
	require.Equal(t, "0.000s #5 wake 2 code=6", alarm.Describe(name))
}

// "Values are part of the file format."
func TestKindsAreNumberedAndNamed(t *testing.T) {
	names := []string{
		"kind-0", "start", "crash", "pause", "resume", "deliver", "drop", "wake", "serve", "return",
		"probe-done", "control", "fault", "origin", "event", "save", "digest", "block", "unblock",
		"operator", "unanswered", "held", "kind-22",
	}
	for k, name := range names {
		require.Equal(t, name, trace.Kind(k).String())
	}
}
