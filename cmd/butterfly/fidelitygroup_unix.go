//go:build unix

package main

import (
	"os/exec"
	"syscall"
)

// ownGroup keeps a process out of the reach of Ctrl-C, which reaches whoever started it.
func ownGroup(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }
