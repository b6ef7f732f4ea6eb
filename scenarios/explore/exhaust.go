package explore

// Bounds says where to stop.
type Bounds struct {
	// Events is the greatest number of events in an execution, 0 for any.
	Events int
	// States is how many distinct states to look at before giving up, 0 for any number. A state
	// costs about 60 bytes; there is no room for more than 2^32.
	States int
}

// Exhaust looks at every state that the model can reach within bounds, nearest first, until one
// violates Check: then no shorter execution violates it.
func Exhaust[S any, E comparable](model Model[S, E], bounds Bounds) Result[E] {
	x := &exploration[S, E]{
		model: model, bounds: bounds,
		seen: make(map[Key]struct{}), trail: newTrail[E](), at: model.begin(),
	}
	x.run()
	x.result.States = len(x.trail.steps)
	return x.result
}

// exploration is one call of [Exhaust].
type exploration[S any, E comparable] struct {
	model   Model[S, E]
	bounds  Bounds
	seen    map[Key]struct{}
	trail   trail[E]
	at      history[S, E] // of the state at hand
	way     []E           // memory for visit
	enabled []E           // memory for expand
	result  Result[E]
}

// run works level by level. A level is a range of numbers, for states are numbered as they are met.
func (x *exploration[S, E]) run() {
	x.seen[x.model.Key(x.model.Initial)] = struct{}{}
	if !x.judge() {
		return
	}
	first, end := 0, 1
	for x.bounds.Events == 0 || x.result.Depth < x.bounds.Events {
		for state := first; state < end; state++ {
			if !x.expand(uint32(state)) {
				return
			}
		}
		if first, end = end, len(x.trail.steps); first == end {
			x.result.Finite = true
			break
		}
		x.result.Depth++
	}
	x.result.Complete = true
}

// expand takes all steps from the given state. It returns false if there is nothing more to do.
func (x *exploration[S, E]) expand(state uint32) bool {
	x.visit(state)
	depth := len(x.at.events)
	x.enabled = x.model.Events(x.at.last(), x.enabled[:0])
	for _, event := range x.enabled {
		x.result.Transitions++
		x.model.extend(&x.at, event)
		if !x.judge() || !x.meet(state, event) {
			return false
		}
		x.at.cut(depth)
	}
	return true
}

// meet takes up the state at hand, which is one event after parent. It returns false if it is new
// and there is no room for it.
func (x *exploration[S, E]) meet(parent uint32, event E) bool {
	key := x.model.Key(x.at.last())
	if _, known := x.seen[key]; known {
		return true
	}
	if len(x.trail.steps) == x.bounds.States {
		return false
	}
	x.seen[key] = struct{}{}
	x.trail.add(parent, event)
	return true
}

// visit makes a state again. Neighbours share most of their histories, so that is about one event.
func (x *exploration[S, E]) visit(state uint32) {
	x.way = x.trail.to(state, x.way[:0])
	shared := 0
	for shared < len(x.at.events) && x.at.events[shared] == x.way[shared] {
		shared++
	}
	x.at.cut(shared)
	for _, event := range x.way[shared:] {
		x.model.extend(&x.at, event)
	}
}

// judge checks the state at hand.
func (x *exploration[S, E]) judge() bool {
	err := x.model.Check(x.at.states, x.at.events)
	if err != nil {
		x.result.Violation = err
		x.result.Counterexample = append([]E{}, x.at.events...)
	}
	return err == nil
}
