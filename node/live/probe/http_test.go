package probe

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
)

func TestWhatAnOriginIsAsked(t *testing.T) {
	asked := make(chan *http.Request, 1)
	target := serve(t, func(_ http.ResponseWriter, r *http.Request) { asked <- r })
	p := newProber(t, func(c *Config) { c.UserAgent = "butterfly/1.2 health check" })
	d := health.Definition{Kind: health.HTTP, Path: "//up%20there?deep=yes"}
	require.Equal(t, node.Succeeded, look(t, p, target, d, patience).Outcome)
	r := <-asked
	require.Equal(t, "GET //up%20there?deep=yes HTTP/1.1", r.Method+" "+r.RequestURI+" "+r.Proto)
	require.Equal(t, target, r.Host)
	require.True(t, r.Close, "connections are not used again")
	r.Header.Del("Connection")
	require.Equal(t,
		http.Header{"User-Agent": {"butterfly/1.2 health check"}, "Accept": {"*/*"}}, r.Header)
}

func TestTheStatusDecides(t *testing.T) {
	var status atomic.Int64
	target := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(int(status.Load()))
	})
	p := newProber(t, nil)
	narrow := health.Definition{Kind: health.HTTP, StatusFrom: 404, StatusTo: 410}
	for _, c := range []struct {
		d      health.Definition
		status int64
		want   Report
	}{
		{over(health.HTTP), 200, Report{Outcome: node.Succeeded, Detail: "200 OK"}},
		{over(health.HTTP), 299, Report{Outcome: node.Succeeded, Detail: "299"}},
		{over(health.HTTP), 300, Report{Outcome: node.Failed,
			Detail: "300 Multiple Choices, expected 200 to 299"}},
		{over(health.HTTP), 500, Report{Outcome: node.Failed,
			Detail: "500 Internal Server Error, expected 200 to 299"}},
		{over(health.HTTP), 200, Report{Outcome: node.Succeeded, Detail: "200 OK"}}, // it flips
		{narrow, 404, Report{Outcome: node.Succeeded, Detail: "404 Not Found"}},
		{narrow, 410, Report{Outcome: node.Succeeded, Detail: "410 Gone"}},
		{narrow, 403, Report{Outcome: node.Failed, Detail: "403 Forbidden, expected 404 to 410"}},
	} {
		status.Store(c.status)
		r := look(t, p, target, c.d, patience)
		r.Took = 0
		require.Equal(t, c.want, r)
	}
}

// "Redirects are not followed".
func TestARedirectIsAnAnswer(t *testing.T) {
	var followed atomic.Bool
	elsewhere := serve(t, func(http.ResponseWriter, *http.Request) { followed.Store(true) })
	target := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://"+elsewhere, http.StatusFound)
	})
	r := look(t, newProber(t, nil), target, over(health.HTTP), patience)
	require.Equal(t, node.Failed, r.Outcome)
	require.Equal(t, "302 Found, expected 200 to 299", r.Detail)
	require.False(t, followed.Load())
}

func TestTheBodyDecides(t *testing.T) {
	far := strings.Repeat(".", maxBodyBytes-4)
	found := Report{Outcome: node.Succeeded, Detail: "200 OK, body as expected"}
	missed := Report{Outcome: node.Failed, Detail: `200 OK, body without "well"`}
	for name, c := range map[string]struct {
		body string
		want Report
	}{
		"there":        {"all is well", found},
		"at the limit": {far + "well", found},
		"beyond it":    {far + "?well", missed},
		"not there":    {"all is lost", missed},
		"empty":        {"", missed},
	} {
		target := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			for rest := range strings.SplitSeq(c.body, "we") { // cut where it hurts
				_, _ = io.WriteString(w, rest)
				if len(rest) < len(c.body) && rest != "" && !strings.HasSuffix(c.body, rest) {
					_, _ = io.WriteString(w, "we")
					w.(http.Flusher).Flush()
				}
			}
		})
		r := look(t, newProber(t, nil), target, expecting("well"), patience)
		r.Took = 0
		require.Equal(t, c.want, r, name)
	}
}

// "An answer is judged as soon as it can be".
func TestAnOriginThatNeverStopsTalkingIsJudged(t *testing.T) {
	forever := func(w http.ResponseWriter, _ *http.Request) {
		for {
			if _, err := io.WriteString(w, strings.Repeat("all is well ", 1000)); err != nil {
				return
			}
		}
	}
	p, target := newProber(t, nil), serve(t, forever)
	require.Equal(t, node.Succeeded, look(t, p, target, over(health.HTTP), patience).Outcome)
	require.Equal(t, node.Succeeded, look(t, p, target, expecting("well"), patience).Outcome)
	r := look(t, p, target, expecting("lost"), patience)
	require.Equal(t, node.Failed, r.Outcome)
	require.Equal(t, `200 OK, body without "lost"`, r.Detail)
}

