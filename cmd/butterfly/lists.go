package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios"
	"butterfly/sim/rng"
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

// namesFlag reads a flag that holds known names, such as push,pull. It returns the places of those
// names among the known ones, each once, in the order in which they were typed.
func namesFlag(cmd *cli.Command, name string, known []string) (places []int, err error) {
	text := cmd.String(name)
	for part := range strings.SplitSeq(text, ",") {
		place := slices.Index(known, part)
		if place < 0 {
			return nil, fmt.Errorf("-%s %s: %q%s; expected some of %s",
				name, text, part, scenarios.DidYouMean(part, known), strings.Join(known, ","))
		}
		if !slices.Contains(places, place) {
			places = append(places, place)
		}
	}
	return places, nil
}

// nameFlag reads a flag that holds one of the known names, and returns its place among them.
func nameFlag(cmd *cli.Command, name string, known ...string) (int, error) {
	text := cmd.String(name)
	place := slices.Index(known, text)
	if place < 0 {
		return 0, fmt.Errorf("-%s %s: expected one of %s", name, text, strings.Join(known, ", "))
	}
	return place, nil
}

// shareFlag reads a flag that holds a share from 0 to 1, such as 0.1 or 10%.
func shareFlag(cmd *cli.Command, name string) (rng.PPM, error) {
	share, err := rng.ParsePPM(cmd.String(name))
	if err != nil {
		return 0, fmt.Errorf("-%s %w", name, err)
	}
	return share, nil
}
