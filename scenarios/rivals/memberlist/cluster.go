package memberlist

import (
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"strconv"
	"time"

	hashicorp "github.com/hashicorp/memberlist"
)

// betweenJoins separates the joins of a new cluster.
const betweenJoins = 20 * time.Millisecond

// longestCall is more than any call of memberlist takes once its host is down: the TCP time-out of
// the LAN preset and the longest probe.
const longestCall = 30 * time.Second

// Setup describes a cluster of unmodified memberlist members.
type Setup struct {
	// Servers is how many members it has, at least 2.
	Servers int
	// Sends says what a send of a blocked member does; the zero value blocks the caller.
	Sends SendRule
	// Configure changes the configuration of every member, which is memberlist's LAN preset without
	// compression. May be nil.
	Configure func(*hashicorp.Config)
	// CountLogs makes Logged available, at the price of formatting every message.
	CountLogs bool
}

// Cluster is a running cluster. Everything here is to be called in one synctest bubble, whose clock
// it then lives by.
type Cluster struct {
	network *network
	members []*member
	history *history
}

// member is one instance of memberlist.
type member struct {
	*hashicorp.Memberlist
	host *host
	logs *logCount
	meta *metadata
}

// Start creates the members 20 ms apart, each joining a random earlier one.
func Start(setup Setup) (*Cluster, error) {
	c := &Cluster{
		network: newNetwork(setup.Servers, setup.Sends),
		history: &history{},
	}
	for i := range setup.Servers {
		if err := c.add(i, setup); err != nil {
			c.Stop()
			return nil, fmt.Errorf("starting member %d: %w", i, err)
		}
		time.Sleep(betweenJoins)
	}
	return c, nil
}

func (c *Cluster) add(i int, setup Setup) error {
	m := &member{host: c.network.hosts[i], logs: &logCount{}, meta: &metadata{}}
	created, err := hashicorp.Create(c.config(i, m, setup))
	if err != nil {
		return err
	}
	m.Memberlist = created
	c.members = append(c.members, m)
	if i == 0 {
		return nil
	}
	earlier := c.network.hosts[rand.IntN(i)]
	_, err = m.Join([]string{net.JoinHostPort(earlier.address.String(), strconv.Itoa(port))})
	return err
}

func (c *Cluster) config(i int, m *member, setup Setup) *hashicorp.Config {
	config := hashicorp.DefaultLANConfig()
	config.Name = nameOf(i)
	config.Transport = m.host
	config.EnableCompression = false // packing is decided before it, so only time is saved
	config.Events = &observer{id: i, history: c.history}
	config.Delegate = m.meta
	config.Logger = log.New(io.Discard, "", 0)
	if setup.CountLogs {
		config.Logger = log.New(m.logs, "", 0)
	}
	if setup.Configure != nil {
		setup.Configure(config)
	}
	return config
}

// Settle waits for a while, and on until every member sees every other: a join is broadcast a few
// times only, and whom it misses learns of it from the first push/pull. It ends at no instant in
// particular: memberlist begins to probe one period after its start whatever its stagger, so
// members that start together probe together, and it matters where in a period something happens to
// them.
func (c *Cluster) Settle(warmUp time.Duration) {
	time.Sleep(warmUp + rand.N(time.Second))
	for !c.Complete() {
		time.Sleep(time.Second)
	}
}

// Lose makes the network lose so many of a million packets from now on; streams lose nothing.
func (c *Cluster) Lose(lossPPM int64) { c.network.lossPPM.Store(lossPPM) }

// Crash stops a member without a word to the others.
func (c *Cluster) Crash(id int) {
	// The only error there is comes from the transport, and ours returns none.
	_ = c.members[id].Shutdown()
}

// Block shuts or opens the doors of some members: while they are shut they neither send nor
// receive.
func (c *Cluster) Block(ids []int, shut bool) {
	for _, id := range ids {
		c.members[id].host.door.set(shut)
	}
}

// Cut separates the first members from the rest.
func (c *Cluster) Cut(first int) {
	for _, m := range c.members[:first] {
		m.host.side.Store(1)
	}
}

// Heal undoes Cut.
func (c *Cluster) Heal() {
	for _, m := range c.members {
		m.host.side.Store(0)
	}
}

// MembersSeen returns how many members each member counts as alive or suspected, itself included,
// on average.
func (c *Cluster) MembersSeen() float64 {
	sum := 0
	for _, m := range c.members {
		sum += m.NumMembers()
	}
	return float64(sum) / float64(len(c.members))
}

// Complete reports whether every member sees every other.
func (c *Cluster) Complete() bool {
	for _, m := range c.members {
		if m.NumMembers() != len(c.members) {
			return false
		}
	}
	return true
}

// Packets returns how many packets were sent so far, lost ones included.
func (c *Cluster) Packets() int64 { return c.network.packets.Load() }

// Stop ends all members, and waits until their last goroutines are gone, as a bubble demands.
func (c *Cluster) Stop() {
	c.history.close()
	for id, m := range c.members {
		m.host.door.set(false)
		c.Crash(id)
	}
	time.Sleep(longestCall)
}

func nameOf(id int) string { return "server-" + strconv.Itoa(id) }
