package scenarios

import "fmt"

// Merge names how replicas of the map merge concurrent writes.
type Merge string

const (
	// Siblings keeps concurrent writes side by side and chooses when reading: a join.
	Siblings Merge = "siblings"
	// Literal is the talk's merge exactly as its slides describe it: a single winner per key, with
	// the writer's rank as the tie-break. It is not a join, and replicas can part for good.
	Literal Merge = "literal"
)

func (m Merge) validate() error {
	if m != Siblings && m != Literal {
		return fmt.Errorf("%q, expected %s or %s", m, Siblings, Literal)
	}
	return nil
}
