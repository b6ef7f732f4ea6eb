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

// universe runs a plan on real replicas and on the specification and compares them at every step.
type universe struct {
	t        require.TestingT
	keys     []string
	replicas []*testMap
	boots    []uint64
	present  []bool
	spec     *spec
	requests []inquiry
	answers  []answer
	states   map[uint64]uint64 // StateHash by VersionHash, over all replicas and all time
	reached  situations
}

type inquiry struct {
	from, to, limit int
	since           CausalContext
}

type answer struct {
	to    int
	delta testDelta
	sees  map[Dot]bool // what of the sender's writes it brings
}

func newUniverse(t require.TestingT, replicas int) *universe {
	u := &universe{
		t: brisk{t}, keys: testKeys, spec: newSpec(replicas), boots: make([]uint64, replicas),
		states: map[uint64]uint64{},
	}
	for who := range replicas {
		u.replicas, u.present = append(u.replicas, nil), append(u.present, true)
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
	who, other := e.a%len(u.replicas), e.b%len(u.replicas)
	switch e.kind {
	case evWrite:
		u.put(who, u.keys[e.b%len(u.keys)])
	case evRemove:
		u.remove(who, u.keys[e.b%len(u.keys)])
	case evAsk:
		u.requests = append(u.requests, u.inquiry(who, other, e.b%3))
	case evAnswer:
		if len(u.requests) > 0 {
			u.answers = append(u.answers, u.answer(u.requests[e.a%len(u.requests)]))
		}
	case evDeliver:
		if len(u.answers) > 0 {
			u.deliver(u.answers[e.a%len(u.answers)])
		}
	case evPull:
		u.deliver(u.answer(u.inquiry(who, other, 0)))
	case evTake:
		u.deliver(u.answer(u.inquiry(who, other, 1)))
	case evPush:
		u.push(who, other)
	case evDrop:
		if len(u.answers) > 0 {
			i := e.a % len(u.answers)
			u.answers = slices.Delete(u.answers, i, i+1)
		}
	case evCrash:
		u.boot(who)
	case evMeet:
		u.meet()
		for i := range u.replicas {
			u.collect(i)
		}
	case evCollect:
		u.collect(who)
	case evLeave:
		u.present[who] = !u.present[who]
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

func (u *universe) inquiry(who, other, limit int) inquiry {
	return inquiry{who, other, limit, *contextOf(u.replicas[who])}
}

// answer demands that the answer holds exactly what the request lacks, as far as it goes.
func (u *universe) answer(r inquiry) answer {
	m, sees := u.replicas[r.to], u.spec.sees[r.to]
	a := answer{to: r.from, sees: maps.Clone(sees)}
	m.Answer(&r.since, r.limit, &a.delta)
	keys := keysOf(&a.delta)
	if a.delta.Whole {
		u.reached.returns++
		require.False(u.t, r.since.Vector.CoversAll(m.Horizon()) &&
			!m.retiredShortOf(r.since.Vector))
		return a
	}
	lacking := u.spec.lacking(&r.since, sees)
	if r.limit > 0 && len(lacking) > r.limit && r.since.Vector.CoversAll(m.retirements()) {
		u.reached.cuts++
		lacking = lacking[:r.limit]
		a.sees = u.spec.of(lacking, sees)
	} else {
		require.Equal(u.t, *m.Versions(), a.delta.Versions)
	}
	require.Equal(u.t, lacking, keys)
	return a
}

func keysOf(delta *testDelta) (keys []string) {
	for _, e := range delta.Entries {
		keys = append(keys, e.Key)
	}
	return keys
}

// push sends the last write of a replica alone.
func (u *universe) push(from, to int) {
	m, a := u.replicas[from], answer{to: to}
	if seq := m.Versions().Seq(m.self); seq > 0 {
		key := u.spec.writes[Dot{m.self, seq}].key
		m.Mutation(key, &a.delta)
		a.sees = u.spec.of([]string{key}, u.spec.sees[from])
		u.deliver(a)
	}
}

// deliver demands that the answer is applied if the replica still has what it asked with and no
// life has ended meanwhile, and is not if it has not or the sender's has; and that the keys
// reported as changed are those of which it saw new writes, but for those of which nothing is left.
func (u *universe) deliver(a answer) {
	m, sees := u.replicas[a.to], u.spec.sees[a.to]
	before := contextOf(m)
	news := u.spec.keysOf(a.sees, sees)
	stale := before.Vector.supersedes(a.delta.From)
	var changed []string
	applied := m.Apply(&a.delta, func(key string) { changed = append(changed, key) })
	if applied {
		require.True(u.t, before.Vector.CoversAll(&a.delta.Since.Vector) && !stale)
		readable := u.changes(sees, a.sees)
		maps.Copy(sees, a.sees)
		slices.Sort(changed)
		require.Subset(u.t, news, changed)
		require.Subset(u.t, changed, readable)
		require.True(u.t, a.delta.Whole || len(news) == len(changed))
		require.True(u.t, m.Versions().CoversAll(&a.delta.Versions))
	} else {
		require.True(u.t, stale || !before.CoversAll(&a.delta.Since) ||
			retires(before.Vector) || retires(a.delta.Versions))
		require.Equal(u.t, before, contextOf(m), "a refusal changes nothing")
	}
	u.reached.noteDelivery(applied, len(news))
	u.check(a.to)
}

// changes returns the keys that read differently once more is seen.
func (u *universe) changes(sees, more map[Dot]bool) (keys []string) {
	union := maps.Clone(sees)
	maps.Copy(union, more)
	for _, key := range u.keys {
		if !slices.Equal(u.spec.siblings(key, sees), u.spec.siblings(key, union)) {
			keys = append(keys, key)
		}
	}
	return keys
}

func retires(v VersionVector) bool {
	return slices.ContainsFunc(v, func(dot Dot) bool { return dot.Seq == Retired })
}

// check compares a replica with the specification and demands that replicas that have seen the same
// have equal states, now and whenever they had.
func (u *universe) check(who int) {
	m, sees := u.replicas[who], u.spec.sees[who]
	u.checkSeen(m, sees)
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
	require.True(u.t, !known || state == m.StateHash(), "the same seen, different states")
	u.states[m.VersionHash()] = m.StateHash()
}

// checkSeen demands that a replica has seen what its vector says, and that the rest is its cloud:
// all of it that is the newest of its actor for a key, and perhaps what that replaced.
func (u *universe) checkSeen(m *testMap, sees map[Dot]bool) {
	seen := contextOf(m)
	for dot := range u.spec.writes {
		if seen.Vector.Covers(dot) && seen.Vector.Seq(dot.Actor) != Retired {
			require.True(u.t, sees[dot], "%v is covered, but unseen", dot)
		}
	}
	for _, dot := range u.spec.newest(sees) {
		require.True(u.t, seen.Covers(dot), "%v is seen, but not covered", dot)
	}
	for _, dot := range seen.Cloud {
		require.True(u.t, sees[dot], "%v is in the cloud, but unseen", dot)
	}
	require.True(u.t, seen.valid())
	u.reached.noteCloud(len(seen.Cloud))
}

// The model test: {write, remove, ask, answer, deliver, drop, duplicate, cut short, push, crash,
// collect, leave and return} against the specification, at every step and once more when everything
// has got everywhere. 100 plans of 120 events.
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
	reached.requireAll(t)
}
