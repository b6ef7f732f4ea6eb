package plots

import "fmt"

func (t *Timeline) title() string {
	if t.Origins == 0 {
		return fmt.Sprintf("%s: the views of %s through %s", t.Run,
			counted(t.Servers, "server"), counted(len(t.Faults), "fault"))
	}
	return fmt.Sprintf("%s: the checks of %s shared by %s through %s, without a coordinator", t.Run,
		counted(t.Origins, "origin"), counted(t.Servers, "server"), counted(len(t.Faults), "fault"))
}

// subtitle says what the panels show of the two promises: checked, and told the same.
func (t *Timeline) subtitle() string {
	if t.Origins == 0 {
		return t.views()
	}
	return t.coverage() + " " + t.agreement()
}

// views says from when on every view was right.
func (t *Timeline) views() string {
	since, right := 0.0, false
	for i := range t.Moments {
		m := &t.Moments[i]
		if wrong := m.Missing+m.Stale > 0; wrong == right {
			right, since = !wrong, m.Seconds
		}
	}
	if !right {
		return fmt.Sprintf("At the end views are wrong, as some have been since %s s.", label(since))
	}
	return fmt.Sprintf("From %s s on every server's view of all others is right.", label(since))
}

// coverage says for how long at a stretch some origins had no checker.
func (t *Timeline) coverage() string {
	longest, covered := t.longestWithout(func(m *Moment) int { return m.Unchecked })
	elsewhere, _ := t.longestWithout(func(m *Moment) int { return m.UncheckedElsewhere })
	text := "At no time did all origins of the largest side have a checker."
	switch {
	case covered && longest == 0:
		text = "Once checked, every origin of the largest side had a checker at all times."
	case covered:
		text = fmt.Sprintf(
			"Some origins had no checker for at most %s s at a stretch on the largest side.",
			label(longest))
	}
	if elsewhere > 0 {
		text = fmt.Sprintf("%s; on a smaller one for %s s.", text[:len(text)-1], label(elsewhere))
	}
	return text
}

// longestWithout is the longest time in seconds for which the count was not 0, from the first
// moment on at which it was; covered tells whether there was one. The truth lies between samples:
// this is the time from the last moment at which the count was 0 to the next.
func (t *Timeline) longestWithout(count func(m *Moment) int) (longest float64, covered bool) {
	since, missing := 0.0, false
	for i := range t.Moments {
		m := &t.Moments[i]
		missing = missing || count(m) > 0
		if covered && missing {
			longest = max(longest, m.Seconds-since)
		}
		if count(m) == 0 {
			covered, since, missing = true, m.Seconds, false
		}
	}
	return longest, covered
}

// agreement says from when on all replicas were equal.
func (t *Timeline) agreement() string {
	since, agree := 0.0, false
	for i := range t.Moments {
		m := &t.Moments[i]
		if equal := m.States <= 1; equal != agree {
			agree, since = equal, m.Seconds
		}
	}
	if !agree {
		return fmt.Sprintf("At the end replicas still differ, as they have since %s s.", label(since))
	}
	return fmt.Sprintf("From %s s on all replicas are equal.", label(since))
}
