package live

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// lockFile is what a process locks that uses a data folder, and writes its number into. It stays
// when the process ends, and the lock does not, however that ends.
const lockFile = "lock"

// folderLock keeps other processes, and other nodes of this one, out of a data folder. Where the
// system has no flock (Windows, Solaris, AIX) it keeps nobody out.
type folderLock struct{ file *os.File }

// errHeld means that somebody else has the lock.
var errHeld = errors.New("held")

// lockFolder makes the folder if there is none, and locks it; without a name there is nothing to
// lock. The error says who has it.
func lockFolder(folder string) (*folderLock, error) {
	if folder == "" {
		return &folderLock{}, nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("live: data folder: %w", err)
	}
	l, err := takeLock(folder, os.O_CREATE)
	if err != nil {
		return nil, err
	}
	if err := l.sign(); err != nil {
		return nil, errors.Join(fmt.Errorf("live: data folder: %w", err), l.release())
	}
	return l, nil
}

// CheckData returns an error that says who it is if a data folder is in use. It changes nothing, and
// [Start] finds out for itself: this is for who wants to know before doing something else.
func CheckData(folder string) error {
	if folder == "" {
		return nil
	}
	l, err := takeLock(folder, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return l.release()
}

func takeLock(folder string, create int) (*folderLock, error) {
	file, err := os.OpenFile(filepath.Join(folder, lockFile), os.O_RDWR|create, 0o600)
	if err != nil {
		return nil, fmt.Errorf("live: data folder: %w", err)
	}
	l := &folderLock{file}
	if err = flock(file); errors.Is(err, errHeld) {
		err = fmt.Errorf("live: data folder %s: %s uses it, and it belongs to one node", folder, l.holder())
	} else if err != nil {
		err = fmt.Errorf("live: data folder %s: cannot be locked: %w", folder, err)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return l, nil
}

// holder is who has the lock, as far as that has been written.
func (l *folderLock) holder() string {
	text := make([]byte, 20)
	length, _ := l.file.ReadAt(text, 0)
	number, err := strconv.Atoi(string(bytes.TrimSpace(text[:length])))
	if err != nil {
		return "another process"
	}
	return fmt.Sprintf("process %d", number)
}

// sign writes down who has the lock.
func (l *folderLock) sign() error {
	if err := l.file.Truncate(0); err != nil {
		return err
	}
	_, err := l.file.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return err
}

// release lets others have the folder.
func (l *folderLock) release() error {
	if l.file == nil {
		return nil
	}
	return l.file.Close()
}
