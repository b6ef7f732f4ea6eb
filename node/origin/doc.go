// Package origin says how origins are written down in the map that the servers share.
//
// # The model
//
// An origin is a number, handed out densely from 0. The map knows two things of each, under keys of
// their own, so that who writes one does not overwrite the other:
//
//	what                 key      value
//	its result           2 o      the status that its checker found, 0 to 3 (health.Status)
//	its registration     2 o + 1  0 for an origin that is not to be checked, else 1 + the number of
//	                              the definition by which it is
//
// The result comes from whoever checks the origin, and says by its dot who that is: status and
// claim in one. The registration comes from an operator, at any server. An origin that all servers
// are configured with needs none: it is there from the start, and a registration overrides what
// the configuration says of it. Hence a removal has a value. Of an origin that nobody is
// configured with the removal is that of the key, and nothing is left.
//
// # The caller's duties
//
// Numbers of origins are below [MaxOrigins] and those of definitions below [MaxDefinitions]; beyond
// them the keys and values come round.
//
// # Invariants
//
//  1. Every uint32 is the key of exactly one thing: [Of] and [IsRegistration] undo [Result] and
//     [Registration].
//  2. [By] never makes [Removed], and [Value.Definition] undoes it.
package origin
