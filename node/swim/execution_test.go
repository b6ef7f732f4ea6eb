package swim

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

var rewrite = flag.Bool("rewrite", false, "write the output in testdata/executions anew")

// The executions in testdata/executions are to be read: each begins with the sentence it shows. A
// change of the protocol changes them; the difference is then to be reviewed, after
//
//	go test ./node/swim -run TestExecutions -rewrite
func TestExecutions(t *testing.T) {
	paths, err := filepath.Glob("testdata/executions/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			played := play(t, string(want))
			if *rewrite {
				require.NoError(t, os.WriteFile(path, []byte(played), 0o644))
				return
			}
			require.Equal(t, string(want), played)
		})
	}
}
