package rng

import "math/bits"

// golden is 2^64 divided by the golden ratio: the increment SplitMix64 is usually run with.
const golden = 0x9e3779b97f4a7c15

// Rand is one stream of random integers. Copying it copies the stream's position.
type Rand struct {
	state, gamma uint64
}

// New returns the plain SplitMix64 stream of a seed.
func New(seed uint64) Rand { return Rand{state: seed, gamma: golden} }

// Stream returns the stream of (seed, purpose, id).
func Stream(seed uint64, purpose string, id uint64) Rand { return Named(seed, purpose).At(id) }

// Key is a stream name in the making: seed and purpose, hashed once, for streams addressed by
// number.
type Key uint64

// Named returns the key of all streams of (seed, purpose).
func Named(seed uint64, purpose string) Key {
	h := Mix(seed ^ golden)
	for i := range len(purpose) {
		h = Mix(h ^ uint64(purpose[i]))
	}
	return Key(h)
}

// At returns the key's stream number id.
func (k Key) At(id uint64) Rand {
	h := Mix(uint64(k) ^ Mix(id+golden))
	return Rand{state: h, gamma: oddGamma(h + golden)}
}

// At2 returns the key's stream number (a, b): for example message b of link a.
func (k Key) At2(a, b uint64) Rand {
	return Key(Mix(uint64(k) ^ Mix(a+golden))).At(b)
}

// oddGamma turns a word into an increment with enough bit changes to mix well (section 2.5 of the
// paper, with the later correction that fewer than 24 changes, not 24 or more, is the weak case).
func oddGamma(z uint64) uint64 {
	z = Mix(z) | 1
	if bits.OnesCount64(z^(z>>1)) < 24 {
		z ^= 0xaaaaaaaaaaaaaaaa
	}
	return z
}

// Mix is SplitMix64's finaliser (Stafford's mix 13): a bijection on 64 bits in which every input
// bit reaches every output bit.
func Mix(z uint64) uint64 {
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}

// Uint64 returns the next 64 random bits.
func (r *Rand) Uint64() uint64 {
	r.state += r.gamma
	return Mix(r.state)
}

// Skip passes over draws at a fraction of their cost: what is drawn next does not shift.
func (r *Rand) Skip(draws uint64) { r.state += draws * r.gamma }

// Below returns a uniform integer in [0, n), and 0 for n = 0. It takes the high word of a product
// (Lemire 2019) without rejection: the bias is below n/2^64, far under anything a simulation can
// see.
func (r *Rand) Below(n uint64) uint64 {
	hi, _ := bits.Mul64(r.Uint64(), n)
	return hi
}

// Intn is [Rand.Below] for slice lengths: a uniform int in [0, n), 0 for n <= 0.
func (r *Rand) Intn(n int) int {
	if n <= 0 {
		return 0
	}
	return int(r.Below(uint64(n)))
}

// Shuffle permutes n elements uniformly (Fisher-Yates).
func (r *Rand) Shuffle(n int, swap func(i, j int)) {
	for i := n - 1; i > 0; i-- {
		swap(i, r.Intn(i+1))
	}
}

// Choose fills picks with distinct indices below n and returns how many there are: fewer than asked
// for only when n is smaller. Every set of that size is equally likely; the order within picks is
// not random.
func (r *Rand) Choose(n int, picks []int) int {
	want := max(0, min(n, len(picks)))
	// Floyd's algorithm: one draw a pick, no set needed at these sizes.
	for have, limit := 0, n-want; have < want; have, limit = have+1, limit+1 {
		pick := r.Intn(limit + 1)
		for _, p := range picks[:have] {
			if p == pick {
				pick = limit
				break
			}
		}
		picks[have] = pick
	}
	return want
}
