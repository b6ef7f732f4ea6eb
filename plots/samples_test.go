package plots

import (
	"math"
	"math/rand/v2"
)

// detection is a set of runs that look like those of SWIM with memberlist's parameters.
func detection() *Detection {
	d := &Detection{
		Title: "A crash is known to all of 1,024 servers within a blink of the first to see it",
		Memberlist: []MemberlistDetection{ // memberlist v0.7.0, LAN configuration, 20 to 60 runs each
			{8, 5.86, 6.17}, {16, 6.74, 6.93}, {64, 9.10, 9.43}, {128, 10.24, 10.63}, {256, 11.83, 12.29},
		},
	}
	random := rand.New(rand.NewPCG(1, 2))
	for servers := 8; servers <= 1024; servers *= 2 {
		row := DetectionRow{Servers: servers, TheorySeconds: 1.58 + 4*math.Log10(float64(servers))}
		for range 100 {
			first := row.TheorySeconds - 0.6 + random.ExpFloat64()/2
			row.FirstSeconds = append(row.FirstSeconds, first)
			row.FullSeconds = append(row.FullSeconds, first+0.3+random.Float64()/2)
		}
		d.Rows = append(d.Rows, row)
	}
	return d
}

// falsePositives is (1-q^2)(1-q^4)^k and a measurement of 20,000 probes at some of its points.
func falsePositives() *FalsePositives {
	f := &FalsePositives{Title: "Each further helper makes a false suspicion rarer by a factor"}
	for k := range 6 {
		for loss := range 31 {
			q := 1 - float64(loss)/100
			row := FalsePositiveRow{LossPercent: float64(loss), K: k,
				Formula: (1 - q*q) * math.Pow(1-math.Pow(q, 4), float64(k))}
			if loss%5 == 0 && loss > 0 || loss == 1 {
				row.Measured = math.Round(20_000*row.Formula) / 20_000
				row.Low, row.High = wilson(row.Measured, 20_000)
			}
			f.Rows = append(f.Rows, row)
		}
	}
	return f
}

// wilson is Wilson's 99 % interval of a share of n trials (1927).
func wilson(share, n float64) (low, high float64) {
	const z = 2.5758
	middle := (share + z*z/2/n) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(share*(1-share)/n+z*z/4/n/n)
	return min(share, max(0, middle-half)), max(share, min(1, middle+half))
}

// healing is memberlist's healing as measured (N = 10, 40 trials), and rules that always heal.
func healing() *Healing {
	h := &Healing{Title: "Ours heal whatever the cut, memberlist rarely after the suspicions end"}
	for _, servers := range []int{10, 32} {
		for i, cut := range []float64{4, 6, 10, 12, 16, 20, 25} {
			healed := []int{40, 40, 40, 39, 10, 1, 0}[i]
			h.Rows = append(h.Rows, healingRow(servers, "butterfly", cut, 40),
				healingRow(servers, "memberlist rules", cut, healed))
			if servers == 10 {
				h.Rows = append(h.Rows, healingRow(servers, "memberlist 0.7.0 measured", cut, healed))
			}
		}
	}
	return h
}

func healingRow(servers int, rules string, cut float64, healed int) HealingRow {
	row := HealingRow{Servers: servers, Rules: rules, CutSeconds: cut, Healed: healed, Trials: 40}
	row.Low, row.High = wilson(row.share(), 40)
	return row
}

// pareto is a sweep of made-up choices and memberlist's three presets.
func pareto() *Pareto {
	random := rand.New(rand.NewPCG(3, 4))
	p := &Pareto{Title: "What faster detection costs", FalseDeathsPer: "1,000 node hours"}
	for range 300 {
		interval, patience := math.Exp(random.Float64()*3-1.5), 2+5*random.Float64()
		deaths := 100 * math.Exp(-patience) / interval * (1 + random.Float64())
		p.Rows = append(p.Rows, ParetoRow{
			DetectionSeconds:   interval * patience * (1 + random.Float64()/2),
			BytesPerNodeSecond: 100 * (1 + random.Float64()) / interval,
			FalseDeaths:        max(0, math.Round(deaths)/10-0.2),
		})
	}
	p.Rows = append(p.Rows,
		ParetoRow{"lan", true, 9, 0.4, 120, false},
		ParetoRow{"wan", true, 40, 0, 30, false},
		ParetoRow{"local", true, 5, 1, 260, false})
	p.Rows = Front(p.Rows)
	return p
}

