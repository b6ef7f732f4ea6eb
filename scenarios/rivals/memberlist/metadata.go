package memberlist

import (
	"sync/atomic"

	hashicorp "github.com/hashicorp/memberlist"
)

// metadata is the little that our members have to say about themselves.
type metadata struct{ version atomic.Uint32 }

var _ hashicorp.Delegate = (*metadata)(nil)

// NodeMeta is empty until the first change, and one byte from then on.
func (m *metadata) NodeMeta(int) []byte {
	if version := m.version.Load(); version > 0 {
		return []byte{byte(version)}
	}
	return nil
}

func (m *metadata) NotifyMsg([]byte)                {}
func (m *metadata) GetBroadcasts(int, int) [][]byte { return nil }
func (m *metadata) LocalState(bool) []byte          { return nil }
func (m *metadata) MergeRemoteState([]byte, bool)   {}
