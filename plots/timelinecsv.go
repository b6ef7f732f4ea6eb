package plots

import (
	"encoding/csv"
	"io"
	"strconv"
)

// column is one column of the table of a timeline. Its name ends in what it counts.
type column struct {
	name  string
	value func(m *Moment) int
}

func timelineColumns() []column {
	return []column{
		{"running_servers", func(m *Moment) int { return m.Up }},
		{"network_sides", func(m *Moment) int { return m.Sides }},
		{"largest_side_servers", func(m *Moment) int { return m.Largest }},
		{"held_least_servers", func(m *Moment) int { return m.Held.Least }},
		{"held_median_servers", func(m *Moment) int { return m.Held.Median }},
		{"held_most_servers", func(m *Moment) int { return m.Held.Most }},
		{"missing_pairs", func(m *Moment) int { return m.Missing }},
		{"stale_pairs", func(m *Moment) int { return m.Stale }},
		{"largest_side_unchecked_origins", func(m *Moment) int { return m.Unchecked }},
		{"largest_side_checked_once_origins", func(m *Moment) int { return m.Checked }},
		{"largest_side_checked_twice_or_more_origins", func(m *Moment) int { return m.Doubled }},
		{"other_sides_unchecked_origins", func(m *Moment) int { return m.UncheckedElsewhere }},
		{"all_sides_checked_twice_or_more_origins", func(m *Moment) int { return m.DoubledInAll }},
		{"different_map_states", func(m *Moment) int { return m.States }},
		{"down_origins", func(m *Moment) int { return m.Down }},
		{"believed_down_least_origins", func(m *Moment) int { return m.BelievedDown.Least }},
		{"believed_down_median_origins", func(m *Moment) int { return m.BelievedDown.Median }},
		{"believed_down_most_origins", func(m *Moment) int { return m.BelievedDown.Most }},
	}
}

// WriteCSV writes every moment, one a line, below a line with the names of the columns.
func (t *Timeline) WriteCSV(w io.Writer) error {
	columns := timelineColumns()
	line := []string{"time_seconds"}
	for _, c := range columns {
		line = append(line, c.name)
	}
	table := csv.NewWriter(w)
	table.Write(line)
	for i := range t.Moments {
		m := &t.Moments[i]
		line = append(line[:0], strconv.FormatFloat(m.Seconds, 'f', -1, 64))
		for _, c := range columns {
			line = append(line, strconv.Itoa(c.value(m)))
		}
		table.Write(line)
	}
	table.Flush()
	return table.Error() // of the first write that failed
}
