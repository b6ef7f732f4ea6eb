// Package wire encodes what our nodes say to each other.
//
// # The model
//
// [Append] encodes a [Message], [Parse] decodes one, [Size] says how long the encoding is without
// making it. The encoding is canonical: a message has one, and what Parse accepts Append gives back
// byte for byte. So equal bytes and equal messages are the same thing, and a run of the simulator
// that encodes every message has the fingerprint of one that passes them as values.
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
//	  version and kind       1         0x11 Swim, 0x12 Pull, 0x13 Answer; upper half: [Version]
//	  body                             swim message, vector or answer; nothing follows it
//
//	swim message             bytes
//	  kind                   1         1 to 6, see [swim.Kind]
//	  sequence               1 to 5    uvarint below 2^32
//	  origin                 1 to 5    uvarint below 2^32; 0 in messages that have none
//	  target                 1 to 5    likewise
//	  updates                          list of:
//	    member               1 to 5    uvarint below 2^32
//	    state                1         0 to 4, see [swim.State]
//	    from                 1 to 5    uvarint below 2^32
//	    incarnation          8         fixed
//
//	vector                   bytes
//	  versions                         list, strictly ascending by actor, of:
//	    node                 1 to 3    uvarint: distance from the previous node, at first from 0;
//	                                   0 for another life of it; node < [node.MaxIDs]
//	    boot                 6         fixed, below 2^44
//	    seq                  1 to 10   uvarint, at least 1
//
//	answer                   bytes
//	  versions                         vector
//	  entries                          list of:
//	    key                  1 to 5    uvarint below 2^32
//	    context                        list, strictly ascending by actor, not empty, of:
//	      actor              1 and up  uvarint: index into versions
//	      seq                1 to 10   uvarint, from 1 to the seq of that version
//	    siblings                       list, strictly ascending by dot, of:
//	      actor              1 and up  uvarint: index into the entry's context
//	      below              1 to 10   uvarint: distance down from the seq of that dot; what
//	                                   remains, the sibling's own seq, is at least 1
//	      status             1         0 to 2, see [health.Status]
//
// A replica's vector covers every dot of every context it hands out, so an actor costs an index
// where its name costs seven bytes or more, and a sibling is most often the last write of the first
// actor: 0, 0. The Since of an answer does not travel: whoever pulled knows what it asked, and sets
// it before it applies the answer. No message bears [node.Nobody] today; as an origin or target it
// takes 5 bytes.
//
// Typical sizes, for IDs from 128 to 16383 and an incarnation of any clock:
//
//	ping without updates     12 B      its sequence starts at random and takes 5 of them
//	an update                13 B      so the default of at most 8 makes datagrams of 116 B
//	an exchanged table       13 B      for each member
//	pull                      9 B      for each life of a node that wrote 128 to 16383 times
//	answer to an idle pull    3 B
//	entry of an answer       11 B      for an origin above 16383 with one writer and one sibling
//
// # What Parse promises
//
// Bytes may come from anybody. Parse refuses, with a [FormatError], all that is not exactly the
// layout above, trailing bytes included. It never panics, never keeps the bytes, and checks how
// many elements a list claims against the bytes that are left before it makes room for one: memory
// grows with what was received and never with what was promised. Whether a message of good form
// makes sense, and whether it is true, is for those to judge who get it.
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
