package group

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// memberlist's own figures, of 40 trials with 10 members halved for a while: how many groups were
// whole again within 300 s; and, of 100 trials for the middle ones, how many members each held when
// the cut ended.
//
// An earlier series had 9.44 and 7.03 members for cuts of 6 and 10 s. There every cut began at one
// place of the protocol period, which members started within 0.2 s of each other share: 60 trials
// of scenarios/rivals/memberlist made to do so give 9.28 and 7.03. These have the cut at a random
// moment.
var memberlistHeals = []struct {
	cutSeconds, healed int
	seen               float64
	seenTrials         int
}{
	{4, 40, 10, 40}, {6, 40, 9.02, 100}, {10, 40, 6.68, 100}, {12, 39, 5.96, 100},
	{16, 10, 5.09, 100}, {20, 1, 5, 40}, {25, 0, 5, 40},
}

// "Memberlist cluster does not recover from a partition" (hashicorp/memberlist issue 222), and nor
// does ours with its rules. Ours and theirs may be of one chance at every length of the cut: by
// Fisher's exact test, 7 cuts judged at once with 99 % confidence. Members held when it ends:
// within 5 %, and with what 40 trials leave open 5 to 11 %. For 12 s ours hold 0.2 fewer, which is
// three standard errors. One rule of memberlist that ours leaves out is that it loses a piece of
// news now and then (its queue numbers them anew whenever it runs empty), and so an accusation;
// with that mended it holds 5.86 in 100 trials, which are too few to prove it.
func TestAgreementOnPartitions(t *testing.T) {
	header(t, "cut, s", "memberlist healed", "ours", "memberlist members seen", "ours",
		"held to")
	for _, theirs := range memberlistHeals {
		s := catalogued(t, "swim-partition", "rules=memberlist",
			fmt.Sprintf("cut=%ds", theirs.cutSeconds))
		ours := measure(s, seedCount(40, 400))
		healed, seen := ours["healed"], ours["members_seen_at_heal"]
		row(t, theirs.cutSeconds, fmt.Sprint(theirs.healed, "/40"), healed.mean(), theirs.seen,
			fmt.Sprintf("%.2f", seen.mean()),
			percents(tolerance(theirs.seen, theirs.seenTrials, 0.05, seen)))
		requireSameChance(t, fmt.Sprintf("healed after %d s", theirs.cutSeconds), total(healed),
			len(healed), theirs.healed, 40, 0.01/7)
		requireMean(t, "seen", theirs.seen, theirs.seenTrials, 0.05, seen)
	}
}

// With our own rules a partition heals by itself within 60 s, however long it was. 100 of each that
// do say with 99 % confidence that more than 95 % do.
func TestOwnRulesHealAnyPartition(t *testing.T) {
	header(t, "members", "cut", "healed", "mean, s", "longest, s")
	for _, servers := range []int{10, 32} {
		for _, cut := range []string{"30s", "5m", "2h"} {
			s := catalogued(t, "swim-partition", fmt.Sprint("servers=", servers), "cut="+cut)
			ours := measure(s, seedCount(5, 100))
			longest := 0.0
			for _, seconds := range ours["heal_seconds"] {
				longest = max(longest, seconds)
			}
			row(t, servers, cut, ours["healed"].mean(), ours["heal_seconds"].mean(), longest)
			require.InDelta(t, 1, ours["healed"].mean(), 0)
			require.LessOrEqual(t, longest, 60.0, "%d members, cut %s", servers, cut)
		}
	}
}
