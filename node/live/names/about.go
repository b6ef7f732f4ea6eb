package names

import (
	"encoding/binary"
	"fmt"

	"butterfly/node/live/endpoint"
)

// About is what a server says of itself, as the metadata that SWIM carries.
type About struct {
	// Name is the server's, see [ValidateName].
	Name string
	// Address is that of its datagrams and streams, "host:port", and API that of its API; empty if it
	// has none that others could use. At most [MaxAddressBytes] each.
	Address, API string
	// Origins is a digest of the origins that it is configured with.
	Origins uint64
}

const (
	// MaxAddressBytes is how long an address of a server may be.
	MaxAddressBytes = 100
	// MaxAboutBytes is the most that [About.Append] appends. It is less than the 512 B of
	// swim.MaxMetadata, and than half a datagram.
	MaxAboutBytes = 1 + (1 + MaxNameBytes) + 2*(1+MaxAddressBytes) + digestBytes

	digestBytes  = 8
	aboutVersion = 1
)

// Validate says what is wrong with a, nil if nothing is.
func (a *About) Validate() error {
	if err := ValidateName(a.Name); err != nil {
		return err
	}
	if err := validateAddress(a.Address); err != nil {
		return err
	}
	if a.API == "" {
		return nil
	}
	return validateAddress(a.API)
}

func validateAddress(address string) error {
	if len(address) > MaxAddressBytes {
		return fmt.Errorf("names: address has %d B, expected at most %d", len(address), MaxAddressBytes)
	}
	_, err := endpoint.Parse(address)
	return err
}

// Append appends the encoding of a, which is valid, to b.
func (a *About) Append(b []byte) []byte {
	b = append(b, aboutVersion)
	b = appendText(b, a.Name)
	b = appendText(b, a.Address)
	b = appendText(b, a.API)
	return binary.BigEndian.AppendUint64(b, a.Origins)
}

// ParseAbout decodes all of b, of which it keeps nothing. What it returns without an error is
// valid, and its encoding is b.
func ParseAbout(b []byte) (About, error) {
	r := reader{b: b}
	r.demand(r.byte("version") == aboutVersion, 0, "version 1")
	a := About{
		Name:    string(r.text("name", 1, MaxNameBytes)),
		Address: string(r.text("address", 1, MaxAddressBytes)),
		API:     string(r.text("address of the API", 0, MaxAddressBytes)),
	}
	if digest := r.take("digest of the origins", digestBytes); r.ok() {
		a.Origins = binary.BigEndian.Uint64(digest)
	}
	r.end()
	if err := r.failure(); err != nil {
		return About{}, err
	}
	if err := a.Validate(); err != nil {
		return About{}, err
	}
	return a, nil
}
