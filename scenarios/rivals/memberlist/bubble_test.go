package memberlist

import (
	"fmt"
	"math"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// An experiment is played in a bubble of its own.
type experiment[R any] interface{ Run() (R, error) }

func play[R any](t *testing.T, e experiment[R]) (result R) {
	synctest.Test(t, func(t *testing.T) {
		var err error
		result, err = e.Run()
		require.NoError(t, err)
	})
	return result
}

func playAll[R any](t *testing.T, trials int, e experiment[R]) (results []R) {
	for range trials {
		results = append(results, play(t, e))
	}
	return results
}

// full reports whether BUTTERFLY_FULL asks for tables of all sizes with all their trials.
func full() bool { return os.Getenv("BUTTERFLY_FULL") != "" }

// either returns the number of trials for a short and for a full run.
func either(short, long int) int {
	if full() {
		return long
	}
	return short
}

// row writes a line of CSV to the log, which go test -v shows.
func row(t *testing.T, columns ...any) {
	for i, column := range columns {
		if i > 0 {
			fmt.Fprint(t.Output(), ",")
		}
		switch v := column.(type) {
		case time.Duration:
			fmt.Fprintf(t.Output(), "%.3f", v.Seconds())
		case float64:
			if !math.IsNaN(v) { // the mean of nothing is an empty column
				fmt.Fprintf(t.Output(), "%.3f", v)
			}
		default:
			fmt.Fprint(t.Output(), v)
		}
	}
	fmt.Fprintln(t.Output())
}

// sample is a series of measurements of one quantity.
type sample []float64

func (s sample) mean() float64 {
	sum := 0.0
	for _, x := range s {
		sum += x
	}
	return sum / float64(len(s))
}

// halfWidth is half of the confidence interval of the mean that z standard errors make.
func (s sample) halfWidth(z float64) float64 {
	mean, squares := s.mean(), 0.0
	for _, x := range s {
		squares += (x - mean) * (x - mean)
	}
	return z * math.Sqrt(squares/float64(len(s)-1)/float64(len(s)))
}

func seconds[R any](results []R, of func(R) time.Duration) (s sample) {
	for _, r := range results {
		s = append(s, of(r).Seconds())
	}
	return s
}
