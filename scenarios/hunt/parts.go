package hunt

import "iter"

// Parts yields the plan in parts of so many seeds each, the last of those that are left: for those who
// learn from one part how to run the next. The size is at least 1.
func (p Plan) Parts(size uint64) iter.Seq[Plan] {
	start, stride := p.steps()
	first, count := uint64(p.First)+start, p.Count()
	return func(yield func(Plan) bool) {
		for done := uint64(0); done < count; done += size {
			last := min(done+size, count) - 1
			part := Plan{
				First: Seed(first + done*stride), Last: Seed(first + last*stride), Shard: 1, Shards: stride,
			}
			if !yield(part) {
				return
			}
		}
	}
}
