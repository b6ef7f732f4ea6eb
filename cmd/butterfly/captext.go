package main

import (
	"butterfly/scenarios"
	"butterfly/scenarios/cap"
)

// capFigures are the metrics of a run of registers, in the order in which a report has them.
var capFigures = []figure{
	{"availability", availabilityText, "availability while servers were cut off from each other"},
	{"linearizable", yesText, "as if there were one copy (linearizable)"},
	{"served_ratio_majority", shareText, "of what the majority side asked for meanwhile was served"},
	{"served_ratio_minority", shareText, "of what the minority side asked for"},
	{"seats_sold_twice", countText, "seats sold twice"},
	{"operations", countText, "operations"},
	{"operations_unserved", countText, "of these reached a server and were not served"},
	{"operations_unreached", countText, "reached none"},
}

func availabilityText(value float64) string { return cap.Availability(value).String() }

func yesText(value float64) string {
	if value == 1 {
		return "yes"
	}
	return "no"
}

// capPromises lists what registers are held to.
func capPromises(s *scenarios.Scenario) []promise {
	if s.Cap.Replication == scenarios.ByRaft {
		return []promise{
			{cap.PropertyLinearizable, "the whole history"}, {cap.PropertySeats, "no seat, ever"},
		}
	}
	return []promise{{cap.PropertyServed, "whoever reaches a server, at once"}}
}
