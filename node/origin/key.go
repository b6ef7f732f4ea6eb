package origin

// MaxOrigins bounds the numbers of origins: 0 <= origin < MaxOrigins.
const MaxOrigins = 1 << 31

// Result is the key of what was found out about an origin.
func Result(origin uint32) (key uint32) { return 2 * origin }

// Registration is the key of how an origin is to be checked.
func Registration(origin uint32) (key uint32) { return 2*origin + 1 }

// Of is the origin that a key is about.
func Of(key uint32) (origin uint32) { return key / 2 }

// IsRegistration reports whether a key is that of a registration; the others are those of results.
func IsRegistration(key uint32) bool { return key%2 == 1 }
