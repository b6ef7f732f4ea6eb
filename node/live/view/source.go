package view

import (
	"context"
	"errors"
	"time"
)

// Source is one live node, to be looked at and to be told about origins.
//
// Every method but Subscribe returns [ErrStopped] from a node that lives no more.
type Source interface {
	// Overview sums up the node.
	Overview(ctx context.Context) (Overview, error)
	// Members lists every server this node has heard of and not forgotten, itself included.
	Members(ctx context.Context) ([]Member, error)
	// Services lists the services with the counts of their origins.
	Services(ctx context.Context) ([]Service, error)
	// Origins lists the origins of a service, of all services if the name is empty. The error is
	// [ErrUnknown] for a service that there is not.
	Origins(ctx context.Context, service string) ([]Origin, error)
	// Origin returns one origin with its history and the ranking of the servers for it, or
	// [ErrUnknown].
	Origin(ctx context.Context, name Name) (Detail, error)
	// Map says what this node's replica of the shared map has seen.
	Map(ctx context.Context) (Map, error)
	// Register makes an origin one of those to check, or changes its weight. The error is a
	// [*RefusedError] for what cannot be checked.
	Register(ctx context.Context, r Registration) error
	// Unregister makes an origin none of those to check, or returns [ErrUnknown].
	Unregister(ctx context.Context, name Name) error
	// Subscribe begins to collect events. buffer is how many may wait to be read before the oldest
	// are dropped; at least 1.
	Subscribe(buffer int) *Subscription
}

// ErrUnknown means that there is no such service or origin.
var ErrUnknown = errors.New("not known to this node")

// ErrStopped means that the node lives no more.
var ErrStopped = errors.New("the node has stopped")

// RefusedError says why a registration cannot be accepted.
type RefusedError struct {
	// Field of the registration that is wrong, and why.
	Field, Why string
}

func (e *RefusedError) Error() string { return e.Field + ": " + e.Why }

// Name names an origin.
type Name struct {
	// Service is the group of origins that stand for each other.
	Service string
	// Target is whom to check: "host:port". Which way is the service's to say.
	Target string
}

// Registration is what an operator tells a node of an origin.
type Registration struct {
	Name
	// Weight is the origin's share of the requests of its service: 0 for none, 1 as usual.
	Weight uint16
}

// Overview sums up a node.
type Overview struct {
	// Name is the node's, Address that of its datagrams and streams ("host:port"), API that of its
	// API, Label that of its cluster, Build the version of the program.
	Name, Address, API, Label, Build string
	// Number is what the servers call the node among themselves.
	Number uint32
	// Generation is the life of the node: the Unix time in ms at which it began, or later.
	Generation uint64
	// Started is when this life began; Now is when this was written down.
	Started, Now time.Time
	// Ready is whether the node takes part in the checking.
	Ready bool
	// Leaving is whether the node is on its way out.
	Leaving bool
	// NetworkLost is whether the node takes its own network to be down, and holds back what its
	// probes seem to show.
	NetworkLost bool
	// Members counts the servers in the group, this one included.
	Members int
	// Origins counts the origins to be checked, Checking those this node checks, Healthy, Unhealthy
	// and Unknown what is believed of them.
	Origins, Checking, Healthy, Unhealthy, Unknown int
}

// Member is a server in the view of the node.
type Member struct {
	// Name and Address ("host:port") are what the server says of itself; empty as long as it has
	// not been heard.
	Name, Address string
	// API is the address of its API ("host:port"), empty if it does not say.
	API string
	// Number is what the servers call it among themselves.
	Number uint32
	// State is one of "alive", "suspect", "dead", "left".
	State string
	// Generation is which life of the server this is about: the Unix time in ms at which it began.
	Generation uint64
	// Refutations counts how often this life has answered an accusation, or has described itself
	// anew.
	Refutations uint32
	// Since is when this node began to hold the server to be in this state.
	Since time.Time
	// Self marks the node itself.
	Self bool
}

// Service is a group of origins that stand for each other.
type Service struct {
	Name string
	// Check says how its origins are checked, in words.
	Check string
	// Origins counts those to be checked; Healthy, Unhealthy and Unknown what is believed of them;
	// Routed those that should get requests.
	Origins, Healthy, Unhealthy, Unknown, Routed int
	// FailsOpen is whether so few are healthy that requests go to all.
	FailsOpen bool
}

// Origin is an origin as the node believes it to be.
type Origin struct {
	Name
	Weight uint16
	// Status is one of "healthy", "unhealthy", "unknown"; Since is when this node came to believe
	// it, zero if it never did.
	Status string
	Since  time.Time
	// Routed is whether this node would send requests there: for what is healthy, and by the churn
	// cap, the debounce and failing open for some that is not.
	Routed bool
	// Checker is the server that wrote the result which counts, empty if there is none.
	Checker string
	// Checking is whether this node checks the origin.
	Checking bool
}

// Detail is all that the node can say of one origin.
type Detail struct {
	Origin
	// Check says how it is checked, in words.
	Check string
	// Ranking has the servers in the group, the owner first.
	Ranking []Ranked
	// History has the last changes of what was believed, the oldest first.
	History []Change
	// LastProbe is how this node's last probe of it ended, nil if it has made none in this life.
	LastProbe *Probe
}

// Ranked is one server's place for an origin.
type Ranked struct {
	Server string
	// Rank is 0 for the owner.
	Rank int
	// Score is the rendezvous hash that the ranking is by: the higher, the higher the rank.
	Score uint64
	// Claims is whether the result that counts is this server's.
	Claims bool
}

// Change is a change of what was believed of an origin.
type Change struct {
	At     time.Time
	Status string
	// Checker is whose result it was.
	Checker string
}

// Probe is how a probe ended.
type Probe struct {
	At time.Time
	// Outcome is one of "succeeded", "failed", "unable".
	Outcome string
	// Took is how long it took.
	Took time.Duration
	// Detail says in words what was seen: "200 OK", "connection refused", "no answer within 500ms".
	Detail string
}

// Map is what a replica of the shared map has seen.
type Map struct {
	// Keys counts the keys that have a value.
	Keys int
	// VersionHash and StateHash sum up the version vector and the whole state, for this node to
	// compare with itself: two nodes number the origins differently.
	VersionHash, StateHash uint64
	// Versions has an entry for each life of each server that wrote.
	Versions []Version
}

// Version is how much of one life's writes a replica has seen.
type Version struct {
	Server     string
	Generation uint64
	// Seq is the number of the last write up to which all are seen; 0 for a life that is over and
	// retired.
	Seq uint64
}
