package netmodel

// Totals counts what a network did since the start of the run.
type Totals struct {
	Datagrams     int64 // handed over, whatever their fate
	DatagramBytes int64
	Copies        int64 // of datagrams, put on their way
	Duplicated    int64 // datagrams that became two copies
	Reordered     int64 // datagrams held back

	Segments        int64 // handed over, whatever their fate
	SegmentBytes    int64 // retransmissions not counted
	Retransmissions int64
	GivenUp         int64 // segments lost [MaxTries] times in a row

	CallsLost int64 // calls that [Config.CallLoss] brought to nothing

	Lost        int64 // datagrams dropped by chance
	Corrupted   int64 // datagrams refused because their bytes were damaged
	TooBig      int64 // datagrams above the MTU
	CutAtSend   int64 // datagrams and segments dropped by a cut or a filter when they were sent
	CutInFlight int64 // copies and segments dropped by a cut or a filter when they arrived
	QueueFull   int64 // datagrams dropped because a limit's queue was full
	Held        int64 // copies and segments held by a clog when they arrived
}

// Totals returns the counts so far.
func (n *Net) Totals() Totals { return n.totals }
