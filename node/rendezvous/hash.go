package rendezvous

// Hash is a well mixed 64-bit digest of a key or of a member's name.
type Hash uint64

// The parameters of 64-bit FNV (Fowler, Noll and Vo; RFC 9923).
const (
	fnvOffset = 0xcbf29ce484222325
	fnvPrime  = 0x100000001b3
)

// HashString hashes a name: 64-bit FNV-1a, then fmix64, because FNV's last bytes reach the high
// bits only through the finaliser.
func HashString(s string) Hash {
	h := uint64(fnvOffset)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return Hash(fmix64(h))
}

// HashNumber hashes a number, such as an origin's. The offset keeps 0 from being a fixed point.
func HashNumber(n uint64) Hash { return Hash(fmix64(n + fnvOffset)) }

// Score is the weight of a pair: the member with the highest one owns the key.
func Score(key, member Hash) uint64 { return fmix64(uint64(key ^ member)) }

// fmix64 is the 64-bit finaliser of MurmurHash3 (Austin Appleby, public domain): a bijection in
// which every input bit flips every output bit with a probability close to one half.
func fmix64(h uint64) uint64 {
	h = (h ^ (h >> 33)) * 0xff51afd7ed558ccd
	h = (h ^ (h >> 33)) * 0xc4ceb9fe1a85ec53
	return h ^ (h >> 33)
}
