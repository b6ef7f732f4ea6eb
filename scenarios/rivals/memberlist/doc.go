// Package memberlist is a yardstick: it runs github.com/hashicorp/memberlist v0.7.0, unmodified, on
// a virtual clock and a network in memory, so that its figures can be laid beside ours. It is a
// module of its own, because nobody who uses butterfly should have to download what we compare
// ourselves with.
//
// # What is measured
//
// Each experiment is a value with a Run method that plays it once:
//
//	Crash      one member stops       who notices when (SWIM, figure 3)
//	Partition  the network is halved  whether the halves find each other again (issue 222)
//	Update     one member changes     how fast the news spreads
//	Slow       some members stall     who is declared dead wrongly (Lifeguard, section V)
//
// and the tests print one table for each, as CSV:
//
//	go test -v -run Table                       a few trials of the small sizes, in seconds
//	BUTTERFLY_FULL=1 go test -v -run Table      every row, with all its trials: add -timeout 1h
//	go test -run '^$' -bench Crash -cpu 1       virtual seconds to a second of one processor
//
// # How
//
// All members of a cluster, the network between them and the experiment live in one bubble of
// testing/synctest, in which time stands still while anybody computes and jumps when everybody
// waits. A packet takes 0.5 to 1.5 ms, uniformly. A stream is a net.Pipe whose dial takes two such
// ways, and runs into its time-out if the other end is down or behind a cut. Where there is loss,
// packets are lost and streams are not. Members join 20 ms apart, each through a random earlier
// one, and are left alone for at least 30 s, and until everybody knows everybody, before anything
// happens to them. Compression is off: what fits a packet is decided before it, so it would cost
// time and change nothing.
//
// The configuration is memberlist's LAN preset otherwise. memberlist draws from the global source
// of math/rand and leaves the order of its goroutines to the scheduler, so these experiments are
// samples: no seed repeats one.
//
// # What a blocked member does
//
// Slow shuts the door of a host. While it is shut every packet on its way in waits outside, and is
// handed over when the door opens; so does what is read from a stream. What a send does is a matter
// of definition, and the definition decides the result (SendRule). If the caller is stopped, as by
// a process that gets no processor, then the member's only probe stands still in the middle of its
// send, with its time-outs running: when the door opens they are long over, the ack has nobody
// waiting for it, and the probe ends, within the same instant, in a suspicion. That is one wrong
// suspicion to a block however long it is. If the send is taken and the caller goes on, the member
// probes into the void period after period, which local health slows from 1 s to 8 s.
//
// Suspicion time-outs run on in a blocked member, and the refutations that should stop them wait
// outside its door. So a time-out shorter than a block makes a blocked member declare healthy
// ones dead. If its sends block, it suspected them before the block, so as a rule they have
// refuted that, and the others ignore the declaration. If its sends queue, it suspects them and
// declares them dead in one block, and everybody hears of both at once, before the accused can
// say a word.
//
// # Caller's duties
//
// Run is to be called inside synctest.Test; everything it starts has ended when it returns.
package memberlist
