// Package record writes down what a live machine was told, and plays it again.
//
// # The model
//
// A machine is deterministic: equal construction and equal inputs give equal effects (package
// node). So the inputs of one life, with their times, are that life. A [Writer] records them as
// they come, and of the effects of each a fingerprint; [Replay] makes the machine anew, feeds it
// the inputs and compares: no socket, no clock, and as fast as the machine can. What went wrong in
// production is then a file, to be looked at on a laptop as often as one likes.
//
// The [Header] has what the machine is made of, and [Header.Agent] is the one way of making it,
// live and in a replay. Origins are recorded by name, in the order in which the directory gave them
// numbers (package names), for the ranking of servers depends on their names. Messages are recorded
// as package wire has them, in numbers of this server.
//
// # What is compared
//
// Everything a machine asks for, to the last byte: datagrams and requests with their receivers,
// replies, probes, alarms, events, and what is to be saved. The fingerprint of it is chained: it is
// that of all effects up to here, so what differs once differs ever after. Of its 128 bits 32 are
// recorded for each input. That the first difference is taken for none happens once in four billion
// times, and then the next input shows it.
//
// # The files
//
// A recording is one file, or several segments: FILE, FILE.1, FILE.2 and so on, all of which it
// takes to replay it, for a machine can be replayed from its start only. Hence nothing old is
// dropped to make room: a recording that has become as large as it may ends ([Limits],
// [Writer.Full]), and the machine goes on without it.
//
//	segment                  bytes
//	  magic                  8         "bfly-nr" and the version, 1
//	  records                          a zstd frame (RFC 8878) with a window of at most 1 MiB, of:
//	    length               1 to 4    uvarint
//	    tag                  1         1 to 11 an input, 0x20 and up what else there is
//	    body                           an input begins with the time since the one before it, in ns,
//	                                   a uvarint; the first one's is that of its clock
//
//	tag                      body
//	  0x20 header            JSON; first in the first segment
//	  0x21 segment           8 B seed, and two uvarints: which segment, and how many records there are
//	                         in those before; first in all others
//	  0x22 origin            the length of the service's name, a byte; service; target
//	  0x23 effects           the 32 bits of the chain, after each input
//	  0x24 go on             nothing; last in a segment that another follows
//	  0x25 closed            nothing; last of a recording that was closed
//	  0x26 limit             nothing; last of one that was as large as it may be
//
// Records are written through to the operating system every second, by the times of the inputs, and
// whenever 64 KiB have come together. So of a process that is killed the last second may be
// missing, and a record that was being written; the rest replays. If the process closes its
// recording as it panics, the last thing in it is the input that the machine panicked over, and
// panics over again ([Result] Last).
//
// # The caller's duties
//
//   - One goroutine uses a writer, the one that drives the machine. Of each input it first records
//     the input, then gives it to the machine, then records the effects, before anything is done
//     about them.
//   - The directory is that of the machine, and new numbers are given between inputs.
//   - The writer is closed when the life ends, however it ends: by defer.
//   - A recording is as secret as what the servers say to each other. Its files are for their owner
//     alone to read.
//
// A writer never fails a machine: when it cannot write any more it stops, and says so
// ([Writer.Err]).
//
// # Invariants
//
//  1. What has been written is a prefix of the records, whole or cut in the last one; and what a
//     reader returns of it is a prefix too.
//  2. The files of a recording never take more than TotalBytes.
package record
