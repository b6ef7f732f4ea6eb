package memberlist

import "time"

// Partition is a network cut into halves for a while.
type Partition struct {
	Setup
	WarmUp time.Duration // at least, from the last join to the cut
	Cut    time.Duration // how long it lasts
	Limit  time.Duration // how long after it healing is waited for
}

// PartitionResult is what one partition looked like.
type PartitionResult struct {
	Seen   float64       // members that a member counted when the cut ended, on average
	Healed bool          // every member saw every other again
	Heal   time.Duration // from the end of the cut until then, to a tenth of a second
}

// Run plays the experiment once, in a synctest bubble.
func (e Partition) Run() (PartitionResult, error) {
	c, err := Start(e.Setup)
	if err != nil {
		return PartitionResult{}, err
	}
	defer c.Stop()
	c.Settle(e.WarmUp)
	c.Cut(e.Servers / 2)
	time.Sleep(e.Cut)
	c.Heal()
	result := PartitionResult{Seen: c.MembersSeen()}
	for healedAt := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		result.Heal = time.Since(healedAt)
		if result.Healed = c.Complete(); result.Healed || result.Heal >= e.Limit {
			return result, nil
		}
	}
}
