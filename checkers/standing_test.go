package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

const believedUnable = believedUnhealthy + 1

// playStanding has host 0 read the results of origins, which are statuses as they are. A life is numbered
// as the incarnation is.
func playStanding(t testing.TB) *mapScript {
	m := &mapScript{lives: 1}
	for host := range node.ID(3) {
		m.maps = append(m.maps, newFakeMap(life(host, 1)))
	}
	m.script = play(t, NewStanding(Readings{
		Replicas: func(host node.ID) Replica { return m.maps[host] },
		Key:      func(origin uint32) uint32 { return 10 * origin },
		Status:   func(value uint64) uint8 { return uint8(value) },
		Life:     func(incarnation uint64) uint64 { return incarnation },
	}), 3)
	return m
}

// finding has a host write a status of origin 4, and host 0 hear of it.
func (m *mapScript) finding(host node.ID, status uint64) {
	m.maps[host].put(40, status)
	m.maps[0].pull(m.maps[host])
}

// "Who is in the group by what this server says, in the life in which it wrote, and found a status."
func TestTheLivingCountFiresOnABeliefInTheDead(t *testing.T) {
	for name, c := range map[string]struct {
		happen func(m *mapScript)
		broken int
	}{
		"both alive": {func(m *mapScript) { m.emit(0, node.MemberAlive, 2, 1) }, 0},
		"one alive":  {func(*mapScript) {}, 1},
		"one dead": {func(m *mapScript) {
			m.emit(0, node.MemberAlive, 2, 1)
			m.emit(0, node.MemberDead, 2)
		}, 1},
		"one left": {func(m *mapScript) {
			m.emit(0, node.MemberAlive, 2, 1)
			m.emit(0, node.MemberLeft, 2)
		}, 1},
		"one in another life":           {func(m *mapScript) { m.emit(0, node.MemberAlive, 2, 9) }, 1},
		"another host says so":          {func(m *mapScript) { m.emit(1, node.MemberAlive, 2, 1) }, 1},
		"both dead":                     {func(m *mapScript) { m.emit(0, node.MemberDead, 1) }, 0},
		"a life that has heard nothing": {func(m *mapScript) { m.down(0); m.up(0) }, 0},
	} {
		m := playStanding(t)
		m.emit(0, node.MemberAlive, 1, 1)
		c.happen(m)
		m.finding(1, believedHealthy)
		m.finding(2, believedUnhealthy)
		m.emit(0, node.Believed, 4, believedUnhealthy)
		m.end()
		require.Equal(t, c.broken, m.report.Broken(PropertyLivingCount), name)
	}
}

func TestTheLivingCountSaysWhoseResultIsLeftOut(t *testing.T) {
	m := playStanding(t)
	m.emit(0, node.MemberAlive, 1, 1)
	m.finding(1, believedHealthy)
	m.at(2*second).emit(0, node.Believed, 4, believedUnhealthy)
	m.end()
	m.broke(PropertyLivingCount, 2*second, "host 0 comes to believe at 2.000s that origin 4 is unhealthy, "+
		"though the writer of 1.1:1 lives and says healthy")
}

// "And found a status": one that cannot probe says nothing, and no more does who believes nothing.
func TestTheLivingCountLeavesOutWhatSaysNothing(t *testing.T) {
	m := playStanding(t)
	m.emit(0, node.MemberAlive, 1, 1)
	m.finding(1, believedUnable)
	m.emit(0, node.Believed, 4, believedHealthy)
	m.finding(1, believedHealthy)
	m.emit(0, node.Believed, 4, believedUnknown)
	m.end()
	m.clean()
}

// The host itself stands for what it wrote in its present life, and for nothing from before.
func TestTheLivingCountCountsTheHostItself(t *testing.T) {
	for own, broken := range map[uint64]int{1: 1, 2: 0} {
		m := playStanding(t)
		m.finding(0, believedHealthy)
		m.maps[0].actor = life(0, own)
		m.emit(0, node.Believed, 4, believedUnhealthy)
		m.end()
		require.Equal(t, broken, m.report.Broken(PropertyLivingCount), "life %d", own)
	}
}

// "What a server believes on the way it need not believe for long."
func TestTheLivingCountTakesTheLastBeliefOfAnInstant(t *testing.T) {
	m := playStanding(t)
	m.emit(0, node.MemberAlive, 1, 1)
	m.finding(1, believedHealthy)
	m.emit(0, node.Believed, 4, believedUnhealthy)
	m.emit(0, node.Believed, 4, believedHealthy)
	m.at(1 * second).end()
	m.clean()
}
