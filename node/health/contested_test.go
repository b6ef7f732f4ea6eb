package health

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// "So whoever goes on checking writes again over a contested claim", once.
func TestAContestedClaimIsWrittenAgain(t *testing.T) {
	d := activeAmong(0, 1)
	d.run(10 * time.Second)
	require.Len(t, d.writes, 1)
	d.Claimed(d.now, 0, Claim{
		Claimant: 0, Generation: firstLife, Status: Healthy, Contested: true,
	})
	d.run(10 * time.Second)
	require.Len(t, d.writes, 2)
}
