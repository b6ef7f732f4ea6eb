package contact_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/contact"
)

// "its own word ... counts for more" than "where something came from that it has sent".
func TestAServersWordCountsForMoreThanWhereItIsHeardFrom(t *testing.T) {
	c := contact.Guess("configured")
	require.Equal(t, "configured", c.Address())
	c.Hear("heard")
	require.Equal(t, "heard", c.Address(), "all there is before its word has come")
	c.Say("said")
	c.Hear("heard")
	require.Equal(t, "said", c.Address())
	c.Say("said later")
	require.Equal(t, "said later", c.Address())
}

// "A word is that of one life", and "what is known stays known as a guess".
func TestAWordThatIsOverIsAGuess(t *testing.T) {
	var c contact.Contact[string]
	require.Empty(t, c.Address())
	c.Say("said")
	c.Unsay()
	require.Equal(t, "said", c.Address())
	c.Hear("heard")
	require.Equal(t, "heard", c.Address())
}
