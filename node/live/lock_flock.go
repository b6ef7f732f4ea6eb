//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package live

import (
	"errors"
	"os"
	"syscall"
)

// flock locks a file until it is closed, which the system does for a process that is no more.
func flock(file *os.File) error {
	err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return errHeld
	}
	return err
}
