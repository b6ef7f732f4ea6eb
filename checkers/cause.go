package checkers

// Cause is what a gap without a probe, or an overlap of two checkers, comes of.
type Cause uint8

const (
	// Registration: an operator has only just had the origin checked, or otherwise.
	Registration Cause = iota
	// Crash: who checked the origin went down.
	Crash
	// Pause: who checked it stood still.
	Pause
	// LostUplink: who checked it lost its uplink.
	LostUplink
	// Partition: the side was cut in two, or came of two.
	Partition
	// Join: who checks it now has only just come up.
	Join
	// Flapping is none of these: the servers' views have come to differ by themselves.
	Flapping

	causes // how many there are
)

func (c Cause) String() string {
	switch c {
	case Registration:
		return "registration"
	case Crash:
		return "crash"
	case Pause:
		return "pause"
	case LostUplink:
		return "uplink"
	case Partition:
		return "partition"
	case Join:
		return "join"
	case Flapping:
		return "flapping"
	}
	return "cause?"
}
