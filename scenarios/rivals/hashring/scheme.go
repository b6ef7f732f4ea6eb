package hashring

import (
	"fmt"

	"butterfly/node"
	"butterfly/node/rendezvous"
)

// Scheme is a way of placing keys on servers.
type Scheme uint8

const (
	// Rendezvous is highest random weight, as in package rendezvous.
	Rendezvous Scheme = iota
	// Circle is consistent hashing with [DefaultPoints] for each server.
	Circle
	// SinglePoint is consistent hashing without virtual nodes: one point for each server.
	SinglePoint
	// Modulo is the hash of the key modulo the number of servers.
	Modulo
)

// Schemes returns all schemes.
func Schemes() []Scheme { return []Scheme{Rendezvous, Circle, SinglePoint, Modulo} }

func (s Scheme) String() string {
	switch s {
	case Rendezvous:
		return "rendezvous"
	case Circle:
		return "hash ring"
	case SinglePoint:
		return "hash ring, 1 point"
	case Modulo:
		return "modulo"
	}
	return "scheme?"
}

// Owners returns whose each of the keys 0 to keys-1 is in the view of somebody to whom these
// servers are there, in ascending order; there is at least one.
func (s Scheme) Owners(view []node.ID, keys int) []node.ID {
	switch s {
	case Rendezvous:
		return rendezvousOwners(view, keys)
	case Circle:
		return circleOwners(view, keys, DefaultPoints)
	case SinglePoint:
		return circleOwners(view, keys, 1)
	}
	owners := make([]node.ID, keys)
	for key := range owners {
		owners[key] = view[keyOf(key)%uint64(len(view))]
	}
	return owners
}

func rendezvousOwners(view []node.ID, keys int) []node.ID {
	members := make([]rendezvous.Member, len(view))
	for i, id := range view {
		name := fmt.Sprintf("server-%d", id)
		members[i] = rendezvous.Member{ID: id, Hash: rendezvous.HashString(name)}
	}
	owners := make([]node.ID, keys)
	for key := range owners {
		owners[key], _ = rendezvous.Owner(rendezvous.Hash(keyOf(key)), members)
	}
	return owners
}
