package voter

import (
	"encoding/binary"
	"slices"

	"go.etcd.io/raft/v3"
	pb "go.etcd.io/raft/v3/raftpb"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Machine is what is replicated: what the commands of the log lead to, in their order, at every
// voter the same.
type Machine interface {
	// Apply takes the next command, which is entry index of the log. command is not to be retained.
	Apply(index uint64, command []byte)
	// AppendState appends all that the commands so far have led to.
	AppendState(b []byte) []byte
	// Restore takes the state after entry index of the log in place of what there was; empty is
	// that before the first command. state is not to be retained.
	Restore(index uint64, state []byte)
}

// Effects is where a [Voter] puts what it asks for: its owner's own effects.
type Effects interface {
	// Send adds a datagram and returns its empty letter to fill in.
	Send(to node.ID) (letter *[]byte)
	// Call adds a request on a stream and returns its empty letter to fill in. Its answer is empty.
	// IDs are from [FirstCall] on.
	Call(to node.ID, id node.CallID) (letter *[]byte)
	// Alarm sets the one timer, as [node.Out.Alarm].
	Alarm(at clock.Time)
	// Save replaces the durable state by a copy of state.
	Save(state []byte)
}

// FirstCall is the least of the call IDs that voters use; those below are the owner's.
const FirstCall node.CallID = 1 << 31

// Voter is one of those among whom the log is replicated.
type Voter struct {
	config  Config
	host    node.ID
	luck    rng.Rand
	machine Machine

	disk    *disk
	raft    *raft.RawNode
	members *pb.ConfState // by the entries applied
	applied uint64        // the last entry applied
	kept    uint64        // the entry up to which the last snapshot goes
	renewed bool          // members have changed since the last snapshot

	next      clock.Time // tick
	ticks     int
	campaign  clock.Time // when to campaign unless a leader is heard of
	votes     clock.Time // from when on it votes for others
	confirmed clock.Time // when a majority held this voter to be the leader; 0 if not yet
	leads     bool

	calls     node.CallID
	snapshots []delivery
}

// delivery is a snapshot on its way.
type delivery struct {
	call node.CallID
	to   identity
}

// New returns the voter of one life of a node. config must be valid, and rand a stream of its own.
func New(config Config, self node.ID, machine Machine, rand rng.Rand) *Voter {
	return &Voter{config: config, host: self, machine: machine, luck: rand, calls: FirstCall}
}

// Start begins the life. saved is what the last Save of an earlier life stored, nil without one. It
// panics on what no voter has saved.
func (v *Voter) Start(now clock.Time, saved []byte, out Effects) {
	v.disk = v.open(now, saved)
	v.restore()
	node, err := raft.NewRawNode(&raft.Config{
		ID: v.disk.self, Storage: v.disk, Applied: v.applied,
		HeartbeatTick: 1, ElectionTick: v.config.Election, CheckQuorum: true, PreVote: true,
		MaxSizePerMsg: 1 << 16, MaxInflightMsgs: 64, Logger: silent{},
	})
	must(err)
	v.raft = node
	v.wait(now)
	v.votes = now.Add(v.config.lease()) // an earlier life may have answered a leader just now
	out.Save(v.disk.bytes())
	v.tickAt(now.Add(rng.Between(&v.luck, 0, v.config.Tick)), out)
}

// open returns the disk as an earlier life left it, or a new one.
func (v *Voter) open(now clock.Time, saved []byte) *disk {
	if len(saved) > 0 {
		d, err := readDisk(saved)
		must(err)
		return d
	}
	if now.Since() > v.config.Founding {
		return newDisk(newcomer(v.host, now))
	}
	d := newDisk(founder(v.host))
	d.found(v.config.Voters)
	return d
}

// restore begins with the snapshot on the disk.
func (v *Voter) restore() {
	snapshot, err := v.disk.Snapshot()
	must(err)
	v.install(snapshot)
}

// install replaces the state of the machine by a snapshot.
func (v *Voter) install(snapshot *pb.Snapshot) {
	meta := snapshot.GetMetadata()
	v.members, v.applied, v.kept = meta.GetConfState(), meta.GetIndex(), meta.GetIndex()
	v.machine.Restore(v.applied, snapshot.GetData())
}

// Wake lets a tick pass.
func (v *Voter) Wake(now clock.Time, out Effects) {
	v.tick(now)
	v.settle(now, out)
	v.join(out)
	v.tickAt(max(v.next, now).Add(v.config.Tick), out)
}

func (v *Voter) tickAt(at clock.Time, out Effects) {
	v.next = at
	out.Alarm(at)
}

// Take takes a letter, which came as a datagram or as a request.
func (v *Voter) Take(now clock.Time, letter []byte, out Effects) {
	if who, ok := parseJoin(letter); ok {
		v.admit(who)
	} else if m := parseRaft(letter); m != nil && m.GetTo() == v.disk.self {
		v.step(now, m)
	}
	v.settle(now, out)
}

// Returned ends a call: failure says how.
func (v *Voter) Returned(now clock.Time, call node.CallID, failure node.Failure, out Effects) {
	i := slices.IndexFunc(v.snapshots, func(d delivery) bool { return d.call == call })
	if i < 0 {
		return
	}
	status := raft.SnapshotFinish
	if failure != node.OK {
		status = raft.SnapshotFailure
	}
	v.raft.ReportSnapshot(v.snapshots[i].to, status)
	v.snapshots = slices.Delete(v.snapshots, i, i+1)
	v.settle(now, out)
}

// Propose asks for a command to be put into the log, and reports whether it has been passed on to a
// leader. That is no promise: it is in the log when it is applied, and may get lost before.
func (v *Voter) Propose(now clock.Time, command []byte, out Effects) bool {
	err := v.raft.Propose(slices.Clone(command))
	v.settle(now, out)
	return err == nil
}

// Leads reports whether this voter leads for sure: a majority has said so, of a moment so short ago
// that none of them votes for another one yet.
func (v *Voter) Leads(now clock.Time) bool {
	return v.leads && v.confirmed > 0 && now.Sub(v.confirmed) < v.config.lease()
}

// Leader is who leads as far as this voter knows; [node.Nobody] if it knows of nobody.
func (v *Voter) Leader() node.ID {
	if lead := v.raft.BasicStatus().Lead; lead != raft.None {
		return host(lead)
	}
	return node.Nobody
}

// Applied is the last entry of the log that has been applied.
func (v *Voter) Applied() uint64 { return v.applied }

// Votes reports whether this voter is one, by the entries it has applied: a newcomer is none yet.
func (v *Voter) Votes() bool { return slices.Contains(v.members.GetVoters(), v.disk.self) }

// settle does what Raft asks for, until it asks for nothing more.
func (v *Voter) settle(now clock.Time, out Effects) {
	save := false
	for v.raft.HasReady() {
		ready := v.raft.Ready()
		save = v.keep(&ready) || save
		v.lead(now, &ready)
		v.apply(ready.CommittedEntries)
		v.raft.Advance(ready)
		for _, m := range ready.Messages {
			v.send(m, out)
		}
	}
	if v.compact() || save {
		out.Save(v.disk.bytes())
	}
}

// keep writes to the disk, and reports whether that has to be safe before anything is sent. It is:
// all effects of an input take place together.
func (v *Voter) keep(ready *raft.Ready) bool {
	if !raft.IsEmptySnap(ready.Snapshot) {
		v.disk.begin(ready.Snapshot)
		v.install(ready.Snapshot)
	}
	if !raft.IsEmptyHardState(ready.HardState) {
		v.disk.setVote(ready.HardState)
	}
	v.disk.write(ready.Entries)
	return ready.MustSync || !raft.IsEmptySnap(ready.Snapshot)
}

// lead takes note of whether this voter leads, and since when that is certain.
func (v *Voter) lead(now clock.Time, ready *raft.Ready) {
	if soft := ready.SoftState; soft != nil {
		if v.leads && soft.RaftState != raft.StateLeader {
			v.wait(now)
		}
		v.leads = soft.RaftState == raft.StateLeader
		v.confirmed = 0
	}
	for _, read := range ready.ReadStates {
		asked := clock.Time(binary.LittleEndian.Uint64(read.RequestCtx))
		v.confirmed = max(v.confirmed, asked)
	}
}

// apply applies what a majority has.
func (v *Voter) apply(entries []*pb.Entry) {
	for _, entry := range entries {
		v.applied = entry.GetIndex()
		switch {
		case entry.GetType() != pb.EntryNormal:
			v.reconfigure(entry)
		case len(entry.GetData()) > 0: // a new leader begins with nothing
			v.machine.Apply(v.applied, entry.GetData())
		}
	}
}

// send sends a message of Raft's.
func (v *Voter) send(m *pb.Message, out Effects) {
	letter := appendRaft(nil, m)
	if len(letter) <= mostDatagram && m.GetType() != pb.MsgSnap {
		into := out.Send(host(m.GetTo()))
		*into = append((*into)[:0], letter...)
		return
	}
	v.calls = (v.calls + 1) | FirstCall
	into := out.Call(host(m.GetTo()), v.calls)
	*into = append((*into)[:0], letter...)
	if m.GetType() == pb.MsgSnap {
		v.snapshots = append(v.snapshots, delivery{v.calls, m.GetTo()})
	}
}

// compact replaces what has been applied by a snapshot when it has become too long, or when members
// have changed: Raft takes no snapshot that does not know who takes it.
func (v *Voter) compact() bool {
	keep := uint64(v.config.Keep)
	if v.applied-v.kept < keep && !v.renewed {
		return false
	}
	v.disk.compact(v.applied, v.members, v.machine.AppendState(nil), keep)
	v.kept, v.renewed = v.applied, false
	return true
}
