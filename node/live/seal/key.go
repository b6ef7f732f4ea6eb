package seal

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"strings"
)

const (
	// KeyBytes is the length of a key.
	KeyBytes = 32
	// MaxKeys is how many keys a ring has at most. A rotation takes two.
	MaxKeys = 8
)

// NewKey returns a fresh random key as a line for a key file, without the line's end.
func NewKey() string {
	key := make([]byte, KeyBytes)
	_, _ = rand.Read(key) // never fails, by its documentation
	return base64.StdEncoding.EncodeToString(key)
}

// ParseKeys reads a key file: a key a line, in base64, the one that seals first; from a # to the
// end of a line is a comment. Errors name the line and never quote it. A file without a key is an
// error: whoever has a key file wants keys.
func ParseKeys(text string) ([][]byte, error) {
	var keys [][]byte
	number := 0
	for line := range strings.Lines(text) {
		number++
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		key, err := parseKey(line)
		switch {
		case err != nil:
			return nil, fmt.Errorf("line %d: %w", number, err)
		case len(keys) == MaxKeys:
			return nil, fmt.Errorf("line %d: one key too many, expected at most %d",
				number, MaxKeys)
		}
		keys = append(keys, key)
	}
	if keys == nil {
		return nil, fmt.Errorf("there is no key, expected 1 to %d, one a line", MaxKeys)
	}
	return keys, nil
}

func parseKey(line string) ([]byte, error) {
	key, err := base64.StdEncoding.Strict().DecodeString(line)
	if err != nil || strings.ContainsAny(line, "\r\n") {
		return nil, fmt.Errorf("not base64, expected a key of %d bytes in base64", KeyBytes)
	}
	if len(key) != KeyBytes {
		return nil, fmt.Errorf("a key of %d bytes, expected %d", len(key), KeyBytes)
	}
	return key, nil
}
