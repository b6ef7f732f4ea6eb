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

	PropertyHealthKnown       = "health-known"
	PropertyNoFlip            = "no-flip"
	PropertyNoCondemnation    = "no-condemnation"
	PropertyProbeBudget       = "probe-budget"
	PropertyNoStampede        = "no-stampede"
	PropertyMinimalDisruption = "minimal-disruption"
	PropertyRoutesAround      = "routes-around"
	PropertyRoutesAsBelieved  = "routes-as-believed"
	PropertyGrounds           = "beliefs-have-grounds"
	PropertyTakeoversWait     = "takeovers-wait"
	PropertyJoinsFirst        = "joins-first"
	PropertyLivingCount       = "the-living-count"

	PropertyRegistrationsSurvive = "registrations-survive"

	PropertyMapCoverage    = "map-coverage"
	PropertyDotUniqueness  = "dot-uniqueness"
	PropertyVersionsGrow   = "versions-grow"
	PropertyNoThinAir      = "no-thin-air"
	PropertyCausalPast     = "causal-past"
	PropertyCausalClosure  = "causal-closure"
	PropertyFixedPoint     = "fixed-point"
	PropertyRetiredUnheld  = "retired-unheld"
	PropertyReadYourWrites = "read-your-writes"
	PropertyMonotonicReads = "monotonic-reads"

	PropertyIncarnationMonotone = "incarnation-monotone"
	PropertyNoResurrection      = "no-resurrection"
	PropertyLegalTransitions    = "legal-transitions"
	PropertyOwnIncarnation      = "own-incarnation-monotone"
	PropertyOneDescription      = "one-description"
	PropertyNeverSelfDead       = "never-self-dead"
	PropertyProbeGap            = "probe-gap"
	PropertyDetectionBound      = "detection-bound"
	PropertyPartitionHeals      = "partition-heals"
	PropertyUpdateSpreads       = "update-spreads"
	PropertyGoneForgotten       = "gone-are-forgotten"
	PropertyFewAccusations      = "few-false-accusations"
	PropertyNoPanic             = "no-panic" // of every run; it takes no checker
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
	// SituationRoutedAround: all servers that sent requests to an origin that died ceased to.
	SituationRoutedAround = "a dead origin was routed around"
	// SituationForeign: a server refused a message in another version of the wire format than its own.
	SituationForeign = "a message of another version was refused"

	// SituationSuspected: a server came to suspect another, or to suspect it anew.
	SituationSuspected = "a member was suspected"
	// SituationDeclaredDead: a server came to hold another dead.
	SituationDeclaredDead = "a member was declared dead"
	// SituationLeft: a server heard that another left.
	SituationLeft = "a member left"
	// SituationDetectedByAll: every server that held a crashed one to be a member, and has been up
	// since, noticed the crash.
	SituationDetectedByAll = "a crashed server was detected by all"
	// SituationCutEnded: a partition ended and left a single side.
	SituationCutEnded = "a partition ended"
	// SituationDescribed: a server gave itself new metadata.
	SituationDescribed = "a member described itself anew"
)
