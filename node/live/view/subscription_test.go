package view_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/live/view"
)

// "the oldest of which it drops when too many wait".
func TestASlowReaderLosesTheOldestAndIsTold(t *testing.T) {
	s := view.NewSubscription(2, func(*view.Subscription) {})
	for _, kind := range []string{"a", "b", "c"} {
		s.Add(view.Event{Kind: kind})
	}
	<-s.News()
	events, dropped := s.Take()
	require.Equal(t, []view.Event{{Kind: "b"}, {Kind: "c"}}, events)
	require.EqualValues(t, 1, dropped)
	events, dropped = s.Take()
	require.Empty(t, events)
	require.Zero(t, dropped)
}

// "It may be called more than once."
func TestClosingTwiceUnsubscribesOnce(t *testing.T) {
	times := 0
	s := view.NewSubscription(1, func(*view.Subscription) { times++ })
	s.Close()
	s.Close()
	require.Equal(t, 1, times)
}
