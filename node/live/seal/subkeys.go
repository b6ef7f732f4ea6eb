package seal

import (
	"crypto/cipher"
	"encoding/binary"
	"sync"
)

// maxYoung is how many subkeys are kept at most that were used of late; as many older ones are.
const maxYoung = 2048

// subkeys keeps the ciphers of datagrams that were used last. The zero value is ready.
type subkeys struct {
	mutex sync.Mutex
	// Once the young are full they take the place of the old. So what is used stays, what is not is
	// gone after two turns, and no use has to be written down.
	young, old map[subkeyName]cipher.AEAD
}

// subkeyName is all that a subkey of datagrams is derived from, but for the label.
type subkeyName struct {
	key  uint32
	from uint16
	salt uint64
}

func nameOf(header []byte) subkeyName {
	return subkeyName{
		key:  binary.BigEndian.Uint32(header[keyAt:]),
		from: binary.BigEndian.Uint16(header[fromAt:]),
		salt: binary.BigEndian.Uint64(header[saltAt:]),
	}
}

func (s *subkeys) find(name subkeyName) (found cipher.AEAD, ok bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if found, ok = s.young[name]; ok {
		return found, true
	}
	if found, ok = s.old[name]; ok {
		s.keep(name, found)
	}
	return found, ok
}

func (s *subkeys) add(name subkeyName, c cipher.AEAD) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.keep(name, c)
}

func (s *subkeys) keep(name subkeyName, c cipher.AEAD) {
	if len(s.young) >= maxYoung {
		s.old, s.young = s.young, nil
	}
	if s.young == nil {
		s.young = map[subkeyName]cipher.AEAD{}
	}
	s.young[name] = c
}
