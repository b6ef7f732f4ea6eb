package seal

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// callNetwork is a call whose request has arrived, and all that was sent.
type callNetwork struct {
	sealer   *Sealer
	opener   *Opener
	response []byte
}

func newCallNetwork(t require.TestingT, from, to *Keyring) *callNetwork {
	var sent bytes.Buffer
	c := &callNetwork{sealer: from.SealRequest(&sent, 7, 8, 9)}
	_, err := c.sealer.Write([]byte("how are you"))
	require.NoError(t, err)
	require.NoError(t, c.sealer.Close())
	c.opener, err = to.OpenRequest(&sent)
	require.NoError(t, err)
	asked, err := io.ReadAll(c.opener)
	require.NoError(t, err)
	require.Equal(t, "how are you", string(asked))
	return c
}

// answer sends an answer and returns what arrives.
func (c *callNetwork) answer(text string) (string, error) {
	var sent bytes.Buffer
	s := c.opener.SealResponse(&sent, 70, 80)
	if _, err := s.Write([]byte(text)); err != nil {
		return "", err
	}
	if err := s.Close(); err != nil {
		return "", err
	}
	c.response = bytes.Clone(sent.Bytes())
	return c.receive(c.response)
}

func (c *callNetwork) receive(response []byte) (string, error) {
	o, err := c.sealer.OpenResponse(bytes.NewReader(response))
	if err != nil {
		return "", err
	}
	read, err := io.ReadAll(o)
	return string(read), err
}

func TestAStreamComesThrough(t *testing.T) {
	bothRings(t, func(t *testing.T, k *Keyring) {
		rapid.Check(t, func(t *rapid.T) {
			plain := drawStream(t)
			sealed := sealStream(t, nil, func(w io.Writer) *Sealer {
				s := k.SealRequest(w, 7, 8, 9)
				for rest := plain; len(rest) > 0; {
					piece := rapid.IntRange(1, len(rest)).Draw(t, "piece")
					_, err := s.Write(rest[:piece])
					require.NoError(t, err)
					rest = rest[piece:]
				}
				return s
			})
			o, err := k.OpenRequest(bytes.NewReader(sealed))
			require.NoError(t, err)
			want := Header{From: 7, Generation: 8, Sequence: 9, KeyID: k.KeyIDs()[0]}
			require.Equal(t, want, o.Header())
			require.NoError(t, iotest.TestReader(o, plain))
		})
	})
}

// drawStream returns up to four chunks; often whole ones, where the edges are.
func drawStream(t *rapid.T) []byte {
	length := rapid.IntRange(0, 4).Draw(t, "chunks") * chunkBytes
	plain := make([]byte, max(0, length+rapid.IntRange(-2, 2).Draw(t, "more")))
	for i := range plain {
		plain[i] = byte(i * 7 >> 3)
	}
	return plain
}

// "a stream by 29 bytes and 18 a chunk"
func TestOverheadOfAStream(t *testing.T) {
	k := newRing(t, "shop", 1)
	for _, c := range []struct{ plain, chunks int }{
		{0, 1}, {1, 1}, {chunkBytes, 1}, {chunkBytes + 1, 2}, {3 * chunkBytes, 3},
	} {
		require.Len(t, sealRequest(t, k, make([]byte, c.plain)), c.plain+29+18*c.chunks)
	}
}

func TestAResponseIsBoundToItsRequest(t *testing.T) {
	bothRings(t, func(t *testing.T, k *Keyring) {
		first, second := newCallNetwork(t, k, k), newCallNetwork(t, k, k)
		answer, err := first.answer("fine")
		require.NoError(t, err)
		require.Equal(t, "fine", answer)
		_, err = second.receive(first.response)
		require.ErrorIs(t, err, ErrForged, "so answers cannot be replayed")
		_, err = k.OpenRequest(bytes.NewReader(first.response))
		require.ErrorIs(t, err, ErrForm)
	})
}

func TestAResponseSaysFromWhom(t *testing.T) {
	k := newRing(t, "shop", 1)
	c := newCallNetwork(t, k, k)
	_, err := c.answer("fine")
	require.NoError(t, err)
	o, err := c.sealer.OpenResponse(bytes.NewReader(c.response))
	require.NoError(t, err)
	want := Header{From: 70, Generation: 80, Sequence: 9, KeyID: k.KeyIDs()[0]}
	require.Equal(t, want, o.Header())
}

// The answers to a request that was replayed to a server are not sealed alike.
func TestTwoResponsesToOneRequestDiffer(t *testing.T) {
	k := newRing(t, "shop", 1)
	c := newCallNetwork(t, k, k)
	_, err := c.answer("fine")
	require.NoError(t, err)
	first := c.response
	_, err = c.answer("fine")
	require.NoError(t, err)
	require.NotEqual(t, first[headerBytes:], c.response[headerBytes:])
}

// "What a stream gave before an error is a beginning of what was sealed."
func TestEveryTruncationOfAStreamIsNoticed(t *testing.T) {
	bothRings(t, func(t *testing.T, k *Keyring) {
		plain := bytes.Repeat([]byte("butterfly"), 2*chunkBytes/9)
		sealed := sealRequest(t, k, plain)
		for length := 0; length < len(sealed); length += 1 + length/50 {
			read, err := openRequest(k, sealed[:length])
			require.ErrorIs(t, err, io.ErrUnexpectedEOF, "%d bytes", length)
			require.True(t, bytes.HasPrefix(plain, read))
		}
	})
}

