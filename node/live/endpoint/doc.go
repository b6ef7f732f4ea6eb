// Package endpoint reads "host:port", which is how people and messages name whom to check, a target,
// and where a server is reached.
//
// # One way of writing each
//
// A target is part of the name of an origin, so equal ones have to be equal texts. [Parse] therefore
// takes one form only, but for the case of host names:
//
//	shop.example:8080     labels of letters, digits, hyphens and underscores, the last no number
//	10.0.0.1:80           an IPv4 address without leading zeros
//	[2001:db8::1]:443     an IPv6 address as RFC 5952 writes it, in brackets and without a zone, which
//	                      means something to one machine only
//
// The port is 1 to 65535 without leading zeros, and all of it at most [MaxBytes]. What people write is
// brought into that form by [Canonical], and [OfTCP] is where a listener is found to be.
//
// # What is kept out
//
// A host has no character in it that load balancers, shells, paths or URLs give a meaning to, so what
// Parse took can be written into their files as it is. Nothing here resolves or dials.
package endpoint
