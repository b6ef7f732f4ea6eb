package explore_test

import (
	"errors"
	"fmt"

	"butterfly/scenarios/explore"
)

// jugs holds so many gallons in a jug of three and in one of five.
type jugs struct{ three, five int }

// pour returns the jugs after what is done to them.
func (j jugs) pour(what string) jugs {
	switch what {
	case "fill the three":
		j.three = 3
	case "fill the five":
		j.five = 5
	case "empty the three":
		j.three = 0
	case "empty the five":
		j.five = 0
	case "pour the three into the five":
		poured := min(j.three, 5-j.five)
		j.three, j.five = j.three-poured, j.five+poured
	case "pour the five into the three":
		poured := min(j.five, 3-j.three)
		j.three, j.five = j.three+poured, j.five-poured
	}
	return j
}

// puzzle is the one of "Die Hard with a Vengeance", which is to measure four gallons: a property
// says that this is impossible. Lamport's course on TLA+ begins with it.
func puzzle() explore.Model[jugs, string] {
	return explore.Model[jugs, string]{
		Events: func(_ jugs, events []string) []string {
			return append(events, "fill the three", "fill the five", "empty the three",
				"empty the five", "pour the three into the five", "pour the five into the three")
		},
		Apply: jugs.pour,
		Check: func(states []jugs, events []string) error {
			if states[len(events)].five == 4 {
				return errors.New("there are four gallons in the five")
			}
			return nil
		},
		Key: func(j jugs) explore.Key { return explore.Key{}.With(uint64(j.three<<8 | j.five)) },
	}
}

func ExampleExhaust() {
	fmt.Println(explore.Exhaust(puzzle(), explore.Bounds{}))

	impossible := puzzle()
	impossible.Check = func(states []jugs, events []string) error {
		if states[len(events)].five == 6 {
			return errors.New("there are six gallons in the five")
		}
		return nil
	}
	fmt.Println(explore.Exhaust(impossible, explore.Bounds{}))
	// Output:
	// there are four gallons in the five
	// after 6 events, and after no fewer:
	//   fill the five
	//   pour the five into the three
	//   empty the three
	//   pour the five into the three
	//   fill the five
	//   pour the five into the three
	//
	// all 16 states hold, and none is more than 7 events away
}
