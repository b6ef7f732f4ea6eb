package main

import (
	"context"
	"fmt"
	"time"

	"butterfly/sim/rng"
)

// impairment is the commands that make a device of a network namespace lose a share of the packets,
// and delay the others.
type impairment func(namespace, device string, share rng.PPM, delay time.Duration) [][]string

// chooseImpairment finds out by which means the kernel loses packets and delays them by so much, in
// a namespace made for that.
func chooseImpairment(
	ctx context.Context, namespace string, delay time.Duration,
) (_ impairment, err error) {
	tried := func(candidate impairment) bool {
		err = run(ctx, candidate(namespace, "lo", rng.Percent(1), delay)...)
		return err == nil
	}
	switch {
	case tried(netem):
		return netem, nil
	case delay > 0:
		return nil, fmt.Errorf("-netns -delay %v: this kernel delays no packets, it has no netem "+
			"(CONFIG_NET_SCH_NETEM); without -netns it takes none: %w", delay, err)
	case tried(classifier):
		return classifier, nil
	}
	return nil, fmt.Errorf("-netns: this kernel loses no packets, it has neither netem "+
		"(CONFIG_NET_SCH_NETEM) nor filters (CONFIG_NET_CLS_BPF): %w", err)
}

// netem is the queue that is made for this. It loses and delays what the device sends.
func netem(namespace, device string, share rng.PPM, delay time.Duration) [][]string {
	return [][]string{words("tc -n %s qdisc add dev %s root netem delay %dus loss %d.%04d%%",
		namespace, device, delay.Microseconds(), share/10_000, share%10_000)}
}

// classifier is for kernels without netem: a filter of four instructions that draws a number for
// each packet and drops it if that is small. It loses what the device receives, for a sender would
// be told of what is lost before it has left, and TCP would make up for that at once. It delays
// nothing.
func classifier(namespace, device string, share rng.PPM, _ time.Duration) [][]string {
	const (
		loadRandom    = "32 0 0 4294963256"  // BPF_LD|BPF_W|BPF_ABS, SKF_AD_OFF + SKF_AD_RANDOM
		skipIfAtLeast = "53 1 0"             // BPF_JMP|BPF_JGE|BPF_K
		drop, pass    = "6 0 0 2", "6 0 0 0" // BPF_RET|BPF_K, TC_ACT_SHOT and TC_ACT_OK
	)
	program := fmt.Sprintf("4,%s,%s %d,%s,%s",
		loadRandom, skipIfAtLeast, (uint64(share)<<32)/uint64(rng.Always), drop, pass)
	filter := words("tc -n %s filter add dev %s ingress protocol ip bpf da bytecode", namespace, device)
	return [][]string{
		words("tc -n %s qdisc add dev %s clsact", namespace, device), append(filter, program),
	}
}
