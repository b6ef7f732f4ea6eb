package main

import (
	"errors"

	"butterfly/scenarios/hunt"
	"butterfly/sim/trace"
)

// recording is the trace of a run on its way to a file. A nil recording records nothing.
type recording struct {
	file   *draft
	writer *trace.Writer
}

// record begins a trace file, or nothing without a path. It fails before the run does.
func (a *app) record(path, scenario string, seed hunt.Seed) (*recording, error) {
	file, err := output("trace", path)
	if file == nil {
		return nil, err
	}
	header := trace.Header{Scenario: scenario, Seed: uint64(seed), Build: a.build()}
	writer, err := trace.NewWriter(file, header)
	if err != nil {
		file.discard()
		return nil, err
	}
	return &recording{file, writer}, nil
}

// trace is where the run writes to, nil without a recording.
func (r *recording) trace() *trace.Writer {
	if r == nil {
		return nil
	}
	return r.writer
}

// finish completes the file.
func (r *recording) finish() error {
	if r == nil {
		return nil
	}
	if err := r.writer.Close(); err != nil {
		r.file.discard()
		return errors.Join(errors.New("the trace could not be written"), err)
	}
	return r.file.Publish()
}

// drop leaves no file.
func (r *recording) drop() {
	if r != nil {
		r.file.discard()
	}
}
