package voter

// LogLength is how many entries the log has, of those that have been replaced by a snapshot none.
func (v *Voter) LogLength() int { return len(v.disk.log) }
