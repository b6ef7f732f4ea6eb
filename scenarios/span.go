package scenarios

import (
	"strings"
	"time"
)

// Span is a time.Duration that scenario files and bundles write as text ("1m30s").
type Span time.Duration

// Duration returns s as a time.Duration.
func (s Span) Duration() time.Duration { return time.Duration(s) }

func (s Span) String() string { return time.Duration(s).String() }

// Short is String in ASCII and without what is 0: 10m, not 10m0s.
func (s Span) Short() string {
	text := strings.Replace(s.String(), "µ", "u", 1)
	if short, found := strings.CutSuffix(text, "m0s"); found {
		text = short + "m"
	}
	if short, found := strings.CutSuffix(text, "h0m"); found {
		text = short + "h"
	}
	return text
}

// MarshalText writes s as time.Duration prints it.
func (s Span) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what time.ParseDuration reads.
func (s *Span) UnmarshalText(text []byte) error {
	d, err := time.ParseDuration(string(text))
	*s = Span(d)
	return err
}
