//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/stretchr/testify/require"
)

var client = &http.Client{Timeout: 2 * time.Second}

// get returns the answer of the API, empty if there is none.
func (p *process) get(path string) string {
	response, err := client.Get("http://" + p.api + path)
	if err != nil {
		return ""
	}
	defer func() { _ = response.Body.Close() }()
	text, _ := io.ReadAll(response.Body)
	return string(text)
}

// put registers an origin, and returns the status of the answer, 0 for none.
func (p *process) put(path string) (status int) {
	request, err := http.NewRequest(http.MethodPut, "http://"+p.api+path, nil)
	require.NoError(p.t, err)
	response, err := client.Do(request)
	if err != nil {
		return 0
	}
	defer func() { _ = response.Body.Close() }()
	return response.StatusCode
}

// await waits until the API's answer has all of the words in it.
func (p *process) await(path string, words ...string) {
	p.t.Helper()
	within(p.t, patience, func() error {
		text := p.get(path)
		for _, w := range words {
			if !strings.Contains(text, w) {
				return fmt.Errorf("%s says at %s, without %s: %s", p.name, path, w, text)
			}
		}
		return nil
	})
}

// awaitMembers waits until the members that are alive are these.
func (p *process) awaitMembers(names ...string) {
	p.t.Helper()
	within(p.t, patience, func() error {
		var alive []string
		for _, m := range p.members() {
			if m.State == "alive" {
				alive = append(alive, m.Name)
			}
		}
		slices.Sort(alive)
		if !slices.Equal(alive, slices.Sorted(slices.Values(names))) {
			return fmt.Errorf("%s takes %v to be alive, expected %v", p.name, alive, names)
		}
		return nil
	})
}

type memberSeen struct {
	Name, State string
	Generation  uint64
}

func (p *process) members() (all []memberSeen) {
	_ = json.Unmarshal([]byte(p.get("/v1/members")), &all)
	return all
}

// member is one of the members by its name, the zero value if there is none.
func (p *process) member(name string) memberSeen {
	for _, m := range p.members() {
		if m.Name == name {
			return m
		}
	}
	return memberSeen{}
}

type originSeen struct {
	Target, Status, Checker string
	Routed, Checking        bool
	History                 []struct{ Status, Checker string }
}

func (p *process) origin(o *standInOrigin) originSeen { return p.originAt(o.target) }

// originAt is an origin of the shop, the zero value if there is none.
func (p *process) originAt(target string) (seen originSeen) {
	_ = json.Unmarshal([]byte(p.get("/v1/origins/shop/"+target)), &seen)
	return seen
}

// awaitStatus waits until the node believes that of an origin.
func (p *process) awaitStatus(o *standInOrigin, status string) {
	p.t.Helper()
	within(p.t, patience, func() error {
		if seen := p.origin(o); seen.Status != status {
			return fmt.Errorf("%s takes %s to be %s, expected %s", p.name, o.target, seen.Status, status)
		}
		return nil
	})
}

// requireAlwaysHealthy demands that no node has ever believed anything else of the origins.
func requireAlwaysHealthy(nodes []*process, origins []*standInOrigin) {
	for _, n := range nodes {
		n.t.Helper()
		for _, o := range origins {
			seen := n.origin(o)
			require.Equal(n.t, "healthy", seen.Status, "%s at %s", o.target, n.name)
			for _, change := range seen.History {
				require.Equal(n.t, "healthy", change.Status, "%s at %s", o.target, n.name)
			}
		}
	}
}

// metric is the value of a line of /metrics, by all of the line before it; 0 if there is none.
func (p *process) metric(line string) (value float64) {
	found := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(line) + ` (\S+)$`).
		FindStringSubmatch(p.get("/metrics"))
	if found != nil {
		_, err := fmt.Sscan(found[1], &value)
		require.NoError(p.t, err)
	}
	return value
}
