// Package plots turns rows of results into figures. It imports nothing of this module: what is
// drawn is plain numbers, wherever they come from, and the same rows give the same picture.
//
//	Timeline (rows) ──Figure──▶ Figure ──Write──▶ SVG, PNG or PDF
//	       │
//	       └──WriteCSV──▶ the same numbers, for another tool
//
// # How figures are made
//
// A figure of several panels is a stack: the panels share their horizontal axis and are aligned at
// both edges, each with its statement above it and its legend to the right of the data, never on
// it. Colours are those of Okabe and Ito ("Color Universal Design", 2008), which people with any
// common colour vision can tell apart, and no two curves of a panel differ by colour alone in
// meaning: one is dashed, filled or a band.
//
// Counts that range from none to thousands are drawn on a scale that is logarithmic above 1 and has
// room for 0, which a logarithm has not. Ticks are 1, 2 or 5 times a power of ten. A curve never
// has more than 2,000 points; where it would, each stretch keeps its lowest and its highest one, so
// no spike is lost.
//
// # Invariants
//
//  1. The same rows give the same bytes as SVG and as PNG. A PDF holds the time of its making.
//  2. Rows that make no figure give an error, not a picture of nothing.
package plots
