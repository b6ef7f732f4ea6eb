// Package probe looks at origins: over TCP, HTTP and HTTPS.
//
// # The model
//
// A [Prober] makes probes, each on a connection of its own, at most so many at a time, and says of
// each how it ended. When to probe, and what to make of the result, is for package health.
//
//	tcp      succeeds when the connection stands
//	http     and an answer to GET with a status in the range, and with what the body must contain
//	https    the same over TLS, with a certificate for the host of the target
//
// An answer is judged as soon as it can be: by its status when the headers are in, and where the
// body must contain something, when that has come. What an origin has to say beyond that it can say
// to somebody else. Redirects are not followed: a redirect is an answer, and its target another
// origin's. The Host of the request is the target as it is written.
//
// Connections are not used again. A connection that stands says nothing about whether the next
// client gets one: "Established connections sometimes hide the issue of firewalls and L4 LB"
// (Pingora, HttpHealthCheck.reuse_connection, which leaves the choice). Envoy reuses them unless
// told otherwise (HealthCheck.reuse_connection); the kubelet never does (DisableKeepAlives in
// pkg/probe/http), and neither do we. What a new connection costs is below.
//
// Of a host with several addresses, one that answers is enough, if the time left for it by those
// tried before is: the net package divides it up (net.Dialer). To check each, register each.
//
// A probe never waits for its turn. One that finds all places taken is not made, for a probe that
// had waited would have less time than the others, or be late, and measure this server.
//
// # Whose fault it is
//
// A probe that did not succeed either [node.Failed], and counts against the origin, or this server
// was [node.Unable] to make it, and it counts against nobody. What the network says is the origin's
// as soon as the origin, or the host or router next to it, can have said it:
//
//	Failed   connection refused (ECONNREFUSED), reset (ECONNRESET)
//	         no connection, handshake or answer in time
//	         host unreachable (EHOSTUNREACH, EHOSTDOWN): nobody answers to its address on its own
//	         network, which is what a machine without power looks like from there
//	         whatever happens after the connection stands: closed, no HTTP, no TLS, a certificate
//	         for somebody else, another status, another body
//	Unable   network unreachable (ENETUNREACH), no address of that family (EADDRNOTAVAIL,
//	         EAFNOSUPPORT), no local port left (EADDRNOTAVAIL, EAGAIN), no file left (EMFILE,
//	         ENFILE), no memory (ENOBUFS, ENOMEM), forbidden by a local firewall (EACCES, EPERM);
//	         any other error without a connection: to doubt ourselves is cheaper than to take a
//	         healthy origin out of service
//	         the name does not resolve, whoever is to blame: names are looked up by this server, and
//	         a server without names would call all origins dead
//	         the address is not allowed; the target or the path cannot be asked for
//	         all places are taken, or the prober is closing
//
// # Where probes may go
//
// Whoever can register an origin has this server send requests from inside the network. Therefore
// nothing is probed, unless an operator says so, that nobody means to check and that believes who
// can reach it:
//
//	169.254.0.0/16, fe80::/10     link-local (RFC 3927, RFC 4291); in clouds, the metadata of the
//	                              machine with its credentials at 169.254.169.254
//	fd00:ec2::/32                 the same on AWS, over IPv6 (fd00:ec2::254, and its neighbours for
//	                              names and time; "IPv6 on AWS", Supporting Amazon VPC services)
//	fd20:ce::254                  on Google Cloud, over IPv6
//	100.100.100.200               on Alibaba Cloud
//	192.0.0.192                   on Oracle Cloud Classic
//	fd00:c1::a9fe:a9fe            on Oracle Cloud, over IPv6
//	fd00:42::42                   on Scaleway, over IPv6
//	168.63.129.16                 the platform's own address on Azure
//	224.0.0.0/4, ff00::/8         multicast (RFC 5771, RFC 4291)
//	0.0.0.0/8, ::                 "this host" (RFC 1122, 3.2.1.3; RFC 4291): loopback on Linux
//	255.255.255.255               broadcast
//
// The list is asked about the address that is dialled, as the last thing before it is. So a name
// that resolves to something harmless while it is looked at, and to something else while it is used
// (DNS rebinding), gets nowhere. An IPv4 address is judged as such if IPv6 is only what it wears
// (::ffff:0:0/96, and 64:ff9b::/96 of RFC 6052).
//
// # What it costs
//
// A goroutine for each probe under way, a file, and a local port. One core of an AMD EPYC makes
// 6,700 probes a second over TCP and 5,200 over HTTP, the origins' half of the work included (go
// test -run - -bench . -cpu 1 ./node/live/probe). Closing is left to the origin where it does so
// soon, by the rules of RFC 9112, section 9.6: we end our half, read what is left for a tenth of a
// second, and close. So an origin that greets whoever connects sees an end and no reset, and
// TIME_WAIT is with whoever closed first.
//
// # The caller's duties
//
// To call [Prober.Close], and to be ready for the results until then. The function that takes a
// result is called from a goroutine of its own, never from within Start, and may block: its probe
// keeps its place that long.
//
// # Invariants
//
//  1. Each Start is followed by exactly one result; if there was a place, at most the timeout
//     later, but for what the machine takes.
//  2. At most MaxConcurrent probes are under way, at most MaxPerTarget of them to one target, each
//     with one goroutine, and a few more while the net package resolves and dials; plus one for
//     each result of a probe that was not made and that the caller is slow to take.
//  3. No answer takes more memory than 64 KiB of headers and 64 KiB of body.
package probe
