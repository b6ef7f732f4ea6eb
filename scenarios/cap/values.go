package cap

import (
	"encoding/binary"

	"butterfly/sim/rng"
)

// values are what all operations so far have led to: the value of each key, 0 of those beyond the
// end.
type values []uint64

// apply does an operation and returns its result.
func (v *values) apply(o *Operation) (result uint64) {
	for int(o.Key) >= len(*v) {
		*v = append(*v, 0)
	}
	(*v)[o.Key], result = o.step((*v)[o.Key])
	return result
}

func (v values) append(b []byte) []byte {
	for _, value := range v {
		b = binary.LittleEndian.AppendUint64(b, value)
	}
	return b
}

// parseValues reads what [values.append] wrote.
func parseValues(b []byte) values {
	v := make(values, len(b)/8)
	for key := range v {
		v[key] = binary.LittleEndian.Uint64(b[8*key:])
	}
	return v
}

func (v values) digest() (sum uint64) {
	for key, value := range v {
		sum = rng.Mix(sum ^ value + uint64(key))
	}
	return sum
}
