package scenarios

import "butterfly/netmodel"

// Latency is a netmodel.Latency that files write as text.
type Latency struct{ netmodel.Latency }

// MarshalText writes the text form of [netmodel.ParseLatency].
func (l Latency) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads the text form of [netmodel.ParseLatency].
func (l *Latency) UnmarshalText(text []byte) (err error) {
	l.Latency, err = netmodel.ParseLatency(string(text))
	return err
}
