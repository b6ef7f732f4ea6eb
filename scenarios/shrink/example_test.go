package shrink_test

import (
	"fmt"
	"slices"
	"time"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/shrink"
)

// hard is a plan in which one of six servers after the other crashes and origins go down, forty times.
func hard() scenarios.Scenario {
	plan := scenarios.Scenario{
		Name: "hard", Servers: 6, Origins: 100, Merge: scenarios.Siblings,
		Duration: scenarios.Span(10 * time.Minute),
	}
	for i := range 20 {
		at := scenarios.Span(time.Duration(20+25*i) * time.Second)
		plan.Faults = append(plan.Faults,
			scenarios.Fault{
				Kind: scenarios.Crash, At: at, For: scenarios.Span(20 * time.Second),
				Hosts: []node.ID{node.ID(i % 6)}, Keep: i%2 == 0,
			},
			scenarios.Fault{
				Kind: scenarios.OriginDown, At: at, For: scenarios.Span(30 * time.Second),
				Origins: []uint32{uint32(i), 42, uint32(50 + i)},
			})
	}
	return plan
}

// Most judges run the plan. This one knows the bug: a server that restarts without its disk while origin
// 42 is down forgets it.
func Example() {
	judge := func(plan scenarios.Scenario) (shrink.Outcome, error) {
		for _, down := range plan.Faults {
			for _, crash := range plan.Faults {
				if crash.Kind == scenarios.Crash && !crash.Keep && slices.Contains(down.Origins, 42) &&
					down.At <= crash.End() && crash.End() <= down.End() {
					return shrink.Outcome{Broken: true, At: crash.End()}, nil
				}
			}
		}
		return shrink.Outcome{Passed: true}, nil
	}
	result, err := shrink.Shrink(hard(), judge, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(result.Before.Faults, "faults in", result.Before.Length)
	fmt.Println(result.After.Faults, "faults in", result.After.Length, "after", result.Runs, "runs")
	for i := range result.Plan.Faults {
		fmt.Println(" ", &result.Plan.Faults[i])
	}
	fmt.Println("nothing breaks without", &result.Plan.Faults[result.Decisive])
	// Output:
	// 40 faults in 10m0s
	// 2 faults in 12s after 20 runs
	//   10s crash server 1 for 1s, disk lost
	//   10s origin-down origin 42 for 1s
	// nothing breaks without 10s crash server 1 for 1s, disk lost
}
