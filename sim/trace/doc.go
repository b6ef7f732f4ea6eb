// Package trace holds the history of a run: its records, their fingerprint and their file form.
//
// # The model
//
// A run is a sequence of steps. The kernel numbers each step when it schedules it (Seq, from 1) and
// notes which step it was handling then (Cause), so every step has a chain of causes back to what
// the scenario set up: [Lineage]. While a step is handled, remarks are made: a node emits an event,
// saves its state, a message is dropped. A remark has no Seq and the step as its Cause. Both are a
// [Record]; its [Kind] says what the fields mean.
//
// # Fingerprint
//
// A [Fingerprint] is folded over everything a run does. Two runs of the same build, scenario and
// seed must have the same one, on any machine and any architecture; the first record that differs
// between their traces is where determinism was lost. It costs a few nanoseconds a record, so it is
// always on. Writing a trace is not.
//
// # File
//
// A trace file is the 8 bytes "bfly-tr\x01", the last of which is the version of the format, and
// then one zstd stream (RFC 8878) with a window of at most 1 MiB and a content checksum, which
// holds:
//
//	header    scenario text, seed (8 bytes, little endian), build text
//	record    any number of times
//	end       byte 0, uvarint number of records; nothing follows
//
// A text is a uvarint length of at most 4096 and that many bytes. uvarint and varint are the
// variable length integers of encoding/binary; varint is the zigzag form. A record is:
//
//	kind      byte; its top bit is set on a remark
//	seq       varint, difference to the seq of the step before it; absent on a remark
//	at        uvarint, nanoseconds since the record before it
//	cause     varint, difference to this step's seq, or on a remark to the last step's
//	host      uvarint, plus one modulo 2^32: 0 is Nobody
//	peer      uvarint, likewise
//	code      uvarint
//	subject   uvarint
//	size      uvarint
//	a, b      uvarint
//
// The first record counts from time 0 and seq 0. A [Reader] takes any input: it refuses what is out
// of bounds, tells a trace that was cut off from one that ended, and its memory does not grow with
// the input.
package trace
