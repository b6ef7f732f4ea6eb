package main

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/urfave/cli/v3"
)

// readList gives a flag to a command that reads it.
func readList[T any](read func(*cli.Command) ([]T, error), text string) (all []T, err error) {
	c := &cli.Command{Flags: []cli.Flag{textFlag("list", "", "")}, Action: func(
		_ context.Context, cmd *cli.Command,
	) error {
		all, err = read(cmd)
		return nil
	}}
	if failed := c.Run(context.Background(), []string{"read", "-list", text}); failed != nil {
		return nil, failed
	}
	return all, err
}

func TestCounts(t *testing.T) {
	read := func(cmd *cli.Command) ([]int, error) { return countsFlag(cmd, "list", 2) }
	for text, want := range map[string][]int{
		"8": {8}, "8,16": {8, 16}, "3-5": {3, 4, 5}, "2,4-5,9": {2, 4, 5, 9}, "7-7": {7},
	} {
		got, err := readList(read, text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	for _, text := range []string{
		"", "1", "5-3", "x", "2,", "2-", "2-x", "2--4", "2.5", "2-102", "2-60,61-105",
	} {
		_, err := readList(read, text)
		require.ErrorContains(t, err, "-list "+text+": expected at most 100 whole numbers of at least 2")
	}
}

func TestPercents(t *testing.T) {
	read := func(cmd *cli.Command) ([]float64, error) { return percentsFlag(cmd, "list") }
	got, err := readList(read, "1,0.5,100")
	require.NoError(t, err)
	require.Equal(t, []float64{1, 0.5, 100}, got)
	for _, text := range []string{"", "-1", "101", "5%", "NaN", "1,,2"} {
		_, err := readList(read, text)
		require.ErrorContains(t, err, "-list "+text+": expected at most 100 shares from 0 to 100 percent")
	}
}

func TestNamesKeepTheirOrder(t *testing.T) {
	read := func(cmd *cli.Command) ([]int, error) {
		return namesFlag(cmd, "list", []string{"push", "pull", "push-pull"})
	}
	for text, want := range map[string][]int{
		"push-pull,push": {2, 0}, "pull": {1}, "push,pull,push": {0, 1},
	} {
		got, err := readList(read, text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	_, err := readList(read, "push,pul")
	require.EqualError(t, err,
		`-list push,pul: "pul", did you mean "pull"?; expected some of push,pull,push-pull`)
	_, err = readList(read, "")
	require.ErrorContains(t, err, `-list : ""; expected some of`)
}

func TestDistinctSortsAndDropsRepetitions(t *testing.T) {
	values := []int{3, 1, 3, 2}
	require.Equal(t, []int{1, 2, 3}, distinct(values))
	require.Equal(t, []int{3, 1, 3, 2}, values)
}
