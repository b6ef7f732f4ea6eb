package spec

import (
	"net/netip"
	"strings"

	"butterfly/node/agent"
	"butterfly/node/live/endpoint"
	"butterfly/node/live/names"
	"butterfly/node/routing"
	"butterfly/sim/form"
)

// nodeFields are the keys of a configuration file, in the order in which it is printed.
func nodeFields() []field[Node] {
	return append(append(identityFields(), outletFields()...),
		section("tls", "certificate and key of the API", tlsFields(),
			func(n *Node) *TLS { return &n.TLS }, nil),
		section("routing", "how requests are kept off origins that are down", routingFields(),
			func(n *Node) *routing.Config { return &n.Agent.Routing }, checkRouting),
		section("tuning", "how fast servers look at each other and tell each other what they know",
			tuningFields(), func(n *Node) *agent.Config { return &n.Agent }, checkTuning),
	)
}

func identityFields() []field[Node] {
	return []field[Node]{
		scalar("name", "what this server is called, unlike all others; the host's name by default",
			name(), func(n *Node) *string { return &n.Name }),
		scalar("number",
			"what servers call it among themselves, no two alike; by default made of its name",
			form.Whole[int](1, MaxNumber), func(n *Node) *int { return &n.Number }),
		scalar("label", "name of the cluster", name(), func(n *Node) *string { return &n.Label }),
		scalar("bind", "address at which other servers are heard, over UDP and TCP", listener(),
			func(n *Node) *string { return &n.Bind }),
		scalar("advertise", "address at which others reach it, if not that of bind", reachable(),
			func(n *Node) *string { return &n.Advertise }),
		list("join", "addresses of servers to join through; none begins a cluster", MaxJoin, target(),
			func(n *Node) *[]string { return &n.Join }),
		scalar("key_file", "keys by which the servers of the cluster trust each other", path(),
			func(n *Node) *string { return &n.KeyFile }),
		scalar("data", "folder in which it remembers, for the next start, that it has lived", path(),
			func(n *Node) *string { return &n.Data }),
		scalar("origins", "file that says whom to check", path(),
			func(n *Node) *string { return &n.Origins }),
		scalar("capacity", "how many origins it can know of", form.Whole[int](1, names.MaxCapacity),
			func(n *Node) *int { return &n.Capacity }),
		list("allow", "networks that probes may go to; by default all but link-local and their like",
			maxNetworks, network(), func(n *Node) *[]netip.Prefix { return &n.Allow }),
		list("deny", "networks that probes may not go to", maxNetworks, network(),
			func(n *Node) *[]netip.Prefix { return &n.Deny }),
	}
}

func outletFields() []field[Node] {
	return []field[Node]{
		scalar("http", "address of the API and the status page; off for none", orOff(listener()),
			func(n *Node) *string { return &n.HTTP }),
		list("http_names", "host names by which the API is asked, besides IP addresses and localhost; "+
			"by default none on loopback, and any elsewhere",
			maxNames, hostName(), func(n *Node) *[]string { return &n.HTTPNames }),
		scalar("api_token_file", "token that whoever changes something by the API must show", path(),
			func(n *Node) *string { return &n.APITokenFile }),
		scalar("agent_check", "address at which the agent checks of HAProxy are answered", listener(),
			func(n *Node) *string { return &n.AgentCheck }),
		scalar("eds_dir", "folder in which Envoy finds the endpoints", path(),
			func(n *Node) *string { return &n.EDSDir }),
		scalar("pprof", "show profiles of the program under /debug/pprof of the API", form.Bool(),
			func(n *Node) *bool { return &n.Pprof }),
		scalar("record", "file to record all inputs of the node in, for butterfly replay-node; "+
			"if there is one, another beside it with the time in its name",
			path(), func(n *Node) *string { return &n.Record }),
		scalar("log", "form of what is logged on stderr: auto is text on a terminal only",
			form.Words("auto", "text", "json"), func(n *Node) *string { return &n.Log }),
		scalar("log_level", "least of what is logged", form.Words("debug", "info", "warn", "error"),
			func(n *Node) *string { return &n.LogLevel }),
	}
}

func tlsFields() []field[TLS] {
	return []field[TLS]{
		scalar("cert", "certificate of the API in PEM", path(), func(t *TLS) *string { return &t.Cert }),
		scalar("key", "key of the API in PEM", path(), func(t *TLS) *string { return &t.Key }),
	}
}

// path is that of a file or a folder.
func path() form.Of[string] { return line(1024) }

// listener is an address to listen at.
func listener() form.Of[string] {
	return form.Patterned(`^[^ ]*:[0-9]{1,5}$`,
		`"host:port", without a host at all addresses of the machine, with port 0 at one that is free`,
		func(text string) (string, bool) {
			end := strings.LastIndexByte(text, ':')
			if _, ok := form.Atoi(text[end+1:], 0, 65535); !ok {
				return "", false
			}
			if end == 0 {
				return text, true
			}
			reached, err := endpoint.Canonical(text[:end] + ":1")
			return strings.TrimSuffix(reached, ":1") + text[end:], err == nil
		}, printText)
}

// reachable is an address that others can be told.
func reachable() form.Of[string] {
	return form.Patterned(`^[0-9A-Fa-f:.\[\]]+:[1-9][0-9]{0,4}$`,
		`"ip:port", an IPv6 address in brackets and then in quotes`,
		func(text string) (string, bool) {
			address, err := netip.ParseAddrPort(text)
			return address.String(), err == nil && address.Port() > 0 && !address.Addr().IsUnspecified()
		}, printText)
}

// hostName is what a machine is called.
func hostName() form.Of[string] {
	return form.Patterned(`^[0-9A-Za-z_-][0-9A-Za-z._-]{0,252}$`,
		`a host name such as node-1.example`,
		func(text string) (string, bool) {
			reached, err := endpoint.Canonical(text + ":1")
			return strings.TrimSuffix(reached, ":1"), err == nil
		}, printText)
}

// orOff has a word for nothing.
func orOff(f form.Of[string]) form.Of[string] {
	parse, print := f.Parse, f.Print
	f.Schema = form.AnyOf(f.Schema, form.Schema{"const": "off"})
	f.Expected += ", or off"
	off := form.Words("off")
	f.Parse = func(s form.Scalar) (string, bool) {
		if _, ok := off.Parse(s); ok {
			return "", true
		}
		return parse(s)
	}
	f.Print = func(text string) string {
		if text == "" {
			return `"off"`
		}
		return print(text)
	}
	return f
}

// network is a set of addresses.
func network() form.Of[netip.Prefix] {
	return form.Patterned(`^[0-9A-Fa-f:.]+/[0-9]{1,3}$`,
		`a network such as 10.0.0.0/8 or "fd00::/8", without bits beyond its length`,
		func(text string) (netip.Prefix, bool) {
			p, err := netip.ParsePrefix(text)
			return p, err == nil && p.Masked() == p
		}, func(p netip.Prefix) string { return printText(p.String()) })
}
