package api

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The page in a browser: with scripts it follows the node, without them it is as it was sent.
func TestThePageInABrowser(t *testing.T) {
	browser, err := findBrowser()
	if err != nil {
		t.Logf("No chromium in PATH (%v): the page is parsed only, and its script is not run.", err)
		parse(t, get(t, newTestServer(t, newFakeNode()), "/"))
		return
	}
	t.Run("with scripts", func(t *testing.T) {
		t.Parallel()
		node := newFakeNode()
		dom := dump(t, browser, &browsed{server: newTestServer(t, node), watched: func() {
			node.put(origin("shop", "192.0.2.77:80", "unhealthy", false, 1))
			node.emit(believed("shop", "192.0.2.77:80", "unhealthy"))
		}})
		require.Contains(t, dom, "● live")
		require.Contains(t, dom, "192.0.2.77:80", "what happened after the page was sent")
	})
	t.Run("without scripts", func(t *testing.T) {
		t.Parallel()
		dom := dump(t, browser, &browsed{server: newTestServer(t, newFakeNode()), scriptless: true})
		require.NotContains(t, dom, "● live")
		require.Contains(t, dom, "192.0.2.11:80")
		require.Contains(t, dom, `<caption id="origins-caption">`)
	})
}

func findBrowser() (path string, err error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err = exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", err
}

// dump returns the document as it is when the page has loaded.
func dump(t *testing.T, browser string, page *browsed) string {
	page.updated = make(chan struct{})
	server := httptest.NewServer(page)
	defer server.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	dom, err := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu",
		"--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--user-data-dir="+t.TempDir(),
		"--dump-dom", server.URL+"/").Output()
	require.NoError(t, err)
	server.CloseClientConnections()
	return string(dom)
}

// browsed is the server with a way to tell how far the browser is. The document is dumped when all
// of it is loaded, so there is a style sheet for a medium that is not in use, which takes as long
// as the page takes to be updated.
type browsed struct {
	server     *Server
	scriptless bool
	watched    func() // is called once the page watches

	once    sync.Once
	updated chan struct{} // is closed when the page has asked for itself again
}

func (b *browsed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/slow.css":
		if !b.scriptless {
			select {
			case <-b.updated:
				time.Sleep(300 * time.Millisecond) // for the page to put in what it got
			case <-r.Context().Done():
			}
		}
		w.Header().Set("Content-Type", "text/css")
	case "/v1/watch":
		time.AfterFunc(200*time.Millisecond, b.watched)
		b.server.ServeHTTP(w, r)
	case "/":
		b.servePage(w, r)
	default:
		b.server.ServeHTTP(w, r)
	}
}

func (b *browsed) servePage(w http.ResponseWriter, r *http.Request) {
	sent := httptest.NewRecorder()
	b.server.ServeHTTP(sent, r)
	for name, values := range sent.Header() {
		w.Header()[name] = values
	}
	if b.scriptless {
		w.Header().Add("Content-Security-Policy", "script-src 'none'")
	}
	slow := `<link rel="stylesheet" media="print" href="/slow.css"/></head>`
	fmt.Fprint(w, strings.Replace(sent.Body.String(), "</head>", slow, 1))
	if strings.Contains(sent.Body.String(), "192.0.2.77:80") {
		b.once.Do(func() { close(b.updated) })
	}
}
