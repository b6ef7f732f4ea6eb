package api

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/live/view"
)

// pageText is what is on a page, taken apart: the text of each element with an id, and the
// elements.
type pageText struct {
	byID  map[string]string
	count map[string]int
	links []string
}

// parse reads a page as XML, which the template is careful to be, so that whatever is not closed or
// not escaped fails.
func parse(t *testing.T, html string) pageText {
	p := pageText{byID: map[string]string{}, count: map[string]int{}}
	decoder := xml.NewDecoder(strings.NewReader(html))
	var open []string
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return p
		}
		require.NoError(t, err)
		switch token := token.(type) {
		case xml.StartElement:
			id := ""
			for _, a := range token.Attr {
				switch a.Name.Local {
				case "id":
					id = a.Value
				case "href":
					p.links = append(p.links, a.Value)
				}
				require.False(t, strings.HasPrefix(a.Name.Local, "on"), "a script in an attribute")
			}
			p.count[token.Name.Local]++
			open = append(open, id)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			for _, id := range open {
				if id != "" {
					p.byID[id] += string(token)
				}
			}
		}
	}
}

// "works without JavaScript for the table": all is in the page as it is sent.
func TestTheStatusPage(t *testing.T) {
	w := ask(newTestServer(t, newFakeNode()), "GET", "/", "")
	require.Equal(t, "text/html; charset=utf-8", w.Header().Get("Content-Type"))
	p := parse(t, w.Body.String())
	require.Equal(t, 3, p.count["table"])
	require.Equal(t, 3, p.count["caption"])
	require.Equal(t, 1, p.count["h1"])
	require.Contains(t, p.byID["members"], "bob")
	require.Contains(t, p.byID["members"], "◆ suspect")
	require.Contains(t, p.byID["members"], "3 s")
	require.Contains(t, p.byID["services"], "mail")
	require.Contains(t, p.byID["origins"], "▲ unhealthy")
	require.Contains(t, p.byID["origins"], "1 min 30 s")
	require.Contains(t, p.byID["facts"], "4711")
	require.Contains(t, p.byID["more"], "1 to 4 of 4")
	require.Contains(t, p.links, "/v1/origins/shop/%5B2001:db8::1%5D:8080")
}

// "contentPolicy lets the page use what comes from the node, and nothing that is written into it."
func TestThePageLoadsNothingFromElsewhere(t *testing.T) {
	s := newTestServer(t, newFakeNode())
	w := ask(s, "GET", "/", "")
	policy := w.Header().Get("Content-Security-Policy")
	require.Contains(t, policy, "default-src 'none'")
	require.NotContains(t, policy, "unsafe")
	sources := regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllStringSubmatch(w.Body.String(), -1)
	require.NotEmpty(t, sources)
	for _, source := range sources {
		require.Regexp(t, `^(/|#|data:,$)`, source[1])
	}
	require.NotRegexp(t, `<script>|<style|style=`, w.Body.String())
	require.NotContains(t, get(t, s, "/status.css"), "url(")
	script := ask(s, "GET", "/status.js", "")
	require.Equal(t, "text/javascript; charset=utf-8", script.Header().Get("Content-Type"))
}

// Names come from files and from other servers.
func TestHostileNamesAreText(t *testing.T) {
	node := newFakeNode()
	hostile := `"><script>alert(1)</script>'&<!--`
	node.put(origin(hostile, "javascript:alert(1)", hostile, true, 1))
	node.put(origin("..", "..", "healthy", true, 1))
	node.members = append(node.members, view.Member{Name: hostile, State: hostile, Address: hostile})
	node.change(func(o *view.Overview) { o.Name, o.Label = hostile, hostile })
	s := newTestServer(t, node)
	for _, path := range []string{
		"/", "/?service=" + url.QueryEscape(hostile), "/?service=%3Cscript%3E",
	} {
		p := parse(t, get(t, s, path))
		require.Equal(t, 1, p.count["script"], path)
		for _, link := range p.links {
			require.Regexp(t, `^(/|#|data:,$)`, link)
		}
	}
	p := parse(t, get(t, s, "/"))
	require.Contains(t, p.byID["members"], hostile)
	require.Contains(t, p.links, "/v1/origins/%2E%2E/%2E%2E")
}

func TestTheWorstIsFirst(t *testing.T) {
	node := newFakeNode()
	node.put(origin("shop", "192.0.2.12:80", "healthy", false, 1))
	rows := parse(t, get(t, newTestServer(t, node), "/?service=shop")).byID["origins"]
	found := regexp.MustCompile(`192\.0\.2\.\d+|2001:db8::1`).FindAllString(rows, -1)
	require.Equal(t, []string{"192.0.2.11", "2001:db8::1", "192.0.2.12", "192.0.2.10"}, found)
}

// At most pageRows at once, and links to the others.
func TestPagesOfOrigins(t *testing.T) {
	s := newTestServer(t, manyOrigins(450))
	rows := func(path string) (int, pageText) {
		html := get(t, s, path)
		return strings.Count(html, `href="/v1/origins/`), parse(t, html)
	}
	n, p := rows("/?service=shop")
	require.Equal(t, pageRows, n)
	require.Contains(t, p.byID["more"], "1 to 200 of 450")
	require.Contains(t, p.links, "/?from=200&service=shop")
	n, p = rows("/?from=400&service=shop")
	require.Equal(t, 50, n)
	require.Contains(t, p.byID["more"], "401 to 450 of 450")
	require.Contains(t, p.links, "/?from=200&service=shop")
	n, p = rows("/?from=100000")
	require.Zero(t, n)
	require.Contains(t, p.byID["more"], "450 to 450 of 450")
}

func TestAPageWithoutOrigins(t *testing.T) {
	s := newTestServer(t, newFakeNode())
	p := parse(t, get(t, s, "/?service=nothing"))
	require.Contains(t, p.byID["origins"], "There are no origins of nothing.")
	require.Empty(t, strings.TrimSpace(p.byID["more"]))
}

func TestThePageSaysWhatIsWrongWithTheNode(t *testing.T) {
	node := newFakeNode()
	node.change(func(o *view.Overview) { o.Leaving, o.NetworkLost = true, true })
	p := parse(t, get(t, newTestServer(t, node), "/"))
	require.Contains(t, p.byID["notes"], "is leaving")
	require.Contains(t, p.byID["notes"], "its own network to be down")
}

func TestAgo(t *testing.T) {
	for span, want := range map[time.Duration]string{
		-time.Second: "0 s", 59 * time.Second: "59 s", 61 * time.Second: "1 min 1 s",
		2*time.Hour + 3*time.Minute: "2 h 3 min", 49 * time.Hour: "2 d 1 h",
	} {
		require.Equal(t, want, ago(noon, noon.Add(-span)))
	}
	require.Equal(t, "never", ago(noon, time.Time{}))
}

// What is marked to be replaced in place needs an id, by which the script finds it in the new page.
func TestWhatIsLiveHasAnID(t *testing.T) {
	marked := regexp.MustCompile(`<[^>]*data-live[^>]*>`).FindAllString(statusHTML, -1)
	require.Len(t, marked, 8)
	for _, element := range marked {
		require.Regexp(t, ` id="\w+"`, element)
	}
}

func BenchmarkStatusPage(b *testing.B) {
	s := newTestServer(b, manyOrigins(10_000))
	for b.Loop() {
		if w := ask(s, "GET", "/", ""); w.Code != http.StatusOK {
			b.Fatal(fmt.Sprint(w.Code))
		}
	}
}
