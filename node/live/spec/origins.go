package spec

import (
	"cmp"
	"hash/fnv"
	"slices"

	"butterfly/node/health"
)

// Limits on origins files.
const (
	// MaxOriginsBytes is how large an origins file may be: room for MaxOrigins of the longest.
	MaxOriginsBytes = 16 << 20
	// MaxServices is how many services a file may have.
	MaxServices = 4096
	// MaxOrigins is how many origins a file may have, in all services together.
	MaxOrigins = 65536
)

// Origins is what an origins file says: whom to check, and how.
type Origins struct {
	// Services are sorted by name. What is made by hand may have another order.
	Services []Service
}

// Service is a group of origins that stand for each other.
type Service struct {
	// Name is 1 to 63 letters, digits and any of "-._", the first a letter or a digit.
	Name string
	// Check is how its origins are checked. Its pool is 0 and its weight 1, whatever the origins'.
	Check health.Definition
	// Origins are sorted by target.
	Origins []Origin
}

// Origin is one of those that answer the requests of a service.
type Origin struct {
	// Target is the "host:port" that is checked and gets the requests, as [endpoint.Canonical] returns it.
	Target string
	// Weight is its share of the requests: 0 for none, 1 as usual.
	Weight uint16
}

// Entry is an origin with all that is said of it.
type Entry struct {
	Service, Target string
	// Check is how it is checked, with its weight, and with 0 for the pool.
	Check health.Definition
}

// ParseOrigins reads an origins file. The name is that of the file, for the error, which is an
// [*Error].
func ParseOrigins(name string, text []byte) (Origins, error) {
	var o Origins
	if err := readFile(name, text, MaxOriginsBytes, originsFields(), &o); err != nil {
		return Origins{}, err
	}
	return o.sorted(), nil
}

// Print writes the file that says the same, as [ParseOrigins] reads it: equal origins print as equal
// texts.
func (o Origins) Print() []byte {
	w := &writer{}
	sorted := o.sorted()
	writeMapping(w, originsFields(), &sorted, &Origins{})
	return []byte(w.String())
}

// Digest sums up what is said, however it is laid out.
func (o Origins) Digest() uint64 {
	sum := fnv.New64a()
	sum.Write(o.Print())
	return sum.Sum64()
}

// Entries lists all origins, by service and target.
func (o Origins) Entries() []Entry {
	var all []Entry
	for _, s := range o.sorted().Services {
		for _, origin := range s.Origins {
			check := s.Check
			check.Weight = origin.Weight
			all = append(all, Entry{Service: s.Name, Target: origin.Target, Check: check})
		}
	}
	return all
}

// sorted is a copy in order.
func (o Origins) sorted() Origins {
	services := slices.Clone(o.Services)
	for i := range services {
		services[i].Origins = slices.Clone(services[i].Origins)
		slices.SortFunc(services[i].Origins, func(a, b Origin) int {
			return cmp.Compare(a.Target, b.Target)
		})
	}
	slices.SortFunc(services, func(a, b Service) int { return cmp.Compare(a.Name, b.Name) })
	return Origins{Services: services}
}
