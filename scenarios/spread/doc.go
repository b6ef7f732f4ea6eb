// Package spread measures how one write gets around, and what that costs, with the very gossip and
// the very map that servers ship with; and it holds the theory to lay beside it.
//
// # What is measured
//
// A [Plan] says how servers gossip and over what network. [Run] plays one world of it: servers that
// have the map and nothing else (package replicas), of which server 0 writes one key at the start.
// A [Trial] is when each server had it. [Summarise] makes a [Curve] of many: the share informed
// over time, and the time until all are. Run is pure, so trials may be played beside each other;
// there are no goroutines here.
//
//	timer      rounds begin                            time is counted in
//	Aligned    together, every [Period]                rounds, whole
//	Phased     every Period, from a random moment on   periods
//	Poisson    at random, a Period apart on average    periods
//
// Aligned rounds are the synchronous ones of the literature: the network is a thousand times
// quicker than a round, and servers push in a round only what they had when it began, so all that
// is handed on in a round was there at its start.
//
// Streams stay open, so a pull takes two trips: it reads the peer's state after one latency and
// brings it after two. An offer is answered after two, and the push that follows arrives after
// three. A contact fails as a whole with the chance [Plan.Loss]; its server learns that when an
// answer would be due, and tries again in its next round.
//
// # Theory
//
//	[Recurrence]  synchronous   what a round does on average: p·p, p·e^-(1-p)
//	[MeanField]   asynchronous  the same in continuous time, with latency
//	[NewChain]    synchronous   the exact law, by Markov chain: mean, deviation, quantiles
//	[Formula]     both          rounds until all are informed, to within a constant
//
// All of it is reports: floats decide nothing here. Sources are
//
//	Demers et al., "Epidemic algorithms for replicated database maintenance", PODC 1987
//	Frieze and Grimmett, "The shortest-path problem for graphs with random arc-lengths", 1985
//	Pittel, "On spreading a rumor", SIAM Journal on Applied Mathematics 47(1), 1987
//	Karp, Schindelhauer, Shenker and Vöcking, "Randomized rumor spreading", FOCS 2000
//
// and what is derived or fitted says so.
//
// The tests hold the measurements to three standard errors of the exact laws, and of simulations
// that know no messages. In all of them, as in our servers, a server that contacts several peers in
// a round chooses them independently, and may choose one twice.
//
// # Cost
//
// [Measure] plays a [Load], results of health checks of which few are news, to a [Design]: the
// gossip of deltas in its three modes, and the rivals that send full states, or every result to
// everybody. It counts what is sent in the steady state.
//
// # What a trial takes
//
// A trial of 1,000 synchronous servers takes 20 to 30 ms on one core and allocates 5 MB, mostly the
// servers' maps. One of 65,536 takes about 8 seconds and 600 MB, a third of them counters of links:
// above 16,384 servers the network keeps 30 bytes for each that was used.
package spread
