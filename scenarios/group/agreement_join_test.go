package group

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// SWIM's figure 4: 17 processes join one after the other, a receiver drops every tenth packet, k =
// 1, T' = 2 s; after 175 s the group has 12 members with suspicion, 4 without, and 2 without
// piggyback.
//
// Ours agrees in that suspicion holds the group together: 12 or more against 4 or fewer, in every
// seed. The rest it does not reproduce. Without suspicion next to nobody is left, whether with
// piggyback or without, and the 4 and the 2 cannot be told apart. That is what the paper's own
// formula leads to: a member is falsely detected in a period with PM_false = 0.10 (section 3.1), so
// nine times in 87 periods, and that is final. Joining every 10 s and not every 5 s makes it 1.3
// and 1.1. With suspicion all 17 stay. What kept 5 away in the paper is not said there; a join of
// ours is an exchange on a stream, which loss only delays.
func TestAgreementOnFigure4(t *testing.T) {
	header(t, "preset", "SWIM figure 4", "measured stable members", "standard deviation")
	members := map[string]sample{}
	for i, preset := range []string{"swim", "classic", "basic"} {
		runs := measure(catalogued(t, "swim-join", "preset="+preset), seedCount(40, 400))
		members[preset] = runs["stable_members"]
		row(t, preset, []int{12, 4, 2}[i], fmt.Sprintf("%.2f", members[preset].mean()),
			members[preset].deviation())
	}
	for seed, stable := range members["swim"] {
		require.GreaterOrEqual(t, stable, 12.0, "seed %d", seed)
		require.LessOrEqual(t, members["classic"][seed], 4.0, "seed %d", seed)
		require.LessOrEqual(t, members["basic"][seed], 4.0, "seed %d", seed)
	}
}
