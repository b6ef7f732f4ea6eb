package crdt

import "pgregory.net/rapid"

// event is one step of a drawn plan. Operands are reduced modulo what there is to choose from, so
// that any subset of a plan is a plan and rapid can shrink it.
type event struct {
	kind eventKind
	a, b int
}

type eventKind int

const (
	evWrite eventKind = iota
	evRemove
	evAsk     // a's request to b is on its way
	evAnswer  // request a arrives; it stays, and may arrive again
	evDeliver // answer a arrives; it stays, and may arrive again
	evPull    // a pulls from b, all at once
	evTake    // a pulls one entry from b, all at once
	evPush    // b gets a's last write, and nothing else
	evDrop    // answer a is lost
	evCrash   // a loses all and comes back as a new life
	evMeet    // all but those that are away pull from each other, and collect
	evCollect // a collects what all have seen but those that are away
	evLeave   // a goes away, or comes back, with all it has
)

var testKeys = []string{"k", "l", "m"}

func drawPlan(t *rapid.T, length int) []event {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) event {
		// Weights: a plan of mostly crashes would never exchange anything.
		kind := rapid.SampledFrom([]eventKind{
			evWrite, evWrite, evWrite, evRemove, evRemove, evAsk, evAsk, evAnswer, evAnswer,
			evDeliver, evDeliver, evPull, evPull, evPull, evTake, evTake, evPush, evPush, evDrop,
			evCrash, evMeet, evMeet, evCollect, evLeave,
		}).Draw(t, "kind")
		return event{kind, rapid.IntRange(0, 11).Draw(t, "a"), rapid.IntRange(0, 11).Draw(t, "b")}
	}), length, length).Draw(t, "plan")
}
