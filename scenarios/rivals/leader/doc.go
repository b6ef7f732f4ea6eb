// Package leader is health checking as a leader and its followers: one server hands out the work,
// the others do it and report, and when the leader falls silent the next one steps up. It is what
// one builds first when asked for coordination, with neither a quorum nor a log: availability is
// bought by letting there be two leaders.
//
// # The model
//
// A [Server] follows or leads, in a term. A follower reports to its leader once an interval, by a
// call whose reply are its orders: so one exchange is heartbeat, results, news and assignment at
// once. The leader shows itself to everybody by a beat, once an interval.
//
//	follower   checks what it was last assigned until it is told otherwise, whoever leads; when no
//	           beat and no orders have come for the time-out, and RankWait more for each live
//	           follower of a lower ID, it steps up
//	gathering  a new leader first waits for reports; meanwhile it takes results from anybody, and
//	           assigns nothing
//	leader     gives each origin to one of those who have reported within the time-out, itself
//	           included, by rendezvous hashing; every change of who takes part or of what is
//	           registered is a new version of the assignment, of which each follower gets its part
//	           with its next orders
//
// Of two leaders the one of the higher term counts, and of two in one term the one of the lower ID:
// so after a partition the last one that stepped up leads all. A term is numbered by the moment of
// stepping up, in milliseconds, so that a server which has lost its memory does not lead in an old
// term again.
//
// The leader takes the result of an origin from whoever it has put in charge, and passes on what
// changes, numbered: a follower says up to which number it knows. A follower reports what its
// checks find other than the leader says, until the leader says the same. Registrations travel
// along with the results, the newest by the clock of the server that was told (package station).
//
// # Messages
//
// A beat is a datagram; a report is a request on a stream and orders are the reply. All fields but
// the first are uvarints, the base-128 numbers of encoding/binary.
//
//	all      version and kind   1         0x11 beat, 0x12 report, 0x13 orders
//	         term               1 to 9
//	beat     rank               1 to 3
//	report,  version            1 to 9    of the assignment
//	orders   news               1 to 9    the number of the last
//	         registrations      1 to 5    how many
//	           each             4 to 20   origin, value, milliseconds, server
//	         results            1 to 5    how many
//	           each             1 to 5    twice the origin, plus 1 if unhealthy
//	orders   given              1         0 or 1: whether the assignment follows
//	         assigned           1 to 5    how many origins
//	           each             1 to 5    by how much it is above the one before, plus 1
//
// # What it is known to fail at, and why
//
//   - The death of the leader. What it checked itself is checked by nobody until somebody has
//     noticed (time-out and rank), has gathered, and has been asked for orders; and meanwhile
//     nothing that anybody finds out reaches anybody else.
//   - The death of a follower. Its share is checked by nobody for the time-out and up to two
//     intervals.
//   - The first start. Nothing is checked before there is a leader.
//   - Two leaders. After a partition each side has its own, and each checks everything, which is as
//     it should be; but if links fail only between some servers, followers are torn between two
//     leaders that do not hear each other.
//   - A leader that sends and does not hear. Its followers hear its beats and stay, their reports
//     fail, and it takes all work upon itself: nothing they find out is ever passed on.
//   - The leader is the bottleneck: it serves all reports, and sends whole assignments and, when it
//     is new, all results to everybody.
//   - Who restarts within the time-out keeps its share in the leader's books and does nothing for
//     it until its first report; and of a leader that restarts so quickly nobody knows that it
//     leads no more before the time-out is over.
//   - Clocks number the terms and the registrations. In a simulated world all clocks agree.
//   - Leaving is a crash to the others: nobody says goodbye.
//
// # Sources
//
// Leader and followers with time-outs and without consensus are Garcia-Molina's bully algorithm
// ("Elections in a Distributed Computing System", IEEE Transactions on Computers C-31(1), 1982)
// with terms as in Raft (Ongaro and Ousterhout, USENIX ATC 2014) but without its votes: that is
// what lets a minority have a leader.
//
// # The caller's duties
//
// Every server is configured alike.
package leader
