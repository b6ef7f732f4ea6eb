package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v3"

	"butterfly/plots"
)

// figureFiles are the files of a figure in the making: the drawing and its numbers, each nil if nobody
// asked for it.
type figureFiles struct {
	format  plots.Format
	drawing *draft
	table   *draft
}

// newFigureFiles begins the files that -out and -csv name. There is always a drawing.
func newFigureFiles(cmd *cli.Command) (f figureFiles, err error) {
	if f.format, err = plots.FormatOf(cmd.String("out")); err != nil {
		return f, fmt.Errorf("-out %w", err)
	}
	return f.begin(cmd)
}

// figureFilesIfAny begins the files that -out and -csv name, if they name any.
func figureFilesIfAny(cmd *cli.Command) (f figureFiles, err error) {
	if cmd.String("out") == "" {
		return f.begin(cmd)
	}
	return newFigureFiles(cmd)
}

// begin begins the files of a figure whose format is known.
func (f figureFiles) begin(cmd *cli.Command) (_ figureFiles, err error) {
	if cmd.String("csv") == "-" {
		return f, errors.New("-csv -: expected the name of a file")
	}
	if f.drawing, err = output("out", cmd.String("out")); err != nil {
		return f, err
	}
	if f.table, err = output("csv", cmd.String("csv")); err == nil && f.one() {
		err = fmt.Errorf("-out and -csv are the same file: %s", cmd.String("out"))
	}
	if err != nil {
		f.discard()
	}
	return f, err
}

// one tells whether the drawing and the table are to have one name. Drafts are beside the files
// they are to become, so that folders can be compared that go by two names.
func (f *figureFiles) one() bool {
	if f.table == nil || f.drawing == nil ||
		filepath.Base(f.drawing.Path()) != filepath.Base(f.table.Path()) {
		return false
	}
	drawings, errDrawings := os.Stat(filepath.Dir(f.drawing.Name()))
	tables, errTables := os.Stat(filepath.Dir(f.table.Name()))
	return errDrawings == nil && errTables == nil && os.SameFile(drawings, tables)
}

// draw draws rows and writes their table, as far as somebody asked.
func (f *figureFiles) draw(d drawing) error {
	if f.drawing == nil && f.table == nil {
		return nil
	}
	figure, err := d.Figure()
	if err != nil {
		return err
	}
	return f.write(figure, d.WriteCSV)
}

// write draws the figure, writes its table, and gives both files their names.
func (f *figureFiles) write(figure *plots.Figure, table func(io.Writer) error) error {
	if f.drawing != nil {
		if err := figure.Write(f.drawing, f.format); err != nil {
			return err
		}
	}
	if f.table != nil {
		if err := table(f.table); err != nil {
			return err
		}
		if err := f.table.Publish(); err != nil {
			return err
		}
	}
	if f.drawing == nil {
		return nil
	}
	return f.drawing.Publish()
}

// discard drops what has not got its name.
func (f *figureFiles) discard() {
	for _, file := range []*draft{f.drawing, f.table} {
		if file != nil {
			file.discard()
		}
	}
}
