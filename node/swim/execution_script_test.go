package swim

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// A script is an execution in text: lines that begin with "> " are commands, the indented lines
// below each are what came of it, everything else is for the reader. An actor is named by the ID it
// uses, and a letter if another uses it too: "2b".
//
//	config PRESET [FIELD=VALUE ...]  begins with nobody there; the seed of all is 0
//	start ACTOR ...                  new processes, without a disk
//	restart ACTOR [nodisk]           one that has crashed or left
//	crash ACTOR ...                  loses all but its disk
//	pause ACTOR ...                  does not get to run until it resumes, and then catches up: first
//	resume ACTOR ...                 on its alarms, then on what was sent to it
//	leave ACTOR ...                  says goodbye and stays to answer pings
//	describe ACTOR TEXT              gives it metadata
//	broadcast ACTOR TEXT             makes it tell all
//	drop FROM->TO [KIND ...]         loses packets from now on, with => on streams; * is anybody
//	cut ACTOR ... | ACTOR ...        keeps both sides from reaching each other
//	heal                             undoes all drops and cuts
//	forge FROM->TO STATE ID@INCARNATION [by ID]    delivers gossip that FROM never sent
//	show all | events | nothing | KIND ... [with ID]
//	                                 says what of the packets is told, besides the events
//	run SPAN                         lets time pass
//	until TEXT                       lets it pass up to the event with this text, at most 10 minutes
//	views ID ...                     tells who holds the member to be what
//	minds ACTOR ...                  tells its local health, and whom it suspects until when
type script struct {
	*stage
	t    *testing.T
	text strings.Builder
	told filter
}

// play runs a script and returns it with the output that its commands have.
func play(t *testing.T, text string) string {
	s := &script{t: t}
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "  ") {
			continue
		}
		s.text.WriteString(line)
		if command, is := strings.CutPrefix(line, "> "); is {
			words := strings.Fields(command)
			s.obey(words[0], words[1:])
		}
	}
	return s.text.String()
}

func (s *script) obey(command string, words []string) {
	switch command {
	case "config":
		s.configure(words)
	case "start", "restart", "crash", "pause", "resume", "leave":
		s.direct(command, words)
	case "describe", "broadcast":
		s.speak(command, s.actor(words[0]), strings.Join(words[1:], " "))
	case "drop":
		s.drop(words[0], words[1:])
	case "cut":
		s.cut(words)
	case "heal":
		s.rules = nil
	case "forge":
		s.forgeClaim(words)
	case "show":
		s.told = parseFilter(words)
	case "run":
		span, err := time.ParseDuration(words[0])
		require.NoError(s.t, err)
		s.run(span)
	case "until":
		s.until(strings.Join(words, " "))
	case "views", "minds":
		s.inspect(command, words)
	default:
		s.t.Fatalf("no command %q", command)
	}
}

func (s *script) configure(words []string) {
	config, err := Preset(words[0])
	require.NoError(s.t, err)
	config.Seeds = []node.ID{0}
	for _, word := range words[1:] {
		name, value, _ := strings.Cut(word, "=")
		field := reflect.ValueOf(&config).Elem().FieldByName(name)
		require.True(s.t, field.IsValid(), "no field %q", name)
		field.Set(reflect.ValueOf(s.parseAs(field.Interface(), value)))
	}
	s.stage = newStage(s.t, config, 1)
	s.onSend, s.onEvent = s.tellSend, s.tellEvent
}

// parseAs parses a value of the type that like has.
func (s *script) parseAs(like any, text string) (value any) {
	var err error
	switch like.(type) {
	case bool:
		value, err = strconv.ParseBool(text)
	case int:
		value, err = strconv.Atoi(text)
	case time.Duration:
		value, err = time.ParseDuration(text)
	default:
		s.t.Fatalf("no value of type %T in a script", like)
	}
	require.NoError(s.t, err)
	return value
}

// direct starts and stops actors.
func (s *script) direct(command string, words []string) {
	disk := words[len(words)-1] != "nodisk"
	for _, word := range words {
		if word == "nodisk" {
			continue
		}
		a := s.actor(word)
		switch command {
		case "start":
			s.start(a, nil)
		case "restart":
			s.restart(a, disk)
		case "crash":
			s.crash(a)
		case "pause":
			a.asleep = true
		case "resume":
			s.wake(a)
		case "leave":
			s.do(a, func(m *Swim, out *effects) { m.Leave(s.now, out) })
		}
	}
}

func (s *script) speak(command string, a *actor, text string) {
	s.do(a, func(m *Swim, out *effects) {
		if command == "describe" {
			require.NoError(s.t, m.Describe(s.now, []byte(text), out))
			return
		}
		require.True(s.t, m.Broadcast(s.now, []byte(text), out))
	})
}

// drop adds the rule "FROM->TO KIND ...".
func (s *script) drop(link string, kinds []string) {
	stream := strings.Contains(link, "=>")
	from, to, found := strings.Cut(strings.Replace(link, "=>", "->", 1), "->")
	require.True(s.t, found, "no link in %q", link)
	s.rules = append(s.rules, func(p packet, receiver *actor) bool {
		return p.stream == stream && (from == "*" || from == p.from.name) &&
			(to == "*" || to == receiver.name) &&
			(len(kinds) == 0 || slices.Contains(kinds, p.kind()))
	})
}

// cut adds the rule that nothing goes from one side of the "|" to the other.
func (s *script) cut(words []string) {
	bar := slices.Index(words, "|")
	require.Positive(s.t, bar, "two sides, with a | between them")
	s.rules = append(s.rules, s.between(words[:bar], words[bar+1:]))
}

func (s *script) forgeClaim(words []string) {
	from, to, _ := strings.Cut(words[0], "->")
	m := &Message{Kind: Gossip}
	m.add(s.parseClaim(words[1:]), nil)
	p := packet{from: &actor{name: from, id: s.parseID(from)}, to: s.parseID(to), m: m}
	s.send(p)
}

// parseClaim parses "STATE ID@GENERATION.REFUTATIONS [by ID]".
func (s *script) parseClaim(words []string) Update {
	name, incarnation, _ := strings.Cut(words[1], "@")
	u := Update{
		Member: s.parseID(name), State: State(slices.Index(stateNames[:], words[0])),
		From: s.parseID(name), Incarnation: s.parseIncarnation(incarnation),
	}
	if len(words) > 2 {
		u.From = s.parseID(words[3])
	}
	return u
}

func (s *script) parseIncarnation(text string) Incarnation {
	generation, refutations, _ := strings.Cut(text, ".")
	g, err := strconv.ParseUint(generation, 10, 64-refutationBits)
	require.NoError(s.t, err)
	r, err := strconv.ParseUint(refutations, 10, refutationBits)
	require.NoError(s.t, err)
	return incarnationOf(g) + Incarnation(r)
}

// until runs up to an event; one that never comes fails the script.
func (s *script) until(text string) {
	seen := len(s.history)
	came := func() bool {
		for ; seen < len(s.history); seen++ {
			if strings.Contains(eventLine(s.history[seen].by, s.history[seen].event), text) {
				return true
			}
		}
		return false
	}
	require.True(s.t, s.runUntil(10*time.Minute, came), "never: %s", text)
}
