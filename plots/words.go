package plots

// counted prints a count and its noun.
func counted(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return label(float64(n)) + " " + noun
}

// counts prints the range of some counts, at least one, in ascending order.
func counts(all []int, noun string) string {
	most := counted(all[len(all)-1], noun)
	if len(all) == 1 {
		return most
	}
	return label(float64(all[0])) + " to " + most
}
