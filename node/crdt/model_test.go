package crdt

import (
	"maps"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/sim/rng"
)

// event is one step of a drawn plan. Operands are reduced modulo what there is to choose from, so
// that any subset of a plan is a plan and rapid can shrink it.
type event struct {
	kind eventKind
	a, b int
}

type eventKind int

const (
	evWrite eventKind = iota
	evRemove
	evAsk     // a's request to b is on its way
	evAnswer  // request a arrives; it stays, and may arrive again
	evDeliver // answer a arrives; it stays, and may arrive again
	evPull    // a pulls from b, all at once
	evDrop    // answer a is lost
	evCrash   // a loses all and comes back as a new life
)

var testKeys = []string{"k", "l", "m"}

func drawPlan(t *rapid.T, length int) []event {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) event {
		// Weights: a plan of mostly crashes would never exchange anything.
		kind := rapid.SampledFrom([]eventKind{
			evWrite, evWrite, evRemove, evAsk, evAsk, evAnswer, evAnswer, evDeliver, evDeliver,
			evPull, evPull, evPull, evDrop, evCrash,
		}).Draw(t, "kind")
		return event{kind, rapid.IntRange(0, 11).Draw(t, "a"), rapid.IntRange(0, 11).Draw(t, "b")}
	}), length, length).Draw(t, "plan")
}

// universe runs a plan on real replicas and on the specification and compares them at every step.
type universe struct {
	t        require.TestingT
	keys     []string
	replicas []*testMap
	boots    []uint64
	spec     *spec
	requests []request
	answers  []answer
	states   map[uint64]uint64 // StateHash by VersionHash, over all replicas and all time
	reached  situations
}

// situations counts what a plan reached that matters; among it keys with several siblings, with
// more than two, and with slots that do not fit into their entries.
type situations struct {
	conflicts, crowds, overflows int
	removals, refusals, repeats  int
}

type request struct {
	from, to int
	since    VersionVector
}

type answer struct {
	to    int
	delta testDelta
	sees  map[Dot]bool // what the sender saw
}

func newUniverse(t require.TestingT, replicas int) *universe {
	u := &universe{
		t: t, keys: testKeys, spec: newSpec(replicas), boots: make([]uint64, replicas),
		states: map[uint64]uint64{},
	}
	for who := range replicas {
		u.replicas = append(u.replicas, nil)
		u.boot(who)
	}
	return u
}

func (u *universe) boot(who int) {
	u.boots[who]++
	config := testConfig()
	config.Priority = hashedPriority
	u.replicas[who] = New(NewActor(node.ID(who), u.boots[who]), config)
	u.spec.sees[who] = map[Dot]bool{}
}

// hashedPriority is another order of the writers for each key.
func hashedPriority(key string, writer node.ID) uint64 {
	return rng.Mix(hashText(key) ^ rng.Mix(uint64(writer)))
}

func (u *universe) run(plan []event) *universe {
	for _, e := range plan {
		u.step(e)
	}
	return u
}

func (u *universe) step(e event) {
	who := e.a % len(u.replicas)
	switch e.kind {
	case evWrite:
		u.put(who, u.keys[e.b%len(u.keys)])
	case evRemove:
		u.remove(who, u.keys[e.b%len(u.keys)])
	case evAsk:
		since := u.replicas[who].Versions().Clone()
		u.requests = append(u.requests, request{who, e.b % len(u.replicas), since})
	case evAnswer:
		if len(u.requests) > 0 {
			u.answers = append(u.answers, u.answer(u.requests[e.a%len(u.requests)]))
		}
	case evDeliver:
		if len(u.answers) > 0 {
			u.deliver(u.answers[e.a%len(u.answers)])
		}
	case evPull:
		from := e.b % len(u.replicas)
		u.deliver(u.answer(request{who, from, u.replicas[who].Versions().Clone()}))
	case evDrop:
		if len(u.answers) > 0 {
			i := e.a % len(u.answers)
			u.answers = slices.Delete(u.answers, i, i+1)
		}
	case evCrash:
		u.boot(who)
	}
}

func (u *universe) put(who int, key string) {
	value := strconv.Itoa(len(u.spec.writes))
	dot := u.replicas[who].Put(key, value)
	require.NotContains(u.t, u.spec.writes, dot, "a dot is one write")
	u.spec.write(who, dot, specWrite{key: key, value: value})
	u.check(who)
}

