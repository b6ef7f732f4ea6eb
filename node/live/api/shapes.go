package api

import (
	"fmt"
	"time"

	"butterfly/node/live/view"
)

// The shapes of the JSON API. They are types of their own, so that what programs depend on changes
// on purpose only.

type nodeShape struct {
	Name        string    `json:"name"`
	Address     string    `json:"address"`
	API         string    `json:"api"`
	Label       string    `json:"label"`
	Build       string    `json:"build"`
	Number      uint32    `json:"number"`
	Generation  uint64    `json:"generation"`
	Started     time.Time `json:"started"`
	Now         time.Time `json:"now"`
	Ready       bool      `json:"ready"`
	Leaving     bool      `json:"leaving"`
	NetworkLost bool      `json:"network_lost"`
	Members     int       `json:"members"`
	Origins     int       `json:"origins"`
	Checking    int       `json:"checking"`
	Healthy     int       `json:"healthy"`
	Unhealthy   int       `json:"unhealthy"`
	Unknown     int       `json:"unknown"`
}

func shapeNode(o view.Overview) nodeShape {
	return nodeShape{
		Name: o.Name, Address: o.Address, API: o.API, Label: o.Label, Build: o.Build,
		Number: o.Number, Generation: o.Generation, Started: o.Started, Now: o.Now,
		Ready: o.Ready, Leaving: o.Leaving, NetworkLost: o.NetworkLost, Members: o.Members,
		Origins: o.Origins, Checking: o.Checking,
		Healthy: o.Healthy, Unhealthy: o.Unhealthy, Unknown: o.Unknown,
	}
}

type memberShape struct {
	Name        string    `json:"name,omitempty"`
	Address     string    `json:"address,omitempty"`
	API         string    `json:"api,omitempty"`
	Number      uint32    `json:"number"`
	State       string    `json:"state"`
	Generation  uint64    `json:"generation"`
	Refutations uint32    `json:"refutations"`
	Since       time.Time `json:"since,omitzero"`
	Self        bool      `json:"self"`
}

func shapeMember(m view.Member) memberShape { return memberShape(m) }

type serviceShape struct {
	Name      string `json:"name"`
	Check     string `json:"check"`
	Origins   int    `json:"origins"`
	Healthy   int    `json:"healthy"`
	Unhealthy int    `json:"unhealthy"`
	Unknown   int    `json:"unknown"`
	Routed    int    `json:"routed"`
	FailsOpen bool   `json:"fails_open"`
}

func shapeService(s view.Service) serviceShape { return serviceShape(s) }

type originShape struct {
	Service  string    `json:"service"`
	Target   string    `json:"target"`
	Weight   uint16    `json:"weight"`
	Status   string    `json:"status"`
	Since    time.Time `json:"since,omitzero"`
	Routed   bool      `json:"routed"`
	Checker  string    `json:"checker,omitempty"`
	Checking bool      `json:"checking"`
}

func shapeOrigin(o view.Origin) originShape {
	return originShape{
		Service: o.Service, Target: o.Target, Weight: o.Weight, Status: o.Status, Since: o.Since,
		Routed: o.Routed, Checker: o.Checker, Checking: o.Checking,
	}
}

type detailShape struct {
	originShape
	Check     string        `json:"check"`
	Ranking   []rankedShape `json:"ranking"`
	History   []changeShape `json:"history"`
	LastProbe *probeShape   `json:"last_probe,omitempty"`
}

type rankedShape struct {
	Server string `json:"server"`
	Rank   int    `json:"rank"`
	Score  string `json:"score"`
	Claims bool   `json:"claims"`
}

type changeShape struct {
	At      time.Time `json:"at"`
	Status  string    `json:"status"`
	Checker string    `json:"checker,omitempty"`
}

type probeShape struct {
	At      time.Time `json:"at"`
	Outcome string    `json:"outcome"`
	Took    int64     `json:"took_ms"`
	Detail  string    `json:"detail"`
}

func shapeDetail(d view.Detail) detailShape {
	shaped := detailShape{
		originShape: shapeOrigin(d.Origin), Check: d.Check,
		Ranking: shapeAll(d.Ranking, shapeRanked), History: shapeAll(d.History, shapeChange),
	}
	if p := d.LastProbe; p != nil {
		shaped.LastProbe = &probeShape{p.At, p.Outcome, p.Took.Milliseconds(), p.Detail}
	}
	return shaped
}

func shapeRanked(r view.Ranked) rankedShape {
	return rankedShape{r.Server, r.Rank, hexadecimal(r.Score), r.Claims}
}

func shapeChange(c view.Change) changeShape { return changeShape(c) }

type mapShape struct {
	Keys        int            `json:"keys"`
	VersionHash string         `json:"version_hash"`
	StateHash   string         `json:"state_hash"`
	Versions    []versionShape `json:"versions"`
}

type versionShape struct {
	Server     string `json:"server"`
	Generation uint64 `json:"generation"`
	Seq        uint64 `json:"seq"`
}

func shapeMap(m view.Map) mapShape {
	return mapShape{
		m.Keys, hexadecimal(m.VersionHash), hexadecimal(m.StateHash), shapeAll(m.Versions, shapeVersion),
	}
}

func shapeVersion(v view.Version) versionShape { return versionShape(v) }

// eventShape is the data of a message of the event stream.
type eventShape struct {
	At      time.Time `json:"at"`
	Kind    string    `json:"kind"`
	Member  string    `json:"member,omitempty"`
	Service string    `json:"service,omitempty"`
	Target  string    `json:"target,omitempty"`
	Detail  string    `json:"detail,omitempty"`
}

func shapeEvent(e view.Event) eventShape { return eventShape(e) }

// shapeAll shapes each of a list. An empty one is [] in JSON, never null.
func shapeAll[V, S any](values []V, shape func(V) S) []S {
	shaped := make([]S, 0, len(values))
	for _, v := range values {
		shaped = append(shaped, shape(v))
	}
	return shaped
}

func hexadecimal(hash uint64) string { return fmt.Sprintf("%016x", hash) }
