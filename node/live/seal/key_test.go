package seal

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const aKey = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="

func TestParseKeys(t *testing.T) {
	other := NewKey()
	keys, err := ParseKeys("# of 2026\n\n  " + aKey + "  # the first one seals\r\n" + other)
	require.NoError(t, err)
	require.Len(t, keys, 2)
	require.Equal(t, secret(1), keys[0])
	require.Equal(t, other, base64.StdEncoding.EncodeToString(keys[1]))
}

func TestBadKeyFiles(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"empty":         {"", "there is no key, expected 1 to 8, one a line"},
		"only comments": {"# none yet\n\n", "there is no key, expected 1 to 8, one a line"},
		"not base64": {aKey + "\nhunter2!\n",
			"line 2: not base64, expected a key of 32 bytes in base64"},
		"url alphabet": {strings.Repeat("_", 43) + "=",
			"line 1: not base64, expected a key of 32 bytes in base64"},
		"two on a line": {aKey + " " + aKey,
			"line 1: not base64, expected a key of 32 bytes in base64"},
		"stray bits": {strings.Replace(aKey, "QE=", "QF=", 1),
			"line 1: not base64, expected a key of 32 bytes in base64"},
		"too short": {"\nAQEB", "line 2: a key of 3 bytes, expected 32"},
		"too many":  {strings.Repeat(aKey+"\n", 9), "line 9: one key too many, expected at most 8"},
	} {
		_, err := ParseKeys(c.text)
		require.EqualError(t, err, c.want, name)
		require.NotContains(t, err.Error(), "hunter2", "errors never quote a line")
	}
}

func TestNewKeysDiffer(t *testing.T) {
	require.NotEqual(t, NewKey(), NewKey())
}

func FuzzParseKeys(f *testing.F) {
	f.Add("")
	f.Add(aKey + "\n# comment\n" + aKey)
	f.Add(strings.Repeat(aKey+"\n", MaxKeys+1))
	f.Fuzz(func(t *testing.T, text string) {
		keys, err := ParseKeys(text)
		if err != nil {
			require.Nil(t, keys)
			return
		}
		require.NotEmpty(t, keys)
		require.LessOrEqual(t, len(keys), MaxKeys)
		for _, key := range keys {
			require.Len(t, key, KeyBytes)
			require.Contains(t, text, base64.StdEncoding.EncodeToString(key))
		}
	})
}
