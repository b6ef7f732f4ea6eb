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

// Owners returns whose each of the keys 0 to keys-1 is while servers 0 to servers-1 are there, of
// which there is at least one.
func (s Scheme) Owners(servers, keys int) []node.ID {
	switch s {
	case Rendezvous:
		return rendezvousOwners(servers, keys)
	case Circle:
		return circleOwners(servers, keys, DefaultPoints)
	case SinglePoint:
		return circleOwners(servers, keys, 1)
	}
	owners := make([]node.ID, keys)
	for key := range owners {
		owners[key] = node.ID(keyOf(key) % uint64(servers))
	}
	return owners
}

func rendezvousOwners(servers, keys int) []node.ID {
	members := make([]rendezvous.Member, servers)
	for id := range members {
		name := fmt.Sprintf("server-%d", id)
		members[id] = rendezvous.Member{ID: node.ID(id), Hash: rendezvous.HashString(name)}
	}
	owners := make([]node.ID, keys)
	for key := range owners {
		owners[key], _ = rendezvous.Owner(rendezvous.Hash(keyOf(key)), members)
	}
	return owners
}
