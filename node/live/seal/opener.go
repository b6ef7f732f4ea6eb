package seal

import (
	"crypto/cipher"
	"encoding/binary"
	"io"
	"slices"
)

// Opener reads what a [Sealer] sealed. It is for one goroutine.
type Opener struct {
	r      io.Reader
	ring   *Keyring
	key    *key
	header []byte
	read   Header
	cipher cipher.AEAD
	nonce  chunkNonce
	sealed []byte
	plain  []byte // of the last chunk opened
	unread []byte // what of it has not been read
	last   bool
	err    error // what to say when nothing is unread
}

// OpenRequest waits for the header and the first chunk of a request, so what [Opener.Header] says
// has been vouched for. The error is one of [ErrForm], [ErrKey], [ErrLabel], [ErrForged], or that
// of the reader, io.ErrUnexpectedEOF if it ends too soon.
func (k *Keyring) OpenRequest(r io.Reader) (*Opener, error) {
	o, err := k.newOpener(r, request)
	if err != nil {
		return nil, err
	}
	o.cipher = o.key.derive("request", k.label, o.header)
	return o.begin()
}

// OpenResponse waits for the header and the first chunk of the response to this request. No other
// response opens. Errors are those of [Keyring.OpenRequest].
func (s *Sealer) OpenResponse(r io.Reader) (*Opener, error) {
	o, err := s.ring.newOpener(r, response)
	if err != nil {
		return nil, err
	}
	o.cipher = s.ring.responseCipher(o.key, s.header, o.header)
	return o.begin()
}

func (k *Keyring) newOpener(r io.Reader, expected kind) (o *Opener, err error) {
	o = &Opener{r: r, ring: k, header: make([]byte, headerBytes)}
	if err := readFull(r, o.header); err != nil {
		return nil, err
	}
	o.read, o.key, err = k.parseHeader(o.header, expected)
	return o, err
}

func (o *Opener) begin() (*Opener, error) {
	if err := o.openChunk(); err != nil {
		return nil, err
	}
	return o, nil
}

// Header says from whom the stream is.
func (o *Opener) Header() Header { return o.read }

// Read reads what was sealed. io.EOF says that it was all, and that nothing came after it. Other
// errors are those of [Keyring.OpenRequest]; what was read before stays true.
func (o *Opener) Read(p []byte) (n int, err error) {
	for len(o.unread) == 0 && o.err == nil && len(p) > 0 {
		o.err = o.next()
	}
	n = copy(p, o.unread)
	o.unread = o.unread[n:]
	if n == 0 && len(p) > 0 {
		return 0, o.err
	}
	return n, nil
}

// next opens the next chunk, or makes sure that there is nothing after the last one.
func (o *Opener) next() error {
	if !o.last {
		return o.openChunk()
	}
	switch err := readFull(o.r, o.nonce.scratch[:1]); err {
	case io.ErrUnexpectedEOF:
		return io.EOF
	case nil:
		return ErrForm
	default:
		return err
	}
}

func (o *Opener) openChunk() error {
	length := o.nonce.scratch[:]
	if err := readFull(o.r, length); err != nil {
		return err
	}
	mark := binary.BigEndian.Uint16(length) & lastChunk
	size := int(binary.BigEndian.Uint16(length) &^ lastChunk)
	if size > chunkBytes || mark == 0 && size < chunkBytes {
		return ErrForm
	}
	total := size + o.cipher.Overhead()
	o.sealed = slices.Grow(o.sealed[:0], total)[:total]
	if err := readFull(o.r, o.sealed); err != nil {
		return err
	}
	plain, err := o.cipher.Open(o.plain[:0], o.nonce.next(mark), o.sealed, length)
	if err != nil {
		return ErrForged
	}
	o.plain, o.unread, o.last = plain, plain, mark != 0
	return nil
}

// readFull fills b. Any end before that is an unexpected one.
func readFull(r io.Reader, b []byte) error {
	_, err := io.ReadFull(r, b)
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
