package spec

import "butterfly/sim/strict"

// reader reads one file.
type reader struct {
	*strict.Document
	// origins is how many have been read.
	origins int
}

// yamlLimits are those on the YAML of a file, which needs five levels of nesting; its services are
// the mapping with the most keys. No value may be empty in the end.
func yamlLimits(mostBytes int) strict.Limits {
	return strict.Limits{Bytes: mostBytes, Depth: 16, Keys: MaxServices, EmptyValues: 100}
}

// readFile reads a file that holds one mapping.
func readFile[T any](name string, text []byte, mostBytes int, fields []field[T], into *T) error {
	yaml, problem := strict.Parse(name, text, yamlLimits(mostBytes))
	if problem != nil {
		return problem
	}
	if _, problem := readMapping(&reader{Document: yaml}, "", yaml.Root(), fields, into); problem != nil {
		return problem
	}
	return nil
}
