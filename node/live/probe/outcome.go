package probe

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"unicode"

	"butterfly/node"
)

// maxDetail is how long a detail may be, in bytes: parts of it are what origins say.
const maxDetail = 200

func unable(format string, values ...any) Report {
	return Report{Outcome: node.Unable, Detail: brief(fmt.Sprintf(format, values...))}
}

func failed(format string, values ...any) Report {
	return Report{Outcome: node.Failed, Detail: brief(fmt.Sprintf(format, values...))}
}

// brief cuts a text short and leaves out what cannot be shown.
func brief(text string) string {
	text = strings.ToValidUTF8(text[:min(len(text), maxDetail)], "")
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, text)
}

// noConnection says whose fault it is that there is none; see the package documentation.
func (a *attempt) noConnection(err error) Report {
	var notAllowed *notAllowedError
	var name *net.DNSError
	switch {
	case errors.As(err, &notAllowed):
		return unable("%v", notAllowed)
	case errors.As(err, &name):
		return unable("cannot resolve %q: %s", name.Name, name.Err)
	case timedOut(err):
		return failed("no connection within %v", a.timeout)
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.EHOSTDOWN):
		return failed("host unreachable")
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ECONNRESET):
		return failed("%v", innermost(err))
	}
	return unable("%v", innermost(err))
}

// broken says what became of a connection that stood, which is always the origin's fault.
func (a *attempt) broken(what string, err error) Report {
	switch {
	case timedOut(err):
		return failed("%s: nothing within %v", what, a.timeout)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return failed("%s: connection closed", what)
	}
	return failed("%s: %v", what, innermost(err))
}

// timedOut reports whether time ran out, on our clock or on the kernel's. It does not ask
// Timeout: EAGAIN says yes to that, and means that there is no local port left.
func timedOut(err error) bool {
	return errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, syscall.ETIMEDOUT)
}

// innermost leaves out who called whom with what address: whoever reads it knows the target.
func innermost(err error) error {
	var number syscall.Errno
	if errors.As(err, &number) {
		return number
	}
	var operation *net.OpError
	if errors.As(err, &operation) {
		return operation.Err
	}
	return err
}
