package health

import (
	"fmt"
	"time"
)

// Config is what health checking depends on, the same on all servers of a data centre. The zero
// value is not valid: start from [DefaultConfig].
type Config struct {
	// Definitions are the ways of checking an origin. Origins are registered with the number of one
	// of them, its index. At most 65,535; not to be changed once in use, but [Checks.Define] may add to
	// them, also where there are none at first.
	Definitions []Definition
	// RankWait is the patience per rank: a server outranked by k live members lets an origin that
	// nobody is seen to check go unchecked for k times RankWait before it steps in. 0 means that
	// everybody steps in at once; at most an hour.
	RankWait time.Duration
}

// unregistered is the definition number of an origin that is not to be checked, so no definition
// has that number.
const unregistered = 1<<16 - 1

const maxRankWait = time.Hour

// DefaultConfig has one definition, [DefaultDefinition]. Its RankWait is our choice: longer than
// the map usually needs to carry a claim everywhere.
func DefaultConfig() Config {
	return Config{
		Definitions: []Definition{DefaultDefinition()},
		RankWait:    20 * time.Second,
	}
}

// Validate reports the first thing that is out of range, nil if nothing is.
func (c Config) Validate() error {
	if c.RankWait < 0 || c.RankWait > maxRankWait {
		return fmt.Errorf("health: rank wait is %v, expected 0s to %v", c.RankWait, maxRankWait)
	}
	if n := len(c.Definitions); n > unregistered {
		return fmt.Errorf("health: there are %d definitions, expected at most %d", n, unregistered)
	}
	for i := range c.Definitions {
		if err := c.Definitions[i].Validate(); err != nil {
			return fmt.Errorf("definition %d: %w", i, err)
		}
	}
	return nil
}
