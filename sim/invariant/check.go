package invariant

import "fmt"

// Check panics with the formatted message when cond is false and assertions are [Enabled]. The
// message states what should have held, with the values that show it did not.
func Check(cond bool, format string, args ...any) {
	if Enabled && !cond {
		panic("invariant broken: " + fmt.Sprintf(format, args...))
	}
}