func TestEveryFlippedBitOfAStreamIsRefused(t *testing.T) {
	bothRings(t, func(t *testing.T, k *Keyring) {
		sealed := sealRequest(t, k, []byte("some text"))
		for bit := range len(sealed) * 8 {
			changed := bytes.Clone(sealed)
			changed[bit/8] ^= 1 << (bit % 8)
			_, err := openRequest(k, changed)
			require.Error(t, err, "bit %d", bit)
		}
	})
}

func TestSplicedStreamsAreRefused(t *testing.T) {
	bothRings(t, func(t *testing.T, k *Keyring) {
		plain := make([]byte, 3*chunkBytes)
		header, chunks := cut(k, sealRequest(t, k, plain))
		_, others := cut(k, sealRequest(t, k, plain))
		require.Len(t, chunks, 3)
		for name, splice := range map[string][][]byte{
			"two swapped":          {chunks[1], chunks[0], chunks[2]},
			"one missing":          {chunks[0], chunks[2]},
			"one twice":            {chunks[0], chunks[0], chunks[1], chunks[2]},
			"one of another":       {chunks[0], others[1], chunks[2]},
			"the end of another":   {chunks[0], chunks[1], others[2]},
			"the end too soon":     {chunks[0], chunks[2], chunks[1]},
			"the mark of the end":  {chunks[0], marked(chunks[1])},
			"a mark that is moved": {chunks[0], marked(chunks[1]), chunks[2]},
		} {
			_, err := openRequest(k, slices.Concat(header, slices.Concat(splice...)))
			require.ErrorIs(t, err, ErrForged, name)
		}
		_, err := openRequest(k, slices.Concat(header, slices.Concat(chunks...), []byte{0}))
		require.ErrorIs(t, err, ErrForm, "bytes after the end")
	})
}

// cut returns the header and the chunks of a stream of whole chunks.
func cut(k *Keyring, sealed []byte) (header []byte, chunks [][]byte) {
	size := lengthBytes + chunkBytes + k.keys[0].derive("", "", nil).Overhead()
	return sealed[:headerBytes], slices.Collect(slices.Chunk(sealed[headerBytes:], size))
}

func marked(chunk []byte) []byte {
	chunk = bytes.Clone(chunk)
	chunk[0] |= lastChunk >> 8
	return chunk
}

// A chunk that is not the last is full, or a stream could go on for ever without saying anything.
func TestAShortChunkThatIsNotTheLastIsRefused(t *testing.T) {
	k := newRing(t, "shop")
	sealed := sealRequest(t, k, nil)
	sealed[headerBytes] &^= lastChunk >> 8
	_, err := openRequest(k, sealed)
	require.ErrorIs(t, err, ErrForm)
}

// "an Opener takes two chunks of memory, whatever comes"
func TestAPromiseTakesNoMemory(t *testing.T) {
	k := newRing(t, "shop")
	sealed := sealRequest(t, k, nil)
	sealed[headerBytes], sealed[headerBytes+1] = 0xff, 0xff
	_, err := openRequest(k, sealed)
	require.ErrorIs(t, err, ErrForm)
}

func TestErrorsOfTheWriterStay(t *testing.T) {
	broken := errors.New("broken")
	s := newRing(t, "shop", 1).SealRequest(failingWriter{broken}, 1, 2, 3)
	_, err := s.Write(make([]byte, chunkBytes+1))
	require.ErrorIs(t, err, broken)
	_, err = s.Write([]byte("more"))
	require.ErrorIs(t, err, broken)
	require.ErrorIs(t, s.Close(), broken)
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }

func TestErrorsOfTheReaderComeThrough(t *testing.T) {
	k, broken := newRing(t, "shop", 1), errors.New("broken")
	sealed := sealRequest(t, k, make([]byte, 2*chunkBytes))
	for _, length := range []int{0, 10, headerBytes, headerBytes + 1, headerBytes + 100} {
		r := io.MultiReader(bytes.NewReader(sealed[:length]), iotest.ErrReader(broken))
		_, err := k.OpenRequest(r)
		require.ErrorIs(t, err, broken, "%d bytes", length)
	}
	o, err := k.OpenRequest(io.MultiReader(bytes.NewReader(sealed), iotest.ErrReader(broken)))
	require.NoError(t, err)
	_, err = io.ReadAll(o)
	require.ErrorIs(t, err, broken, "nobody knows whether it was all")
}

func TestClosingTwiceEndsOnce(t *testing.T) {
	var sent bytes.Buffer
	s := newRing(t, "shop", 1).SealRequest(&sent, 1, 2, 3)
	require.NoError(t, s.Close())
	length := sent.Len()
	require.NoError(t, s.Close())
	require.Equal(t, length, sent.Len())
	_, err := s.Write([]byte("more"))
	require.Error(t, err)
}

func FuzzOpener(f *testing.F) {
	keyed, bare := newRing(f, "shop", 1), newRing(f, "shop")
	f.Add([]byte{})
	f.Add(sealRequest(f, keyed, []byte("hello")))
	f.Add(sealRequest(f, bare, []byte("hello")))
	f.Add(sealRequest(f, bare, make([]byte, chunkBytes+1)))
	f.Fuzz(func(t *testing.T, sealed []byte) {
		for k, tag := range map[*Keyring]int{keyed: cipherTagBytes, bare: checksumBytes} {
			plain, err := openRequest(k, sealed)
			require.LessOrEqual(t, len(plain), len(sealed))
			if err == nil {
				chunks := max(1, (len(plain)+chunkBytes-1)/chunkBytes)
				require.Len(t, sealed, len(plain)+headerBytes+chunks*(lengthBytes+tag))
			}
		}
	})
}
