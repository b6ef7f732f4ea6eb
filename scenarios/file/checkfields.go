package file

import (
	"fmt"

	"github.com/goccy/go-yaml/ast"

	"butterfly/scenarios"
	"butterfly/scenarios/stage"
)

// checkerFields are those of all properties, whatever kind of scenario is held to them.
func checkerFields() []field[scenarios.Checkers] {
	type c = scenarios.Checkers
	fields := []field[c]{
		value("others", "whether what is not named is checked: on or off; on if left out",
			word([]judgement{checked, unchecked}), others, setOthers),
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
func judgements(bounded bool) form[judgement] {
	choice, bound := word([]judgement{checked, unchecked}), length()
	if !bounded {
		return choice
	}
	return form[judgement]{
		shape:    shape{"anyOf": []shape{choice.shape, bound.shape}},
		expected: "on, off or " + bound.expected,
		parse: func(node ast.Node) (judgement, bool) {
			if j, ok := choice.parse(node); ok {
				return j, true
			}
			s, ok := bound.parse(node)
			return judgement(s.Short()), ok && s > 0
		},
		print: choice.print,
	}
}
