package checkers

// Properties: the stable names under which broken promises are reported.
const (
	PropertyCompleteness = "membership-completeness"
	PropertyAccuracy     = "membership-accuracy"
	PropertyOwnership    = "ownership-agreement"
	PropertyAtLeastOne   = "at-least-one-checker"
	PropertyDuplicates   = "duplicates-die-out"
	PropertyConvergence  = "map-convergence"
	PropertyStrong       = "equal-versions-equal-state"
	PropertyHealth       = "health-is-true"
)

// Situations: what the checkers count with [Report.Saw]. A scenario declares those it is built to
// reach.
const (
	// SituationDetected: a server said dead of a crashed one that it could reach until the crash.
	SituationDetected = "a crashed server was detected"
	// SituationRefuted: a server answered an accusation against itself.
	SituationRefuted = "an accusation was refuted"
	// SituationTakeover: an origin was probed by another server while its last prober was down.
	SituationTakeover = "a takeover happened"
	// SituationDiffered: replicas on one side stopped being equal.
	SituationDiffered = "replicas differed"
	// SituationAgreed: the run ended at rest with equal replicas, so that convergence was really
	// judged.
	SituationAgreed = "replicas agreed at rest"
)
