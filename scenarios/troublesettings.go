package scenarios

import (
	"fmt"
	"strings"
)

// troubleSettings are the keys of [Troubles]: how many of each, and what pauses are like.
func troubleSettings() (all []setting) {
	for _, kind := range troubles {
		all = append(all, setting{
			kind.name, "how many " + strings.ReplaceAll(kind.name, "_", " ") + " in the storm",
			ofCluster(stormCount(kind.of)),
		})
	}
	return append(all, setting{
		"pause_preset", "what makes servers stand still in collections: go, zgc, g1, full-gc, vm-freeze",
		ofCluster(setPausePreset),
	})
}

func setPausePreset(s *Scenario, value string) error {
	if s.Storm == nil {
		return fmt.Errorf("the scenario %s has no storm", s.Name)
	}
	storm := *s.Storm
	s.Storm = &storm
	storm.PausePreset = PausePreset(value)
	return oneOf(storm.PausePreset, PausePresets())
}
