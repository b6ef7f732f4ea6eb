package voter

import (
	"slices"

	"go.etcd.io/raft/v3"
	pb "go.etcd.io/raft/v3/raftpb"
	"go.etcd.io/raft/v3/tracker"
	"google.golang.org/protobuf/proto"

	"butterfly/node"
)

// join asks the others to be made one of the voters, if this node is none. It goes on asking: it is
// first made a learner, and then, when it has caught up, a voter.
func (v *Voter) join(out Effects) {
	if v.Votes() || v.ticks%v.config.Election != 0 {
		return
	}
	for peer := range node.ID(v.config.Voters) {
		if peer != v.host {
			letter := out.Send(peer)
			*letter = appendJoin((*letter)[:0], v.disk.self)
		}
	}
}

// admit brings who asks for it a step nearer to being a voter. Only the leader can.
func (v *Voter) admit(who identity) {
	switch {
	case !v.leads || slices.Contains(v.members.GetVoters(), who) || v.late(who):
	case !slices.Contains(v.members.GetLearners(), who):
		v.reconfiguring(append(v.without(who), change(pb.ConfChangeAddLearnerNode, who)))
	case v.caughtUp(who):
		v.reconfiguring([]*pb.ConfChangeSingle{change(pb.ConfChangeAddNode, who)})
	}
}

// late reports whether a node has come back once more since it was who.
func (v *Voter) late(who identity) bool {
	return slices.ContainsFunc(v.known(), func(id identity) bool {
		return host(id) == host(who) && id > who
	})
}

// without removes who the node was before.
func (v *Voter) without(who identity) (changes []*pb.ConfChangeSingle) {
	for _, id := range v.known() {
		if host(id) == host(who) {
			changes = append(changes, change(pb.ConfChangeRemoveNode, id))
		}
	}
	return changes
}

// known are all members, voters and learners.
func (v *Voter) known() []identity {
	return slices.Concat(v.members.GetVoters(), v.members.GetLearners())
}

// caughtUp reports whether who lacks no more than the log still has.
func (v *Voter) caughtUp(who identity) (yes bool) {
	v.raft.WithProgress(func(id uint64, _ raft.ProgressType, p tracker.Progress) {
		yes = yes || id == who && p.Match+uint64(v.config.Keep) >= v.applied
	})
	return yes
}

// reconfiguring proposes a change of members. Raft drops it if another one is under way; it will be
// asked for again.
func (v *Voter) reconfiguring(changes []*pb.ConfChangeSingle) {
	_ = v.raft.ProposeConfChange(&pb.ConfChangeV2{Changes: changes})
}

func change(what pb.ConfChangeType, who identity) *pb.ConfChangeSingle {
	return &pb.ConfChangeSingle{Type: what.Enum(), NodeId: new(who)}
}

// reconfigure applies a change of members.
func (v *Voter) reconfigure(entry *pb.Entry) {
	var next pb.ConfChangeI
	if entry.GetType() == pb.EntryConfChange {
		one := &pb.ConfChange{}
		must(proto.Unmarshal(entry.GetData(), one))
		next = one
	} else {
		several := &pb.ConfChangeV2{}
		must(proto.Unmarshal(entry.GetData(), several))
		next = several
	}
	v.members, v.renewed = v.raft.ApplyConfChange(next), true
}
