package memberlist

import (
	"testing"
	"time"

	hashicorp "github.com/hashicorp/memberlist"
	"github.com/stretchr/testify/require"
)

// A cell of the table of slow members.
type slowCell struct {
	config    string
	configure func(*hashicorp.Config)
	slow      int
	free      time.Duration
	sends     SendRule
}

func (c slowCell) experiment(servers int) Slow {
	return Slow{
		Setup:  Setup{Servers: servers, Sends: c.sends, Configure: c.configure},
		WarmUp: 30 * time.Second,
		Slow:   c.slow,
		Block:  16384 * time.Millisecond,
		Free:   c.free,
		Repeat: 120 * time.Second,
		Quiet:  60 * time.Second,
	}
}

const short, long = 64 * time.Millisecond, 512 * time.Millisecond

// "one overloaded member already causes false positives" (Lifeguard, section II): the figures that
// ours are laid beside.
func TestSlowTable(t *testing.T) {
	row(t, "config", "slow", "free_s", "sends_queue", "trials", "false", "false_at_healthy",
		"deaths_of_slow", "suspicions_by_slow", "suspicions_by_other", "refutes", "packets")
	for _, cell := range slowCells() {
		results := playAll(t, either(1, 3), cell.experiment(either(16, 128)))
		sum := total(results)
		row(t, cell.config, cell.slow, cell.free, cell.sends == SendsQueue, len(results), sum.False,
			sum.FalseAtHealthy, sum.DeathsOfSlow, sum.SuspicionsBySlow, sum.SuspicionsByOther,
			sum.Refutes, sum.Packets)
		require.NotZero(t, sum.DeathsOfSlow, "a block of 16 s outlasts every suspicion")
	}
}

func slowCells() (cells []slowCell) {
	swim := slowCell{config: "swim", configure: PlainSWIM, slow: 4, free: short}
	if !full() {
		return []slowCell{swim}
	}
	for _, sends := range []SendRule{SendsBlock, SendsQueue} {
		for _, slow := range []int{4, 16} {
			for _, free := range []time.Duration{short, long} {
				cells = append(cells, slowCell{"swim", PlainSWIM, slow, free, sends},
					slowCell{"shipped", Shipped, slow, free, sends})
			}
		}
	}
	return cells
}

func total(results []SlowResult) (sum SlowResult) {
	for _, r := range results {
		sum.False += r.False
		sum.FalseAtHealthy += r.FalseAtHealthy
		sum.DeathsOfSlow += r.DeathsOfSlow
		sum.SuspicionsBySlow += r.SuspicionsBySlow
		sum.SuspicionsByOther += r.SuspicionsByOther
		sum.Refutes += r.Refutes
		sum.Packets += r.Packets
	}
	return sum
}

// A member whose sends block is stopped in the middle of a probe, and takes the silence of its own
// making for the target's when it comes to: once for every block. One whose sends queue goes on
// probing into the void for the length of the block, period after period.
func TestBlockedMemberSuspectsOncePerBlock(t *testing.T) {
	blocks := 8 // begin at 0, 16.448, ... 115.136 s
	cell := slowCell{configure: PlainSWIM, slow: 2, free: short}

	blocking := play(t, cell.experiment(8))
	require.EqualValues(t, blocks*cell.slow, blocking.SuspicionsBySlow)

	cell.sends = SendsQueue
	queueing := play(t, cell.experiment(8))
	require.Greater(t, queueing.SuspicionsBySlow, 4*blocking.SuspicionsBySlow)
}
