package spec_test

import (
	"fmt"

	"butterfly/node/live/spec"
)

// Two services, of which the second is checked as if nothing were said.
func ExampleParseOrigins() {
	origins, err := spec.ParseOrigins("origins.yaml", []byte(`
services:
  shop:
    check:
      kind: http              # tcp, http or https
      path: /health
      status: 200-299         # or one, such as 204
      body: ok                # what the answer must contain
      interval: 1s
      timeout: 500ms          # at most the interval
      jitter: 100ms
      fast_interval: 200ms    # while results contradict the status
      rise: 2
      fall: 3
      initial: unknown        # or healthy, unhealthy
      semantics: {window: 10, threshold: 7}   # or consecutive, immediate
    origins:
      - 10.0.0.1:9001
      - {target: "[fd00::2]:9002", weight: 3}
  database:
    origins: [db.example:5432]
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s", origins.Print())
	// Output:
	// services:
	//   database:
	//     origins:
	//       - db.example:5432
	//   shop:
	//     check:
	//       kind: http
	//       path: /health
	//       body: ok
	//       jitter: 100ms
	//       fast_interval: 200ms
	//       semantics: {window: 10, threshold: 7}
	//     origins:
	//       - 10.0.0.1:9001
	//       - {target: "[fd00::2]:9002", weight: 3}
}

// A flag goes before the file.
func ExampleParseNode() {
	node, err := spec.ParseNode("node.yaml", []byte(`
name: london-1
bind: 10.0.0.7:7946
join: [10.0.0.8:7946, 10.0.0.9:7946]
key_file: /etc/butterfly/keys
origins: /etc/butterfly/origins.yaml
data: /var/lib/butterfly
allow: [10.0.0.0/8]
tls: {cert: /etc/butterfly/cert.pem, key: /etc/butterfly/key.pem}
routing: {panic: 50%, churn: 25%, churn_window: 10s}
tuning: {probe_interval: 1s, gossip_interval: 1s, rank_wait: 20s}
`))
	if err == nil {
		err = node.Set("http", "10.0.0.7:7980")
	}
	if err == nil {
		err = node.Validate()
	}
	fmt.Println(node.Name, node.Join, node.HTTP, node.Agent.Health.RankWait, err)
	// Output: london-1 [10.0.0.8:7946 10.0.0.9:7946] 10.0.0.7:7980 20s <nil>
}
