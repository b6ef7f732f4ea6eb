package names

import (
	"bytes"
	"errors"
	"fmt"

	"butterfly/node/live/endpoint"
	"butterfly/node/origin"
	"butterfly/node/wire"
)

// What the parts of a dictionary take at least, in bytes: a service its name and two lengths, an
// origin two numbers and a byte, a definition its length and its fields.
const (
	minOriginBytes     = 3
	minDefinitionBytes = 17
	minServiceBytes    = 2 + 1 + minOriginBytes + 1
)

// reading is the dictionary of one message that is being read. Its memory is used again.
type reading struct {
	origins, definitions []position
	strangers            strangers
	services             int
	target               []byte // of the origin read last
}

// position is what stands at a position of the dictionary.
type position struct {
	number  uint32 // this server's, [nobody] as long as it has none
	service int    // its service's position
	used    bool   // whether an entry is about it
}

// nobody stands for what has no number yet, or for a service that has none.
const nobody = 1<<32 - 1

// strangers counts what the directory does not have.
type strangers struct{ services, origins, definitions int }

func (s *strangers) any() bool { return s.services+s.origins+s.definitions > 0 }

// read reads a dictionary. What is new it gives numbers if admit is set; then there has to be room,
// and the dictionary has to have been read without that before.
func (in *reading) read(r *reader, d *Directory, admit bool) {
	in.release()
	in.strangers, in.services = strangers{}, 0
	var previous []byte
	for n := r.count("number of services", 1, minServiceBytes); n > 0 && r.ok(); n-- {
		start := r.offset
		name := r.text("name of a service", 1, MaxNameBytes)
		r.demand(bytes.Compare(previous, name) < 0, start, "a service above the previous one")
		pool := in.service(r, start, d, name, admit)
		in.readOrigins(r, d, pool, admit)
		in.readDefinitions(r, d, pool, admit)
		in.services, previous = in.services+1, name
	}
}

// service returns the number of a service whose name began at start.
func (in *reading) service(r *reader, start int, d *Directory, name []byte, admit bool) uint32 {
	pool, known := d.services.numbers[string(name)]
	switch {
	case known:
		return pool
	case admit:
		return d.services.add(string(name))
	}
	r.demand(ValidateName(string(name)) == nil, start, "the name of a service")
	in.strangers.services++
	return nobody
}

func (in *reading) readOrigins(r *reader, d *Directory, pool uint32, admit bool) {
	in.target = in.target[:0]
	for n := r.count("number of origins", 1, minOriginBytes); n > 0 && r.ok(); n-- {
		start := r.offset
		in.readTarget(r)
		number := in.origin(r, start, d, pool, admit)
		in.origins = append(in.origins, position{number: number, service: in.services})
	}
}

// readTarget reads a target that is given relative to the previous one.
func (in *reading) readTarget(r *reader) {
	start, previous := r.offset, in.target
	shared := int(r.uvarint("bytes shared with the previous target", 0, uint64(len(previous))))
	rest := r.text("rest of a target", 1, endpoint.MaxBytes-shared)
	ascends := r.ok() && (shared == len(previous) || previous[shared] < rest[0])
	r.demand(ascends, start, "a target above the previous one")
	in.target = append(previous[:shared], rest...)
}

// origin returns the number of the origin whose target was read last, and began at start.
func (in *reading) origin(r *reader, start int, d *Directory, pool uint32, admit bool) uint32 {
	number, known := d.numbers[place{pool, string(in.target)}]
	switch {
	case known:
		return number
	case admit:
		return d.add(place{pool, string(in.target)})
	}
	_, err := endpoint.Parse(string(in.target))
	r.demand(err == nil, start, "a target, host:port")
	in.strangers.origins++
	return nobody
}

func (in *reading) readDefinitions(r *reader, d *Directory, pool uint32, admit bool) {
	var previous []byte
	for n := r.count("number of definitions", 0, minDefinitionBytes); n > 0 && r.ok(); n-- {
		start := r.offset
		encoding := r.text("definition", minDefinitionBytes-1, maxDefinitionBytes)
		r.demand(bytes.Compare(previous, encoding) < 0, start, "a definition above the previous one")
		number := in.definition(r, d, pool, encoding, admit)
		in.definitions = append(in.definitions, position{number: number, service: in.services})
		previous = encoding
	}
}

// definition returns the number of the definition that was read last.
func (in *reading) definition(
	r *reader, d *Directory, pool uint32, encoding []byte, admit bool,
) uint32 {
	if number, known := d.definitions.find(pool, encoding); known {
		return uint32(number)
	}
	inner := reader{b: r.b[:r.offset], offset: r.offset - len(encoding)}
	definition := inner.definition(len(encoding))
	if inner.err != nil {
		r.fail(inner.err.Offset, inner.err.Expected)
	}
	if admit {
		definition.Pool = pool
		return uint32(d.definitions.add(definition, string(encoding)))
	}
	in.strangers.definitions++
	return nobody
}

// check demands that m is about what the dictionary has, and about all of it.
func (in *reading) check(m *wire.Message) error {
	if !brings(m) {
		return errors.New("names: expected no names with a message that is about nothing")
	}
	for i := range m.Gossip.Delta.Entries {
		if err := in.checkEntry(&m.Gossip.Delta.Entries[i]); err != nil {
			return err
		}
	}
	for _, all := range [][]position{in.origins, in.definitions} {
		for i := range all {
			if !all[i].used {
				return errors.New("names: expected an entry about each name and definition")
			}
		}
	}
	return nil
}

func (in *reading) checkEntry(e *entry) error {
	o := origin.Of(e.Key)
	if int64(o) >= int64(len(in.origins)) {
		return fmt.Errorf("names: entry of origin %d, expected one of the %d named", o, len(in.origins))
	}
	about := &in.origins[o]
	about.used = true
	if !origin.IsRegistration(e.Key) {
		return nil
	}
	for _, s := range e.Siblings {
		number, registered := s.Value.Definition()
		switch {
		case !registered:
		case int(number) >= len(in.definitions):
			return fmt.Errorf("names: registration by definition %d, expected one of the %d given",
				number, len(in.definitions))
		case in.definitions[number].service != about.service:
			return errors.New("names: expected a registration by a definition of the same service")
		default:
			in.definitions[number].used = true
		}
	}
	return nil
}

// checkRoom returns [ErrFull] if the directory has no room for what is new.
func (in *reading) checkRoom(d *Directory) error {
	switch s := &in.strangers; {
	case s.services > MaxServices-d.Services():
		return fmt.Errorf("%w: no room for %d more services", ErrFull, s.services)
	case s.origins > d.capacity-d.Len():
		return fmt.Errorf("%w: no room for %d more origins", ErrFull, s.origins)
	case !d.definitions.hasRoom(s.definitions):
		return fmt.Errorf("%w: no room for %d more definitions", ErrFull, s.definitions)
	}
	return nil
}

// rewrite puts numbers for positions.
func (in *reading) rewrite(entries []entry) {
	for i := range entries {
		e := &entries[i]
		number := in.origins[origin.Of(e.Key)].number
		if !origin.IsRegistration(e.Key) {
			e.Key = origin.Result(number)
			continue
		}
		e.Key = origin.Registration(number)
		for j := range e.Siblings {
			if definition, registered := e.Siblings[j].Value.Definition(); registered {
				e.Siblings[j].Value = origin.By(uint16(in.definitions[definition].number))
			}
		}
	}
}

// release empties the lists of a message.
func (in *reading) release() {
	in.origins, in.definitions = emptied(in.origins), emptied(in.definitions)
}
