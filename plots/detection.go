package plots

import (
	"cmp"
	"fmt"
	"slices"

	"gonum.org/v1/plot/vg"
)

// Detection is how long a crash takes to be known, over the size of the cluster.
type Detection struct {
	// Title is what the figure is to tell, in a sentence.
	Title string
	// Rows are our own runs, one row for each size of the cluster, in any order.
	Rows []DetectionRow
	// Memberlist is what was measured of memberlist 0.7.0; it may be empty.
	Memberlist []MemberlistDetection
}

// DetectionRow is what the runs of a cluster of one size have shown. Times are seconds since the
// crash.
type DetectionRow struct {
	Servers int
	// FirstSeconds and FullSeconds have an entry for each run, in the same order: when the first and
	// when the last of the survivors held the crashed server for dead.
	FirstSeconds, FullSeconds []float64
	// TheorySeconds is the expected time of the first; 0 means that theory has nothing to say.
	TheorySeconds float64
}

// MemberlistDetection is what memberlist 0.7.0 took in a cluster of one size: the mean of its runs
// until the first and until the last of the survivors held the crashed server for dead.
type MemberlistDetection struct {
	Servers                           int
	FirstMeanSeconds, FullMeanSeconds float64
}

// detectionHeight is the height of a panel in points.
const detectionHeight vg.Length = 150

// Figure draws the detection times. It needs at least two sizes.
func (d *Detection) Figure() (*Figure, error) {
	if err := d.validate(); err != nil {
		return nil, err
	}
	sizes := d.sizes()
	s := stack{title: d.Title, subtitle: d.subtitle(), axis: horizontal{
		name: "servers (log)", scale: logScale{}, ticks: measuredAt{sizes, comparisonDataWidth},
	}}
	s.axis.least, s.axis.most = around(sizes...)
	s.panels = []*panel{d.firstPanel(), d.fullPanel()}
	for _, p := range s.panels {
		p.unit = "seconds since the crash"
		p.plot.Y.Min, p.plot.Y.Max = 0, headroom*d.longest()
	}
	return s.figure(comparisonWidth), nil
}

func (d *Detection) validate() error {
	if len(d.Rows) < 2 {
		return fmt.Errorf("a figure of detection needs at least 2 sizes, not %d", len(d.Rows))
	}
	for i := range d.Rows {
		if err := d.Rows[i].validate(); err != nil {
			return err
		}
	}
	for _, m := range d.Memberlist {
		if m.Servers < 1 || !notNegative(m.FirstMeanSeconds, m.FullMeanSeconds) {
			return fmt.Errorf("memberlist at %d servers: a size or a time that is none", m.Servers)
		}
	}
	rows := d.bySize()
	for i := range rows[1:] {
		if rows[i].Servers == rows[i+1].Servers {
			return fmt.Errorf("two rows are about %d servers", rows[i].Servers)
		}
	}
	return nil
}

func (r *DetectionRow) validate() error {
	switch {
	case r.Servers < 1:
		return fmt.Errorf("a cluster has no %d servers", r.Servers)
	case len(r.FirstSeconds) == 0 || len(r.FirstSeconds) != len(r.FullSeconds):
		return fmt.Errorf("%d servers: %d first and %d full detections are no set of runs",
			r.Servers, len(r.FirstSeconds), len(r.FullSeconds))
	case !notNegative(slices.Concat(r.FirstSeconds, r.FullSeconds, []float64{r.TheorySeconds})...):
		return fmt.Errorf("%d servers: a time that is none", r.Servers)
	}
	return nil
}

// bySize returns the rows in the order of their sizes.
func (d *Detection) bySize() []DetectionRow {
	return slices.SortedStableFunc(slices.Values(d.Rows), func(x, y DetectionRow) int {
		return cmp.Compare(x.Servers, y.Servers)
	})
}

// sizes returns every number of servers that anything is known about, in ascending order.
func (d *Detection) sizes() []float64 {
	all := distinct(d.Rows, func(r *DetectionRow) float64 { return float64(r.Servers) })
	for _, m := range d.Memberlist {
		all = append(all, float64(m.Servers))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// longest is the longest time that is drawn.
func (d *Detection) longest() float64 {
	longest := 0.0
	for i := range d.Rows {
		r := &d.Rows[i]
		full := slices.Sorted(slices.Values(r.FullSeconds))
		first := slices.Sorted(slices.Values(r.FirstSeconds))
		longest = max(longest, quantile(first, 0.95), quantile(full, 0.95), r.TheorySeconds)
	}
	for _, m := range d.Memberlist {
		longest = max(longest, m.FirstMeanSeconds, m.FullMeanSeconds)
	}
	return longest
}

func (d *Detection) subtitle() string {
	runs := distinct(d.Rows, func(r *DetectionRow) int { return len(r.FirstSeconds) })
	text := fmt.Sprintf("One server crashes. %s of each size; the bands hold the middle 50 %% and "+
		"90 %% of them.", counts(runs, "run"))
	if len(d.Memberlist) > 0 {
		text += " The marks of memberlist are means."
	}
	return text
}
