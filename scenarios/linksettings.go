package scenarios

import "strings"

// linkSettings are about what lies between servers.
var linkSettings = []setting{
	{"slowdowns", "how many times links are slow in the storm",
		stormCount(func(s *Storm) *int { return &s.Slowdowns })},
	{"clogs", "how many times what servers send and get waits in the storm",
		stormCount(func(s *Storm) *int { return &s.Clogs })},
	{"limits", "how many times links are narrow in the storm",
		stormCount(func(s *Storm) *int { return &s.Limits })},
	{"mtus", "how many times large datagrams do not pass in the storm",
		stormCount(func(s *Storm) *int { return &s.MTUs })},
	{"no_datagrams", "how many times UDP is blocked, and streams are not, in the storm",
		stormCount(func(s *Storm) *int { return &s.NoDatagrams })},
	{"no_streams", "how many times streams are blocked, and UDP is not, in the storm",
		stormCount(func(s *Storm) *int { return &s.NoStreams })},
	{"forgeries", "how many times an outsider forges datagrams in the storm",
		stormCount(func(s *Storm) *int { return &s.Forgeries })},
	{"half_opens", "how many times a server only hears, or only speaks, in the storm",
		stormCount(func(s *Storm) *int { return &s.HalfOpens })},
	{"bridges", "how many times servers reach others only through the rest in the storm",
		stormCount(func(s *Storm) *int { return &s.Bridges })},
	{"link_flaps", "how many links flap in the storm",
		stormCount(func(s *Storm) *int { return &s.LinkFlaps })},
	{"swizzles", "how many times servers are clogged and freed one by one in the storm",
		stormCount(func(s *Storm) *int { return &s.Swizzles })},
	{"rack_splits", "how many times racks are cut off in the storm",
		stormCount(func(s *Storm) *int { return &s.RackSplits })},
	{"racks", "how many racks the servers stand in; 0 for one",
		func(s *Scenario, value string) error {
			racks := s.Racks
			if err := setCount(&racks, value, 0, s.fewestServers()); err != nil {
				return err
			}
			s.setRacks(racks)
			return nil
		}},
	{"places", "where servers stand, each at the next place: london,tokyo/a,tokyo/b",
		func(s *Scenario, value string) error {
			s.Places, s.Regions = nil, nil
			if value != "" {
				s.Places = strings.Split(value, ",")
			}
			return s.validatePlaces()
		}},
	{"bare_carrier", "whether datagrams go without checksum and key: on or off",
		func(s *Scenario, value string) error { return setSwitch(&s.BareCarrier, value) }},
}
