package probe

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"butterfly/node"
	"butterfly/node/health"
)

const (
	maxHeaderBytes = 64 << 10
	maxBodyBytes   = 64 << 10
	// maxInterim is how many answers may come before the answer (1xx). Five is what net/http has.
	maxInterim = 5
)

// request returns the bytes of a request, none for a probe that asks for nothing.
func (p *Prober) request(target string, d *health.Definition) ([]byte, error) {
	if d.Kind == health.TCP {
		return nil, nil
	}
	path := cmp.Or(d.Path, "/")
	location, err := url.ParseRequestURI(path)
	if err != nil || path[0] != '/' {
		return nil, fmt.Errorf("path %q cannot be asked for", path)
	}
	location.Scheme, location.Host = "http", target
	r := http.Request{
		Method: http.MethodGet,
		URL:    location,
		Host:   target,
		Header: http.Header{"User-Agent": {p.userAgent}, "Accept": {"*/*"}},
		Close:  true,
	}
	var text bytes.Buffer
	if err := r.Write(&text); err != nil {
		return nil, fmt.Errorf("target %q cannot be asked: %w", target, err)
	}
	return text.Bytes(), nil
}

// judge reads as much of an answer as it takes.
func (a *attempt) judge(r io.Reader) Report {
	in := &intake{r: r, left: maxHeaderBytes}
	answer, err := readAnswer(bufio.NewReader(in)) //nolint:bodyclose // see there
	switch {
	case err != nil && in.err != nil:
		return a.broken("answer", in.err)
	case err != nil && in.left == 0:
		return failed("headers of more than %d bytes", maxHeaderBytes)
	case err != nil:
		return a.broken("answer", err)
	}
	status := strings.TrimSpace(
		fmt.Sprintf("%d %s", answer.StatusCode, http.StatusText(answer.StatusCode)))
	from, to := statusRange(a.definition)
	if answer.StatusCode < from || answer.StatusCode > to {
		return failed("%s, expected %d to %d", status, from, to)
	}
	if a.definition.Body == "" {
		return Report{Outcome: node.Succeeded, Detail: status}
	}
	in.left = 8 * maxBodyBytes // a chunk of one byte takes six
	found, err := contains(answer.Body, a.definition.Body)
	switch {
	case err != nil:
		return a.broken(status+", body", err)
	case !found:
		return failed("%s, body without %.50q", status, a.definition.Body)
	}
	return Report{Outcome: node.Succeeded, Detail: status + ", body as expected"}
}

// intake reads so much and no more. It remembers how reading ended, since whoever parses half a
// line finds fault with the line.
type intake struct {
	r    io.Reader
	left int // bytes
	err  error
}

func (in *intake) Read(p []byte) (n int, err error) {
	if in.left == 0 {
		return 0, io.EOF
	}
	n, err = in.r.Read(p[:min(len(p), in.left)])
	in.left -= n
	in.err = err
	return n, err
}

// readAnswer skips what is not the answer yet. The body of what it returns is not to be closed:
// that would read it to its end.
func readAnswer(r *bufio.Reader) (*http.Response, error) {
	for range maxInterim + 1 {
		answer, err := http.ReadResponse(r, nil)
		interim := err == nil && answer.StatusCode < 200 &&
			answer.StatusCode != http.StatusSwitchingProtocols
		if !interim {
			return answer, err
		}
	}
	return nil, fmt.Errorf("more than %d interim answers", maxInterim)
}

func statusRange(d *health.Definition) (from, to int) {
	if d.StatusFrom == 0 && d.StatusTo == 0 {
		return 200, 299
	}
	return int(d.StatusFrom), int(d.StatusTo)
}

// contains reports whether what is wanted is in the first maxBodyBytes of a body, as soon as it has
// come.
func contains(body io.Reader, wanted string) (bool, error) {
	var text []byte
	for len(text) < maxBodyBytes {
		text = slices.Grow(text, min(4<<10, maxBodyBytes-len(text)))
		n, err := body.Read(text[len(text):min(cap(text), maxBodyBytes)])
		unsearched := max(0, len(text)-len(wanted)+1)
		text = text[:len(text)+n]
		switch {
		case bytes.Contains(text[unsearched:], []byte(wanted)):
			return true, nil
		case err == io.EOF:
			return false, nil
		case err != nil:
			return false, err
		}
	}
	return false, nil
}
