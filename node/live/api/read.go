package api

import "net/http"

func (s *Server) node(w http.ResponseWriter, r *http.Request) error {
	overview, err := s.source.Overview(r.Context())
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, shapeNode(overview))
	return nil
}

func (s *Server) members(w http.ResponseWriter, r *http.Request) error {
	members, err := s.source.Members(r.Context())
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, shapeAll(members, shapeMember))
	return nil
}

func (s *Server) services(w http.ResponseWriter, r *http.Request) error {
	services, err := s.source.Services(r.Context())
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, shapeAll(services, shapeService))
	return nil
}

func (s *Server) origins(w http.ResponseWriter, r *http.Request) error {
	query, err := parseQuery(r, "service")
	if err != nil {
		return err
	}
	service, err := serviceOf(query)
	if err != nil {
		return err
	}
	origins, err := s.source.Origins(r.Context(), service)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, shapeAll(origins, shapeOrigin))
	return nil
}

func (s *Server) origin(w http.ResponseWriter, r *http.Request) error {
	name, err := nameOf(r)
	if err != nil {
		return err
	}
	detail, err := s.source.Origin(r.Context(), name)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, shapeDetail(detail))
	return nil
}

func (s *Server) replica(w http.ResponseWriter, r *http.Request) error {
	replica, err := s.source.Map(r.Context())
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, shapeMap(replica))
	return nil
}

// health says whether the node should be relied on, for whoever starts and stops nodes.
func (s *Server) health(w http.ResponseWriter, r *http.Request) error {
	overview, err := s.source.Overview(r.Context())
	if err != nil {
		return err
	}
	switch {
	case overview.Leaving:
		unavailable(w, "the node is leaving")
	case !overview.Ready:
		unavailable(w, "the node has not joined yet")
	default:
		writeJSON(w, http.StatusOK, healthShape{Status: "ok"})
	}
	return nil
}

func unavailable(w http.ResponseWriter, why string) {
	writeJSON(w, http.StatusServiceUnavailable, healthShape{"unavailable", why})
}

type healthShape struct {
	Status string `json:"status"`
	Why    string `json:"why,omitempty"`
}
