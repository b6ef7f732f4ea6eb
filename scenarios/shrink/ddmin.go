package shrink

import "slices"

// minimize returns what is left of the items when none of them can be spared. breaks says whether the
// items it is given are enough: all of them are. It is not asked about none.
//
// It is ddmin (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", IEEE TSE
// 2002, figure 6) with its costliest questions left out. Only complements are tried: a part that fails
// by itself is found by dropping all others. Parts of one size are tried in a single pass, which goes
// on where something could be dropped instead of beginning anew. In the end single items are tried until
// none can be spared, so that what is left is 1-minimal. To find the k of n items that are needed takes
// about 2k log2(n/k) questions, and never more than 2n and one for each pair.
func minimize[T any](items []T, breaks func(kept []T) bool) []T {
	items = reduce(items, breaks)
	for before := len(items) + 1; len(items) < before; {
		before = len(items)
		items = sweep(items, 1, breaks)
	}
	return items
}

// reduce makes one pass for each length of a stretch, down to single items. One that was needed at its
// turn may be spared after a later one has gone: what is left need not be minimal.
func reduce[T any](items []T, breaks func(kept []T) bool) []T {
	for length := (len(items) + 1) / 2; length > 0; length = min(length/2, len(items)) {
		items = sweep(items, length, breaks)
	}
	return items
}

// sweep drops each stretch of the given length that can be spared.
func sweep[T any](items []T, length int, breaks func(kept []T) bool) []T {
	for i := 0; i < len(items); {
		end := min(i+length, len(items))
		rest := slices.Concat(items[:i], items[end:])
		if len(rest) > 0 && breaks(rest) {
			items = rest
		} else {
			i = end
		}
	}
	return items
}
