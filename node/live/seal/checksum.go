package seal

import (
	"encoding/binary"
	"hash/crc32"
	"slices"
)

const checksumBytes = 4

// checksum has the form of a cipher and hides nothing: its tag is a CRC-32C (RFC 3720, section
// 12.1), which finds all changes of up to 32 bits in a row, and others but for one in 2^32.
type checksum struct {
	table *crc32.Table
	seed  uint32
}

func newChecksum(purpose, label string, context []byte) *checksum {
	c := &checksum{table: crc32.MakeTable(crc32.Castagnoli)}
	c.seed = crc32.Checksum([]byte(purpose+"\x00"+label+string(context)), c.table)
	return c
}

func (*checksum) NonceSize() int { return headerBytes - generationAt }
func (*checksum) Overhead() int  { return checksumBytes }

func (c *checksum) Seal(dst, nonce, plain, additional []byte) []byte {
	dst = append(slices.Grow(dst, len(plain)+checksumBytes), plain...)
	return binary.BigEndian.AppendUint32(dst, c.sum(nonce, plain, additional))
}

func (c *checksum) Open(dst, nonce, sealed, additional []byte) ([]byte, error) {
	end := len(sealed) - checksumBytes
	if end < 0 || c.sum(nonce, sealed[:end], additional) != binary.BigEndian.Uint32(sealed[end:]) {
		return nil, ErrForged
	}
	return append(dst, sealed[:end]...), nil
}

func (c *checksum) sum(nonce, plain, additional []byte) uint32 {
	sum := crc32.Update(c.seed, c.table, nonce)
	sum = crc32.Update(sum, c.table, additional)
	return crc32.Update(sum, c.table, plain)
}
