package replace

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// File is one in the making.
type File struct {
	*os.File
	path string
	mode fs.FileMode
}

// Begin begins a file that is to have a path, in a folder that exists, and so the permissions. The
// error is a [*fs.PathError] about that path.
func Begin(path string, mode fs.FileMode) (*File, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	var cause *fs.PathError // it names a file that nobody has heard of
	if errors.As(err, &cause) {
		err = &fs.PathError{Op: "create", Path: path, Err: cause.Err}
	}
	if err != nil {
		return nil, err
	}
	return &File{f, path, mode}, nil
}

// Path is that of the file once it is complete.
func (f *File) Path() string { return f.path }

// Publish completes the file and gives it its name. After an error there is no file.
func (f *File) Publish() error {
	err := f.Chmod(f.mode)
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(f.Name(), f.path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// Discard drops what was written.
func (f *File) Discard() {
	_ = f.Close()
	_ = os.Remove(f.Name())
}

// Write writes a whole file, which is on the disk before it gets its name.
func Write(path string, mode fs.FileMode, content []byte) error {
	f, err := Begin(path, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if err != nil {
		f.Discard()
		return err
	}
	return f.Publish()
}
