package voter

import (
	"encoding/binary"

	pb "go.etcd.io/raft/v3/raftpb"
	"google.golang.org/protobuf/proto"
)

// Kinds of letters: the first byte of one.
const (
	letterRaft byte = iota + 1 // then a raftpb.Message
	letterJoin                 // then the identity of who wants to be one of the voters, 8 bytes
)

// mostDatagram is up to which size in bytes a letter goes as a datagram, in one trip. That leaves
// room for what the owner puts around it in a packet of 1400.
const mostDatagram = 1300

func appendRaft(b []byte, m *pb.Message) []byte {
	return appendMessage(append(b, letterRaft), m)
}

func appendJoin(b []byte, self identity) []byte {
	return binary.LittleEndian.AppendUint64(append(b, letterJoin), self)
}

// parseRaft reads a letter of Raft's; nil if it is none.
func parseRaft(letter []byte) *pb.Message {
	m := &pb.Message{}
	if len(letter) == 0 || letter[0] != letterRaft || proto.Unmarshal(letter[1:], m) != nil {
		return nil
	}
	return m
}

// parseJoin reads who wants to be one of the voters.
func parseJoin(letter []byte) (who identity, ok bool) {
	if len(letter) != 9 || letter[0] != letterJoin {
		return 0, false
	}
	return binary.LittleEndian.Uint64(letter[1:]), true
}
