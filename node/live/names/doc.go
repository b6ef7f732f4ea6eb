// Package names translates between the names that people and the wire have for things and the
// numbers that a machine has.
//
// # The model
//
// Inside a machine servers, origins, services and definitions of checks are numbers, so that tables
// can be arrays. In a simulation the numbers are the same everywhere. Live, nobody hands them out:
//
//	what         named by              number
//	server       its name              [Number]: a hash of the name, so the same at all servers; SWIM
//	                                   messages, dots and version vectors carry it
//	origin       service and target    this server's own, dense from 0, in the order in which it
//	                                   came to know them; so are the next two
//	service      its name              that of the pool of its origins (health.Definition)
//	definition   service and content   as registrations in the map have it (package origin)
//
// A [Directory] hands out the numbers that are a server's own. They leave it in no message: those
// of gossip carry a dictionary, and in place of numbers the positions in it. What the machines
// compute from an origin they compute from its name ([Directory.Score]), and the hashes by which
// replicas compare what they have seen do not depend on it at all.
//
// An [About] is what a server says of itself in SWIM's metadata: so whoever holds a member alive
// knows its name and where to send to it.
//
// # The layout
//
// A message of SWIM, and one of gossip that has no entry of a delta, is what package wire makes of
// it. Any other begins with a dictionary. Uvarints and lists are as in package wire; a text is its
// length, a uvarint, and it.
//
//	message with entries     bytes
//	  version                1         1; what package wire begins with is higher
//	  services                         list, strictly ascending by name, not empty, of:
//	    name                 2 to 64   text, see [ValidateName]
//	    origins                        list, strictly ascending by target, not empty, of:
//	      shared             1 or 2    uvarint: how many bytes the target begins with that the
//	                                   previous one of the service does, as many as there are
//	      rest               2 to 257  text: the other bytes, at least 1
//	    definitions                    list, strictly ascending by their bytes, of:
//	      definition         17 to     text: the next table
//	                         1072
//	  message                          as package wire has it; in its entries the number of an
//	                                   origin is its position among those above, all services'
//	                                   counted through from 0, and that of a definition likewise
//
//	definition               bytes
//	  kind                   1         see [health.Kind]
//	  path                   1 to 514  text; empty, or a slash and printable ASCII without spaces
//	  status                 2 to 4    two uvarints: lowest and highest
//	  body                   1 to 514  text of UTF-8
//	  times                  4 to 28   four uvarints, in ns: interval, timeout, jitter, fast interval
//	  semantics              1         see [health.Semantics]
//	  rise, fall             1 each
//	  window, threshold      1 each    at most 64
//	  initial                1         see [health.Status]
//	  weight                 1 to 3    uvarint
//
//	about                    bytes
//	  version                1         1
//	  name                   2 to 64   text
//	  address                up to 101 text, host:port
//	  API                    1 to 101  text, host:port or empty
//	  origins                8         fixed, big-endian
//
// All that is in a dictionary is in the entries: origins in any of them, definitions in the
// registrations of origins of their own service. So a message has one encoding, whatever numbers
// its sender has, and one that was received encodes to the bytes that came.
//
// Targets in order share their beginnings. Of 1,000 origins 10.0.0.1:80, ... one takes 4 to 6 B
// beside the 11 B or so of its entry.
//
// # What parsing promises
//
// Bytes may come from anybody. What is not exactly the layout above is refused as a whole: the
// message is empty then, and the directory as it was. Nothing panics, nothing keeps the bytes, and
// memory grows with what was received, and never with what was promised. What a directory holds is
// bounded: origins by its capacity, services by [MaxServices], definitions by
// origin.MaxDefinitions. Numbers are for life; what is not checked any more keeps its own, for a
// message under way may still name it.
//
// # The caller's duties
//
//   - One goroutine uses a directory.
//   - After parsing, and before the machine gets the message: tell it of the definitions of
//     [Directory.TakeNew], which it numbers in that order.
//   - An origin is registered by definitions of its own service.
//   - What numbers servers have is for [Number] to say, or for an operator; that no two live
//     servers have one is for whoever joins to find out.
//
// # Invariants
//
//  1. Numbers are dense and never change: what a number stands for it stands for as long as the
//     directory lives.
//  2. Two names never have one number, nor one name two.
//  3. A pool is the number of a service: definitions of two services are two, however alike.
package names
