package netmodel

import "butterfly/node"

// maxDenseHosts is up to how many hosts the counters of links are kept in arrays: 2 MiB when all
// links of 512 hosts are in use.
const maxDenseHosts = 512

// counters holds, for each directed link, how many messages were handed to it.
type counters struct {
	rows  [][]sent        // by sender and receiver, a sender's row made with its first message
	table linkTable[sent] // instead of rows, when there are more hosts
}

// sent counts the messages handed to one link.
type sent struct{ datagrams, segments uint32 }

func newCounters(hosts int) counters {
	if hosts > maxDenseHosts {
		return counters{}
	}
	return counters{rows: make([][]sent, hosts)}
}

// at returns the counts of a link. The pointer is valid until the next call.
func (c *counters) at(from, to node.ID) *sent {
	if c.rows == nil {
		return c.table.at(link(from, to))
	}
	if c.rows[from] == nil {
		c.rows[from] = make([]sent, len(c.rows))
	}
	return &c.rows[from][to]
}
