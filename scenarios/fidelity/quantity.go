package fidelity

// Quantity is one of the things that are measured.
type Quantity uint8

const (
	// SpreadHalf is how long it takes from the moment a server finds that an origin is down until
	// half of the servers believe it, and SpreadAll until all do. Each outage gives one of each.
	SpreadHalf Quantity = iota
	SpreadAll
	// FirstDetection is how long it takes from the kill until the first of the others holds the
	// killed server dead, and FullDetection until the last does.
	FirstDetection
	FullDetection
	// TakeoverGap is the longest time that any origin went without a check around the kill: a period
	// if the killed server checked none, as one in 62 of 16 servers with 64 origins does not.
	TakeoverGap
	// Datagrams is how many of them a server sends a second at rest, and DatagramBytes what they
	// have. All of them are SWIM's.
	Datagrams
	DatagramBytes
	// Calls is how many calls a server makes a second at rest, and CallBytes what they and their
	// answers have. One in six is SWIM's, an exchange of tables; the others are pulls.
	Calls
	CallBytes

	quantities = int(CallBytes) + 1
)

// Quantities returns all of them, in the order in which they are shown.
func Quantities() []Quantity {
	all := make([]Quantity, quantities)
	for i := range all {
		all[i] = Quantity(i)
	}
	return all
}

// String is what a quantity is called.
func (q Quantity) String() string { return described[q].name }

// Unit is that of its values: "s", or "/s" and "B/s" a server.
func (q Quantity) Unit() string { return described[q].unit }

var described = [quantities]struct{ name, unit string }{
	SpreadHalf:     {"update at half", "s"},
	SpreadAll:      {"update at all", "s"},
	FirstDetection: {"first detection", "s"},
	FullDetection:  {"full detection", "s"},
	TakeoverGap:    {"takeover gap", "s"},
	Datagrams:      {"datagrams", "/s"},
	DatagramBytes:  {"datagram bytes", "B/s"},
	Calls:          {"calls", "/s"},
	CallBytes:      {"call bytes", "B/s"},
}
