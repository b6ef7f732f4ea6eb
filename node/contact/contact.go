package contact

// Contact is what is known of the address of one server. The zero value knows of none but the zero
// address.
type Contact[A any] struct {
	address A
	word    bool // it is what this life of the server says itself
}

// Guess returns a contact at an address that nobody vouches for.
func Guess[A any](at A) Contact[A] { return Contact[A]{address: at} }

// Address is where the server is as far as is known, the zero A if nothing is.
func (c *Contact[A]) Address() A { return c.address }

// Hear notes where something came from that the server has sent, if it has not said where it is.
func (c *Contact[A]) Hear(from A) {
	if !c.word {
		c.address = from
	}
}

// Say notes where the server says it is.
func (c *Contact[A]) Say(at A) { c.address, c.word = at, true }

// Unsay notes that nothing is known to be the server's word any more: it is gone, or in a new life
// and has not spoken of itself.
func (c *Contact[A]) Unsay() { c.word = false }
