package voter

import (
	"testing"

	"github.com/stretchr/testify/require"
	pb "go.etcd.io/raft/v3/raftpb"
	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	"butterfly/sim/clock"
)

// entries are those of a term at the indices from to to.
func entries(term, from, to uint64) (all []*pb.Entry) {
	for index := from; index <= to; index++ {
		all = append(all, &pb.Entry{Term: new(term), Index: new(index), Data: []byte{byte(index)}})
	}
	return all
}

// requireSame checks that two disks hold the same.
func requireSame(t require.TestingT, a, b *disk) {
	require.Equal(t, a.self, b.self)
	require.True(t, proto.Equal(a.vote, b.vote))
	last, err := a.LastIndex()
	require.NoError(t, err)
	other, err := b.LastIndex()
	require.NoError(t, err)
	require.Equal(t, last, other)
	for index := max(a.first, b.first); index <= last; index++ {
		before, err := a.Entries(index, index+1, 1)
		require.NoError(t, err)
		after, err := b.Entries(index, index+1, 1)
		require.NoError(t, err)
		require.True(t, proto.Equal(before[0], after[0]), "entry %d", index)
	}
}

func TestADiskIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := newDisk(founder(2))
		d.found(3)
		for term := range uint64(rapid.IntRange(1, 4).Draw(t, "terms")) {
			last, _ := d.LastIndex()
			from := rapid.Uint64Range(max(2, d.first), last+1).Draw(t, "from")
			d.write(entries(term+1, from, from+rapid.Uint64Range(0, 9).Draw(t, "more")))
			d.setVote(&pb.HardState{Term: new(term + 1), Vote: new(uint64(3)), Commit: new(from)})
		}
		last, _ := d.LastIndex()
		if applied := rapid.Uint64Range(1, last).Draw(t, "applied"); applied > 4 {
			d.compact(applied, &pb.ConfState{Voters: []uint64{1, 2, 3}}, []byte("state"), 3)
			require.Equal(t, max(2, applied-2), d.first)
		}
		require.Len(t, d.log, int(last+1-d.first))
		read, err := readDisk(d.bytes())
		require.NoError(t, err)
		requireSame(t, d, read)
	})
}

func TestWhatIsNoDiskIsRefused(t *testing.T) {
	d := newDisk(1)
	d.found(3)
	d.write(entries(1, 2, 4))
	whole := d.bytes()
	for end := range len(whole) {
		read, err := readDisk(whole[:end])
		if err == nil { // cut off after an entry: what is left makes sense
			require.Less(t, len(read.log), 3)
		}
	}
	_, err := readDisk(append([]byte{}, whole[:len(whole)-1]...))
	require.ErrorIs(t, err, errTorn)
}

// "Of two identities of a node the later is the greater", and no two are the same.
func TestIdentities(t *testing.T) {
	require.Equal(t, identity(5), founder(4))
	early, late := newcomer(4, 0), newcomer(4, clock.Time(1_000_000))
	require.Less(t, founder(4), early)
	require.Less(t, early, late)
	for _, id := range []identity{founder(4), early, late} {
		require.EqualValues(t, 4, host(id))
	}
}

func TestLettersAreToldApart(t *testing.T) {
	who, ok := parseJoin(appendJoin(nil, 77))
	require.True(t, ok)
	require.EqualValues(t, 77, who)
	m := &pb.Message{Type: pb.MsgHeartbeat.Enum(), To: new(uint64(1)), From: new(uint64(2))}
	require.True(t, proto.Equal(m, parseRaft(appendRaft(nil, m))))
	_, ok = parseJoin(appendRaft(nil, m))
	require.False(t, ok)
	require.Nil(t, parseRaft(appendJoin(nil, 77)))
	require.Nil(t, parseRaft(nil))
}
