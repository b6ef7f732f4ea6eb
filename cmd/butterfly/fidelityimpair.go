package main

import (
	"context"
	"fmt"

	"butterfly/sim/rng"
)

// impairment is the commands that make a device of a network namespace lose a share of the packets.
type impairment func(namespace, device string, share rng.PPM) [][]string

// chooseImpairment finds out by which means the kernel loses packets, in a namespace made for that.
func chooseImpairment(ctx context.Context, namespace string) (_ impairment, err error) {
	for _, candidate := range []impairment{netem, classifier} {
		if err = run(ctx, candidate(namespace, "lo", rng.Percent(1))...); err == nil {
			return candidate, nil
		}
	}
	return nil, fmt.Errorf("-netns: this kernel loses no packets, it has neither netem "+
		"(CONFIG_NET_SCH_NETEM) nor filters (CONFIG_NET_CLS_BPF): %w", err)
}

// netem is the queue that is made for this. It loses what the device sends.
func netem(namespace, device string, share rng.PPM) [][]string {
	return [][]string{words("tc -n %s qdisc add dev %s root netem loss %d.%04d%%",
		namespace, device, share/10_000, share%10_000)}
}

// classifier is for kernels without netem: a filter of four instructions that draws a number for
// each packet and drops it if that is small. It loses what the device receives, for a sender would
// be told of what is lost before it has left, and TCP would make up for that at once.
func classifier(namespace, device string, share rng.PPM) [][]string {
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
