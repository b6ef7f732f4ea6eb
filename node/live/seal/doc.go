// Package seal keeps what the servers of one cluster say to each other among themselves.
//
// # The model
//
// A [Keyring] has the cluster's label and up to [MaxKeys] shared keys. It makes frames of datagrams
// ([Keyring.Seal], [Keyring.Open]) and of the two directions of a call on a stream
// ([Keyring.SealRequest], [Keyring.OpenRequest], [Opener.SealResponse], [Sealer.OpenResponse]). Who
// has no key of the ring can read none of them, change none, and make none; who has one is trusted
// with everything: the servers do not defend themselves against each other.
//
// A keyring without keys seals with a checksum, CRC-32C, in the place where the cipher would be.
// That finds damage, and mistakes such as two clusters on one network. It keeps out nobody: it is
// for networks where nobody has to be kept out. A ring with keys refuses frames of a ring without,
// or leaving out the key would be a way in.
//
// A [Replay] remembers which frames have been here before. Sealing does not: an old frame is as
// well sealed as it was when it was new.
//
// The package has bytes in and bytes out. It knows no socket, no clock, and nothing of what the
// bytes say.
//
// # The layout
//
// A frame begins with a header. Numbers are big-endian.
//
//	header                   bytes
//	  version and kind       1    0x11 datagram, 0x12 request, 0x13 response
//	  key                    4    which key of the ring, derived from it; 0 for the checksum
//	  label                  2    a hint at the label, derived from the key and the label
//	  from                   2    the sender's number
//	  salt                   8    random: of a datagram the keyring's, of a stream its own
//	  generation             6    which life of the sender; has room for Unix time in ms
//	  sequence               6    of a response that of its request
//
//	datagram                 bytes
//	  header                 29
//	  body                        as long as what is sealed
//	  tag                    16   4 of a checksum
//
//	stream                   bytes
//	  header                 29
//	  chunks                      the last one may be short or empty, the others have 16384 bytes:
//	    length               2    0 to 16384; 0x8000 more of the last one, after which nothing comes
//	    body                      as long as what is sealed
//	    tag                  16   4 of a checksum
//
// So a datagram grows by [Overhead], 45 bytes, and by 33 with a checksum; a stream by 29 bytes and
// 18 a chunk, 0.1 % of a long one.
//
// # The cipher
//
// AES-256-GCM, with subkeys that HKDF-SHA-256 (RFC 5869) derives from the shared key. The subkey of
// datagrams is derived from label, sender and salt; that of a stream from label and its header;
// that of a response also from the header of its request, so that no answer fits another question.
// The label needs no room in the frame: under another one the frame does not open. The two bytes of
// hint only say why. They are worth nothing to those without the key, and a wrong hint opens
// nothing.
//
// GCM is broken by two frames with one nonce under one key; NIST SP 800-38D, section 8, wants the
// chance of that below 2^-32. Nonces of datagrams are made by the deterministic construction of its
// section 8.2.1: the life of the sender is the fixed field, the sequence the invocation field, 48
// bits each. Its section 8.3 limits random nonces to 2^32 frames a key, seven weeks at 1,000 a
// second; these have no such limit. What the construction cannot give is a sequence that survives a
// crash, or a clock that never goes back. Therefore the salt: each keyring has its own, so a server
// that lost its data and its clock, or that was given the number of another, has another subkey all
// the same. A nonce returns only if a pair of such rings draws the same 64 bits. A chunk's nonce is
// its position and whether it is the last, as in the STREAM construction (Hoang, Reyhanitabar,
// Rogaway and Vizár, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance",
// CRYPTO 2015): chunks that are cut off, moved, or come from elsewhere do not open.
//
// What is not hidden: that servers talk, when, how much, and the fields of the header. There is no
// forward secrecy either: who records the network and gets a key later reads it all. And a frame
// says from whom it is, but not for whom: what was sent to one server opens at any other.
//
// # Rotation
//
// All keys of a ring open and the first one seals, so keys are changed without a pause, in any
// order of servers within each step:
//
//  1. add the new key at the end of every server's file, and reload all: all can open it;
//  2. move it to the front of every file, and reload all: all seal with it;
//  3. remove the old key from every file, and reload all.
//
// A step begins when the one before is done everywhere. A call that is under way during a reload
// ends with the key it began with.
//
// # The caller's duties
//
//   - Never seal two frames with the same sender, generation and sequence by one keyring: with the
//     same nonce the cipher gives away both. The generation is that of the life the server is in,
//     and later than all before it: nobody listens to an earlier one.
//   - Count requests by a sequence of their own. In one with the datagrams, a request that is a
//     second late would find its window a thousand datagrams further on.
//   - Ask [Replay.Accept] after every frame that opened and before anything is done about it, one
//     Replay for datagrams and one for requests. A response needs none.
//   - Ask who answered, where it matters: [Opener.Header] of the response. And name the receiver in
//     messages that mean something else to another.
//   - Bound the rate of what comes in. A forged datagram that names a key and a label of ours costs
//     a derivation in vain, several times what a genuine one costs.
//   - Bound the length of a stream: an [Opener] takes two chunks of memory, whatever comes, but it
//     reads as long as there is something to read.
//   - Keep the key file from the eyes of others.
//
// # Invariants
//
//  1. What opens was sealed under the same label, by a holder of a key of this ring: of that sender
//     number, generation and sequence.
//  2. What a stream gave before an error is a beginning of what was sealed. Only io.EOF says that
//     it was all.
//  3. Memory is bounded whoever sends: by 4,096 subkeys of 1 kB a ring, which only those with a
//     key can fill, and 65,536 windows of 200 B a Replay.
package seal
