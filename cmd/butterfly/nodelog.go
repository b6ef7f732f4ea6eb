package main

import (
	"log/slog"

	"butterfly/node/live/spec"
)

// logger writes what a live node says to stderr, whose readers are people on a terminal and programs
// elsewhere.
func (a *app) logger(n *spec.Node) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(n.LogLevel)) // one of the four words, or it were not valid
	options := &slog.HandlerOptions{Level: level}
	if n.Log == "text" || n.Log == "auto" && a.bars {
		return slog.New(slog.NewTextHandler(a.err, options))
	}
	return slog.New(slog.NewJSONHandler(a.err, options))
}
