package scenarios

// Cap is a scenario's servers as replicas of a register, with clients.
type Cap struct{}

// validate reports the first thing wrong with the register of s.
func (c *Cap) validate(*Scenario) error { return nil }
