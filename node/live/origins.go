package live

import (
	"slices"

	"butterfly/node/health"
	"butterfly/node/live/names"
	"butterfly/node/live/spec"
	"butterfly/node/live/view"
	"butterfly/node/origin"
	"butterfly/sim/clock"
)

// registration is an origin and how it is to be checked, in this node's numbers.
type registration struct {
	origin     uint32
	definition uint16
}

// intern gives the origin of an entry and its definition their numbers.
func intern(directory *names.Directory, e *spec.Entry) (r registration, err error) {
	r.origin, err = directory.Origin(names.Origin{Service: e.Service, Target: e.Target})
	if err != nil {
		return registration{}, err
	}
	r.definition, err = directory.Definition(e.Service, e.Check)
	return r, err
}

// internAll gives all entries their numbers, or says why that cannot be.
func internAll(directory *names.Directory, entries []spec.Entry) ([]registration, error) {
	registrations := make([]registration, len(entries))
	for i := range entries {
		r, err := intern(directory, &entries[i])
		if err != nil {
			return nil, err
		}
		registrations[i] = r
	}
	return registrations, nil
}

// register makes origins ones to check, or changes how they are checked.
func (d *driver) register(registrations []registration) {
	for _, r := range registrations {
		d.feed("register", func(now clock.Time) {
			d.machine.register(now, r)
		})
	}
}

// unregister makes an origin none of those to check.
func (d *driver) unregister(o uint32) {
	d.feed("register", func(now clock.Time) { d.machine.unregister(now, o) })
}

// reload takes over another file: what it says anew is registered, what it says no more is not
// checked any more, and what both say is left to the map. If not all of it can be taken over,
// nothing is.
func (d *driver) reload(file spec.Origins) error {
	difference := spec.Diff(d.file, file)
	added, err := internAll(d.directory, append(difference.Added, difference.Changed...))
	if err != nil {
		return err
	}
	if err := d.define(); err != nil {
		return err
	}
	d.register(added)
	for _, e := range difference.Removed {
		number, known := d.directory.Find(names.Origin{Service: e.Service, Target: e.Target})
		if known {
			d.unregister(number)
		}
	}
	d.file = file
	d.about.Origins = file.Digest()
	d.log.Info("the origins file was read again", "event", "origins-reloaded",
		"added", len(difference.Added), "changed", len(difference.Changed),
		"removed", len(difference.Removed))
	return d.describe()
}

// describe tells the members what this node now says of itself.
func (d *driver) describe() (err error) {
	d.feed("describe", func(now clock.Time) {
		err = d.machine.describe(now, d.about.Append(nil))
	})
	return err
}

// contribute registers what the file has and the map does not, once the node knows the map, if a
// member has begun with another file: it cannot know of these origins otherwise. What was withdrawn
// since this node began stays so.
func (d *driver) contribute() {
	if !d.lacking || !d.machine.Ready() || d.leaving {
		return
	}
	d.lacking = false
	all, err := internAll(d.directory, d.file.Entries())
	if err != nil { // they have their numbers: they were configured, or reloaded
		d.log.Error("the origins of the file have lost their numbers", "event", "origins-lost",
			"error", err)
		return
	}
	d.register(slices.DeleteFunc(all, func(r registration) bool {
		return d.past(r.origin).withdrawn || d.registered(r.origin)
	}))
}

// registered reports whether the map says of an origin whether it is to be checked.
func (d *driver) registered(o uint32) bool {
	return len(d.machine.Store().AppendSiblings(nil, origin.Registration(o))) > 0
}

// registerNamed registers an origin that an operator names, to be checked as the others of its
// service are.
func (d *driver) registerNamed(r view.Registration) error {
	if err := names.ValidateName(r.Service); err != nil {
		return &view.RefusedError{Field: "service", Why: err.Error()}
	}
	check := d.checkOf(r.Name)
	check.Weight = r.Weight
	entry := spec.Entry{Service: r.Service, Target: r.Target, Check: check}
	number, err := intern(d.directory, &entry)
	if err != nil {
		return &view.RefusedError{Field: "target", Why: err.Error()}
	}
	if err := d.define(); err != nil {
		return &view.RefusedError{Field: "service", Why: err.Error()}
	}
	d.register([]registration{number})
	return nil
}

// checkOf is how an origin is checked, or others of its service are if it is not, or the file says
// that they are. Of a service that nobody knows, it is the default.
func (d *driver) checkOf(name view.Name) health.Definition {
	if r, known := d.known(name); known {
		_, check := d.directory.DefinitionOf(r.definition)
		return check
	}
	for o := range uint32(d.directory.Len()) {
		number, known := d.machine.Known(o)
		if known && d.directory.Name(o).Service == name.Service {
			_, check := d.directory.DefinitionOf(number)
			return check
		}
	}
	for _, s := range d.file.Services {
		if s.Name == name.Service {
			return s.Check
		}
	}
	return health.DefaultDefinition()
}

// known returns an origin of that name and how it is to be checked; false if it is not.
func (d *driver) known(name view.Name) (r registration, known bool) {
	r.origin, known = d.directory.Find(names.Origin{Service: name.Service, Target: name.Target})
	if known {
		r.definition, known = d.machine.Known(r.origin)
	}
	return r, known
}
