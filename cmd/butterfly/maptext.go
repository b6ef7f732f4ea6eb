package main

import (
	"butterfly/scenarios"
	"butterfly/scenarios/replicas"
)

// mapFigures are the metrics of a run of the map alone, in the order in which a report has them.
var mapFigures = []figure{
	{"settled_seconds", secondsText, "until replicas were equal after the last write or fault"},
	{"exchanges", countText, "contacts between replicas"},
	{"bytes_per_exchange", byteText, "a contact, on average"},
	{"idle_exchange_bytes", byteText, "a contact that brought nothing, at most"},
	{"entries_sent", countText, "entries sent"},
	{"redundant_entries", countText, "entries that arrived and changed nothing"},
	{"whole_answers", countText, "replicas given everything anew"},
	{"tombstones", countText, "tombstones at a replica in the end, at most"},
	{"lives", countText, "lives of servers"},
	{"lives_retired", countText, "of these retired"},
	{"vector_entries_max", countText, "entries in a version vector, at most"},
}

// mapPromises lists what a scenario of the map alone is held to.
func mapPromises(s *scenarios.Scenario) (all []promise) {
	for _, p := range replicas.Promises(s) {
		all = append(all, promise{p.Property, p.Bound})
	}
	return all
}
