package voter

import (
	"encoding/binary"

	"go.etcd.io/raft/v3"
	pb "go.etcd.io/raft/v3/raftpb"

	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// step hands a message to Raft.
func (v *Voter) step(now clock.Time, m *pb.Message) {
	if now < v.votes && asksForVote(m.GetType()) {
		return
	}
	before := v.raft.BasicStatus()
	if v.raft.Step(m) != nil {
		return // from nobody known, or a proposal when there is nobody to take it
	}
	after := v.raft.BasicStatus()
	// The voter waits anew for a leader it has heard of, and for one it has voted for (Raft, figure
	// 2).
	voted := after.GetVote() != raft.None && after.GetVote() != before.GetVote()
	if voted || leaderly(m.GetType()) && after.Lead == m.GetFrom() {
		v.wait(now)
	}
}

func asksForVote(t pb.MessageType) bool { return t == pb.MsgVote || t == pb.MsgPreVote }

// leaderly reports whether only leaders send such messages.
func leaderly(t pb.MessageType) bool {
	return t == pb.MsgApp || t == pb.MsgHeartbeat || t == pb.MsgSnap
}

// tick counts time for Raft. A leader sends heartbeats by it; the others only see their leader's
// lease run out: Raft's own way to campaign draws from entropy that no seed decides, so it never
// gets there.
func (v *Voter) tick(now clock.Time) {
	v.ticks++
	if !v.leads {
		v.raft.TickQuiesced()
		if now >= v.campaign && v.Votes() {
			_ = v.raft.Campaign() // refused while a change of members waits to be applied
			v.wait(now)
		}
		return
	}
	v.raft.Tick()
	if v.ticks%renewal == 0 {
		v.raft.ReadIndex(binary.LittleEndian.AppendUint64(nil, uint64(now)))
	}
}

// wait draws when to campaign, from the least patience to twice as much.
func (v *Voter) wait(now clock.Time) {
	patience := v.config.patience()
	v.campaign = now.Add(patience + rng.Between(&v.luck, 0, patience))
}
