package hunt

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"

	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

// Standing is what has become of a failure that was kept, in the build that runs it again.
type Standing string

const (
	// Still: it fails as it did, event for event.
	Still Standing = "still"
	// Differs: it fails, but the run is another one. The build has changed, and what is broken may be
	// something else.
	Differs Standing = "differs"
	// Gone: it does not fail.
	Gone Standing = "gone"
)

// Standing compares a failure that was kept with what came of running it again.
func (b *Bundle) Standing(r *world.Result) Standing {
	switch {
	case r.Verdict != world.Fail:
		return Gone
	case len(b.Differences(r)) > 0:
		return Differs
	}
	return Still
}

// Membership is what a file of a corpus is to a scenario.
type Membership string

const (
	// Member: it is a failure of the scenario, or was one before it was damaged.
	Member Membership = "member"
	// Stranger: it is a bundle of another scenario, or of a protocol that is not ours.
	Stranger Membership = "stranger"
	// NoBundle: it is something else.
	NoBundle Membership = "no bundle"
)

// MembershipOf says what a file is to a scenario, going by its text or, where that says nothing, by its
// name: a bundle cut short is still named as [Bundle.CorpusName] does.
func MembershipOf(scenario, file string, text []byte) Membership {
	var says struct {
		Checksum string
		Scenario *struct {
			Name  string
			Guest *scenarios.Guest
		}
	}
	err := json.Unmarshal(text, &says)
	named := says.Checksum != "" && says.Scenario != nil
	switch {
	case err == nil && named && says.Scenario.Name == scenario && says.Scenario.Guest == nil:
		return Member
	case err == nil && named:
		return Stranger
	case strings.HasPrefix(file, fileWord(scenario)+"-"):
		return Member
	}
	return NoBundle
}

// CorpusName returns the name of the bundle's file in a corpus: scenario, property, and a hash of plan
// and seed. The same failure has the same name, whatever build found it, and no other has.
func (b *Bundle) CorpusName() (string, error) {
	plan, err := json.Marshal(b.Scenario)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(fmt.Appendf(plan, " %v", b.Seed))
	return fmt.Sprintf("%s-%s-%x.json", fileWord(b.Scenario.Name), fileWord(b.Property()), sum[:6]), nil
}
