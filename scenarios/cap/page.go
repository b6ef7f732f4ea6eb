package cap

import (
	"fmt"
	"io"

	"github.com/anishathalye/porcupine"
)

// Page writes the evidence as an HTML page: the history of one key, with the times at which servers
// were cut off from each other marked. The key is the one of which the shortest history that is not
// linearizable is, or, if all are, the one with the longest. The axis counts what was seen in the
// run. The run must be over.
func (r *Run) Page(w io.Writer) error {
	v := r.verdict
	m := model()
	_, info := porcupine.CheckOperationsVerbose(m, v.found.operations, 0)
	info.AddAnnotations(v.annotations())
	return porcupine.Visualize(m, info, w)
}

// annotations mark the times at which servers were cut off from each other.
func (v *verdict) annotations() (all []porcupine.Annotation) {
	for i := range v.spells {
		s := &v.spells[i]
		if !s.cut {
			continue
		}
		end := v.seen
		if i+1 < len(v.spells) {
			end = v.spells[i+1].asked
		}
		all = append(all, porcupine.Annotation{
			Tag: "network", Start: s.asked, End: end, Description: "partition",
			BackgroundColor: "#ffd7a8",
			Details: fmt.Sprintf(
				"servers are cut off from each other from %v to %v", s.from, s.to),
		})
	}
	return all
}
