//go:build unix

package main

import (
	"net/http"
	"testing"
)

// "Real HTTP origins (httptest servers that fail, hang, answer slowly, reset, flip)": what becomes of
// each is known at every node, whoever checks it; what is well is not condemned with them, and
// all are taken back when they are well again.
func TestRealOriginsThatMisbehave(t *testing.T) {
	t.Parallel()
	well := newOrigins(t, 2)
	ill := newOrigins(t, 5)
	for i, how := range []http.HandlerFunc{answersBadly, answersNever, answersLate, cutsOff} {
		ill[i].answer(how)
	}
	ill[4].die()
	flipping := newOrigin(t)
	c := newCluster(t, 3, append(append(well, ill...), flipping)...)
	for _, n := range c.nodes {
		for _, o := range well {
			n.awaitStatus(o, "healthy")
		}
		for _, o := range ill {
			n.awaitStatus(o, "unhealthy")
		}
		n.awaitStatus(flipping, "healthy")
	}
	flipping.answer(flips())

	for _, o := range ill[:4] {
		o.answer(answersWell)
	}
	for _, n := range c.nodes {
		for _, o := range ill[:4] {
			n.awaitStatus(o, "healthy")
		}
	}
	// By turns well and ill, and never three times ill in a row: its status has not changed.
	fine := append(well, flipping)
	awaitProbes(t, fine, 10)
	requireAlwaysHealthy(c.nodes, fine)
}