// spreadOf is the recurrences of push, pull and push-pull (Demers et al., 1987, section 1.3), and
// trials that are the same curve, up to a round early or late.
func spreadOf(servers int) *Spread {
	s := &Spread{Title: "Push is fast first, pull at the end", Time: "rounds",
		Conditions: "1% of the contacts fail."}
	for _, mode := range []struct {
		name string
		next func(waiting float64) float64
	}{
		{"push", func(p float64) float64 { return p * math.Exp(p-1) }},
		{"pull", func(p float64) float64 { return p * p }},
		{"push-pull", func(p float64) float64 { return p * p * math.Exp(p-1) }},
	} {
		c := SpreadCurve{Mode: mode.name, Servers: servers, Trials: 200}
		waiting := 1 - 1/float64(servers)
		for round := range 26 {
			next := mode.next(waiting)
			c.Points = append(c.Points, SpreadPoint{
				Round: float64(round), Theory: 1 - waiting, Mean: 1 - (3*waiting+next)/4,
				P10: max(0, 1.5*(1-waiting)-0.5), P50: 1 - waiting, P90: 1 - next,
			})
			waiting = next
		}
		s.Curves = append(s.Curves, c)
	}
	return s
}

// rumors is what the reference simulation of Demers et al., tables 1 to 3, gave.
func rumors() *Rumor {
	return &Rumor{Title: "What the end of a rumor leaves behind", Rows: []RumorRow{
		{"push-feedback-counter", 1, 1000, 200, 0.1742, 1.75, 9.78, 16.79},
		{"push-feedback-counter", 3, 1000, 200, 0.0108, 4.53, 10.02, 17.34},
		{"push-feedback-counter", 2, 1000, 200, 0.0368, 3.30, 9.95, 17.00},
		{"push-blind-coin", 1, 1000, 200, 0.9601, 0.04, 19.44, 38.88},
		{"push-blind-coin", 3, 1000, 200, 0.0596, 2.821, 13.29, 31.47},
		{"pull-feedback-counter", 1, 1000, 200, 3.16e-2, 2.7, 10.13, 17.54},
		{"pull-feedback-counter", 3, 1000, 200, 0, 6.09, 10.08, 13.96},
	}}
}

// costs is made up: designs that cost as much as there are servers, or pairs of them.
func costs() *Cost {
	c := &Cost{Title: "Multicast pays for every pair", Subtitle: "10 updates a second."}
	for servers := 8.0; servers <= 1024; servers *= 4 {
		for i, design := range []string{"pull", "push", "push-pull", "full state", "multicast"} {
			row := CostRow{Design: design, Servers: int(servers), MessagesPerUpdate: servers / 2,
				BytesPerUpdate: 100 * servers * float64(1+i), BytesPerNodeSecond: 1000 * float64(1+i),
				IdleBytesPerNodeSecond: 20 * servers}
			if design == "multicast" {
				row.MessagesPerUpdate, row.IdleBytesPerNodeSecond = servers*(servers-1), 5000
			}
			c.Rows = append(c.Rows, row)
		}
	}
	return c
}

// takeovers is made up: many gaps of a few causes, each around a time of its own.
func takeovers() *Takeover {
	random := rand.New(rand.NewPCG(5, 6))
	t := &Takeover{
		Title: "Whatever happens, an origin is probed again within the bound", Runs: "3 runs of talk",
	}
	for _, c := range []struct {
		cause  string
		count  int
		median float64
	}{
		{"crash", 900, 9}, {"partition", 1200, 8}, {"pause", 300, 4}, {"join", 150, 2.5},
		{"registration", 40, 3}, {"flapping", 1, 2},
	} {
		for range c.count {
			gap := c.median * math.Exp(random.NormFloat64()/4)
			t.Rows = append(t.Rows, TakeoverRow{c.cause, min(gap, 24), 26})
		}
	}
	return t
}

