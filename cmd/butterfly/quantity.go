package main

import (
	"fmt"
	"strconv"
	"time"
)

// grouped prints a count with its thousands apart: 14,137,027.
func grouped[T ~int | ~uint64](n T) string {
	digits := strconv.FormatUint(uint64(n), 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// counted prints a count and its noun: "1 fault", "20 faults".
func counted[T ~int | ~uint64](n T, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return grouped(n) + " " + noun + "s"
}

// byteText prints an amount of data in decimal units.
func byteText(bytes float64) string {
	units := []string{"B", "kB", "MB", "GB", "TB"}
	for len(units) > 1 && bytes >= 1000 {
		bytes, units = bytes/1000, units[1:]
	}
	if units[0] == "B" {
		return fmt.Sprintf("%.0f B", bytes)
	}
	return fmt.Sprintf("%.1f %s", bytes, units[0])
}

// secondsText prints a measured span with what precision is worth reading.
func secondsText(seconds float64) string {
	if seconds >= 1000 {
		return quotient(seconds) + " s"
	}
	return fmt.Sprintf("%.2f s", seconds)
}

// spanText prints a bound in seconds.
func spanText(d time.Duration) string { return secondsText(d.Seconds()) }

// speed says how many times faster than real time a run went.
func speed(virtual, wall time.Duration) string {
	if wall <= 0 {
		return "faster than it could be measured"
	}
	return quotient(virtual.Seconds()/wall.Seconds()) + " times real time"
}

// quotient prints a factor or a rate: three digits below a thousand, none behind the point above.
func quotient(q float64) string {
	if q >= 1000 {
		return grouped(uint64(q + 0.5))
	}
	return fmt.Sprintf("%.3g", q)
}

// percentText prints a share from 0 to 1 in percent with two digits, however small it is.
func percentText(share float64) string {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(100*share, 'g', 2, 64), 64)
	return strconv.FormatFloat(rounded, 'f', -1, 64) + " %"
}
