// Package group turns a [scenarios.Scenario] with a Group into a world of members of SWIM and nothing
// else: no origins, no map, no checks. It is where the protocol is laid beside the papers and beside
// hashicorp/memberlist.
//
//	scenario ──Expand(seed)──▶ size, faults ──┐
//	                                          ├──▶ world.Spec ──▶ world.World ──▶ world.Result
//	preset, rules, tuning ──▶ swim.Config ────┘
//
// # The model
//
// Every host runs one [swim.Swim]. Messages weigh what they weigh in our servers' wire format. A group
// either has formed long ago ([swim.Config.Founders]), or its members join one after the other, each
// through a random earlier one. One server may give itself new metadata while the run goes on.
//
// # What is measured
//
// The plan decides it, whatever the scenario is called:
//
//	in the plan        checker                 metrics
//	crashes            [checkers.Detection]    first_detection_seconds, full_detection_seconds
//	blocked sockets    [checkers.Slow]         false_deaths, false_deaths_at_healthy, ...
//	partitions         [checkers.Healing]      healed, heal_seconds, members_seen_at_heal
//	lost datagrams     [checkers.Accusations]  false_suspicions_per_probe
//	new metadata       [checkers.Spread]       t50_seconds, t90_seconds, t100_seconds, missed
//	joining            [checkers.Group]        stable_members
//
// and packets_per_node_second and bytes_per_node_second in every run.
//
// # What is promised
//
// Two things hold for every group, with every preset and under any loss: [checkers.ProbeGaps], that
// nobody is left out of the rounds of probes, and with our rules [checkers.Transitions], what no
// message may do to a member table. These checkers keep several bytes for each pair of servers, and
// are left out of groups of more than 2000.
//
// A group with our own rules, one of the presets for use (lan, wan, local), and no less protection of
// the living than its preset has, is held to [Bounds] as well: crashes are known to all, nobody is
// taken for dead, partitions heal, news reaches everybody. This is promised for a loss of up to 10 %
// and delays that are small against the probe timeout; beyond, what is broken is no failure
// ([world.Spec.Beyond]). All other groups, and all with blocked sockets, are measurements. [Promises]
// lists what a scenario is held to.
package group