// balance gives 10,000 origins to 64 servers by luck, by shares of a ring, and in turn.
func balance() *Balance {
	random := rand.New(rand.NewPCG(7, 8))
	b := &Balance{Title: "Rendezvous shares out as evenly as luck does, a ring does not"}
	add := func(placement string, server func(origin int) int) {
		loads := make([]int, 64)
		for origin := range 10_000 {
			loads[server(origin)]++
		}
		for i, load := range loads {
			b.Rows = append(b.Rows, BalanceRow{placement, i, load})
		}
	}
	add("rendezvous", func(int) int { return random.IntN(64) })
	add("hash ring, 100 points", func(int) int {
		return (random.IntN(64) + random.IntN(50)) % 64 * 60 / 64
	})
	add("modulo", func(origin int) int { return origin % 64 })
	return b
}

// disruptions is what theory says, with a ring that moves a little more or less.
func disruptions() *Disruption {
	d := &Disruption{Title: "Modulo moves nearly everything, rendezvous what it must"}
	for servers := 4; servers <= 256; servers *= 2 {
		const origins = 100_000
		d.Rows = append(d.Rows,
			DisruptionRow{"rendezvous", servers, origins, origins / (servers + 1)},
			DisruptionRow{"hash ring", servers, origins, origins * 11 / 10 / (servers + 1)},
			DisruptionRow{"modulo", servers, origins, origins * servers / (servers + 1)})
	}
	return d
}

// disagreements is what theory says of rendezvous, and of modulo.
func disagreements() *Disagreement {
	d := &Disagreement{Title: "Two views disagree as much as they differ"}
	for tenth := range 11 {
		d.Rows = append(d.Rows,
			DisagreementRow{"rendezvous", float64(tenth) / 10, 1000, 100 * tenth},
			DisagreementRow{"modulo", float64(tenth) / 10, 1000, 990})
	}
	return d
}

// contest is made up: six designs, some of which never reach what others do.
func contest() *Versus {
	v := &Versus{
		Title: "Ours keeps every promise at the price of one checker an origin", Own: "ours",
		Subtitle: "16 servers, 500 origins, 5 seeds of talk.",
	}
	for _, q := range []struct {
		name   string
		values [6]float64
	}{
		{"longest gap, s, worst", [6]float64{2.1, 12, 35, 190, 24, 23}},
		{"unchecked on a minority side, origin-s", [6]float64{0, 0, 4000, 61234, 0, 0}},
		{"probes an origin and second", [6]float64{16, 1.04, 1.01, 0.91, 1.04, 1.03}},
		{"bytes a server and second", [6]float64{0, 173876, 39, 152, 568, 2233}},
		{"alike after the heal, s, median", [6]float64{3, 4, 30, 41, 13, 13}},
		{"requests to dead origins, ppm", [6]float64{0, 0, 0, 0, 0, 0}},
	} {
		for i, design := range []string{
			"everyone", "multicast", "leader", "raft", "hashring", "ours",
		} {
			r := VersusRow{
				Design: design, Quantity: q.name, Value: q.values[i], Least: q.values[i] / 2,
				Most: q.values[i] * 1.2, Runs: 5, All: 5,
			}
			switch {
			case q.values[i] == 41:
				r = VersusRow{Design: design, Quantity: q.name, All: 5}
			case q.values[i] == 30:
				r.Runs = 3
			}
			v.Rows = append(v.Rows, r)
		}
	}
	return v
}

// fidelity is a comparison in which luck alone differs, but for traffic, which does not vary.
func fidelity() *Fidelity {
	f := &Fidelity{
		Title:  "The simulation agrees with 16 live servers",
		Trials: "30 live trials, 300 simulated",
	}
	random := rand.New(rand.NewPCG(3, 4))
	draw := func(n int, base, spread float64) (values []float64) {
		for range n {
			values = append(values, base+spread*random.ExpFloat64())
		}
		return values
	}
	for _, q := range []struct {
		name, unit   string
		base, spread float64
	}{
		{"update at half", "s", 0.2, 0.3}, {"update at all", "s", 0.6, 0.3},
		{"first detection", "s", 1.1, 0.2}, {"full detection", "s", 1.2, 0.2},
		{"takeover gap", "s", 1.4, 0.2}, {"datagrams", "/s", 10, 0}, {"datagram bytes", "B/s", 1110, 9},
		{"calls", "/s", 6, 0}, {"call bytes", "B/s", 694, 0},
	} {
		f.Rows = append(f.Rows, FidelityRow{
			Quantity: q.name, Unit: q.unit, Live: draw(30, q.base, q.spread),
			Simulated: draw(300, q.base, q.spread), Difference: -0.012, Distance: 0.12, Critical: 0.26,
		})
	}
	return f
}
