package live

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics counts what a node does. All labels have few values, whatever the network says.
type metrics struct {
	datagrams          *prometheus.CounterVec // by direction
	datagramBytes      *prometheus.CounterVec // by direction
	dropped            *prometheus.CounterVec // by reason
	calls              *prometheus.CounterVec // by outcome
	requests           *prometheus.CounterVec // by outcome
	callBytes          *prometheus.CounterVec // by direction
	probes             *prometheus.CounterVec // by outcome
	connectionsRefused prometheus.Counter
	inputs             *prometheus.HistogramVec // by kind
	gauges             gauges
}

// gauges are what is looked up when somebody asks.
type gauges struct {
	queues, members, origins, checking, keys *prometheus.Desc
	read                                     func() (levels, bool)
}

// levels is what the gauges show.
type levels struct {
	queues, members, origins map[string]int
	checking, keys           int
}

const namespace = "butterfly"

func newMetrics(read func() (levels, bool)) *metrics {
	counter := func(name, help, label string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(
			prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, []string{label})
	}
	gauge := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc(prometheus.BuildFQName(namespace, "", name), help, labels, nil)
	}
	return &metrics{
		datagrams:     counter("datagrams_total", "Datagrams received and sent.", "direction"),
		datagramBytes: counter("datagram_bytes_total", "Bytes of them, sealed.", "direction"),
		dropped:       counter("datagrams_dropped_total", "Datagrams dropped.", "reason"),
		calls:         counter("calls_total", "Calls of other servers.", "outcome"),
		requests:      counter("requests_total", "Requests of other servers.", "outcome"),
		callBytes:     counter("request_bytes_total", "Bytes of them and of answers.", "direction"),
		probes:        counter("probes_total", "Probes of origins, by outcome.", "outcome"),
		connectionsRefused: prometheus.NewCounter(prometheus.CounterOpts{
			Namespace: namespace, Name: "connections_refused_total",
			Help: "Connections for streams closed at once: their source had too many.",
		}),
		inputs: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: namespace, Name: "input_seconds",
			Help:    "How long the machine took for an input and its effects.",
			Buckets: prometheus.ExponentialBuckets(1e-6, 4, 10),
		}, []string{"kind"}),
		gauges: gauges{
			queues:   gauge("queue_depth", "What waits for the machine's turn.", "queue"),
			members:  gauge("members", "Servers in the view of this one.", "state"),
			origins:  gauge("origins", "Origins to be checked, by what is believed.", "status"),
			checking: gauge("origins_checking", "Origins that this server checks."),
			keys:     gauge("map_keys", "Keys of the shared map that have a value."),
			read:     read,
		},
	}
}

// vectors are all metrics but the gauges.
func (m *metrics) vectors() []prometheus.Collector {
	return []prometheus.Collector{
		m.datagrams, m.datagramBytes, m.dropped, m.calls, m.requests, m.callBytes, m.probes,
		m.connectionsRefused, m.inputs,
	}
}

// Describe implements [prometheus.Collector].
func (m *metrics) Describe(described chan<- *prometheus.Desc) {
	for _, vector := range m.vectors() {
		vector.Describe(described)
	}
	g := &m.gauges
	for _, gauge := range []*prometheus.Desc{g.queues, g.members, g.origins, g.checking, g.keys} {
		described <- gauge
	}
}

// Collect implements [prometheus.Collector].
func (m *metrics) Collect(collected chan<- prometheus.Metric) {
	for _, vector := range m.vectors() {
		vector.Collect(collected)
	}
	now, ok := m.gauges.read()
	if !ok {
		return
	}
	level := func(gauge *prometheus.Desc, value int, label ...string) {
		collected <- prometheus.MustNewConstMetric(
			gauge, prometheus.GaugeValue, float64(value), label...)
	}
	for gauge, counts := range map[*prometheus.Desc]map[string]int{
		m.gauges.queues: now.queues, m.gauges.members: now.members, m.gauges.origins: now.origins,
	} {
		for label, count := range counts {
			level(gauge, count, label)
		}
	}
	level(m.gauges.checking, now.checking)
	level(m.gauges.keys, now.keys)
}

func (m *metrics) drop(reason string) { m.dropped.WithLabelValues(reason).Inc() }

func (m *metrics) datagram(direction string, bytes int) {
	m.datagrams.WithLabelValues(direction).Inc()
	m.datagramBytes.WithLabelValues(direction).Add(float64(bytes))
}

// input notes how long an input took.
func (m *metrics) input(kind string, took time.Duration) {
	m.inputs.WithLabelValues(kind).Observe(took.Seconds())
}
