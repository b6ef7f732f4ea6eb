package sim

// Held is how many envelopes, calls and probes are in use. Once everything has happened it is 0:
// what is left over would be lost for good.
func (k *Kernel[M]) Held() int { return k.envelopes.live() + k.calls.live() + k.probes.live() }

// live is how many values are taken.
func (s *slab[T]) live() int { return int(s.used) - len(s.free) }
