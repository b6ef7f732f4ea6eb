package api

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/live/view"
)

// fakeNode is a node of which a test says what it shows.
type fakeNode struct {
	mutex         sync.Mutex
	overview      view.Overview
	members       []view.Member
	list          []view.Origin
	subscriptions []*view.Subscription
	// fails is what every method returns, if not nil.
	fails error
}

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// newFakeNode returns a node with two servers and four origins in two services.
func newFakeNode() *fakeNode {
	return &fakeNode{
		overview: view.Overview{
			Name: "ada", Address: "192.0.2.1:7946", API: "127.0.0.1:8500", Label: "west", Build: "v1",
			Number: 4711, Generation: 1772366400000, Started: noon.Add(-time.Hour), Now: noon, Ready: true,
			Members: 2, Origins: 4, Checking: 2, Healthy: 2, Unhealthy: 1, Unknown: 1,
		},
		members: []view.Member{
			{Name: "ada", Address: "192.0.2.1:7946", API: "127.0.0.1:8500", Number: 4711, State: "alive",
				Generation: 1772366400000, Since: noon.Add(-time.Hour), Self: true},
			{Name: "bob", Address: "192.0.2.2:7946", Number: 815, State: "suspect",
				Generation: 1772366400001, Refutations: 2, Since: noon.Add(-3 * time.Second)},
		},
		list: []view.Origin{
			origin("mail", "mx.example.org:25", "healthy", true, 1),
			origin("shop", "192.0.2.10:80", "healthy", true, 3),
			origin("shop", "192.0.2.11:80", "unhealthy", false, 1),
			origin("shop", "[2001:db8::1]:8080", "unknown", false, 0),
		},
	}
}

func origin(service, target, status string, routed bool, weight uint16) view.Origin {
	return view.Origin{
		Name: view.Name{Service: service, Target: target}, Weight: weight, Status: status,
		Since: noon.Add(-90 * time.Second), Routed: routed, Checker: "bob",
	}
}

func (n *fakeNode) Overview(ctx context.Context) (view.Overview, error) {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	return n.overview, n.problem(ctx)
}

func (n *fakeNode) problem(ctx context.Context) error {
	if n.fails != nil {
		return n.fails
	}
	return ctx.Err()
}

func (n *fakeNode) Members(ctx context.Context) ([]view.Member, error) {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	return slices.Clone(n.members), n.problem(ctx)
}

func (n *fakeNode) Services(ctx context.Context) ([]view.Service, error) {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	var services []view.Service
	for _, o := range n.list {
		if len(services) == 0 || services[len(services)-1].Name != o.Service {
			services = append(services, view.Service{Name: o.Service, Check: "GET / expects 200"})
		}
		s := &services[len(services)-1]
		s.Origins++
		switch o.Status {
		case "healthy":
			s.Healthy++
		case "unhealthy":
			s.Unhealthy++
		default:
			s.Unknown++
		}
		if o.Routed {
			s.Routed++
		}
	}
	return services, n.problem(ctx)
}

func (n *fakeNode) Origins(ctx context.Context, service string) ([]view.Origin, error) {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	if err := n.problem(ctx); err != nil {
		return nil, err
	}
	if service == "" {
		return slices.Clone(n.list), nil
	}
	var some []view.Origin
	for _, o := range n.list {
		if o.Service == service {
			some = append(some, o)
		}
	}
	if len(some) == 0 {
		return nil, view.ErrUnknown
	}
	return some, nil
}

func (n *fakeNode) Origin(ctx context.Context, name view.Name) (view.Detail, error) {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	if err := n.problem(ctx); err != nil {
		return view.Detail{}, err
	}
	i := n.find(name)
	if i < 0 {
		return view.Detail{}, view.ErrUnknown
	}
	return view.Detail{
		Origin: n.list[i], Check: "GET / expects 200",
		Ranking: []view.Ranked{
			{Server: "bob", Score: 1<<64 - 1, Claims: true}, {Server: "ada", Rank: 1, Score: 7},
		},
		History: []view.Change{
			{At: noon.Add(-90 * time.Second), Status: n.list[i].Status, Checker: "bob"},
		},
		LastProbe: &view.Probe{At: noon, Outcome: "succeeded", Took: 12 * time.Millisecond,
			Detail: "200 OK"},
	}, nil
}

