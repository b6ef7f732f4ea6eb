// Package limit bounds how many connections a listener has open.
//
// Who comes when there is no room is neither refused nor accepted: the connection waits in the
// system's queue until another one is closed. It is for the caller to see that connections do end.
// Whoever comes from a source that has too many is turned away, so that nobody keeps out all others.
package limit
