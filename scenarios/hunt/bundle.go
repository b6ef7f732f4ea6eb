package hunt

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"butterfly/scenarios"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/world"
)

// bundleFormat is the version of the file form. It changes when fields change their meaning.
const bundleFormat = 1

// Bundle is a run to take away: what is needed to run it again, and what came out.
type Bundle struct {
	Format int `json:"format"`
	// Build identifies the program that made the run.
	Build string `json:"build"`
	Seed  Seed   `json:"seed"`
	// Scenario is expanded: it holds faults, and nothing that the seed has still to decide.
	Scenario    scenarios.Scenario `json:"scenario"`
	Verdict     world.Verdict      `json:"verdict"`
	Fingerprint string             `json:"fingerprint"`
	Events      uint64             `json:"events"`
	Violations  []Violation        `json:"violations"`
	// Checksum is over all other fields as they stand in the file; see [Bundle.Encode].
	Checksum string `json:"checksum"`
}

// NewBundle packs a scenario and the result of running it with r's seed.
func NewBundle(s scenarios.Scenario, r *world.Result, build string) *Bundle {
	return &Bundle{
		Format: bundleFormat, Build: build, Seed: Seed(r.Seed), Scenario: s.Expand(r.Seed),
		Verdict: r.Verdict, Fingerprint: r.Fingerprint.String(), Events: r.Events,
		Violations: Violations(r.Violations),
	}
}

// FileName returns the name of the file the bundle belongs in: scenario and seed.
func (b *Bundle) FileName() string {
	return fmt.Sprintf("%s-%v.json", fileWord(b.Scenario.Name), b.Seed)
}

// fileWord is a text without what some system does not take in the name of a file.
func fileWord(text string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, c) || c <= ' ' {
			return '-'
		}
		return c
	}, text)
}

// Encode returns the bundle as indented JSON, with its checksum: SHA-256 over the JSON object without
// the field checksum, its other fields sorted by name and all white space left out. Indentation may
// change on the way; a value may not.
func (b *Bundle) Encode() ([]byte, error) {
	b.Checksum = ""
	text, err := json.Marshal(b)
	if err != nil {
		return nil, err
	}
	if b.Checksum, err = checksum(text); err != nil {
		return nil, err
	}
	text, err = json.MarshalIndent(b, "", "  ")
	return append(text, '\n'), err
}

func checksum(text []byte) (string, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		return "", err
	}
	delete(fields, "checksum")
	canonical, err := json.Marshal(fields)
	sum := sha256.Sum256(canonical)
	return "sha256:" + hex.EncodeToString(sum[:]), err
}

// ErrAltered: a bundle is not as it was written.
var ErrAltered = errors.New("the bundle has been altered or damaged: its checksum does not match")

// DecodeBundle reads what [Bundle.Encode] wrote. It refuses what is no bundle, one of another
// format, one that was altered ([ErrAltered]) and one whose scenario cannot be run. A bundle of
// another build is taken, unless it says things that this build does not know.
func DecodeBundle(text []byte) (*Bundle, error) {
	var start struct {
		Format   int
		Checksum string
	}
	if err := json.Unmarshal(text, &start); err != nil {
		return nil, fmt.Errorf("this is no bundle: %w", err)
	}
	if start.Checksum == "" {
		return nil, errors.New("this is no bundle: it has no checksum")
	}
	if start.Format != bundleFormat {
		return nil, fmt.Errorf("the bundle has format %d, this build reads format %d",
			start.Format, bundleFormat)
	}
	if sum, err := checksum(text); err != nil || sum != start.Checksum {
		return nil, ErrAltered
	}
	b, err := decodeStrictly(text)
	if err != nil {
		return nil, err
	}
	if !b.Scenario.Expanded() {
		return nil, errors.New("the bundle's scenario is not expanded")
	}
	if err := stage.Validate(&b.Scenario); err != nil {
		return nil, fmt.Errorf("the bundle's scenario: %w", err)
	}
	return b, nil
}

func decodeStrictly(text []byte) (*Bundle, error) {
	var b Bundle
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&b); err != nil {
		return nil, fmt.Errorf("this build cannot read the bundle: %w", err)
	}
	return &b, nil
}

// Differences says in what a result differs from the bundle's, one line each; none if the run was
// reproduced.
func (b *Bundle) Differences(r *world.Result) []string {
	var all []string
	differ := func(what string, then, now any) {
		if then != now {
			all = append(all, fmt.Sprintf("%s: %v in the bundle, %v now", what, then, now))
		}
	}
	differ("fingerprint", b.Fingerprint, r.Fingerprint.String())
	differ("events", b.Events, r.Events)
	differ("verdict", b.Verdict, r.Verdict)
	violations := Violations(r.Violations)
	for i := range max(len(violations), len(b.Violations)) {
		differ(fmt.Sprintf("violation %d", i+1), nth(b.Violations, i), nth(violations, i))
	}
	return all
}

// nth returns a violation, or a word where there is none.
func nth(violations []Violation, i int) any {
	if i < len(violations) {
		return violations[i]
	}
	return "none"
}
