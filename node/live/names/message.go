package names

import (
	"errors"
	"fmt"

	"butterfly/node/crdt"
	"butterfly/node/gossip"
	"butterfly/node/origin"
	"butterfly/node/wire"
)

// named is the first byte of a message with a dictionary: the version of the latter. What a message
// of package wire begins with is higher.
const named = 1

type (
	entry   = crdt.Entry[uint32, origin.Value]
	sibling = crdt.Sibling[origin.Value]
)

// AppendMessage appends the encoding of m to b. It only reads m, and allocates only if b or the
// memory it keeps has to grow. It panics as [wire.Append] does, and on numbers that stand for
// nothing.
func (d *Directory) AppendMessage(b []byte, m *wire.Message) []byte {
	if !brings(m) {
		return wire.Append(b, m)
	}
	w := &d.writing
	defer w.release()
	w.collect(d, m.Gossip.Delta.Entries)
	b = w.append(append(b, named), d)
	sent := *m
	sent.Gossip.Delta.Entries = w.rewrite(m.Gossip.Delta.Entries)
	return wire.Append(b, &sent)
}

// brings reports whether m has entries that are sent.
func brings(m *wire.Message) bool {
	kind := m.Gossip.Kind
	return m.Kind == wire.Gossip && (kind == gossip.Answer || kind == gossip.Push) &&
		len(m.Gossip.Delta.Entries) > 0
}

// ParseMessage decodes all of b into m, which must be empty, in numbers of this directory; it keeps
// nothing of b. If there is an error m is empty and the directory as it was: [ErrFull] if it has no
// room for what the message names, otherwise b is not the encoding of a message.
func (d *Directory) ParseMessage(b []byte, m *wire.Message) error {
	if err := d.parse(b, m); err != nil {
		m.Reset()
		return err
	}
	return nil
}

func (d *Directory) parse(b []byte, m *wire.Message) error {
	if len(b) > 0 && b[0] == named {
		return d.parseNamed(b, m)
	}
	if err := wire.Parse(b, m); err != nil {
		return err
	}
	if brings(m) {
		return errors.New("names: expected the names of the origins that a message is about")
	}
	return nil
}

// parseNamed reads the dictionary twice if there is news in it: nothing gets a number before all of
// the message has proved good.
func (d *Directory) parseNamed(b []byte, m *wire.Message) error {
	in := &d.reading
	defer in.release()
	r := reader{b: b, offset: 1}
	in.read(&r, d, false)
	if err := r.failure(); err != nil {
		return err
	}
	if err := wire.Parse(b[r.offset:], m); err != nil {
		return fmt.Errorf("names: after %d B of them: %w", r.offset, err)
	}
	if err := in.check(m); err != nil {
		return err
	}
	if err := in.checkRoom(d); err != nil {
		return err
	}
	if in.strangers.any() {
		in.read(&reader{b: b, offset: 1}, d, true)
	}
	in.rewrite(m.Gossip.Delta.Entries)
	return nil
}

// mostKept is how many elements scratch memory may have room for to be kept: enough for the news of
// a second, and little beside what a full answer takes.
const mostKept = 1 << 10

// emptied returns s without its elements, and without its memory if that is large.
func emptied[T any](s []T) []T {
	if cap(s) > mostKept {
		return nil
	}
	clear(s)
	return s[:0]
}

// grown returns s with at least so many elements, those added being zero.
func grown[T any](s []T, length int) []T {
	if length <= len(s) {
		return s
	}
	return append(s, make([]T, length-len(s))...)
}
