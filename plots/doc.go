// Package plots turns rows of results into figures. It imports nothing of this module: what is
// drawn is plain numbers, wherever they come from, and the same rows give the same picture.
//
//	rows ──Figure──▶ Figure ──Write──▶ SVG, PNG or PDF
//	 │
//	 └──WriteCSV──▶ the same numbers, for another tool
//
// The figures, and the question that each answers:
//
//	Timeline         what goes wrong in one run, and what becomes of the servers' views?
//	Detection        how long does a crash take to be known, in clusters of what size?
//	FalsePositives   how often is a server suspected that is up, at what loss and with what help?
//	Healing          who finds together again after a partition, and how long may it last?
//	Pareto           what do the choices of the parameters cost, and which are not worth it?
//	Spread           which share of the servers has a write, round by round, and how does it end?
//	Rumor            whom does a rumor never reach, for how many messages?
//	Cost             what does it take to tell so many servers of an update, and of none?
//	Takeover         how long does an origin go unprobed, for which reason, and how long may it?
//	Balance          how evenly are origins shared out, beside what luck would give?
//	Disruption       how many origins change their server when one joins, and how many must?
//	Disagreement     how many origins have two owners while two views of who is alive differ?
//	Versus           what do several designs come to under the same faults?
//	Fidelity         does the simulation tell the truth about live servers?
//
// [Front] finds the choices that are worth it.
//
// # How figures are made
//
// A figure of several panels is a stack: the panels share their horizontal axis and are aligned at
// both edges, each with its statement above it and its legend to the right of the data, never on
// it. Where every panel is about something else they form a grid, with one legend above all. Colours
// are those of Okabe and Ito ("Color Universal Design", 2008), which people with any common colour
// vision can tell apart, and no two curves of a panel differ by colour alone in meaning: one is
// dashed, filled, a band, has other marks or its name at its end. No text is on top of another, and
// the titles that callers give are broken into lines where they are too long.
//
// What ranges from none to thousands is drawn on a scale that is logarithmic above a unit and has
// room for 0, which a logarithm has not. A rate of which nothing was seen is not drawn as 0, but as
// the bound below which it is with the confidence of its interval. Sizes and times that were chosen
// to be measured are the ticks of their axis; other ticks are 1, 2 or 5 times a power of ten. A
// curve never has more than 2,000 points; where it would, each stretch keeps its lowest and its
// highest one, so no spike is lost.
//
// # Invariants
//
//  1. The same rows give the same bytes as SVG and as PNG. A PDF holds the time of its making.
//  2. Rows that make no figure give an error, not a picture of nothing. So do numbers that cannot
//     be: NaN, infinities, and intervals that do not hold what they are about.
package plots
