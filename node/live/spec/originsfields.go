package spec

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"butterfly/node/health"
	"butterfly/node/live/endpoint"
	"butterfly/sim/form"
	"butterfly/sim/strict"
)

// namePattern is what servers, services and clusters may be called.
const namePattern = `^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$`

// name is that of a server, a service or a cluster.
func name() form.Of[string] {
	return form.Patterned(namePattern,
		`1 to 63 letters, digits and any of "-._", the first a letter or a digit`,
		func(text string) (string, bool) { return text, true }, printText)
}

func originsFields() []field[Origins] {
	fields := serviceFields()
	schema := form.Schema{
		"type": "object", "additionalProperties": schemaOf(fields), "maxProperties": MaxServices,
		"propertyNames": name().Schema,
	}
	return []field[Origins]{{
		key: "services", means: "groups of origins that stand for each other, by name",
		required: true, schema: schema, read: readServices, write: writeServices,
	}}
}

func readServices(r *reader, path string, node ast.Node, into *Origins) *Error {
	fields, known := serviceFields(), name()
	return r.Entries(path, node, "a mapping of services by name", nil,
		func(key string, at strict.Place, node ast.Node) *Error {
			if _, err := known.FromText(key); err != nil {
				return r.Problem(at, "%s: %v", path, err)
			}
			if len(into.Services) == MaxServices {
				return r.Wrong(path, at, fmt.Sprintf("more than %d services", MaxServices), "fewer")
			}
			s := Service{Name: key, Check: health.DefaultDefinition()}
			_, problem := readMapping(r, strict.Child(path, key), node, fields, &s)
			into.Services = append(into.Services, s)
			return problem
		})
}

func writeServices(w *writer, key string, from, _ *Origins) {
	if len(from.Services) == 0 {
		w.line("%s: {}", key)
		return
	}
	w.line("%s:", key)
	fields, otherwise := serviceFields(), Service{Check: health.DefaultDefinition()}
	for i := range from.Services {
		inner := writer{indent: w.indent + "    "}
		writeMapping(&inner, fields, &from.Services[i], &otherwise)
		w.line("  %s:", printText(from.Services[i].Name))
		w.WriteString(inner.String())
	}
}

func serviceFields() []field[Service] {
	origin := originForm()
	return []field[Service]{
		section("check", "how the origins are checked: over TCP once a second if it does not say",
			checkFields(), func(s *Service) *health.Definition { return &s.Check }, checkDefinition),
		field[Service]{
			key:    "origins",
			means:  `who is checked, and gets the requests: each "host:port", or that with a weight`,
			schema: form.List(origin, MaxOrigins),
			read:   readOrigins, write: writeOrigins,
		}.must(),
	}
}

func originForm() form.Schema {
	return form.AnyOf(target().Schema, schemaOf(originFields()))
}

func originFields() []field[Origin] {
	return []field[Origin]{
		scalar("target", `whom to check: "host:port"`, target(),
			func(o *Origin) *string { return &o.Target }).must(),
		scalar("weight", "share of the service's requests: 0 for none, 1 if it does not say",
			form.Whole[uint16](0, 65535), func(o *Origin) *uint16 { return &o.Weight }),
	}
}

// target is one that can be reached. What is wrong with one that does not fit is said by
// [endpoint.Canonical].
func target() form.Of[string] {
	return form.Patterned(`^[^ ]*:[1-9][0-9]{0,4}$`,
		`"host:port": a host name, an IPv4 address or an IPv6 address in brackets, and a port from 1 `+
			`to 65535; in quotes if there are brackets`,
		func(text string) (string, bool) {
			target, err := endpoint.Canonical(text)
			return target, err == nil
		}, printText)
}

func readOrigins(r *reader, path string, node ast.Node, into *Service) *Error {
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		return r.Wrong(path, strict.Start(node), strict.Found(node), "a list of origins")
	}
	fields, lines := originFields(), map[string]int{}
	for i, item := range list.Values {
		path := strict.Item(path, i)
		if r.origins++; r.origins > MaxOrigins {
			return r.Wrong(path, strict.Start(item), fmt.Sprintf("more than %d origins in all services",
				MaxOrigins), "fewer")
		}
		o, problem := readOrigin(r, path, item, fields)
		if problem != nil {
			return problem
		}
		if line, twice := lines[o.Target]; twice {
			return r.Wrong(path, strict.Start(item), fmt.Sprintf("a second %s, after that of line %d",
				o.Target, line), "each target once in a service")
		}
		lines[o.Target] = strict.Start(item).Line
		into.Origins = append(into.Origins, o)
	}
	return nil
}

// readOrigin reads one that is written as a target, or as a mapping.
func readOrigin(r *reader, path string, node ast.Node, fields []field[Origin]) (Origin, *Error) {
	o := Origin{Weight: 1}
	if _, isMapping := node.(ast.MapNode); isMapping {
		_, problem := readMapping(r, path, node, fields, &o)
		return o, problem
	}
	problem := fields[0].read(r, path, node, &o)
	return o, problem
}

func writeOrigins(w *writer, key string, from, _ *Service) {
	if len(from.Origins) == 0 {
		w.line("%s: []", key)
		return
	}
	w.line("%s:", key)
	for _, o := range from.Origins {
		text := printText(o.Target)
		if o.Weight != 1 {
			text = fmt.Sprintf("{target: %s, weight: %d}", text, o.Weight)
		}
		w.line("  - %s", strings.TrimSpace(text))
	}
}
