package agent

import (
	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/node/wire"
	"butterfly/sim/clock"
)

// Register implements [node.Registrar]. It writes even what the map says already: a removal at the
// same moment elsewhere is to lose, and loses only to a write of its own time. What does not exist,
// origin or definition, is not written.
func (a *Agent) Register(
	now clock.Time, o uint32, definition uint16, out *node.Out[wire.Message],
) {
	a.begin(now, out)
	if a.config.exists(o) && a.config.defines(definition) {
		a.put(origin.Registration(o), origin.By(definition))
	}
	a.settle()
}

// Unregister implements [node.Registrar]. It removes what this server knows of: a registration that
// it has not heard of survives.
func (a *Agent) Unregister(now clock.Time, o uint32, out *node.Out[wire.Message]) {
	a.begin(now, out)
	if a.config.exists(o) && a.known(o) {
		if key := origin.Registration(o); a.config.isConfigured(o) {
			a.put(key, origin.Removed)
		} else {
			a.remove(key)
		}
	}
	a.settle()
}

// passRegistration tells the other parts how an origin is to be checked, by what the map says.
func (a *Agent) passRegistration(o uint32) {
	was, known := a.checks.Known(o)
	definition, registered := a.registration(o)
	switch {
	case registered && !(known && was == definition):
		a.admit(o, definition)
		a.out.Emit(node.Event{Kind: node.OriginLearned, Subject: o, A: uint64(definition)})
		a.passResult(o) // which may have come first
	case !registered && known:
		a.checks.Unregister(a.now, o)
		a.table.Remove(a.now, o)
		a.out.Emit(node.Event{Kind: node.OriginForgotten, Subject: o})
		a.believe(o, health.Unknown)
		a.passResult(o) // which is an orphan now
	}
}

// registration returns by which definition an origin is to be checked; false if it is not. Of
// concurrent writes any registration counts before any removal: to check too much costs less than
// not to check.
func (a *Agent) registration(o uint32) (definition uint16, registered bool) {
	if s := a.read(origin.Registration(o), registers); s != nil {
		return s.Value.Definition()
	}
	if a.config.isConfigured(o) {
		return a.config.Configured[o], true
	}
	return 0, false
}

func registers(s *Sibling) bool { return s.Value != origin.Removed }

// admit has an origin checked and served by a definition from now on.
func (a *Agent) admit(o uint32, definition uint16) {
	d := &a.config.Health.Definitions[definition]
	a.checks.Register(a.now, o, definition)
	a.table.Add(a.now, o, d.Pool, d.Weight)
	a.serve(o, definition)
}

// serve tells the table whether requests should go to an origin. What nobody has judged yet is what
// its definition has it start as.
func (a *Agent) serve(o uint32, definition uint16) {
	status := a.beliefs[o]
	if status == health.Unknown {
		status = a.config.Health.Definitions[definition].Initial
	}
	a.table.Set(a.now, o, status != health.Unhealthy)
}

// known reports whether this server knows that an origin is to be checked.
func (a *Agent) known(o uint32) bool {
	_, known := a.checks.Known(o)
	return known
}
