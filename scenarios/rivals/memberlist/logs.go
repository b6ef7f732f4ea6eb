package memberlist

import (
	"bytes"
	"sync/atomic"
)

// logCount counts the log messages that tell what memberlist has no event for.
type logCount struct {
	suspicions atomic.Int64 // a probe of ours that ended in a suspicion
	refutes    atomic.Int64 // an accusation against us that we answered
}

// Write takes one log message.
func (l *logCount) Write(line []byte) (int, error) {
	switch {
	case bytes.Contains(line, []byte("has failed, no acks received")):
		l.suspicions.Add(1)
	case bytes.Contains(line, []byte("Refuting a")):
		l.refutes.Add(1)
	}
	return len(line), nil
}
