package names

import (
	"cmp"
	"encoding/binary"
	"slices"

	"butterfly/node/origin"
)

// writing makes the dictionary of one message. Its memory is used again.
//
// Invariant: between messages all is empty, and all positions are 0.
type writing struct {
	origins     []uint32 // those that the message is about
	definitions []uint16 // those by which it registers origins
	// 1 + the position in the dictionary, by number; 0 for what is not in it.
	originAt, definitionAt []uint32
	entries                []entry
	siblings               []sibling
}

// collect finds out what the entries are about, and gives each thing its position.
func (w *writing) collect(d *Directory, entries []entry) {
	w.originAt = grown(w.originAt, d.Len())
	w.definitionAt = grown(w.definitionAt, d.Definitions())
	for i := range entries {
		o := origin.Of(entries[i].Key)
		w.origins = use(w.origins, w.originAt, o)
		if origin.IsRegistration(entries[i].Key) {
			w.collectDefinitions(d, o, entries[i].Siblings)
		}
	}
	slices.SortFunc(w.origins, d.compareOrigins)
	slices.SortFunc(w.definitions, d.compareDefinitions)
	seat(w.origins, w.originAt)
	seat(w.definitions, w.definitionAt)
}

func (w *writing) collectDefinitions(d *Directory, o uint32, siblings []sibling) {
	for _, s := range siblings {
		number, registered := s.Value.Definition()
		if !registered {
			continue
		}
		if d.definitions.all[number].definition.Pool != d.origins[o].pool {
			panic("names: an origin registered by a definition of another service's")
		}
		w.definitions = use(w.definitions, w.definitionAt, number)
	}
}

// use adds a number to used, unless it is there.
func use[N uint16 | uint32](used []N, at []uint32, number N) []N {
	if at[number] != 0 {
		return used
	}
	at[number] = 1
	return append(used, number)
}

// seat notes the positions of numbers.
func seat[N uint16 | uint32](numbers []N, at []uint32) {
	for position, number := range numbers {
		at[number] = uint32(position) + 1
	}
}

func unseat[N uint16 | uint32](numbers []N, at []uint32) {
	for _, number := range numbers {
		at[number] = 0
	}
}

// compareOrigins orders numbers of origins by name.
func (d *Directory) compareOrigins(a, b uint32) int {
	x, y := &d.origins[a], &d.origins[b]
	if x.pool != y.pool {
		return cmp.Compare(d.Service(x.pool), d.Service(y.pool))
	}
	return cmp.Compare(x.target, y.target)
}

// compareDefinitions orders numbers of definitions by their services' names and what they say.
func (d *Directory) compareDefinitions(a, b uint16) int {
	x, y := &d.definitions.all[a], &d.definitions.all[b]
	if x.definition.Pool != y.definition.Pool {
		return cmp.Compare(d.Service(x.definition.Pool), d.Service(y.definition.Pool))
	}
	return cmp.Compare(x.encoding, y.encoding)
}

// append appends the dictionary.
func (w *writing) append(b []byte, d *Directory) []byte {
	origins, definitions := w.origins, w.definitions
	b = binary.AppendUvarint(b, uint64(d.countServices(origins)))
	for len(origins) > 0 {
		pool := d.origins[origins[0]].pool
		b = appendText(b, d.Service(pool))
		b, origins = d.appendOrigins(b, pool, origins)
		b, definitions = d.appendDefinitions(b, pool, definitions)
	}
	return b
}

func (d *Directory) countServices(origins []uint32) (count int) {
	for i, o := range origins {
		if i == 0 || d.origins[o].pool != d.origins[origins[i-1]].pool {
			count++
		}
	}
	return count
}

// appendOrigins takes the origins of a service from the front.
func (d *Directory) appendOrigins(
	b []byte, pool uint32, origins []uint32,
) (appended []byte, rest []uint32) {
	count := 0
	for count < len(origins) && d.origins[origins[count]].pool == pool {
		count++
	}
	b = binary.AppendUvarint(b, uint64(count))
	previous := ""
	for _, o := range origins[:count] {
		target := d.origins[o].target
		shared := sharedBytes(previous, target)
		b = appendText(binary.AppendUvarint(b, uint64(shared)), target[shared:])
		previous = target
	}
	return b, origins[count:]
}

// sharedBytes is how long the beginning is that a and b have in common.
func sharedBytes(a, b string) (count int) {
	for count < min(len(a), len(b)) && a[count] == b[count] {
		count++
	}
	return count
}

// appendDefinitions takes the definitions of a service from the front.
func (d *Directory) appendDefinitions(
	b []byte, pool uint32, definitions []uint16,
) (appended []byte, rest []uint16) {
	count := 0
	for count < len(definitions) && d.definitions.all[definitions[count]].definition.Pool == pool {
		count++
	}
	b = binary.AppendUvarint(b, uint64(count))
	for _, number := range definitions[:count] {
		b = appendText(b, d.definitions.all[number].encoding)
	}
	return b, definitions[count:]
}

// rewrite returns the entries with positions for numbers. They share what does not change: messages
// are only read.
func (w *writing) rewrite(entries []entry) []entry {
	for _, e := range entries {
		position := w.originAt[origin.Of(e.Key)] - 1
		if origin.IsRegistration(e.Key) {
			e.Key, e.Siblings = origin.Registration(position), w.rewriteSiblings(e.Siblings)
		} else {
			e.Key = origin.Result(position)
		}
		w.entries = append(w.entries, e)
	}
	return w.entries
}

func (w *writing) rewriteSiblings(siblings []sibling) []sibling {
	start := len(w.siblings)
	for _, s := range siblings {
		if number, registered := s.Value.Definition(); registered {
			s.Value = origin.By(uint16(w.definitionAt[number] - 1))
		}
		w.siblings = append(w.siblings, s)
	}
	return w.siblings[start:]
}

// release ends a message.
func (w *writing) release() {
	unseat(w.origins, w.originAt)
	unseat(w.definitions, w.definitionAt)
	w.origins, w.definitions = emptied(w.origins), emptied(w.definitions)
	w.entries, w.siblings = emptied(w.entries), emptied(w.siblings)
}
