package seal

import "sync"

// WindowFrames is how far behind the newest frame of its sender a frame may come, in frames.
const WindowFrames = 1024

// Replay tells frames that are new from those that were here before. The zero value is ready; any
// number of goroutines may use it. It takes 200 bytes for each sender that was ever accepted, of
// which there are at most [Senders].
//
// It remembers nothing of the time before it was made: frames that were recorded before are new to
// it until it has heard of a later life of their sender, or of that life a newer frame.
type Replay struct {
	mutex   sync.Mutex
	windows map[uint32]*window
}

// Accept reports whether a frame with this header is the first of its kind, and remembers it: its
// life is the newest heard of its sender, and its sequence is new, or no more than [WindowFrames]
// behind the newest and not yet seen. It is for headers of frames that opened.
func (r *Replay) Accept(h Header) bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	w, known := r.windows[h.From]
	if !known {
		if h.From >= Senders {
			return false
		}
		if r.windows == nil {
			r.windows = map[uint32]*window{}
		}
		w = &window{generation: h.Generation, newest: h.Sequence}
		r.windows[h.From] = w
	}
	return w.accept(h.Generation, h.Sequence)
}

// window is what is remembered of a sender: the newest life, the newest frame of it, and which of
// the WindowFrames up to that one were here. It shifts no bits (RFC 6479): the bit of a frame is
// that of its sequence modulo the size.
type window struct {
	generation, newest uint64
	seen               [WindowFrames / 64]uint64
}

func (w *window) accept(generation, sequence uint64) bool {
	switch {
	case generation < w.generation:
		return false
	case generation > w.generation:
		*w = window{generation: generation, newest: sequence}
	case sequence > w.newest:
		w.advance(sequence)
	case w.newest-sequence >= WindowFrames:
		return false
	}
	word, bit := bitOf(sequence)
	if w.seen[word]&bit != 0 {
		return false
	}
	w.seen[word] |= bit
	return true
}

// advance forgets the frames whose bits those up to sequence now take.
func (w *window) advance(sequence uint64) {
	if sequence-w.newest >= WindowFrames {
		clear(w.seen[:])
		w.newest = sequence
	}
	for w.newest < sequence {
		w.newest++
		word, bit := bitOf(w.newest)
		w.seen[word] &^= bit
	}
}

func bitOf(sequence uint64) (word int, bit uint64) {
	at := sequence % WindowFrames
	return int(at / 64), 1 << (at % 64)
}
