// Package wire encodes what our nodes say to each other.
//
// # The model
//
// [Append] encodes a [Message], [Parse] decodes one, [Size] says how long the encoding is without
// making it. [AppendReplica], [ParseReplica] and [SizeReplica] do so for nodes that have nothing
// but a map of numbers and its gossip. The encoding is canonical: a message has one, and what Parse
// accepts Append gives back byte for byte. So equal bytes and equal messages are the same thing,
// and a run of the simulator that encodes every message has the fingerprint of one that passes them
// as values.
//
// Small numbers are short. What is large in real life has a fixed width, so that a simulation,
// where clocks start at 0, sends as many bytes as the real thing.
//
// # The layout
//
// A uvarint is the base-128 number of encoding/binary in its shortest form: 1 byte below 128, 2
// below 16384, at most 10. Fixed numbers are big-endian. A list is its length, a uvarint, and its
// elements.
//
//	message                  bytes
//	  version and kind       1         0x41 Swim, 0x42 Gossip; upper half: [Version]
//	  body                             swim message or gossip message; nothing follows it
//
//	swim message             bytes
//	  kind                   1         1 to 7, see [swim.Kind]
//	  only Ping, Ack, PingReq and Nack:
//	    sequence             1 to 5    uvarint below 2^32
//	    origin               1 to 3    uvarint below [node.MaxIDs]
//	    target               1 to 3    likewise
//	  only SyncRequest and SyncReply:
//	    digest               8         fixed
//	  updates                          list of:
//	    member               1 to 3    uvarint below [node.MaxIDs]
//	    state                1         0 to 4, see [swim.State]; 8 more if it is extended
//	    incarnation          8         fixed
//	    extension                      only if the state says so; of an alive member:
//	      metadata           2 to 514  its length, a uvarint from 1 to [swim.MaxMetadata], and it
//	                                   of any other:
//	      from               1 to 3    uvarint below [node.MaxIDs], not the member
//	  broadcasts                       list, of at most [swim.MaxDatagramBroadcasts], of:
//	    origin               1 to 3    uvarint below [node.MaxIDs]
//	    sequence             8         fixed
//	    payload              1 to 514  its length, a uvarint up to [swim.MaxPayload], and it
//
//	gossip message           bytes
//	  kind                   1         1 to 5, see [gossip.Kind]; of an Answer 0x10 more with a delta
//	                                   and 0x20 more if it lacks something; 0x40 more if the delta
//	                                   of a Push or an Answer is whole
//	  only Pull, Offer, Exchange, and an Answer that lacks something:
//	    seen                           context
//	  only Push:
//	    since                          context
//	  only Push, and an Answer with a delta:
//	    delta                          delta; that of an Answer has versions or entries
//
//	context                  bytes
//	  versions                         vector
//	  cloud                            list, strictly ascending by dot, of:
//	    node                 1 to 3    as in a vector, from the previous dot's
//	    boot                 6         fixed, below 2^44
//	    seq                  1 to 10   uvarint, at least 1, below [crdt.Retired]
//
//	vector                   bytes
//	  versions                         list, strictly ascending by actor, of:
//	    node                 1 to 3    uvarint: distance from the previous node, at first from 0;
//	                                   0 for another life of it; node < [node.MaxIDs]
//	    boot                 6         fixed, below 2^44
//	    seq                  1 to 10   uvarint below [crdt.Retired]; 0 for a life that is retired
//
//	delta                    bytes
//	  from                   7 to 9    node, a uvarint below [node.MaxIDs], and boot
//	  versions                         vector
//	  only if it is whole:
//	    horizon                        vector
//	  entries                          list of:
//	    key                  1 to 5    uvarint below 2^32; see package origin
//	    context                        list, strictly ascending by actor, not empty, of:
//	      actor              1 and up  uvarint: its place in versions, counted from 1; or 0 and then
//	                                   node and boot, as in from, of an actor that is not there
//	      seq                1 to 10   uvarint, at least 1, below [crdt.Retired]
//	    siblings                       list, strictly ascending by dot, of:
//	      actor              1 and up  uvarint: index into the entry's context
//	      below              1 to 10   uvarint: distance down from the seq of that dot; what
//	                                   remains, the sibling's own seq, is at least 1
//	      value              1 to 10   uvarint: of a [Message] at most [origin.Highest] of
//	                                   the key: 0 to 3 for a result, below 2^16 for a registration
//
// The versions of an answer most often have every actor of its entries, so an actor costs a number
// where its name costs seven bytes or more; only an answer that was cut short and a write that came
// ahead of its actor's earlier ones name others. A sibling is most often the last write of the
// first actor: 0, 0. The Since of an answer does not travel: whoever pulled knows what it asked,
// and sets it before it applies the answer. That of a push does, for its receiver does not know
// from what the pusher started.
//
// Who makes a claim is most often its subject, and most members have no metadata, so neither costs
// a byte where that is so. An alive claim is always the member's own, so a state needs one mark for
// both. The [swim.Message.Bytes] of a message travel where they belong, with their update or
// broadcast.
//
// Typical sizes, for IDs from 128 to 16383 and an incarnation of any clock:
//
//	ping without news        13 B      its sequence starts at random and takes 5 of them
//	an update                11 B      if alive or left, 13 B if suspect or dead; metadata adds
//	                                   itself and its length, 1 B or, from 128 B on, 2 B
//	digest of a table        12 B      as long as a request or a reply without the table
//	an exchanged table       11 B      for each live member without metadata
//	a broadcast              11 B      and its payload; from 128 B on 12 B
//	pull                      9 B      for each life of a node that wrote 128 to 16383 times, 8 B for
//	                                   one that is retired
//	answer to an idle pull    2 B
//	entry of a delta         11 B      for the result of an origin above 8191 with one writer and one
//	                          sibling; for its registration by a definition above 126, 12 B, and
//	                          above 16382, 13 B
//
// # The most a datagram takes
//
// Package swim fills a datagram up to a limit without encoding it, so it counts with the most that
// each part can take, whatever the IDs, incarnations and sequences. That is, in bytes:
//
//	header       17    1 version and kind, 1 kind, 5 sequence, 3 origin, 3 target, 2 + 2 for the
//	                   lengths of the lists; 4 for gossip; on a stream at most 15
//	update       15    3 member, 1 state, 8 incarnation, 3 from; and its metadata, whose length
//	                   takes less than a from
//	broadcast    13    3 origin, 8 sequence, 2 for the length of the payload; and its payload
//
// # What Parse promises
//
// Bytes may come from anybody. Parse refuses, with a [FormatError], all that is not exactly the
// layout above, trailing bytes included. It never panics and never keeps the bytes. It checks how
// many elements a list claims, and how many bytes metadata or a payload does, against the bytes
// that are left before it makes room for one: memory grows with what was received and never with
// what was promised. Whether a message of good form makes sense, and whether it is true, is for
// those to judge who get it.
//
// # The caller's duties
//
//   - Parse is given an empty message, one used before after [Message.Reset]. Reusing a message
//     makes decoding free of allocation.
//   - Append is given messages of the form above and panics on others: that is a bug of the sender,
//     whose peers would refuse the message. The zero message has no encoding either: a driver whose
//     machine left a reply empty refuses the call.
//   - Length and integrity are the carrier's: one datagram, or one body on a stream, is one
//     message.
package wire
