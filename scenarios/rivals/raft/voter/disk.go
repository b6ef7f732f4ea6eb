package voter

import (
	"encoding/binary"
	"errors"
	"slices"

	"go.etcd.io/raft/v3"
	pb "go.etcd.io/raft/v3/raftpb"
	"google.golang.org/protobuf/proto"
)

// disk is what a voter keeps: who it is, whom it voted for, and the log with the snapshot it begins
// with. Raft reads the log from here.
type disk struct {
	*raft.MemoryStorage
	self identity
	vote *pb.HardState

	// What is saved at every change is encoded only once.
	snapshot []byte
	log      [][]byte // the entries from first on
	first    uint64
	buffer   []byte
}

func newDisk(self identity) *disk {
	return &disk{
		MemoryStorage: raft.NewMemoryStorage(), self: self, vote: &pb.HardState{}, first: 1,
	}
}

// found writes what all founders agree on before they have said a word: who they are. The log
// begins after it, as if they had settled that in term 1.
func (d *disk) found(voters int) {
	members := &pb.ConfState{}
	for i := range voters {
		members.Voters = append(members.Voters, identity(i)+1)
	}
	d.begin(&pb.Snapshot{Metadata: &pb.SnapshotMetadata{
		Index: new(uint64(1)), Term: new(uint64(1)), ConfState: members,
	}})
	d.setVote(&pb.HardState{Term: new(uint64(1)), Commit: new(uint64(1))})
}

// begin makes the log begin with a snapshot.
func (d *disk) begin(snapshot *pb.Snapshot) {
	must(d.ApplySnapshot(snapshot))
	d.snapshot = encode(snapshot)
	d.log, d.first = nil, snapshot.GetMetadata().GetIndex()+1
}

// write adds entries to the log, in place of those that it has from the first of them on. What the
// log begins after is not written.
func (d *disk) write(entries []*pb.Entry) {
	must(d.Append(entries))
	for _, entry := range entries {
		if index := entry.GetIndex(); index >= d.first {
			d.log = append(d.log[:index-d.first], encode(entry))
		}
	}
}

func (d *disk) setVote(vote *pb.HardState) {
	d.vote = vote
	must(d.SetHardState(vote))
}

// compact replaces the applied part of the log by a snapshot of what it led to, but for the last
// entries.
func (d *disk) compact(applied uint64, members *pb.ConfState, state []byte, keep uint64) {
	snapshot, err := d.CreateSnapshot(applied, members, state)
	must(err)
	d.snapshot = encode(snapshot)
	if next := max(applied, keep) - keep + 1; next > d.first {
		must(d.Compact(next - 1))
		d.log = slices.Delete(d.log, 0, int(next-d.first))
		d.first = next
	}
}

// bytes is all of it, in one piece that is valid until the next call:
//
//	identity              8    little-endian
//	vote                  n    uvarint length, then a raftpb.HardState
//	snapshot              n    uvarint length, then a raftpb.Snapshot
//	then, to the end, for each entry kept
//	  entry               n    uvarint length, then a raftpb.Entry
func (d *disk) bytes() []byte {
	b := binary.LittleEndian.AppendUint64(d.buffer[:0], d.self)
	b = appendPart(b, encode(d.vote))
	b = appendPart(b, d.snapshot)
	for _, entry := range d.log {
		b = appendPart(b, entry)
	}
	d.buffer = b
	return b
}

var errTorn = errors.New("voter: what was saved is not the disk of a voter")

// readDisk reads what [disk.bytes] wrote. Of a log that goes on from before its snapshot the part
// up to the snapshot is dropped: it has been applied.
func readDisk(saved []byte) (*disk, error) {
	if len(saved) < 8 {
		return nil, errTorn
	}
	d := newDisk(binary.LittleEndian.Uint64(saved))
	rest := saved[8:]
	snapshot := &pb.Snapshot{}
	if !cutPart(&rest, d.vote) || !cutPart(&rest, snapshot) {
		return nil, errTorn
	}
	if !raft.IsEmptySnap(snapshot) {
		d.begin(snapshot)
	}
	d.setVote(d.vote)
	for len(rest) > 0 {
		entry := &pb.Entry{}
		if !cutPart(&rest, entry) {
			return nil, errTorn
		}
		d.write([]*pb.Entry{entry})
	}
	return d, nil
}

func appendPart(b, part []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(part))), part...)
}

// cutPart reads a part off the beginning of b into m.
func cutPart(b *[]byte, m proto.Message) bool {
	length, n := binary.Uvarint(*b)
	if n <= 0 || length > uint64(len(*b)-n) {
		return false
	}
	end := n + int(length)
	part := (*b)[n:end]
	*b = (*b)[end:]
	return proto.Unmarshal(part, m) == nil
}

func encode(m proto.Message) []byte { return appendMessage(nil, m) }

// appendMessage encodes the one way in which every build does.
func appendMessage(b []byte, m proto.Message) []byte {
	b, err := proto.MarshalOptions{Deterministic: true}.MarshalAppend(b, m)
	must(err)
	return b
}

// must stops a voter whose log cannot be what the algorithm makes of it.
func must(err error) {
	if err != nil {
		panic("voter: " + err.Error())
	}
}
