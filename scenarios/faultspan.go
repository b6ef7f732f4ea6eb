package scenarios

// Until is when the fault strikes no more in a run of the given length. A server or an origin that
// never returns is struck to the end of it, though the fault's [Fault.End] is when it happens.
func (f *Fault) Until(duration Span) Span {
	if f.For == 0 && !f.Operates() {
		return duration
	}
	return f.End()
}

// Apart reports whether one of two faults is over before the other begins, in a run of the given
// length. Two of which one begins as the other ends are not apart.
func Apart(a, b *Fault, duration Span) bool {
	return a.Until(duration) < b.At || b.Until(duration) < a.At
}
