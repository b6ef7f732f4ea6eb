package live

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	"butterfly/node"
	"butterfly/node/live/endpoint"
	"butterfly/node/live/names"
)

const (
	// helloTime is how long a hello may take, and helloPause how long the node waits at first
	// before it tries again; each further pause is twice as long, up to longestPause.
	helloTime    = time.Second
	helloPause   = 100 * time.Millisecond
	longestPause = 30 * time.Second
)

// seed is an address to join through.
type seed struct {
	address string  // host:port
	alias   node.ID // its number as long as it has not said its own
	number  node.ID // its own, once it has answered
	met     bool    // it has
}

// join says hello to all seeds at once, and waits until all have answered or the time is over. It
// returns by which numbers they are to be called; those that have not answered are called on.
func (n *Node) join(ctx context.Context) (numbers []node.ID, err error) {
	seeds := make([]seed, len(n.driver.config.Join))
	errs := make([]error, len(seeds))
	limited, cancel := context.WithTimeout(ctx, n.driver.config.JoinTime)
	defer cancel()
	var all sync.WaitGroup
	for i := range seeds {
		seeds[i] = seed{address: n.driver.config.Join[i], alias: names.FirstAlias + node.ID(i)}
		all.Go(func() { errs[i] = n.meet(limited, &seeds[i]) })
	}
	all.Wait()
	for i := range seeds {
		if errs[i] != nil {
			return nil, errs[i]
		}
		if number := seeds[i].called(); number != n.carrier.number {
			numbers = append(numbers, number)
		}
		n.follow(seeds[i])
	}
	slices.Sort(numbers)
	return slices.Compact(numbers), ctx.Err()
}

// called is by which number the seed is known.
func (s *seed) called() node.ID {
	if s.met {
		return s.number
	}
	return s.alias
}

// follow goes on to call a seed that has not answered, and calls it again when it has been gone for a
// while, as long as the node lives.
func (n *Node) follow(s seed) {
	if !s.met {
		n.log.Warn("a seed has not answered yet", "event", "seed-silent", "seed", s.address)
	}
	n.life.run(func() {
		for n.life.context.Err() == nil {
			if s.met && pause(n.life.context, longestPause) != nil {
				return
			}
			if err := n.find(&s); err != nil {
				n.fail(err)
				return
			}
		}
	})
}

// find says hello to a seed that is not in the group: its name may lead elsewhere by now, and nobody
// else knows where that is if no other seed was up when it moved.
func (n *Node) find(s *seed) error {
	if s.met && (s.number == n.carrier.number || n.driver.book.find(s.number).alive) {
		return nil
	}
	return n.meet(n.life.context, s)
}

// meet says hello to a seed until it has answered or the context is done. The error is that this
// node cannot join.
func (n *Node) meet(ctx context.Context, s *seed) error {
	for wait := helloPause; ; wait = min(2*wait, longestPause) {
		answer, err := n.sayHello(ctx, s)
		if err == nil {
			return n.noteHello(s, answer)
		}
		if refused := refusal(0); errors.As(err, &refused) {
			n.log.Warn("a seed does not take this node for one of its cluster: is it the same "+
				"label, and the same key?",
				"event", "seed-refuses", "seed", s.address, "error", err)
		}
		if pause(ctx, wait) != nil {
			return nil
		}
	}
}

// sayHello asks a seed who it is.
func (n *Node) sayHello(ctx context.Context, s *seed) (answer hello, err error) {
	ctx, cancel := context.WithTimeout(ctx, helloTime)
	defer cancel()
	address, err := resolve(ctx, s.address)
	if err != nil {
		return hello{}, err
	}
	n.driver.book.meet(s.alias, address)
	question := n.self
	said, err := n.carrier.call(ctx, anyone, address, helloPath, appendHello(nil, &question))
	if err != nil {
		return hello{}, err
	}
	return parseHello(said)
}

// resolve returns an address by which a seed is reached.
func resolve(ctx context.Context, address string) (netip.AddrPort, error) {
	at, err := endpoint.Parse(address)
	if err != nil {
		return netip.AddrPort{}, err
	}
	found, err := net.DefaultResolver.LookupNetIP(ctx, "ip", at.Host)
	if err != nil {
		return netip.AddrPort{}, err
	}
	return netip.AddrPortFrom(found[0].Unmap(), at.Port), nil
}

// noteHello takes in who a seed is. The error is that somebody else lives under this node's number.
func (n *Node) noteHello(s *seed, answer hello) error {
	s.number, s.met = answer.number, true
	occupant := answer.occupant
	if answer.number == n.carrier.number && answer.about.Name != n.self.about.Name {
		occupant = answer.about.Name
	}
	if occupant != "" {
		return fmt.Errorf("live: %s says that %q lives under this node's number %d: "+
			"choose another -name or set -number", s.address, occupant, n.carrier.number)
	}
	if address, err := netip.ParseAddrPort(answer.about.Address); err == nil {
		n.driver.book.meet(answer.number, address)
	}
	return nil
}

// greet answers a hello.
func (n *Node) greet(question hello) hello {
	answer := n.self
	name := question.about.Name
	if question.number == n.carrier.number && name != n.self.about.Name {
		answer.occupant = n.self.about.Name
		return answer
	}
	answer.occupant = n.driver.book.occupant(question.number, name)
	address, err := netip.ParseAddrPort(question.about.Address)
	if err == nil && answer.occupant == "" {
		n.driver.book.meet(question.number, address)
	}
	return answer
}
