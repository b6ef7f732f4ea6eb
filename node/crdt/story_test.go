package crdt

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// story plays event sequences on replicas A, B and C. The hooks are what a broken design does
// instead.
//
//	w(A)     A writes key k; w(A,x) key x. The values are the dots: a1, a2, ...
//	r(A)     A removes key k
//	p(A<-B)  A pulls from B
//	p1(A<-B) A pulls one entry from B
//	gc(A)    A collects, believing that all have seen what it has
//	crash(A) A loses all and comes back as a new life
type story struct {
	replicas []*testMap
	boots    [3]uint64

	pull    func(to, from *testMap)
	pullOne func(to, from *testMap)
	collect func(m *testMap)
	remove  func(m *testMap, key string)
	newBoot func(boot uint64) uint64
}

func newStory() *story {
	s := &story{
		pull:    func(to, from *testMap) { pull(to, from) },
		pullOne: func(to, from *testMap) { pullAtMost(1, to, from) },
		collect: func(m *testMap) { m.Collect(m.Versions()) },
		remove:  func(m *testMap, key string) { m.Remove(key) },
		newBoot: func(boot uint64) uint64 { return boot + 1 },
	}
	for id := range node.ID(3) {
		s.replicas = append(s.replicas, newReplica(id, 0))
	}
	return s
}

// play runs the events of a script.
func (s *story) play(script string) *story {
	for event := range strings.FieldsSeq(script) {
		verb, rest, _ := strings.Cut(strings.TrimSuffix(event, ")"), "(")
		subject, object, _ := strings.Cut(rest, "<-")
		name, key, named := strings.Cut(subject, ",")
		if !named {
			key = "k"
		}
		s.step(verb, int(name[0]-'A'), object, key)
	}
	return s
}

func (s *story) step(verb string, who int, object, key string) {
	m := s.replicas[who]
	switch verb {
	case "w":
		seq := strconv.FormatUint(m.Versions().Seq(m.self)+1, 10)
		m.Put(key, string(rune('a'+who))+seq)
	case "r":
		s.remove(m, key)
	case "p":
		s.pull(m, s.replicas[object[0]-'A'])
	case "p1":
		s.pullOne(m, s.replicas[object[0]-'A'])
	case "gc":
		s.collect(m)
	case "crash":
		s.boots[who] = s.newBoot(s.boots[who])
		s.replicas[who] = newReplica(node.ID(who), s.boots[who])
	default:
		panic("no such event: " + verb)
	}
}

// settle lets everybody pull from everybody until nothing can be on its way any more.
func (s *story) settle() *story {
	for range 3 {
		for _, to := range s.replicas {
			for _, from := range s.replicas {
				s.pull(to, from)
			}
		}
	}
	return s
}

// read returns what the replicas read under key, "-" for nothing.
func (s *story) read(key string) string {
	values := make([]string, len(s.replicas))
	for i, m := range s.replicas {
		values[i] = "-"
		if got, found := m.Get(key); found {
			values[i] = got.Value
		}
	}
	return strings.Join(values, " ")
}

// requireConverged demands equal replicas that read the given value under key.
func (s *story) requireConverged(t *testing.T, key, value string) {
	t.Helper()
	for _, m := range s.replicas {
		requireSound(t, m)
		requireSame(t, s.replicas[0], m)
	}
	require.Equal(t, value+" "+value+" "+value, s.read(key))
}

// requireLost demands the damage: equal version vectors, so that nothing will ever be sent, and
// these different readings of key.
func (s *story) requireLost(t *testing.T, key, readings string) {
	t.Helper()
	for _, m := range s.replicas {
		require.Equal(t, Equal, m.Versions().Compare(s.replicas[0].Versions()))
	}
	require.Equal(t, readings, s.read(key))
}
