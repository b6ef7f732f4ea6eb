package scenarios

import (
	"slices"
	"time"

	"butterfly/sim/rng"
)

// Maps returns the scenarios of the map alone.
func Maps() []Scenario {
	return []Scenario{
		mapSteady(), mapStorm(), mapRemovals(), mapRestarts(), mapTruncated(),
		mapPush(), mapPushPull(), mapIdle(),
	}
}

// replicas is what the scenarios of the map alone start from: a pull a second, with each server's
// rounds at another moment, in the data centre of the clusters.
func replicas(name string, duration time.Duration) Scenario {
	return Scenario{
		Name: name, Servers: 32, Duration: Span(duration), Latency: dataCentre(name).Latency,
		Replicas: &Replicas{
			Keys: 2000, Writes: 50, Mode: Pull, Fanout: 1, Period: Span(time.Second), Timer: Phased,
			Collect: true,
		},
		paced: true,
	}
}

func mapSteady() Scenario {
	s := replicas("map-steady", 3*time.Minute)
	s.About = "the map alone: 50 writes a second on 32 servers, and nothing goes wrong"
	s.Proves = "what was written is everywhere soon, and what was seen is never lost"
	return s
}

func mapStorm() Scenario {
	s := replicas("map-storm", 6*time.Minute)
	s.About = "the map alone through a storm: partitions, restarts, pauses, loss"
	s.Proves = "replicas that have seen the same are the same, and after the storm all are"
	s.Replicas.RemovalsPPM = rng.Percent(10)
	s.Storm = &Storm{
		From: Span(30 * time.Second), To: Span(4 * time.Minute),
		Crashes: 8, Pauses: 4, Blocks: 2, Partitions: 3, Losses: 2, LossPPM: rng.Percent(10),
	}
	return s
}

// mapRemovals cuts servers off for longer than a sweep takes: both sides collect without the other.
func mapRemovals() Scenario {
	s := replicas("map-removals", 20*time.Minute)
	s.About = "the map alone: half the writes are removals, and a few servers are cut off for long"
	s.Proves = "tombstones are collected, and who returns from before that brings nothing back"
	s.Replicas.Writes, s.Replicas.RemovalsPPM = 4, rng.Percent(50)
	s.Faults = slices.Concat(
		cutOff(time.Minute, 7*time.Minute, 0), cutOff(9*time.Minute, 7*time.Minute, 1, 2, 3))
	return s
}

// mapRestarts is years of restarts in five hours: to a server one is as good as a day if that is
// how long it takes until all has been written anew.
func mapRestarts() Scenario {
	s := replicas("map-restarts", 5*time.Hour)
	s.About = "the map alone: 8 servers restart, and lose their memory, again and again"
	s.Proves = "lives that are over are retired: version vectors do not grow with the years"
	s.Servers, s.Replicas.Keys, s.Replicas.Writes = 8, 100, 1
	s.Storm = &Storm{From: Span(30 * time.Second), To: Span(295 * time.Minute), Crashes: 500}
	return s
}

func mapTruncated() Scenario {
	s := replicas("map-truncated", 12*time.Minute)
	s.About = "the map alone: answers are cut short after 8 entries, and packets get lost"
	s.Proves = "an answer that is cut short hides nothing of what was cut off"
	s.Replicas.Keys, s.Replicas.Writes, s.Replicas.Limit = 500, 2, 8
	s.LossPPM = rng.Percent(5)
	s.Storm = &Storm{
		From: Span(30 * time.Second), To: Span(3 * time.Minute), Crashes: 4, Partitions: 1,
	}
	return s
}

func mapPush() Scenario {
	s := inMode("map-push", Push)
	s.About = "map-storm with news that is pushed: who has some offers it"
	return s
}

func mapPushPull() Scenario {
	s := inMode("map-push-pull", PushPull)
	s.About = "map-storm with news that travels both ways in one contact"
	return s
}

// inMode is [mapStorm] with another way for news to travel.
func inMode(name string, mode Mode) Scenario {
	s := mapStorm()
	s.Name, s.Proves = name, "it makes no difference to the map which way news travels"
	s.Replicas.Mode = mode
	return s
}

func mapIdle() Scenario {
	s := replicas("map-idle64", 3*time.Minute)
	s.About = "the map alone: 64 servers that have nothing new to say after the start"
	s.Proves = "asking for news when there is none weighs less than 1.5 KiB"
	s.Servers, s.Replicas.Writes = 64, 0
	return s
}
