package health

import (
	"fmt"
	"time"
)

// Definition says how an origin is checked, and what requests it takes part in serving. The zero
// value is not valid: start from [DefaultDefinition]. What other systems call the fields is in the
// package documentation.
type Definition struct {
	// Kind is what a probe does. The zero value is [TCP].
	Kind Kind
	// Path is what an HTTP probe asks for; empty for "/".
	Path string
	// StatusFrom and StatusTo are the HTTP statuses that count as success, both included; both 0
	// for 200 to 299.
	StatusFrom, StatusTo uint16
	// Body is what the body of an HTTP answer must contain to count as success; empty for anything.
	Body string

	// Interval is the time between two probes. Above 0, at most a day.
	Interval time.Duration
	// Timeout is how long a probe may take before it counts as failed. Above 0, at most Interval.
	Timeout time.Duration
	// Jitter is by how much, at most, each interval is longer than Interval, at random. 0 to
	// Interval; 0 for none.
	Jitter time.Duration
	// FastInterval takes the place of Interval, jitter and all, from a result that contradicts the
	// status until one that agrees with it. 0 for no such hurry, else at most Interval.
	FastInterval time.Duration

	// Semantics is how results make a status. The zero value is [Consecutive].
	Semantics Semantics
	// Rise is how many consecutive successes make an unhealthy origin healthy, 1 to 255. Only
	// [Consecutive] looks at it.
	Rise int
	// Fall is how many consecutive failures make a healthy origin unhealthy, 1 to 255: only
	// [Consecutive] looks at that. For all semantics it is also how many probes in a row must have
	// been impossible to make for the status to become [Unable].
	Fall int
	// Threshold is how many of the last Window results must be successes for the origin to be
	// healthy, 1 to Window, which is 1 to 64. Only [Window] looks at them; 0 without.
	Window, Threshold int
	// Initial is the status of an origin that nobody has a result of: [Unknown] for the first
	// result to decide, [Healthy] or [Unhealthy] to have results begin to count from there.
	Initial Status

	// Pool is which origins this one shares its requests with.
	Pool uint32
	// Weight is its share among them; 0 for an origin that is checked and gets no requests.
	Weight uint16
}

// Kind is what a probe does.
type Kind uint8

const (
	// TCP opens a connection and closes it.
	TCP Kind = iota
	// HTTP asks for a path and looks at the answer.
	HTTP
	// HTTPS does the same over TLS.
	HTTPS
)

func (k Kind) String() string {
	switch k {
	case TCP:
		return "tcp"
	case HTTP:
		return "http"
	case HTTPS:
		return "https"
	}
	return "kind?"
}

// Semantics is how results make a status.
type Semantics uint8

const (
	// Consecutive changes the status after Rise successes or Fall failures in a row.
	Consecutive Semantics = iota
	// Window makes an origin healthy when at least Threshold of the last Window results are
	// successes, and unhealthy when they are fewer. As long as there have not been so many results,
	// those missing count as if they agreed with the status that the checks began with.
	Window
	// Immediate lets every result decide.
	Immediate
)

func (s Semantics) String() string {
	switch s {
	case Consecutive:
		return "consecutive"
	case Window:
		return "window"
	case Immediate:
		return "immediate"
	}
	return "semantics?"
}

// Limits that keep the state of an origin small and deadlines far from the end of time.
const (
	maxThreshold = 255
	maxWindow    = 64
	maxInterval  = 24 * time.Hour
)

// DefaultDefinition probes over TCP once a second (the talk's "about once a second"), with
// HAProxy's default thresholds of rise 2 and fall 3. The timeout of 500 ms is our choice.
func DefaultDefinition() Definition {
	return Definition{
		Interval: time.Second,
		Timeout:  500 * time.Millisecond,
		Rise:     2,
		Fall:     3,
		Weight:   1,
	}
}

// Validate reports the first field that is out of range, nil if none is.
func (d *Definition) Validate() error {
	if err := d.validateProbe(); err != nil {
		return err
	}
	if err := d.validateTimes(); err != nil {
		return err
	}
	return d.validateSemantics()
}

func (d *Definition) validateProbe() error {
	switch {
	case d.Kind > HTTPS:
		return fmt.Errorf("health: kind is %d, expected tcp, http or https", d.Kind)
	case d.Kind == TCP && (d.Path != "" || d.Body != "" || d.StatusFrom != 0 || d.StatusTo != 0):
		return fmt.Errorf("health: a tcp probe expects no path, status or body")
	case d.StatusFrom == 0 && d.StatusTo == 0:
	case d.StatusFrom < 100 || d.StatusFrom > d.StatusTo || d.StatusTo > 599:
		return fmt.Errorf("health: status is %d to %d, expected a range within 100 to 599",
			d.StatusFrom, d.StatusTo)
	}
	return nil
}

func (d *Definition) validateTimes() error {
	switch {
	case d.Interval <= 0 || d.Interval > maxInterval:
		return fmt.Errorf("health: interval is %v, expected more than 0s and at most %v",
			d.Interval, maxInterval)
	case d.Timeout <= 0 || d.Timeout > d.Interval:
		return fmt.Errorf(
			"health: timeout is %v, expected more than 0s and at most the interval of %v",
			d.Timeout, d.Interval)
	case d.Jitter < 0 || d.Jitter > d.Interval:
		return fmt.Errorf("health: jitter is %v, expected 0s to the interval of %v",
			d.Jitter, d.Interval)
	case d.FastInterval < 0 || d.FastInterval > d.Interval:
		return fmt.Errorf("health: fast interval is %v, expected 0s to the interval of %v",
			d.FastInterval, d.Interval)
	}
	return nil
}

func (d *Definition) validateSemantics() error {
	switch {
	case d.Semantics > Immediate:
		return fmt.Errorf("health: semantics is %d, expected consecutive, window or immediate",
			d.Semantics)
	case d.Rise < 1 || d.Rise > maxThreshold:
		return fmt.Errorf("health: rise is %d, expected 1 to %d", d.Rise, maxThreshold)
	case d.Fall < 1 || d.Fall > maxThreshold:
		return fmt.Errorf("health: fall is %d, expected 1 to %d", d.Fall, maxThreshold)
	case d.Initial > Unhealthy:
		return fmt.Errorf("health: initial is %v, expected unknown, healthy or unhealthy", d.Initial)
	case d.Semantics != Window:
	case d.Window < 1 || d.Window > maxWindow:
		return fmt.Errorf("health: window is %d, expected 1 to %d", d.Window, maxWindow)
	case d.Threshold < 1 || d.Threshold > d.Window:
		return fmt.Errorf("health: threshold is %d, expected 1 to the window of %d",
			d.Threshold, d.Window)
	}
	return nil
}

// results is how many results in a row it takes at most to change a status.
func (d *Definition) results() int {
	switch d.Semantics {
	case Window:
		return max(d.Threshold, d.Window-d.Threshold+1)
	case Immediate:
		return 1
	}
	return max(d.Rise, d.Fall)
}

// spacing is the longest time between two probes.
func (d *Definition) spacing() time.Duration { return d.Interval + d.Jitter }
