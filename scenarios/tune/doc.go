// Package tune measures what choices of SWIM's parameters buy and what they cost, so that a timeout
// is measured and not guessed.
//
// # The experiment
//
// Given is a scenario of SWIM alone in which servers crash for good: its size, its network, and
// whatever has been set in it. [Candidates] are memberlist's presets and a grid around the
// scenario's own: probe interval and timeout, suspicion multiplier, helpers (k) and fan-out. What
// the scenario sets itself is not swept. Every candidate plays the same rounds, and round r has
// seed r for all of them, so that they meet the same luck and are compared in pairs. A round is two
// runs:
//
//	crash  [Candidate.Crash]   the scenario itself            how long until all know, and bytes
//	stall  [Candidate.Stall]   an eighth of the servers does  how often a server that is up is taken
//	                           nothing for 1 to 48 s          for dead
//
// All crash runs are equally long, so that bytes can be compared. Loss alone kills hardly anybody,
// for a probe's last attempt goes over a stream; a server that stands still for a while and lives
// is what patience is for. The length of the stalls changes from round to round, and any few rounds
// in a row have long and short ones.
//
// A [Score] sums up a candidate's rounds, [Score.Figures] are its three figures, of which less is
// better. Differences of less than 5 % are taken for luck: [Representatives] leaves out what
// something faster can stand for, and [Recommend] chooses what is nowhere worse than a given
// candidate, such as the preset in use, and gains most.
//
// # The caller's duties
//
// Scenarios given to [Candidates] have passed [Suits]. Whoever compares candidates gives each of
// them the same rounds; rounds begin with 1.
package tune