func (n *fakeNode) find(name view.Name) int {
	return slices.IndexFunc(n.list, func(o view.Origin) bool { return o.Name == name })
}

func (n *fakeNode) Map(ctx context.Context) (view.Map, error) {
	return view.Map{
		Keys: 5, VersionHash: 1<<64 - 1, StateHash: 16,
		Versions: []view.Version{{Server: "ada", Generation: 1772366400000, Seq: 9}},
	}, n.problem(ctx)
}

func (n *fakeNode) Register(_ context.Context, r view.Registration) error {
	if !strings.Contains(r.Target, ":") {
		return &view.RefusedError{Field: "target", Why: "expected a port"}
	}
	n.put(origin(r.Service, r.Target, "unknown", true, r.Weight))
	return nil
}

func (n *fakeNode) Unregister(_ context.Context, name view.Name) error {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	i := n.find(name)
	if i < 0 {
		return view.ErrUnknown
	}
	n.list = slices.Delete(n.list, i, i+1)
	return nil
}

func (n *fakeNode) Subscribe(buffer int) *view.Subscription {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	s := view.NewSubscription(buffer, func(s *view.Subscription) {
		n.mutex.Lock()
		defer n.mutex.Unlock()
		same := func(other *view.Subscription) bool { return s == other }
		n.subscriptions = slices.DeleteFunc(n.subscriptions, same)
	})
	n.subscriptions = append(n.subscriptions, s)
	return s
}

// put makes an origin one of the node's, or changes it, and keeps the list sorted.
func (n *fakeNode) put(o view.Origin) {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	if i := n.find(o.Name); i >= 0 {
		n.list[i] = o
		return
	}
	n.list = append(n.list, o)
	slices.SortStableFunc(n.list, func(a, b view.Origin) int {
		return strings.Compare(a.Service+"\x00"+a.Target, b.Service+"\x00"+b.Target)
	})
}

// change changes what the node says of itself.
func (n *fakeNode) change(f func(*view.Overview)) {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	f(&n.overview)
}

// emit tells all who have subscribed.
func (n *fakeNode) emit(events ...view.Event) {
	n.mutex.Lock()
	subscriptions := slices.Clone(n.subscriptions)
	n.mutex.Unlock()
	for _, e := range events {
		for _, s := range subscriptions {
			s.Add(e)
		}
	}
}

// believed returns the event of a change of an origin.
func believed(service, target, status string) view.Event {
	return view.Event{At: noon, Kind: "believed", Service: service, Target: target, Detail: status}
}

// newTestServer returns a server for the node that is closed after the test.
func newTestServer(t testing.TB, node *fakeNode, changes ...func(*Config)) *Server {
	c := Config{Source: node}
	for _, change := range changes {
		change(&c)
	}
	s := New(c)
	t.Cleanup(s.Close)
	return s
}

// ask sends a request to the server, without a connection.
func ask(s *Server, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host = "127.0.0.1:8500"
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// get returns the body of an answer that must be 200.
func get(t testing.TB, s *Server, path string) string {
	w := ask(s, "GET", path, "")
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	return w.Body.String()
}

// fetch returns the body and the answer to a GET by a connection.
func fetch(t testing.TB, url string) (string, *http.Response) {
	response, err := http.Get(url)
	require.NoError(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return string(body), response
}

// manyOrigins returns a node with a service of n healthy origins.
func manyOrigins(n int) *fakeNode {
	node := newFakeNode()
	node.list = nil
	for i := range n {
		target := fmt.Sprintf("192.0.2.%d:%d", i%250, 1000+i)
		node.list = append(node.list, origin("shop", target, "healthy", true, 1))
	}
	return node
}
