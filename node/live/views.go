package live

import (
	"cmp"
	"context"
	"slices"

	"butterfly/node/live/view"
)

var _ view.Source = (*Node)(nil)

// Overview implements [view.Source].
func (n *Node) Overview(ctx context.Context) (o view.Overview, err error) {
	err = n.ask(ctx, func() { o = n.driver.overview() })
	return o, err
}

// Members implements [view.Source].
func (n *Node) Members(ctx context.Context) (members []view.Member, err error) {
	err = n.ask(ctx, func() { members = n.driver.listMembers() })
	slices.SortFunc(members, func(a, b view.Member) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Number, b.Number))
	})
	return members, err
}

// Services implements [view.Source].
func (n *Node) Services(ctx context.Context) (services []view.Service, err error) {
	err = n.ask(ctx, func() { services = n.driver.listServices() })
	slices.SortFunc(services, func(a, b view.Service) int { return cmp.Compare(a.Name, b.Name) })
	return services, err
}

// Origins implements [view.Source].
func (n *Node) Origins(ctx context.Context, service string) (origins []view.Origin, err error) {
	err = n.ask(ctx, func() { origins = n.driver.listOrigins(service) })
	if err == nil && service != "" && len(origins) == 0 {
		return nil, view.ErrUnknown
	}
	slices.SortFunc(origins, func(a, b view.Origin) int {
		return cmp.Or(cmp.Compare(a.Service, b.Service), cmp.Compare(a.Target, b.Target))
	})
	return origins, err
}

// Origin implements [view.Source].
func (n *Node) Origin(ctx context.Context, name view.Name) (detail view.Detail, err error) {
	known := false
	err = n.ask(ctx, func() { detail, known = n.driver.detail(name) })
	if err == nil && !known {
		err = view.ErrUnknown
	}
	return detail, err
}

// Map implements [view.Source].
func (n *Node) Map(ctx context.Context) (m view.Map, err error) {
	err = n.ask(ctx, func() { m = n.driver.showMap() })
	return m, err
}

// Register implements [view.Source].
func (n *Node) Register(ctx context.Context, r view.Registration) (err error) {
	if failed := n.ask(ctx, func() { err = n.driver.registerNamed(r) }); failed != nil {
		return failed
	}
	return err
}

// Unregister implements [view.Source].
func (n *Node) Unregister(ctx context.Context, name view.Name) error {
	known := false
	err := n.ask(ctx, func() {
		d := n.driver
		var r registration
		if r, known = d.known(name); known {
			d.unregister(r.origin)
		}
	})
	if err == nil && !known {
		err = view.ErrUnknown
	}
	return err
}

// Subscribe implements [view.Source].
func (n *Node) Subscribe(buffer int) *view.Subscription {
	return n.driver.watchers.subscribe(buffer)
}
