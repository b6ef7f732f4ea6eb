package sim

import (
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/require"

	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

const (
	eventBytes = int(unsafe.Sizeof(event{}))
	// wheelFloorBytes is what a wheel retains at any size: itself and its first chunk of blocks.
	wheelFloorBytes = int(unsafe.Sizeof(wheel{})) + chunkBlocks*int(unsafe.Sizeof(block{}))
)

func TestEventIs32Bytes(t *testing.T) { require.Equal(t, 32, eventBytes) }

func TestHoldAllocatesNothing(t *testing.T) {
	const pending = 10_000
	for _, load := range workloads() {
		h := newHolder(load, pending)
		q := new(wheel)
		load.fill(pending, &h.rand, q.push)
		hold := func() {
			for range 1_000 {
				e := *q.take(clock.Never)
				q.push(h.next(e))
			}
		}
		for range 10 * pending / 1_000 {
			hold()
		}
		require.Zero(t, testing.AllocsPerRun(100, hold), load.name)
	}
}

// The wheel retains at most twice the live set from 10,000 events pending on, floor apart.
func TestRetainedMemory(t *testing.T) {
	for _, load := range workloads() {
		for _, pending := range []int{10_000, 100_000} {
			h := newHolder(load, pending)
			q := new(wheel)
			load.fill(pending, &h.rand, q.push)
			for range 3 * pending {
				e := *q.take(clock.Never)
				q.push(h.next(e))
			}
			limit := 2*pending*eventBytes + wheelFloorBytes
			require.LessOrEqual(t, q.memory(), limit, "%s, %d pending", load.name, pending)
		}
	}
}

// Timers that are cancelled and armed again without end, swept when the dead outnumber the living
// as the kernel does: every re-arming costs a bounded number of looks, and memory stops growing.
func TestSweepBoundsCancelledTimers(t *testing.T) {
	const timers = 10_000
	for _, q := range []queue{new(wheel), new(binaryHeap)} {
		r, armed := rng.New(3), make([]uint64, timers)
		seq, looks, early := uint64(0), 0, 0
		dead := func(e *event) bool {
			looks++
			return armed[e.ref] != e.seq
		}
		for round := range 40 * timers {
			timer := r.Intn(timers)
			seq++
			armed[timer] = seq
			after := time.Second + time.Duration(r.Below(uint64(time.Minute)))
			q.push(event{at: clock.At(after), seq: seq, ref: uint32(timer)})
			if q.len() > 2*timers {
				q.sweep(dead)
				require.LessOrEqual(t, q.len(), timers)
			}
			if round == 20*timers {
				early = q.memory()
			}
		}
		require.LessOrEqual(t, looks, 2*int(seq)+2*timers)
		require.Equal(t, early, q.memory())
		require.LessOrEqual(t, q.memory(), 2*2*timers*eventBytes+wheelFloorBytes)
	}
}
