// Package rumor is rumor mongering as Demers et al. measured it ("Epidemic algorithms for
// replicated database maintenance", PODC 1987, section 1.4): an update is hot news to those who
// have just heard it, and they pass it on until they lose interest. It is what gossip of a map,
// which never loses interest, is compared with.
//
// # The model
//
// A site is susceptible until it hears the update, then infective, and in the end removed: it knows
// the update and passes it on no more. Once a cycle sites contact a partner chosen uniformly among
// the others. A [Variant] says who contacts whom and how interest is lost, K how slowly:
//
//	push      an infective site sends the update to its partner
//	pull      every site asks its partner, which sends the update if it is infective
//	feedback  only contacts that were no use cost interest: the recipient knew the update already
//	blind     every cycle costs interest, whatever the recipients knew
//	counter   interest is lost after K such cycles on end
//	coin      in each such cycle interest is lost with chance 1/K
//
// The update may die before all have heard it. The share that never does is the residue; no number
// of cycles mends it.
//
// # One cycle
//
// It is a protocol between machines in a world, with messages on a network; the clocks of the sites
// are aligned and the network is perfect, because that is what was measured.
//
//	cycle begins      push: Update to the partner             pull: Ask to the partner
//	one trip later    knew it before? Feedback                infective? Update
//	two trips later   the infective site notes it             knew it before? Feedback
//	three trips                                               the infective site notes it
//	half a cycle      a site that was infective when the cycle began loses interest, or does not
//
// What the paper leaves open is decided as reproduces its figures:
//
//   - To a counter, a contact is useful if the recipient did not know the update when the cycle
//     began: of several that reach it in the cycle in which it first hears, all are (table 1).
//   - To a coin, only the first of these is: the differential equations of the section have contacts
//     come one after the other.
//   - A useful contact sets the counter back to 0.
//   - A site that is pulled from several times in a cycle takes the cycle as one: useful if one of
//     the contacts was, and not counted at all if there was none (footnote of table 3).
//
// # What is measured
//
// A [Trial] says what the paper's tables do: the residue s, the traffic m (updates sent per site,
// useful or not), and the delays t_ave and t_last in cycles. For any variant of push s is close to
// e^-m, since updates go to sites at random. For push with feedback and coin the residue of many
// sites solves s = e^(-(K+1)(1-s)).
package rumor
