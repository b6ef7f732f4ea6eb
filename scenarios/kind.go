package scenarios

import "fmt"

// kind says of what a scenario is.
func (s *Scenario) kind() string {
	switch {
	case s.Group != nil:
		return "SWIM alone"
	case s.Replicas != nil:
		return "the map alone"
	case s.Cap != nil:
		return "registers"
	case s.Guest != nil:
		return "a protocol of your own"
	}
	return "a whole cluster"
}

// validateKind checks what only a cluster, only a group or only replicas have.
func (s *Scenario) validateKind() error {
	kinds := 0
	for _, is := range []bool{s.Group != nil, s.Replicas != nil, s.Cap != nil, s.Guest != nil} {
		if is {
			kinds++
		}
	}
	switch {
	case kinds > 1:
		return fmt.Errorf("group, replicas, cap: expected one of them at most")
	case s.Group != nil:
		return s.validateGroup()
	case s.Replicas != nil:
		return s.validateReplicas()
	case s.Cap != nil:
		return s.validateCap()
	case s.Guest != nil:
		return s.validateGuest()
	}
	return s.validateCluster()
}

func (s *Scenario) validateCluster() error {
	if s.Origins < 1 || s.Origins > MaxOrigins {
		return fmt.Errorf("origins: %d, expected 1 to %d", s.Origins, MaxOrigins)
	}
	if err := s.validateMap("origins", s.Origins); err != nil {
		return err
	}
	if s.Trial != nil {
		return fmt.Errorf("trial: only a group goes through one")
	}
	if err := s.Merge.validate(); err != nil {
		return fmt.Errorf("merge: %w", err)
	}
	if err := s.Design.validate(); err != nil {
		return fmt.Errorf("design: %w", err)
	}
	return s.validateSizes()
}

// validateSizes checks how many of what a cluster has.
func (s *Scenario) validateSizes() error {
	switch {
	case s.Unregistered < 0 || s.Unregistered >= s.Origins:
		return fmt.Errorf("unregistered: %d, expected 0 to %d", s.Unregistered, s.Origins-1)
	case s.Datacenters < 0 || s.Datacenters > MaxDatacenters:
		return fmt.Errorf("datacenters: %d, expected 0 to %d", s.Datacenters, MaxDatacenters)
	case s.Datacenters > 0 && s.shareVaries():
		return fmt.Errorf("datacenters: %d, expected 0 where the seed draws origins or outages: "+
			"all data centres share them", s.Datacenters)
	case s.Other != nil && s.Design.OrOurs() != Ours && s.Design != HashRing:
		return fmt.Errorf("other: expected none with the design %s", s.Design)
	case s.Merge == Literal && s.Design != "" && s.Design != Ours:
		return fmt.Errorf("merge: %q, expected %q with the design %s", s.Merge, Siblings, s.Design)
	}
	return nil
}

// shareVaries reports whether the seed draws what all data centres share.
func (s *Scenario) shareVaries() bool {
	if s.Storm != nil {
		if _, varies := s.Storm.Least["outages"]; varies {
			return true
		}
	}
	return s.fewestOrigins() < s.Origins
}

// validateMap checks how much all replicas of the map hold together.
func (s *Scenario) validateMap(of string, keys int) error {
	if all := uint64(s.Servers) * uint64(keys); all > MaxChecks {
		return fmt.Errorf("servers x %s: %d, expected at most %d", of, all, MaxChecks)
	}
	return nil
}

func (s *Scenario) validateGroup() error {
	if err := s.withoutOrigins("a group"); err != nil {
		return err
	}
	if s.Storm != nil {
		return fmt.Errorf("storm: expected none in a group")
	}
	if err := s.Group.validate(s.Duration); err != nil {
		return fmt.Errorf("group.%w", err)
	}
	return nil
}

func (s *Scenario) validateReplicas() error {
	if err := s.withoutOrigins("replicas"); err != nil {
		return err
	}
	switch {
	case s.Trial != nil:
		return fmt.Errorf("trial: only a group goes through one")
	case s.Storm != nil:
		name, count := s.Storm.foreign("outages", "sockets", "flaps", "registrations", "unregistrations")
		if name != "" {
			return fmt.Errorf("storm.%s: %d, expected none in replicas", name, count)
		}
	}
	if err := s.Replicas.validate(); err != nil {
		return fmt.Errorf("replicas.%w", err)
	}
	return s.validateMap("keys", s.Replicas.Keys)
}

func (s *Scenario) validateCap() error {
	if err := s.withoutOrigins("a register"); err != nil {
		return err
	}
	switch {
	case s.Trial != nil || s.Storm != nil:
		return fmt.Errorf("trial, storm: expected none in a register")
	case len(s.Places) > 0 || len(s.Regions) > 0 || s.BareCarrier:
		return fmt.Errorf("places, regions, bare_carrier: expected none in a register")
	case s.fewestServers() < minCapServers || s.Servers > maxCapServers:
		return fmt.Errorf("servers: %s, expected %d to %d in a register",
			s.serversText(), minCapServers, maxCapServers)
	}
	if err := s.Cap.validate(s); err != nil {
		return fmt.Errorf("cap.%w", err)
	}
	return nil
}

// withoutOrigins refuses what only a cluster has.
func (s *Scenario) withoutOrigins(kind string) error {
	switch {
	case s.Origins != 0:
		return fmt.Errorf("origins: %d, expected none in %s", s.Origins, kind)
	case s.Merge != "":
		return fmt.Errorf("merge: %q, expected none in %s", s.Merge, kind)
	case s.Unregistered != 0:
		return fmt.Errorf("unregistered: %d, expected none in %s", s.Unregistered, kind)
	case s.Design != "":
		return fmt.Errorf("design: %q, expected none in %s", s.Design, kind)
	case s.Other != nil:
		return fmt.Errorf("other: expected none in %s", kind)
	case s.Datacenters != 0:
		return fmt.Errorf("datacenters: %d, expected none in %s", s.Datacenters, kind)
	}
	return nil
}
