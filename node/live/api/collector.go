package api

import "github.com/prometheus/client_golang/prometheus"

// The metrics of the API, none with a label.
const (
	watchersMetric = "butterfly_api_watchers"
	eventsMetric   = "butterfly_api_events_total"
	missedMetric   = "butterfly_api_events_missed_total"
)

// Describe makes a server a [prometheus.Collector], for its owner to register.
func (s *Server) Describe(descriptions chan<- *prometheus.Desc) {
	prometheus.DescribeByCollect(s, descriptions)
}

// Collect sends how many watch, and what became of the events of the node.
func (s *Server) Collect(metrics chan<- prometheus.Metric) {
	send := func(name, help string, kind prometheus.ValueType, value float64) {
		description := prometheus.NewDesc(name, help, nil, nil)
		metrics <- prometheus.MustNewConstMetric(description, kind, value)
	}
	written, missed := s.journal.counts()
	send(watchersMetric, "Clients that watch or wait in blocking queries.",
		prometheus.GaugeValue, float64(len(s.watchers)))
	send(eventsMetric, "Events of the node that watchers could see.",
		prometheus.CounterValue, float64(written))
	send(missedMetric, "Events of the node that came too fast for the API to keep.",
		prometheus.CounterValue, float64(missed))
}
