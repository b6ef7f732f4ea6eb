// Package swim is failure detection and group membership by SWIM (Das, Gupta and Motivala, "SWIM:
// Scalable Weakly-consistent Infection-style Process Group Membership Protocol", DSN 2002).
//
// # The model
//
// A group of members, each a [Swim], each with a table of what it holds the others to be. Once per
// protocol period a member probes one other. Who stays silent becomes a suspect, who stays silent
// as a suspect is declared dead, and who hears itself accused answers with a higher [Incarnation].
// Changes of the table travel on the datagrams of the probes: the load per member does not grow
// with the group, nor does the time until some member notices a crash; the time until all know
// grows with log n.
//
// Each part of the protocol has its file:
//
//	roster.go       whom to probe next: round robin in random order      SWIM 4.3
//	probe.go        ping, indirect ping, verdict                         SWIM 3.1
//	claims.go       which claim about a member replaces which            SWIM 4.2
//	members.go      the table and its transitions
//	deadline.go     when suspicions and retentions end                   SWIM 4.2
//	queue.go        which news goes on the next datagram                 SWIM 4.1
//	gossip.go       datagrams that carry news
//	exchange.go     joining, anti-entropy, healing of partitions
//	incarnation.go  what orders the claims
//	bound.go        how long detection can take
//
// # Messages
//
// Every datagram also carries up to [Config.MaxUpdates] updates.
//
//	Ping          prober -> target        or helper -> target, with the prober as Origin
//	Ack           target -> prober        or target -> helper -> prober
//	PingReq       prober -> K helpers     after ProbeTimeout without an ack
//	Gossip        leaver -> some members  with the update that it leaves
//	SyncRequest   any -> seed or peer     on a stream, with the whole table
//	SyncReply     answer                  on the stream, with the whole table
//
// A helper keeps no state: the probe's Origin, Target and Sequence go all the way round. A datagram
// to a member that the sender holds suspect, dead or left begins with that claim, so that the
// receiver can answer it at once.
//
// # States
//
//	unknown --alive--> alive <--alive, higher incarnation-- suspect, dead, left
//	alive --no ack by the end of the period, or told so--> suspect
//	suspect --SuspicionTimeout, or told so--> dead
//	alive, suspect, dead --it says so itself--> left
//	dead, left --DeadRetention--> unknown
//
// Every transition emits its event (MemberAlive, MemberSuspect, MemberDead, MemberLeft,
// MemberForgotten) within the step that makes it, with the incarnation in A and the accuser, or the
// member itself, in B. A new incarnation in an unchanged state emits its event again. A member's
// own entry emits nothing but Refuted and, when it leaves, MemberLeft.
//
// # Dissemination and repair
//
// Whatever changes a table is queued and passed on at most [Config.RetransmitLimit] times. What the
// epidemic misses is repaired by exchanges of whole tables. A table entry that says dead counts as
// a suspicion there, for the peer may have been on the other side of a partition; its subject
// refutes it. Every [Config.HealEvery]-th exchange chooses its peer among the dead and the seeds
// that are not in the group: so a partition that lasts longer than the suspicion timeout heals, and
// one that lasts longer than [Config.DeadRetention] heals if the seeds of each side are on the
// other.
//
// # Incarnations
//
// A life of a node begins at generation max(saved+1, now in ms + 1). So a restart, with its disk or
// without, beats every rumour about the life before, and the group takes it back at once. An
// accusation is answered with the smallest incarnation that beats it, if it is plausible: at most
// 1024 refutations ahead of us, or of a life begun by now give or take [Config.MaxClockSkew].
// Claims that are not plausible are ignored by everyone, whomever they are about: were they
// believed, one corrupt datagram that accuses a member at the highest incarnation would shut it out
// for ever (memberlist issue 358).
//
// # The caller's duties
//
// The clock must run on between the lives of a node and roughly agree between nodes: in simulation
// the time since the start of the run does, live it takes the time since an epoch all nodes share,
// such as Unix time, not since the start of the process. Two lives of one node without a disk must
// begin in different milliseconds. An ID must not be in use twice at a time: the two would refute
// each other without end, seen as a stream of Refuted events. For a group to take back a seed that
// restarts as quickly as others, every node needs a seed other than itself.
//
// # Bounds
//
// Input may be hostile as far as memory and liveness go, not truth: IDs from [Config.MaxMembers] on
// are ignored, updates per datagram and per table are bounded, the queue holds one item per member.
// Nothing here is authenticated.
//
// # Limits
//
// Each prober judges by itself alone: a member that is slow itself accuses others. What Lifeguard
// adds (local health, suspicion timeouts that shrink with independent accusers) belongs in probe.go
// and bound.go; updates carry their accuser for it.
package swim
