package file

import (
	"fmt"

	"butterfly/scenarios"
	"butterfly/scenarios/stage"
	"butterfly/sim/form"
)

// checkerFields are those of all properties, whatever kind of scenario is held to them.
func checkerFields() []field[scenarios.Checkers] {
	type c = scenarios.Checkers
	fields := []field[c]{
		value("others", "whether what is not named is checked: on or off; on if left out",
			form.Words(checked, unchecked), others, setOthers),
	}
	for _, property := range stage.AllChecks() {
		means := "whether this is checked: on or off"
		if property.Bounded {
			means += ", or within which time it has to come true"
		}
		fields = append(fields, judged(property, means))
	}
	return fields
}

// judgement is how a property is judged, as it is written: checked, unchecked or a bound. It is empty
// where nothing is said.
type judgement string

const checked, unchecked judgement = "on", "off"

func others(c *scenarios.Checkers) judgement {
	if c.OthersOff {
		return unchecked
	}
	return ""
}

func setOthers(c *scenarios.Checkers, j judgement) { c.OthersOff = j == unchecked }

// judged is the field of one property.
func judged(p scenarios.Checkable, means string) field[scenarios.Checkers] {
	type c = scenarios.Checkers
	return value(p.Property, means, judgements(p.Bounded),
		func(c *c) judgement {
			check, named := c.Of(p.Property)
			switch {
			case !named:
				return ""
			case check.Off:
				return unchecked
			case check.Bound > 0:
				return judgement(check.Bound.Short())
			}
			return checked
		},
		func(c *c, j judgement) {
			check := scenarios.Check{Property: p.Property, Off: j == unchecked}
			if j != checked && j != unchecked {
				check.Bound = spanOf(j)
			}
			c.Set(check)
		})
}

// spanOf reads a bound that has been found to be one.
func spanOf(j judgement) (s scenarios.Span) {
	if err := s.UnmarshalText([]byte(j)); err != nil {
		panic(fmt.Sprintf("file: %q has passed for a bound", j))
	}
	return s
}

// judgements is on or off, or a bound where there may be one.
func judgements(bounded bool) form.Of[judgement] {
	choice, bound := form.Words(checked, unchecked), length()
	if !bounded {
		return choice
	}
	return form.Of[judgement]{
		Schema:   form.AnyOf(choice.Schema, bound.Schema),
		Expected: "on, off or " + bound.Expected,
		Parse: func(s form.Scalar) (judgement, bool) {
			if j, ok := choice.Parse(s); ok {
				return j, true
			}
			within, ok := bound.Parse(s)
			return judgement(within.Short()), ok && within > 0
		},
		Print: choice.Print,
	}
}
