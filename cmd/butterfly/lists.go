package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v3"
)

// mostListed is how many numbers a list may have: more are a typing error.
const mostListed = 100

// countsFlag reads a flag that holds whole numbers, such as 8,16 or 0-5.
func countsFlag(cmd *cli.Command, name string, least int) (all []int, err error) {
	text := cmd.String(name)
	for part := range strings.SplitSeq(text, ",") {
		low, high, isRange := strings.Cut(part, "-")
		if !isRange {
			high = low
		}
		first, errFirst := strconv.Atoi(low)
		last, errLast := strconv.Atoi(high)
		if errFirst != nil || errLast != nil || first < least || last < first ||
			last-first >= mostListed-len(all) {
			return nil, fmt.Errorf("-%s %s: expected at most %d whole numbers of at least %d, "+
				"such as %d,%d or %d-%d", name, text, mostListed, least, least, least+2, least, least+2)
		}
		for n := first; n <= last; n++ {
			all = append(all, n)
		}
	}
	return all, nil
}

// percentsFlag reads a flag that holds shares in percent, such as 1,5,0.5.
func percentsFlag(cmd *cli.Command, name string) (all []float64, err error) {
	text := cmd.String(name)
	for part := range strings.SplitSeq(text, ",") {
		percent, err := strconv.ParseFloat(part, 64)
		if err != nil || math.IsNaN(percent) || percent < 0 || percent > 100 || len(all) == mostListed {
			return nil, fmt.Errorf("-%s %s: expected at most %d shares from 0 to 100 percent, "+
				"such as 1,5,30", name, text, mostListed)
		}
		all = append(all, percent)
	}
	return all, nil
}

// distinct returns the values in ascending order, each once.
func distinct[T cmp.Ordered](values []T) []T {
	return slices.Compact(slices.Sorted(slices.Values(values)))
}
