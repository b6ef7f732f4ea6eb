// Package swim is failure detection and group membership by SWIM (Das, Gupta and Motivala, "SWIM:
// Scalable Weakly-consistent Infection-style Process Group Membership Protocol", DSN 2002) with
// Lifeguard (Dadgar, Phillips and Currey, "Lifeguard: Local Health Awareness for More Accurate
// Failure Detection", 2018), what hashicorp/memberlist adds to them, and what it lacks.
//
// # The model
//
// A group of members, each a [Swim], each with a table of what it holds the others to be. Once per
// protocol period a member probes one other. Who stays silent becomes a suspect, who stays silent
// as a suspect is declared dead, and who hears itself accused answers with a higher [Incarnation].
// Changes of the table travel on the datagrams of the probes and, while there are any, in rounds of
// gossip of their own: the load per member does not grow with the group, nor does the time until
// some member notices a crash; the time until all know grows with log n.
//
// Each part of the protocol has its file:
//
//	roster.go       whom to probe next: round robin in random order       SWIM 4.3
//	probe.go        ping, indirect ping, ping on a stream, verdict        SWIM 3.1
//	relay.go        helping with the probes of others, and nacks          Lifeguard IV.A
//	health.go       how far to trust our own probes                       Lifeguard IV.A
//	claims.go       which claim about a member replaces which             SWIM 4.2
//	members.go      the table and its transitions
//	concern.go      who accuses a member, and since when
//	suspicion.go    how long a suspect has to answer                      Lifeguard IV.B
//	deadline.go     when suspicions and retentions end
//	doubt.go        when to doubt oneself                                 ours
//	queue.go        which news goes on the next datagram                  SWIM 4.1
//	gossip.go       datagrams that carry news, and rounds of them         SWIM 4.1, Lifeguard IV.C
//	broadcast.go    the application's own messages
//	choose.go       random members to ask and to tell
//	exchange.go     joining, anti-entropy, healing of partitions
//	incarnation.go  what orders the claims
//	bound.go        how long detection can take
//	config.go       the parameters; presets.go their usual values
//	views.go        what a member knows, to be asked
//
// # Messages
//
// Every datagram also carries as much news as fits into [Config.DatagramBytes].
//
//	Ping          prober -> target        or helper -> target, with the prober as Origin
//	Ack           target -> prober        or target -> helper -> prober
//	PingReq       prober -> K helpers     after ProbeTimeout without an ack
//	Nack          helper -> prober        after NackPercent of ProbeTimeout without an ack
//	Ping, Ack     prober -> target        on a stream, while the helpers try
//	Gossip        any -> some members     a round, or a leaver's goodbye
//	SyncRequest   any -> seed or peer     on a stream, with the whole table
//	SyncReply     answer                  on the stream, with the whole table
//
// The probe's Origin, Target and Sequence go all the way round, so a helper needs no memory but for
// its nacks. A datagram to a member that the sender holds suspect, dead or left begins with that
// claim, so that the receiver can answer it at once.
//
// # States
//
//	unknown --alive--> alive <--alive, higher incarnation-- suspect, dead, left, unknown
//	alive --a probe failed, or told so--> suspect
//	suspect --its time to answer is over, or told so--> dead
//	alive, suspect, dead --it says so itself--> left
//	dead, left --DeadRetention--> unknown
//
// Every transition emits its event (MemberAlive, MemberSuspect, MemberDead, MemberLeft,
// MemberForgotten) within the step that makes it, with the incarnation in A, and in B the accuser,
// the member itself if it left, or the hash of its metadata if it is alive. A new incarnation in an
// unchanged state emits its event again. A member's own entry emits nothing but Refuted, Described,
// Yielded and, when it leaves, MemberLeft.
//
// What all this looks like in practice, message by message, is in testdata/executions: each file is
// a short play of one of these rules, with the sentence it shows.
//
// # Dissemination and repair
//
// Whatever changes a table is queued and passed on [Config.RetransmitLimit] times. What the
// epidemic misses is repaired by exchanges of whole tables. A table entry that says dead counts as
// a suspicion there, for the peer may have been on the other side of a partition; its subject
// refutes it. Every [Config.HealEvery]-th exchange chooses its peer among the dead, the forgotten
// dead and the seeds that are not in the group: so a partition of any length heals.
//
// # Beyond memberlist
//
// What memberlist v0.7.0 does otherwise, with our answer and the issue where it is discussed.
// [Config.MemberlistRules] switches back what changes measured figures, the first six.
//
//	a partition longer than the suspicion timeout never heals         HealEvery                222
//	who is held dead is not told so when it speaks up                 Contradict
//	slow members accuse the healthy                                   SelfDoubt
//	a suspicion heard of in a sync counts as one's own                Hearsay
//	an exchange takes the whole tables although they are equal        SyncDigest
//	nacks come too late to count                                      NackPercent
//	a restart begins at incarnation 1 and loses to old rumours        generations              311
//	an accusation at the highest incarnation shuts a member out       plausible                358
//	a dead member that others have forgotten comes back by a sync     the incarnation stays    312
//	two nodes with one name go on for ever                            the later life wins      157
//	a queued update can be lost                                       births are not reused
//	user broadcasts starve while members come and go                  half of the room         299
//	a small group misses a helper now and then                        choose                   350
//
// # Incarnations
//
// A life of a node begins at generation max(saved+1, now in ms + 1). So a restart, with its disk or
// without, beats every rumour about the life before, and the group takes it back at once. An
// accusation is answered with the smallest incarnation that beats it, if it is plausible: at most
// 1024 refutations ahead of us, or of a life begun by now give or take [Config.MaxClockSkew].
// Claims that are not plausible are ignored by everyone, whomever they are about: were they
// believed, one corrupt datagram that accuses a member at the highest incarnation would shut it out
// for ever. What a table holds about a member is the highest incarnation it has admitted, also when
// the member has been forgotten: a stale or forged message at or below it brings nobody back.
//
// # One ID, one life
//
// When two nodes use one ID, each hears claims of the other about itself and outbids them. A life
// that has had to outbid a later one more than three times gives way: it emits Yielded and falls
// silent, so that a replacement takes the place of the machine it replaces. A rumour of a life long
// past is outbid once, or twice, and never answers.
//
// # The caller's duties
//
// The clock must run on between the lives of a node and roughly agree between nodes: in simulation
// the time since the start of the run does, live it takes the time since an epoch all nodes share,
// such as Unix time, not since the start of the process. Two lives of one node without a disk must
// begin in different milliseconds, and so must two nodes that may get hold of one ID. For a group to
// take back a seed that restarts as quickly as others, every node needs a seed other than itself.
// [Config.Founders] is for groups whose members all start when the clock does.
//
// # Bounds
//
// Input may be hostile as far as memory and liveness go, not truth: IDs from [Config.MaxMembers] on
// are ignored, updates and broadcasts per datagram and per table are bounded, the queue holds one
// item per member, and so is what is remembered for others: 256 relays, 64 broadcasts, 512 bytes of
// metadata each. Nothing here is authenticated.
//
// Per-node work in the steady state does not depend on the size of the group, and memory only by the
// table: 20 bytes a member.
package swim
