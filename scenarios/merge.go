package scenarios

// Merge names how replicas of the map merge concurrent writes.
type Merge string

const (
	// Siblings keeps concurrent writes side by side and chooses when reading: a join.
	Siblings Merge = "siblings"
	// Literal is the talk's merge exactly as its slides describe it: a single winner per key, with
	// the writer's rank as the tie-break. It is not a join, and replicas can part for good.
	Literal Merge = "literal"
)

// Merges returns all ways of merging.
func Merges() []Merge { return []Merge{Siblings, Literal} }

func (m Merge) validate() error {
	return oneOf(m, Merges())
}
