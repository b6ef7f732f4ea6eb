package origin

// Value is what the map has under a key: of a result a status, of a registration [Removed] or what
// [By] makes. The zero value is an unknown status or a removal, as the key says.
type Value uint16

const (
	// Removed is the registration of an origin that is not to be checked, whatever the
	// configuration says.
	Removed Value = 0
	// MaxDefinitions bounds the numbers of definitions: 0 <= definition < MaxDefinitions.
	MaxDefinitions = 1<<16 - 1

	highestStatus Value = 3
)

// By is the registration of an origin that is to be checked by the definition of that number.
func By(definition uint16) Value { return 1 + Value(definition) }

// Definition is the number of the definition by which a registered origin is to be checked; false
// for [Removed].
func (v Value) Definition() (number uint16, registered bool) {
	if v == Removed {
		return 0, false
	}
	return uint16(v - 1), true
}

// Highest is the greatest value that there may be under a key.
func Highest(key uint32) Value {
	if IsRegistration(key) {
		return By(MaxDefinitions - 1)
	}
	return highestStatus
}
