package live

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"butterfly/node/live/replace"
	"butterfly/node/live/seal"
)

const (
	stateFile = "state"
	// stateMagic begins the file: what it is, and which layout.
	stateMagic = "bfstate1"
	// maxState bounds what a machine saves, in bytes. Ours saves 8.
	maxState = 1 << 20
)

// state is what a node keeps across its lives.
type state struct {
	// boot is the generation of the last life on the carrier: the Unix time in ms at which it
	// began, or one more than that of the life before.
	boot uint64
	// machine is what the machine saved last.
	machine []byte
}

// disk keeps the state in a folder, or nowhere if that has no name.
type disk struct {
	folder string
	kept   state
}

// openDisk reads what was kept. What is there and cannot be true is set aside, which the log is
// told of as an error: the life that begins is then one without a past. The error is that there is
// no reading at all.
func openDisk(folder string, now time.Time, log *slog.Logger) (*disk, error) {
	d := &disk{folder: folder}
	if folder == "" {
		return d, nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("live: data folder: %w", err)
	}
	content, err := os.ReadFile(d.path())
	if errors.Is(err, fs.ErrNotExist) {
		return d, nil
	}
	if err != nil {
		return nil, fmt.Errorf("live: data folder: %w", err)
	}
	kept, err := parseState(content)
	if err != nil {
		return d, d.setAside(err, now, log)
	}
	d.kept = kept
	return d, nil
}

// setAside gives a corrupt file another name, for people to look at.
func (d *disk) setAside(why error, now time.Time, log *slog.Logger) error {
	aside := fmt.Sprintf("%s.corrupt-%s", d.path(), now.UTC().Format("20060102T150405.000000000Z"))
	if err := os.Rename(d.path(), aside); err != nil {
		return fmt.Errorf("live: data folder: cannot set aside a corrupt file: %w", err)
	}
	log.Error("the saved state is corrupt and was set aside: this life begins without a past",
		"event", "state-corrupt", "why", why, "file", aside)
	return nil
}

func (d *disk) path() string { return filepath.Join(d.folder, stateFile) }

// begin makes another life than all before it, and keeps that in mind before anybody hears of it.
func (d *disk) begin(now time.Time) (boot uint64, err error) {
	d.kept.boot = max(uint64(now.UnixMilli()), d.kept.boot+1)
	return d.kept.boot, d.write()
}

// save keeps what the machine wants to find when it starts again.
func (d *disk) save(machine []byte) error {
	d.kept.machine = append(d.kept.machine[:0], machine...)
	return d.write()
}

// write replaces the file as a whole: whoever loses power finds the old one or the new one.
func (d *disk) write() error {
	if d.folder == "" {
		return nil
	}
	if err := replace.Write(d.path(), 0o600, appendState(nil, d.kept)); err != nil {
		return fmt.Errorf("live: data folder: %w", err)
	}
	return syncFolder(d.folder)
}

// syncFolder makes a new name last.
func syncFolder(folder string) error {
	opened, err := os.Open(folder)
	if err != nil {
		return fmt.Errorf("live: data folder: %w", err)
	}
	return errors.Join(opened.Sync(), opened.Close())
}

// appendState appends magic, boot, the length of what the machine saved, and it; then the CRC-32C
// of all that. Numbers are big-endian.
func appendState(b []byte, s state) []byte {
	start := len(b)
	b = append(b, stateMagic...)
	b = binary.BigEndian.AppendUint64(b, s.boot)
	b = binary.BigEndian.AppendUint32(b, uint32(len(s.machine)))
	b = append(b, s.machine...)
	return binary.BigEndian.AppendUint32(b, checksum(b[start:]))
}

// parseState reads what appendState made, and nothing else.
func parseState(b []byte) (s state, err error) {
	const header, trailer = len(stateMagic) + 8 + 4, 4
	if len(b) < header+trailer || !bytes.HasPrefix(b, []byte(stateMagic)) {
		return state{}, fmt.Errorf("%d bytes that are no saved state", len(b))
	}
	length := binary.BigEndian.Uint32(b[header-4:])
	if length > maxState || len(b) != header+int(length)+trailer {
		return state{}, fmt.Errorf("%d bytes, the machine's said to be %d", len(b), length)
	}
	content, sum := b[:len(b)-trailer], binary.BigEndian.Uint32(b[len(b)-trailer:])
	if checksum(content) != sum {
		return state{}, errors.New("the checksum does not match")
	}
	s.boot = binary.BigEndian.Uint64(b[len(stateMagic):])
	if s.boot >= seal.MaxGeneration { // there would be none after it
		return state{}, fmt.Errorf("life %d, expected one below %d", s.boot, uint64(seal.MaxGeneration))
	}
	s.machine = bytes.Clone(content[header:])
	return s, nil
}

func checksum(b []byte) uint32 { return crc32.Checksum(b, crc32.MakeTable(crc32.Castagnoli)) }
