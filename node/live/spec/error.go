package spec

import "butterfly/sim/strict"

// Error says what is wrong with a file, and where.
type Error = strict.Error
