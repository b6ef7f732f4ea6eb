// Butterfly runs a cluster that does not exist, through faults that never happened, and says whether
// what it promises held: one seed, one universe.
//
//	butterfly run [SCENARIO] [-seed N] [-set KEY=VALUE] [-verify] [-trace FILE]   one run, one report
//	butterfly list [-yaml SCENARIO]                       the scenarios, and what each proves
//	butterfly hunt [SCENARIO] [-n N | -seeds A-B] [-strategy NAME] [-failures N] [-for TIME]
//	               [-corpus DIR]                          many seeds, on all cores
//	butterfly replay BUNDLE                               run a failure again, and compare
//	butterfly replay-node FILE                            replay what a live node has recorded
//	butterfly shrink BUNDLE [-out FILE] [-passing FILE]   the few faults that a failure takes
//	butterfly trace FILE [-seq N]                         print a history, or why one event happened
//	butterfly plot timeline [SCENARIO] [-seed N] [-out FILE] [-csv FILE]   draw one run
//	butterfly plot detection | false-positives | healing [-n N] [-out FILE]   draw many runs of SWIM
//	butterfly plot spread [-mode LIST] [-n SERVERS] [-trials T] [-timer TIMER] [-json]   draw gossip
//	butterfly plot rumor [-variant LIST] [-k LIST] | cost [-n LIST]   draw what gossip replaces
//	butterfly plot takeover [SCENARIO] [-n N]             draw why origins went unprobed, and how long
//	butterfly plot balance | disruption [-placement LIST] [-n N] [-keys N]   draw ways to share out
//	butterfly plot disagreement [-placement LIST] [-n N]  draw what two views disagree about
//	butterfly versus [-scenario NAME] [-design LIST] [-n N | -seeds A-B]   compare designs
//	butterfly tune [SCENARIO] [-set KEY=VALUE] [-n N] [-out FILE]   find parameters by measuring
//	butterfly fidelity [-n N] [-trials T] [-loss SHARE] [-delay TIME] [-netns]   compare with live ones
//	butterfly node [-config FILE] [-name NAME] [-join LIST] [-origins FILE] [-check]   one live node
//	butterfly node keygen                                 a new key, by which live nodes trust each other
//	butterfly node origins ADDRESS...                     origins to try live nodes with
//	butterfly schema [scenario | origins | node]          the JSON Schema of such files
//	butterfly version                                     which build this is
//
// Without a SCENARIO it runs "talk", tunes "swim-crash", and compares designs on "contest". Flags
// take one or two dashes, stand before or after the scenario, and each has a twin in the
// environment: BUTTERFLY_SEED for -seed, and so on, but BUTTERFLY_PLOT_OUT for the -out of plot,
// tune, versus and fidelity, and BUTTERFLY_SHRINK_OUT for that of shrink, because BUTTERFLY_OUT is
// the folder of bundles. Several assignments in BUTTERFLY_SET are separated by semicolons. Seeds
// are written in decimal or, after 0x, in hexadecimal.
//
// # Output
//
// Results go to stdout, progress and warnings to stderr. With -json stdout holds one JSON object;
// with hunt -json one a line, the last of which is the summary, and with plot spread and versus
// -json one a line for each mode and design. Seeds are strings in JSON ("0x000000000000002a"),
// because most readers of JSON cannot hold 64 bits in a number. Colours appear only on a terminal,
// and not if NO_COLOR is set. Files are written under another name and renamed when they are
// complete.
//
// The verdict is pass, fail, vacuous or unknown. What is there to be measured only, such as a group
// with the rules of memberlist or the parameters of a paper, and what held though the network was
// worse than any promise is made for, has passed as well: the first line says MEASURED instead of
// PASS.
//
// # Scenario files
//
// SCENARIO is a name of the catalogue ("list" has them) or a file: what is not in the catalogue and
// ends in .yaml or .yml, or has a slash in it. "list -yaml NAME" prints a scenario of the catalogue as
// a file to begin with, and that of a file in the form in which butterfly writes it. What may stand in
// a file is in package scenarios/file. An editor that knows JSON Schema completes and checks it after
//
//	butterfly schema > butterfly.schema.json
//
// with this line at the top of the file:
//
//	# yaml-language-server: $schema=butterfly.schema.json
//
// A bundle holds the whole scenario, so that it can be replayed without the file. Its name has that of
// the scenario, which the file says, and a hash of what else it says.
//
// # Live nodes
//
// "node" runs one live node, whose flags are the keys of its configuration file with hyphens in place
// of underscores, and have twins in the environment with underscores: BUTTERFLY_KEY_FILE for -key-file.
// What is typed goes before the environment, and that before the file. What may stand in that file and
// in one of origins is in package node/live/spec; paths in both are relative to where the command is
// started. "node -check" says whether all of it is valid, and prints the whole configuration.
//
// It prints one line when it is up, and logs to stderr from then on, each line with a node and an
// event. SIGHUP has it read the origins, the keys and the certificate of the API again; a file that is
// wrong changes nothing. The first SIGTERM or SIGINT has it say goodbye, for 10 s at most, and exit
// with 0; a second one ends it at once. It exits with 2 if it cannot start, and with 3 if it ends by
// itself.
//
// # Hunting
//
// A hunt runs a range of seeds, 1 to 100 if nobody says which, and ends sooner if it is told to: after
// -failures of different kinds, of which 1 is the first failure, or after the time of -for, with which
// the range has no end unless one is named, or the plans of the strategy can be counted. What a seed
// broke where nothing was promised is no failure, but shrunk and kept like one; the corpus has failures
// only.
//
// Failures are shrunk, by at most -shrink runs each, and those that broke the same promise first by the
// same kinds of faults, related in the same way, are one line of the report and one of the groups in JSON
// (package scenarios/hunt, type Shape). When three in a row of a promise were of known kinds the others
// are counted and not shrunk.
//
// With -corpus the failures kept in a folder are run first: one still fails event for event, fails in a
// run that differs because the build does, or is gone. New kinds are added to the folder, shrunk. Bundles
// of other scenarios are left alone, and so is a file that is none, which is named on stderr. A bundle of
// the scenario that is damaged leaves a hunt that found nothing undecided.
//
// A share of the seeds, 5 % unless -recheck says otherwise, is run twice in lockstep: always the same
// seeds. If two runs of one differ the hunt says at which event, and exits with 3, whatever else it found.
//
// # Hunts
//
// By -strategy a hunt runs other plans than those that the scenario draws: parts of it (swarm, weighted),
// all that is small (exhaustive), or a network that is unfair (pct); package search says what each is good
// for. The share of failing seeds is bounded where these were a random sample: where plans are counted it
// is said how many of them were run, and of what they are made. A hunt that finds nothing shows what
// happened during which kinds of faults, and what never did.
//
// # Bundles
//
// A run that breaks something, promised or not, leaves a bundle: a JSON file with everything needed to
// run it again, named after the scenario, the seed and what was set, such as
// talk-0x0000000000000007-design=raft.json. Longer settings are hashed. "replay" exits with 1 when the
// failure is reproduced and with 3 when the run is another one. The bundle of a planet is that of the data
// centre which failed, a cluster like any other.
//
// "shrink" makes a small bundle of a large one: fewer faults, shorter ones, fewer servers, and the
// promise is still broken that was broken first. It is never larger, and lies beside the large one,
// with -shrunk in its name. "shrink" exits with 1, for a promise is broken, or with 4 where none was made,
// and with 3 if this build does not reproduce the failure. Stopped by Ctrl-C it keeps the best so far.
// With -passing it writes the nearest plan that passes as well: the small one without the one fault that
// decides, in a run that is long enough to be judged.
//
// # Fidelity
//
// "fidelity" starts live servers on this machine and has them go through what simulated ones go
// through: package scenarios/fidelity says what that is, what is measured, and how it is compared. It
// exits with 1 if medians differ by more than -tolerance. With -delay all between servers takes longer,
// each way, which live ones see to by themselves. With -netns each server is a process with a network
// namespace of its own, on a network that loses packets of all kinds and delays them: by netem, or
// where the kernel has none by a filter on what arrives, which delays nothing. Namespaces and links are
// named after the process, bfPID, and removed at the end, also after Ctrl-C, which keeps the trials
// that were over.
//
// # Pages
//
// A run of registers (cap-available and its like) with -out DIR leaves its history there as an HTML
// page, in which partitions are marked.
//
// # Exit codes
//
//	0  every promise held, if any was made
//	1  a promise was broken
//	2  usage or bad input
//	3  the same seed gave different runs, or the harness itself failed
//	4  undecided: the run was stopped, or never got into a situation it is about
//
// When the harness fails it says how to see it again; BUTTERFLY_DEBUG=1 adds the stack, and that of a
// server which panics in a run or a replay. Go's own
// "go run" exits with 1 whenever the command it runs does not exit with 0.
package main
