// Package netmodel decides what happens to a packet: delay, loss, duplication, reordering,
// corruption, bandwidth, partition. It is pure: integers in, integers out, no clock. Carrying
// messages, and asking once more when they arrive, is the driver's work.
//
// # Luck
//
// The fate of the k-th message on a directed link depends only on (seed, link, k) and on the faults
// and the configuration in force on that link. k counts the datagrams handed to the link and, apart
// from them, the segments of streams, and the calls that could be lost; a message that a cut or the
// MTU drops counts like any other. So taking a message or a fault out of a run leaves the luck of
// every other link as it was, which shrinking and counterfactual runs rely on.
//
// Each message draws from a stream of its own, at fixed positions:
//
//	datagram   loss, duplication, reordering, latency of the first copy, latency of the second
//	segment    latency, then the loss of each try
//	call       its loss, where there is a Config.CallLoss; else nothing is drawn
//
// A latency is two draws: the link's own, and one for what degradations add. What else degradations
// do is drawn from further positions behind these, and the state of a link that has bursts from
// streams of its own, one number for each k: see [Burst]. Certain and impossible events pass over
// their draws. Changing one chance therefore changes nothing else, and raising it only adds: what
// was lost at 1 % is lost at 2 %.
//
// # Which network this is
//
// Those of the eight fallacies of distributed computing (Deutsch, Gosling and others, Sun
// Microsystems) that concern packets are knobs:
//
//	the network is reliable        Config.Loss, Duplicate, Reorder, CallLoss; Net.Cut, Net.Degrade
//	latency is zero                Config.Latency, Net.Settle for cities or regions
//	bandwidth is infinite          Config.Bandwidth, MTU; Net.Limit
//	topology does not change       Net.Cut, Net.Heal, Net.Override while the run goes on
//	transport cost is zero         Totals counts messages and bytes
//	the network is homogeneous     Net.Override for single links, Net.Degrade for groups
//
// Datagrams are UDP: lost, doubled, overtaken, dropped above the MTU. A stream segment is one
// message of a stream: a request, a reply, or with no bytes a step of a handshake. Nothing queues
// behind others. TCP is modelled by its two costs: bandwidth turns size into delay, and
// retransmission turns loss into delay, with exponential back-off (RFC 6298) and an end to the
// patience. A call is a request and its reply: [Net.Call] loses both at once, as the theory of
// gossip has contacts fail, whatever becomes of their segments. Not modelled are congestion control
// and acknowledgements.
//
// # Faults
//
//	Cut           nothing passes between two groups, one way or both      ended by Heal
//	Filter        nothing of one medium passes, datagrams or streams      ended by Unfilter
//	Clog          what arrives waits until the end, and comes in order    ended by Unclog
//	Limit         links are narrow, with queues that drop their tails     ended by Unlimit
//	Degradation   what makes links worse between two groups, see below    ended by Restore
//	Override      another configuration for one directed link             ended by ClearOverride
//
// Cuts and filters act on messages when they are sent and again when they arrive, clogs when they
// arrive, limits and degradations when they are sent. All say at their end what they did, so that a
// run can report which of its faults really bit.
//
// A degradation does to datagrams, and to the segments of streams, which only get slower or fail:
//
//	what it adds   to a datagram                           to a segment
//	Loss           is lost                                 a try is lost
//	Burst          is lost, on a link that is bad          a try is lost
//	Corrupt        is damaged and refused, see [Damage]    a try is refused, as good as lost
//	Duplicate      arrives twice, up to DuplicateBy later  nothing
//	Reorder        is held back by up to ReorderBy         is held back by up to ReorderBy
//	Latency        each copy is slower                     is slower
//	MTU            is dropped if it is larger              nothing
//
// It does so from its beginning to its end to what is sent. What it has made late arrives late,
// also when it is over.
//
// # The caller's duties
//
// Hosts are below the number given to [New]. Configurations and degradations are valid: ask
// Validate. [Net.DropInFlight], then [Net.FilterInFlight], then [Net.HoldInFlight] are asked for each
// copy and each segment on its arrival, unless the network is [Net.Open], and [Net.Queue] for each that
// is sent, if it is [Net.Limited]. Whoever ends a clog does so at the time it gave.
//
// # Cost
//
// A message costs the same whatever the number of hosts and links. Without faults a check is one
// compare; with faults it is one AND of two words for every 32 of them, and with bursts about as
// many draws as the shorter of their two mean lengths. Nothing is allocated but the counters of
// links used for the first time. Once a host has sent a datagram, and again once it has sent on a
// stream, that is a count for each host there is: 4 bytes up to 512 hosts, 1 byte up to 16,384.
// Above, and for what a byte cannot count, it is about 30 bytes for each link in use.
package netmodel
