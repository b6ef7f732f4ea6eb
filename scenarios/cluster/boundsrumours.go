package cluster

import "butterfly/scenarios"

// rumours is how many waves of refutations at most a server may hear across a one-way cut: none if
// nothing else happens to servers during any; else one, and one more for each other one-way cut, on
// whose other side there is somebody who hears no answers, and accuses all others in vain.
func rumours(faults []scenarios.Fault) (most int) {
	for i := range faults {
		if cut := &faults[i]; oneWayCut(cut) {
			most = max(most, rumoursDuring(cut, faults))
		}
	}
	return most
}

func rumoursDuring(cut *scenarios.Fault, faults []scenarios.Fault) (waves int) {
	for i := range faults {
		f := &faults[i]
		overlaps := cut.At <= f.End() && f.At <= cut.End()
		if f == cut || !overlaps || f.Kind == scenarios.OriginDown {
			continue
		}
		waves = max(waves, 1)
		if oneWayCut(f) {
			waves++
		}
	}
	return waves
}

func oneWayCut(f *scenarios.Fault) bool { return f.Obstructs() && f.OneWay }
