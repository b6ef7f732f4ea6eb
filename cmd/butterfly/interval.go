package main

import "math"

// How many standard deviations of a normal distribution lie around its mean with a chance of 95 and
// 99 %.
const z95, z99 = 1.959964, 2.575829

// wilson is the interval that holds the share of which hits of trials were seen, with the
// confidence that z stands for (E. B. Wilson, Journal of the American Statistical Association 22,
// 1927). It holds hits/trials, and more than 0 even where nothing was hit. trials is positive.
func wilson(hits, trials, z float64) (low, high float64) {
	share := hits / trials
	middle := (share + z*z/(2*trials)) / (1 + z*z/trials)
	half := z / (1 + z*z/trials) * math.Sqrt(share*(1-share)/trials+z*z/(4*trials*trials))
	return min(share, max(0, middle-half)), max(share, min(1, middle+half))
}
