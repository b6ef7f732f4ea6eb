package rumor

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestVariantsHaveNames(t *testing.T) {
	var names []string
	for _, v := range Variants() {
		names = append(names, v.String())
		parsed, err := ParseVariant(v.String())
		require.NoError(t, err)
		require.Equal(t, v, parsed)
	}
	require.Equal(t, []string{
		"push-feedback-counter", "push-feedback-coin", "push-blind-counter", "push-blind-coin",
		"pull-feedback-counter", "pull-feedback-coin", "pull-blind-counter", "pull-blind-coin",
	}, names)
}

func TestAnUnknownVariantIsToldWhatThereIs(t *testing.T) {
	_, err := ParseVariant("push-blind")
	require.EqualError(t, err, `variant: "push-blind", expected one of push-feedback-counter, `+
		"push-feedback-coin, push-blind-counter, push-blind-coin, pull-feedback-counter, "+
		"pull-feedback-coin, pull-blind-counter, pull-blind-coin")
}
