package main

import "fmt"

// measurements are the metrics of a run. What nobody measured is not nothing.
type measurements map[string]float64

// seconds puts a time into a format, and is empty if nobody measured it.
func (m measurements) seconds(format, metric string) string {
	value, known := m[metric]
	if !known {
		return ""
	}
	return fmt.Sprintf(format, secondsText(value))
}

// share puts a share into a format, as [measurements.seconds] does a time.
func (m measurements) share(format, metric string) string {
	value, known := m[metric]
	if !known {
		return ""
	}
	return fmt.Sprintf(format, percentText(value))
}

// number puts a number that every complete run has into a format. It is empty without a run.
func (m measurements) number(format, metric string) string {
	value, known := m[metric]
	switch {
	case m == nil:
		return ""
	case !known:
		return ", not judged"
	}
	return fmt.Sprintf(format, grouped(uint64(value)))
}
