// Package testbed is a small data centre in which the tests of rivals play their servers: all
// designs through the same, by the same names.
//
//	Spec ──▶ world.Spec, to be changed by a test ──New──▶ Group: a world, and who checks what in it
//
// # The model
//
// [Servers] servers check [Origins] origins, of which the last two are not configured: nobody
// checks them before an operator registers them. A datagram takes a millisecond, an origin answers
// within 80, nothing is lost, and there are the faults that the test names.
//
// Who checks what is known from what the servers say of it ([node.CheckBegan] and
// [node.CheckEnded]), as it is to the checkers of the promises. It takes nothing of a design but
// that.
package testbed
