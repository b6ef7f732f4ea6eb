package names

import (
	"errors"
	"fmt"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/live/endpoint"
	"butterfly/node/origin"
	"butterfly/node/rendezvous"
)

// ErrFull means that there is no number left for what a name or a definition stands for.
var ErrFull = errors.New("names: the directory is full")

// MaxServices bounds how many services a directory has, and MaxCapacity for how many origins a node
// can be told to have room: then a message with news of all of them is within what a call carries.
const (
	MaxServices = 1 << 12
	MaxCapacity = 1 << 20
)

// Origin names an origin, the same at all servers.
type Origin struct {
	// Service is the group of origins that stand for each other, see [ValidateName].
	Service string
	// Target is whom to check, see [endpoint.Parse].
	Target string
}

// Validate says what is wrong with o, nil if nothing is.
func (o Origin) Validate() error {
	if err := ValidateName(o.Service); err != nil {
		return err
	}
	_, err := endpoint.Parse(o.Target)
	return err
}

// Directory hands out this server's numbers for origins, services and definitions, and knows what
// they stand for.
type Directory struct {
	capacity    int
	services    services
	origins     []numbered
	numbers     map[place]uint32
	definitions definitions
	writing     writing
	reading     reading
}

// numbered is what an origin's number stands for.
type numbered struct {
	place
	hash rendezvous.Hash
}

// place is the name of an origin, with a number for that of its service.
type place struct {
	pool   uint32
	target string
}

// NewDirectory returns an empty directory that has numbers for so many origins.
func NewDirectory(capacity int) *Directory {
	return &Directory{
		capacity:    min(capacity, origin.MaxOrigins-1),
		services:    services{numbers: map[string]uint32{}},
		numbers:     map[place]uint32{},
		definitions: definitions{numbers: map[meaning]uint16{}},
	}
}

// Origin returns the number of an origin, a new one if it has none. The error is [ErrFull], or what
// [Origin.Validate] says.
func (d *Directory) Origin(name Origin) (number uint32, err error) {
	if number, known := d.Find(name); known {
		return number, nil
	}
	if _, err := endpoint.Parse(name.Target); err != nil {
		return 0, err
	}
	if len(d.origins) >= d.capacity {
		return 0, fmt.Errorf("%w: it has %d origins", ErrFull, d.capacity)
	}
	pool, err := d.Pool(name.Service)
	if err != nil {
		return 0, err
	}
	return d.add(place{pool, name.Target}), nil
}

// add gives an origin, which has no number, the next one.
func (d *Directory) add(p place) (number uint32) {
	number = uint32(len(d.origins))
	name := d.Service(p.pool) + "/" + p.target
	d.origins = append(d.origins, numbered{p, rendezvous.HashString(name)})
	d.numbers[p] = number
	return number
}

// Find returns the number of an origin; false if it has none.
func (d *Directory) Find(name Origin) (number uint32, known bool) {
	pool, known := d.services.numbers[name.Service]
	if !known {
		return 0, false
	}
	number, known = d.numbers[place{pool, name.Target}]
	return number, known
}

// Name returns what the number of an origin stands for. It panics if that is nothing.
func (d *Directory) Name(number uint32) Origin {
	o := &d.origins[number]
	return Origin{d.Service(o.pool), o.target}
}

// Len is how many origins there are: their numbers are 0 to Len-1.
func (d *Directory) Len() int { return len(d.origins) }

// Pool returns the number of a service, which is that of the pool of its origins; a new one if it
// has none. The error is [ErrFull], or what [ValidateName] says.
func (d *Directory) Pool(service string) (pool uint32, err error) {
	if pool, known := d.services.numbers[service]; known {
		return pool, nil
	}
	if err := ValidateName(service); err != nil {
		return 0, err
	}
	if len(d.services.names) >= MaxServices {
		return 0, fmt.Errorf("%w: it has %d services", ErrFull, MaxServices)
	}
	return d.services.add(service), nil
}

// FindPool returns the number of a service; false if it has none.
func (d *Directory) FindPool(service string) (pool uint32, known bool) {
	pool, known = d.services.numbers[service]
	return pool, known
}

// Service returns what the number of a pool stands for. It panics if that is nothing.
func (d *Directory) Service(pool uint32) string { return d.services.names[pool] }

// Services is how many services there are: their numbers are 0 to Services-1.
func (d *Directory) Services() int { return len(d.services.names) }

// Score ranks servers for an origin by the hashes of its name and of their numbers, so that all
// servers rank alike whatever numbers the origin has with them. It is 0 for what is no origin.
func (d *Directory) Score(origin uint32, server node.ID) uint64 {
	if int64(origin) >= int64(len(d.origins)) {
		return 0
	}
	return rendezvous.Score(d.origins[origin].hash, rendezvous.HashNumber(uint64(server)))
}

// Definition returns the number of a definition of a service's checks, a new one if it has none;
// its pool is that of the service, whatever d says. The error is [ErrFull], or says what is wrong
// with the definition or with the name of the service.
func (d *Directory) Definition(
	service string, definition health.Definition,
) (number uint16, err error) {
	if err := validateDefinition(&definition); err != nil {
		return 0, err
	}
	pool, err := d.Pool(service)
	if err != nil {
		return 0, err
	}
	definition.Pool = pool
	return d.definitions.number(definition)
}

// DefinitionOf returns what the number of a definition stands for. It panics if that is nothing.
func (d *Directory) DefinitionOf(number uint16) (service string, definition health.Definition) {
	definition = d.definitions.all[number].definition
	return d.Service(definition.Pool), definition
}

// Definitions is how many definitions there are: their numbers are 0 to Definitions-1.
func (d *Directory) Definitions() int { return len(d.definitions.all) }

// TakeNew returns the definitions that have got a number since it was last called, in the order of
// their numbers.
func (d *Directory) TakeNew() []health.Definition { return d.definitions.takeNew() }

// services are names by number and numbers by name.
type services struct {
	names   []string
	numbers map[string]uint32
}

// add gives a service, which has no number, the next one.
func (s *services) add(name string) (pool uint32) {
	pool = uint32(len(s.names))
	s.names = append(s.names, name)
	s.numbers[name] = pool
	return pool
}
