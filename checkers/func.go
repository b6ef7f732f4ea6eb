package checkers

// Always returns a checker that calls check for every observation of the kinds in watches. A
// non-nil error is a violation of the property name, with the error's text as its detail.
func Always(name string, watches Kind, check func(o *Observation, v View) error) Checker {
	return &always{name, watches, check}
}

type always struct {
	name    string
	watches Kind
	check   func(o *Observation, v View) error
}

func (a *always) Watches() Kind { return a.watches }

func (a *always) Observe(o *Observation, view View, report *Report) {
	if err := a.check(o, view); err != nil {
		report.Violate(a.name, o.At, "%s", err)
	}
}

// Eventually returns a checker that calls check once, when the run ends. A non-nil error is a
// violation of the property name, with the error's text as its detail.
func Eventually(name string, check func(v View) error) Checker {
	return Always(name, Ended, func(_ *Observation, v View) error { return check(v) })
}

// Sometimes returns a checker that declares situation and counts the observations of the kinds in
// watches for which reached is true. A run in which there is none is vacuous.
func Sometimes(situation string, watches Kind, reached func(o *Observation, v View) bool) Checker {
	return &sometimes{situation, watches, reached}
}

type sometimes struct {
	situation string
	watches   Kind
	reached   func(o *Observation, v View) bool
}

func (s *sometimes) Watches() Kind { return s.watches | Ended }

func (s *sometimes) Observe(o *Observation, view View, report *Report) {
	if o.Kind == Ended {
		report.Declare(s.situation)
	}
	if o.Kind&s.watches != 0 && s.reached(o, view) {
		report.Saw(s.situation)
	}
}