func (u *universe) remove(who int, key string) {
	present := len(u.spec.siblings(key, u.spec.sees[who])) > 0
	dot, removed := u.replicas[who].Remove(key)
	require.Equal(u.t, present, removed)
	if removed {
		u.reached.removals++
		require.NotContains(u.t, u.spec.writes, dot, "a dot is one write")
		u.spec.write(who, dot, specWrite{key: key, removal: true})
	}
	u.check(who)
}

// answer demands that the answer holds exactly what the request lacks.
func (u *universe) answer(r request) answer {
	a := answer{to: r.from, sees: maps.Clone(u.spec.sees[r.to])}
	u.replicas[r.to].Answer(&r.since, &a.delta)
	var keys []string
	for _, e := range a.delta.Entries {
		keys = append(keys, e.Key)
	}
	slices.Sort(keys)
	require.Equal(u.t, u.spec.keysBeyond(&r.since, a.sees), keys)
	return a
}

// deliver demands that the answer is applied if and only if the replica still has what it asked
// with, and that the keys reported as changed are those of which it saw new writes.
func (u *universe) deliver(a answer) {
	before := u.replicas[a.to].Versions().Clone()
	news := u.spec.keysBeyond(&before, a.sees)
	var changed []string
	applied := u.replicas[a.to].Apply(&a.delta, func(key string) { changed = append(changed, key) })
	require.Equal(u.t, before.CoversAll(&a.delta.Since), applied)
	if !applied {
		u.reached.refusals++
	} else {
		if len(news) == 0 {
			u.reached.repeats++
		}
		maps.Copy(u.spec.sees[a.to], a.sees)
		slices.Sort(changed)
		require.Equal(u.t, news, changed)
	}
	u.check(a.to)
}

// check compares a replica with the specification and demands that replicas with equal version
// vectors have equal states, now and whenever they had that vector.
func (u *universe) check(who int) {
	m, sees := u.replicas[who], u.spec.sees[who]
	require.Equal(u.t, u.spec.versions(sees), append(VersionVector(nil), *m.Versions()...))
	live := 0
	for _, key := range u.keys {
		expected := u.spec.siblings(key, sees)
		u.reached.note(m, key, len(expected))
		require.Equal(u.t, expected, append([]Sibling[string](nil), m.Siblings(key)...))
		got, found := m.Get(key)
		require.Equal(u.t, len(expected) > 0, found)
		if found {
			live++
			priority := func(writer node.ID) uint64 { return hashedPriority(key, writer) }
			require.Equal(u.t, u.spec.resolve(expected, priority), got)
		}
	}
	require.Equal(u.t, live, m.Len())
	requireSound(u.t, m)
	state, known := u.states[m.VersionHash()]
	require.True(u.t, !known || state == m.StateHash(), "equal versions, different states")
	u.states[m.VersionHash()] = m.StateHash()
}

// The model test: {write, remove, ask, answer, deliver, drop, duplicate, crash} against the
// specification, at every step and once more when everything has got everywhere. 100 plans of 120
// events.
func TestAgainstSpecification(t *testing.T) {
	var reached situations
	rapid.Check(t, func(t *rapid.T) {
		u := newUniverse(t, rapid.IntRange(2, 6).Draw(t, "replicas"))
		u.keys = testKeys[:rapid.IntRange(1, len(testKeys)).Draw(t, "keys")]
		u.run(drawPlan(t, 120))
		reached.add(u.reached)
		converge(u.replicas)
		for _, m := range u.replicas {
			requireSound(t, m)
			requireSame(t, u.replicas[0], m)
		}
	})
	// A set of plans that misses one of these proves less than it seems to.
	require.Positive(t, reached.conflicts)
	require.Positive(t, reached.crowds)
	require.Positive(t, reached.overflows)
	require.Positive(t, reached.removals)
	require.Positive(t, reached.refusals)
	require.Positive(t, reached.repeats)
}

// note counts what one key with so many siblings is an example of.
func (s *situations) note(m *testMap, key string, siblings int) {
	count := func(counter *int, reached bool) {
		if reached {
			*counter++
		}
	}
	count(&s.conflicts, siblings > 1)
	count(&s.crowds, siblings > 2)
	if f, known := m.find(key); known {
		count(&s.overflows, m.entries[f.place].size > fewSlots)
	}
}

func (s *situations) add(other situations) {
	s.conflicts += other.conflicts
	s.crowds += other.crowds
	s.overflows += other.overflows
	s.removals += other.removals
	s.refusals += other.refusals
	s.repeats += other.repeats
}
