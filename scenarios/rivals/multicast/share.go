package multicast

import (
	"time"

	"butterfly/node"
)

// share is the keys that one server checks, in turn: first, first+step, ..., below end.
type share struct {
	first, step, end int
	next             int
}

func newShare(config *Config, self node.ID, hosts int) share {
	if config.Everywhere {
		return share{step: 1, end: config.Keys}
	}
	return share{first: int(self), step: hosts, end: config.Keys, next: int(self)}
}

// size is how many keys there are.
func (s *share) size() int { return max(0, s.end-s.first+s.step-1) / s.step }

// spacing is the time between two checks if each key has one an interval. There must be a key.
func (s *share) spacing(interval time.Duration) time.Duration {
	return interval / time.Duration(s.size())
}

// take returns the key whose turn it is.
func (s *share) take() uint32 {
	key := s.next
	if s.next += s.step; s.next >= s.end {
		s.next = s.first
	}
	return uint32(key)
}
