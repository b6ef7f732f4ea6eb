package live

import (
	"context"
	"errors"
	"log/slog"
	"net/netip"
	"sync"
	"time"

	"butterfly/node"
	"butterfly/node/live/seal"
	"butterfly/node/live/spec"
	"butterfly/node/live/view"
)

// Node is one live server. It implements [view.Source]; its methods may be called from any
// goroutine. Those that return an error return [view.ErrStopped] when the node lives no more.
type Node struct {
	carrier *carrier
	driver  *driver
	life    *life
	lock    *folderLock // of the data
	log     *slog.Logger
	self    hello // as it began
	done    chan struct{}

	registered bool // the metrics are

	failing sync.Once
	failure error // why the node ended by itself
}

var errOtherLife = errors.New("live: another server lives under this node's number")

// supervise waits for the end of the life and clears up after it.
func (n *Node) supervise() {
	<-n.life.context.Done()
	if err := n.carrier.close(); err != nil {
		n.log.Debug("closed", "event", "closed", "error", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), closeTime)
	defer cancel()
	if err := n.driver.prober.Close(ctx); err != nil {
		n.log.Warn("probes are still under way", "event", "probes-left", "error", err)
	}
	if n.registered { // for what looks the same to a registerer may be somebody else's
		n.driver.config.Registerer.Unregister(n.driver.metrics)
	}
	n.life.group.Wait()
	if err := n.lock.release(); err != nil {
		n.log.Debug("unlocked", "event", "unlocked", "error", err)
	}
	close(n.done)
}

// closeTime is how long probes under way are waited for at the end.
const closeTime = 2 * time.Second

// fail ends the life for a reason.
func (n *Node) fail(err error) {
	n.failing.Do(func() {
		n.log.Error("this node stops", "event", "failed", "error", err)
		n.failure = err
		n.life.end()
	})
}

// Done is closed when the node lives no more.
func (n *Node) Done() <-chan struct{} { return n.done }

// Err is why the node ended by itself, nil if it was stopped; it is for after [Node.Done].
func (n *Node) Err() error { return n.failure }

// Stop ends the life at once, as a crash does to the others: they find out by themselves. It
// returns when nothing of the node is left.
func (n *Node) Stop() {
	n.life.end()
	<-n.done
}

// Leave says goodbye, goes on for as long as it takes others to hear of it and to take over, at
// most until the context is done, and stops.
func (n *Node) Leave(ctx context.Context) error {
	defer n.Stop()
	err := n.ask(ctx, func() {
		d := n.driver
		d.leaving = true
		d.feed("leave", d.machine.leave)
	})
	if err != nil {
		return err
	}
	n.log.Info("this node leaves", "event", "leaving")
	select {
	case <-time.After(n.leaveTime()):
	case <-ctx.Done():
	case <-n.done:
	}
	return nil
}

// leaveTime is five rounds of the gossip that spreads the goodbye, or a period in which each server
// probes another if that is longer.
func (n *Node) leaveTime() time.Duration {
	swim := &n.driver.config.Agent.Swim
	return max(swim.ProbeInterval, 5*swim.GossipInterval)
}

// Reload takes over another origins file: what it has more is registered, what it has no more is
// removed, at all nodes. The error is that there is no room for it; then nothing has changed.
func (n *Node) Reload(ctx context.Context, origins spec.Origins) (err error) {
	if failed := n.ask(ctx, func() { err = n.driver.reload(origins) }); failed != nil {
		return failed
	}
	return err
}

// Rekey seals with another keyring from now on; package seal says how keys are rotated.
func (n *Node) Rekey(keys *seal.Keyring) {
	n.carrier.keys.Store(keys)
	n.log.Info("the keys were read again", "event", "rekeyed", "keys", len(keys.KeyIDs()))
}

// Address is that of the node's datagrams and streams, as others are told.
func (n *Node) Address() netip.AddrPort {
	address, _ := netip.ParseAddrPort(n.self.about.Address)
	return address
}

// ask has the machine's goroutine answer a question, when it is its turn.
func (n *Node) ask(ctx context.Context, question func()) error {
	answered := make(chan struct{})
	select {
	case n.driver.questions <- func() { defer close(answered); question() }:
	case <-ctx.Done():
		return ctx.Err()
	case <-n.done:
		return view.ErrStopped
	}
	select {
	case <-answered:
		return nil
	case <-n.done: // nothing runs any more: either it was answered, or it never will be
		select {
		case <-answered:
			return nil
		default:
			return view.ErrStopped
		}
	}
}

// answer has the machine answer another server.
func (n *Node) answer(from node.ID, bytes []byte) (reply []byte, served bool) {
	answered := make(chan answer, 1)
	select {
	case n.driver.requests <- request{from, bytes, answered}:
	case <-n.life.context.Done():
		return nil, false
	}
	select {
	case a := <-answered:
		return a.bytes, a.served
	case <-n.life.context.Done():
		return nil, false
	}
}

// levels are those of the gauges; false if the machine does not get round to it.
func (n *Node) levels() (l levels, ok bool) {
	ctx, cancel := context.WithTimeout(context.Background(), helloTime)
	defer cancel()
	return l, n.ask(ctx, func() { l = n.driver.levels() }) == nil
}
