package spec

import "cmp"

// Difference is what one origins file says and another does not, each list sorted by service and
// target.
type Difference struct {
	// Added are in the new file only, Removed in the old one only.
	Added, Removed []Entry
	// Changed are in both, checked in another way or with another weight: as the new one has them.
	Changed []Entry
}

// Diff compares two files.
func Diff(before, after Origins) (d Difference) {
	old, new := before.Entries(), after.Entries()
	for len(old) > 0 && len(new) > 0 {
		switch order := old[0].compare(&new[0]); {
		case order < 0:
			d.Removed, old = append(d.Removed, old[0]), old[1:]
		case order > 0:
			d.Added, new = append(d.Added, new[0]), new[1:]
		default:
			if old[0] != new[0] {
				d.Changed = append(d.Changed, new[0])
			}
			old, new = old[1:], new[1:]
		}
	}
	d.Removed, d.Added = append(d.Removed, old...), append(d.Added, new...)
	return d
}

// IsEmpty reports whether both files say the same.
func (d *Difference) IsEmpty() bool {
	return len(d.Added)+len(d.Removed)+len(d.Changed) == 0
}

func (e *Entry) compare(other *Entry) int {
	return cmp.Or(cmp.Compare(e.Service, other.Service), cmp.Compare(e.Target, other.Target))
}
