package file

import (
	"fmt"
	"strings"

	"butterfly/scenarios"
	"butterfly/sim/form"
	"butterfly/sim/rng"
)

// span is some whole numbers in a row.
type span = scenarios.Range[int]

// numberRange is a number from 0 to the most, or a range of them.
func numberRange(most int) form.Of[span] {
	return countRange(0, most, "such as 4-7")
}

// countRange is a whole number, or a range of them.
func countRange(least, most int, example string) form.Of[span] {
	single, several := form.Whole[int](least, most), form.Patterned("^[0-9]+-[0-9]+$", "",
		func(text string) (r span, ok bool) {
			low, high, _ := strings.Cut(text, "-")
			if r.Least, ok = form.Atoi(low, least, most); !ok {
				return r, false
			}
			r.Most, ok = form.Atoi(high, r.Least, most)
			return r, ok
		}, nil)
	return form.Of[span]{
		Schema:   form.AnyOf(single.Schema, several.Schema),
		Expected: single.Expected + ", or a range " + example,
		Parse: func(s form.Scalar) (span, bool) {
			if n, ok := single.Parse(s); ok {
				return span{Least: n, Most: n}, true
			}
			return several.Parse(s)
		},
		Print: func(r span) string {
			if r.Least == r.Most {
				return single.Print(r.Most)
			}
			return fmt.Sprintf("%d-%d", r.Least, r.Most)
		},
	}
}

// shareRange is a share, or a range of them. The lower end may be written without its percent sign if
// it is 0.
func shareRange() form.Of[scenarios.Range[rng.PPM]] {
	return form.Patterned("^((0|"+form.SharePattern+")-)?"+form.SharePattern+"$",
		"a share such as 5%, or a range such as 0%-5%, from 0% to 100%",
		func(text string) (r scenarios.Range[rng.PPM], ok bool) {
			low, high, isRange := strings.Cut(text, "-")
			if !isRange {
				high = low
			}
			least, lowOK := parsePPM(low)
			most, highOK := parsePPM(high)
			return scenarios.Range[rng.PPM]{Least: least, Most: most}, lowOK && highOK && least <= most
		},
		func(r scenarios.Range[rng.PPM]) string {
			if r.Least == r.Most {
				return r.Most.String()
			}
			return fmt.Sprintf("%v-%v", r.Least, r.Most)
		})
}

func parsePPM(text string) (rng.PPM, bool) {
	share, err := rng.ParsePPM(text)
	return share, err == nil
}
