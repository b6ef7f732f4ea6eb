package file

import (
	"strings"

	"butterfly/sim/strict"
)

// yamlLimits are those on the YAML of a file. A scenario needs four levels of nesting, and the mapping
// with the most keys has a fifth of what it may have. No value may be empty in the end.
func yamlLimits() strict.Limits {
	return strict.Limits{Bytes: MaxBytes, Depth: 8, Keys: 100, EmptyValues: 100}
}

// reader reads one file.
type reader struct {
	*strict.Document
	// places is where the values stand, by their paths, such as faults[3].hosts.
	places map[string]strict.Place
	// phased: the file says how long the phases of the run are.
	phased bool
	// targets is how many hosts and origins have been read.
	targets int
}

// invalid places a complaint about a scenario that reads well: at the field it names, or else at the
// nearest one around it that stands in the file.
func (r *reader) invalid(err error) *Error {
	complaint := asWritten(err.Error())
	path := complaint
	if end := strings.IndexAny(complaint, ":, "); end >= 0 {
		path = complaint[:end]
	}
	if path == "swim" { // the parameters of a group, which is what they go together in
		path = "group"
	}
	for path != "" {
		if at, found := r.places[path]; found {
			return r.Problem(at, "%s", complaint)
		}
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
	return r.Problem(r.places[""], "%s", complaint)
}
