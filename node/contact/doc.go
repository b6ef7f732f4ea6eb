// Package contact is the rule by which a driver knows where another server can be reached. Drivers
// share it: that of live servers, and the simulator, in which servers move.
//
// # The model
//
// A [Contact] is what one server knows of another one's address. It comes from two sources, of which
// the first counts for more:
//
//   - the other's own word, which its machine spreads as what a member says of itself
//     ([Contact.Say]). It is what others are to use, whatever lies between the two.
//   - where something came from that it has sent ([Contact.Hear]): a guess, which is all there is
//     before its word has come.
//
// A word is that of one life, for the next one may begin elsewhere. So it is over
// ([Contact.Unsay]) when the server is gone, and also when a new life of it is known which has not
// said yet where it is. Without the latter a server that is back at another address, before anybody
// has missed it, would be heard by all and answered where it was. What is known stays known as a
// guess: the two sides of a partition look for each other.
//
// # The caller's duties
//
// Before anything is sent that a machine asks for, the driver has noted what the same input has taught
// the machine of others: an answer to the datagram that brings the news goes to the new address.
//
// A Contact belongs to its caller, who sees to it that it is not used by two at once.
package contact