func TestOriginsThatTakeTooLong(t *testing.T) {
	const timeout = 400 * time.Millisecond
	drip := func(text string) func(*net.TCPConn) { // its last byte again and again
		return func(c *net.TCPConn) {
			readRequest(c)
			_, err := io.WriteString(c, text)
			for err == nil {
				time.Sleep(5 * time.Millisecond)
				_, err = io.WriteString(c, text[len(text)-1:])
			}
		}
	}
	silent := func(c *net.TCPConn) { _, _ = io.Copy(io.Discard, c) }
	head := "HTTP/1.1 200 OK\r\n\r\n"
	for name, c := range map[string]struct {
		talk func(*net.TCPConn)
		d    health.Definition
		want string
	}{
		"silent":          {silent, over(health.HTTP), "answer"},
		"silent over TLS": {silent, over(health.HTTPS), "TLS handshake"},
		"status bytewise": {drip("HTTP/1.1 2000000"), over(health.HTTP), "answer"},
		"header bytewise": {drip("HTTP/1.1 200 OK\r\nX: y"), over(health.HTTP), "answer"},
		"only an interim": {saying("HTTP/1.1 103 \r\n\r\n"), over(health.HTTP), "answer"},
		"half a body":     {saying(head + "al"), expecting("well"), "200 OK, body"},
		"body bytewise":   {drip(head + "."), expecting("well"), "200 OK, body"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := look(t, newProber(t, nil), listen(t, c.talk), c.d, timeout)
			require.Equal(t, node.Failed, r.Outcome)
			require.Equal(t, c.want+": nothing within 400ms", r.Detail)
			require.GreaterOrEqual(t, r.Took, timeout)
			require.Less(t, r.Took, patience)
		})
	}
}

func TestOriginsThatBreak(t *testing.T) {
	for name, c := range map[string]struct {
		talk func(*net.TCPConn)
		d    health.Definition
		want string
	}{
		"reset": {resetting, over(health.HTTP), "answer: connection reset by peer"},
		"closed": {func(c *net.TCPConn) { readRequest(c) }, over(health.HTTP),
			"answer: connection closed"},
		"closed in the body": {func(c *net.TCPConn) {
			readRequest(c)
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nal")
		}, expecting("well"), "200 OK, body: connection closed"},
		"no HTTP": {saying("SSH-2.0-OpenSSH_9.6\r\n"), over(health.HTTP),
			`answer: malformed HTTP response "SSH-2.0-OpenSSH_9.6"`},
		"chatty": {saying(strings.Repeat("HTTP/1.1 103 \r\n\r\n", 6)), over(health.HTTP),
			"answer: more than 5 interim answers"},
		"no TLS": {saying("HTTP/1.1 400 Bad Request\r\n\r\n"), over(health.HTTPS),
			"TLS handshake: tls: first record does not look like a TLS handshake"},
		"closed in the handshake": {func(c *net.TCPConn) { readRequest(c) }, over(health.HTTPS),
			"TLS handshake: connection closed"},
		"headers without end": {
			saying("HTTP/1.1 200 OK\r\n" + strings.Repeat("X: yyyyyyy\r\n", 10000)),
			over(health.HTTP), "headers of more than 65536 bytes",
		},
		"a line without end": {saying("HTTP/1.1 200 " + strings.Repeat("O", 100000)),
			over(health.HTTP), "headers of more than 65536 bytes"},
	} {
		r := look(t, newProber(t, nil), listen(t, c.talk), c.d, patience)
		require.Equal(t, node.Failed, r.Outcome, name)
		require.Equal(t, c.want, r.Detail, name)
	}
}

func TestInterimAnswersAreSkipped(t *testing.T) {
	early := "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
	target := listen(t, saying(early+"HTTP/1.1 204 \r\n\r\n"))
	r := look(t, newProber(t, nil), target, over(health.HTTP), patience)
	require.Equal(t, "204 No Content", r.Detail)
}

func TestTLS(t *testing.T) {
	proto := func(w http.ResponseWriter, r *http.Request) { _, _ = fmt.Fprint(w, r.Proto) }
	secure := httptest.NewUnstartedServer(http.HandlerFunc(proto))
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.EnableHTTP2 = true
	secure.StartTLS()
	t.Cleanup(secure.Close)
	_, port, err := net.SplitHostPort(secure.Listener.Addr().String())
	require.NoError(t, err)
	trusting := &tls.Config{InsecureSkipVerify: true}
	trusted := &tls.Config{RootCAs: x509.NewCertPool()}
	trusted.RootCAs.AddCert(secure.Certificate())

	d := health.Definition{Kind: health.HTTPS, Body: "HTTP/1.1"}
	for _, c := range []struct {
		host   string
		config *tls.Config
		want   node.Outcome
		detail string
	}{
		{"127.0.0.1", trusted, node.Succeeded, "200 OK, body as expected"},
		{"localhost", trusted, node.Failed, "certificate is valid for"},
		{"127.0.0.1", nil, node.Failed, "certificate signed by unknown authority"},
		{"localhost", trusting, node.Succeeded, "200 OK, body as expected"},
	} {
		p := newProber(t, func(p *Config) { p.TLS = c.config })
		r := look(t, p, net.JoinHostPort(c.host, port), d, patience)
		require.Equal(t, c.want, r.Outcome, r.Detail)
		require.Contains(t, r.Detail, c.detail)
	}
}

func FuzzJudge(f *testing.F) {
	f.Add([]byte("HTTP/1.1 200 OK\r\n\r\nall is well"), "well")
	chunked := "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
	f.Add([]byte(chunked+"2\r\nwe\r\n2\r\nll\r\n0\r\n\r\n"), "well")
	f.Add([]byte("HTTP/1.1 103 \r\n\r\nHTTP/1.0 503 Not Now\r\n\r\n"), "")
	f.Fuzz(func(t *testing.T, answer []byte, wanted string) {
		a := attempt{definition: &health.Definition{Kind: health.HTTP, Body: wanted}}
		r := a.judge(bytes.NewReader(answer))
		require.NotEqual(t, node.Unable, r.Outcome)
		require.NotEmpty(t, r.Detail)
		require.LessOrEqual(t, len(r.Detail), maxDetail)
		if r.Outcome == node.Succeeded {
			require.Contains(t, string(answer), "HTTP/")
		}
	})
}
