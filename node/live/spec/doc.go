// Package spec reads the files of a live node: whom to check, and how the node itself is set up.
//
// # The origins file
//
// It says which services there are, which origins stand for each other in each, and how they are
// checked. What is left out of a check is what health.DefaultDefinition has.
//
//	services:
//	  shop:
//	    check:
//	      kind: http           # tcp, http or https
//	      path: /health
//	      status: 200-299      # or one, such as 204
//	      body: ok             # what the answer must contain
//	      interval: 1s
//	      timeout: 500ms       # at most the interval
//	      jitter: 100ms
//	      fast_interval: 200ms # while results contradict the status
//	      rise: 2
//	      fall: 3
//	      initial: unknown     # or healthy, unhealthy
//	      semantics: {window: 10, threshold: 7}   # or consecutive, immediate
//	    origins:
//	      - 10.0.0.1:9001
//	      - {target: "[fd00::2]:9002", weight: 3}
//
// # The node's file
//
// Each key that is no section is a flag of butterfly node as well, with hyphens in place of
// underscores, and the flag counts. What is left out is what [DefaultNode] has.
//
//	name: london-1
//	bind: 10.0.0.7:7946
//	join: [10.0.0.8:7946, 10.0.0.9:7946]
//	key_file: /etc/butterfly/keys
//	origins: /etc/butterfly/origins.yaml
//	data: /var/lib/butterfly
//	allow: [10.0.0.0/8]
//	tls: {cert: /etc/butterfly/cert.pem, key: /etc/butterfly/key.pem}
//	routing: {panic: 50%, churn: 25%, churn_window: 10s}
//	tuning: {probe_interval: 1s, gossip_interval: 1s, rank_wait: 20s}
//
// One table for each mapping says which keys there are, what each means and how its value is
// written, which is a form of package form: the parser, the printer, the flags and the JSON Schema
// are made of it.
//
// # One origin, one name
//
// An origin is known by its service and its target, so a target has one form ([endpoint.Canonical]): names
// in lower case, addresses as RFC 5952 writes them. What means the same is the same: a status of
// 200-299 and a path of / are the defaults. Equal content prints as equal text and has an equal
// digest, wherever comments, order and brackets stand; servers compare digests to find out whether
// they were given the same file.
//
// # The caller's duties
//
// The package knows no disk and no environment: the caller reads the file, says what it is called, and
// puts on top of it what flags and environment say.
//
// # Invariants
//
//  1. What is printed parses to what was printed, and prints the same again.
//  2. Parsing never panics, takes memory in proportion to the file, and refuses rather than guesses:
//     a key that is unknown or stands twice, a value of another type or form, a target that stands
//     twice in its service, more than the limits; and all of YAML that makes a file larger than it
//     looks or hard to read, such as anchors, aliases, tags and second documents.
//  3. Every refusal of a file is an [*Error]: where, what was found there and what is allowed.
package spec
