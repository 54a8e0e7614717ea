// Package api serves the desk to programs: REST with JSON under /api/v1, its
// description as OpenAPI at /api/v1/openapi.json and .yaml.
//
// It promises that every route stands in one table (routes.go) with the rights
// that its use case asks for, that errors are RFC 9457 problems which tell
// nothing of their causes, and that what somebody may not see answers like
// what is not there. It has wire types of its own, so that the rest of the
// program can change without breaking its clients.
//
// It lets in tokens only, never the session of a browser, so that no other
// site can send requests in somebody's name. It decides no rights: package
// service does.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"gatehouse/desk"
	"gatehouse/service"
)

// Base is where the interface is.
const Base = "/api/v1"

// How large a body may be and how long it may take: a change, and one that
// carries files.
const (
	bodyLimit     = 2 << 20
	bodyTime      = 10 * time.Second
	fileBodyLimit = 36 << 20
	fileBodyTime  = 2 * time.Minute
	// largeAtOnce is how many bodies over bodyLimit are taken in at once, since
	// each takes several times its size of memory.
	largeAtOnce = 4
)

// Options are what the interface needs besides the desk.
type Options struct {
	Log *slog.Logger // for errors that people are not told; nil means silence
}

// New returns the handler of everything under Base.
func New(svc *service.Service, opt Options) http.Handler {
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	h := &handler{desk: svc, log: opt.Log, large: make(chan struct{}, largeAtOnce)}
	mux := http.NewServeMux()
	api := humago.NewWithPrefix(mux, Base, h.config())
	api.UseMiddleware(h.letIn(api))
	for _, r := range h.routes() {
		op := r.operation()
		if r.files {
			op.Middlewares = huma.Middlewares{h.fewAtOnce(api)}
		}
		r.register(api, op)
	}
	serveDescription(mux, api.OpenAPI())
	serveWrongWays(mux, h.routes())
	return hardened(mux)
}

// A handler has one method per route.
type handler struct {
	desk  *service.Service
	log   *slog.Logger
	large chan struct{} // holds one for each large body that is being taken in
}

func (h *handler) config() huma.Config {
	config := huma.DefaultConfig(h.desk.Name(), "1")
	// The library would fetch its pages of documentation from another host and
	// put links to schemas into every answer.
	config.DocsPath, config.SchemasPath, config.OpenAPIPath, config.CreateHooks = "", "", "", nil
	config.RejectUnknownQueryParameters = true
	config.Transformers = []huma.Transformer{withoutValues}
	config.Info.Description = "Ids are numbers, times RFC 3339 in UTC. Lists come in pages: follow `next` until there is none. Errors are RFC 9457 problems."
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}}
	return config
}

// A caller is who sent a request, and to which address.
type caller struct {
	desk.Actor
	user desk.User
	url  url.URL
}

// agent reports whether the caller works at the desk.
func (c caller) agent() bool { return c.user.Kind == desk.Agent }

type callerKey struct{}

func callerOf(ctx context.Context) caller {
	c, _ := ctx.Value(callerKey{}).(caller)
	return c
}

// letIn lets requests with a valid token through, before anything of their
// body is read.
func (h *handler) letIn(api huma.API) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		in, err := h.byToken(ctx.Context(), ctx.Header("Authorization"))
		if err != nil {
			h.refuse(api, ctx, err)
			return
		}
		next(huma.WithValue(ctx, callerKey{}, caller{Actor: in.Actor, user: in.User, url: ctx.URL()}))
	}
}

func (h *handler) byToken(ctx context.Context, header string) (*service.SignedIn, error) {
	scheme, token, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") || token == "" || len(token) > 200 {
		return nil, desk.Errorf(desk.Unauthenticated, "Send a token: Authorization: Bearer TOKEN.")
	}
	return h.desk.ByToken(ctx, token)
}

// fewAtOnce lets only a few large bodies in at a time, and small ones always.
func (h *handler) fewAtOnce(api huma.API) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		size, err := strconv.ParseInt(ctx.Header("Content-Length"), 10, 64)
		if err == nil && size <= bodyLimit {
			next(ctx)
			return
		}
		select {
		case h.large <- struct{}{}:
			defer func() { <-h.large }()
			next(ctx)
		default:
			h.refuse(api, ctx, desk.Errorf(desk.Unavailable, "Too many large files are being sent just now; try again in a minute."))
		}
	}
}

// serveDescription serves the OpenAPI document, to everybody: it is the same
// on every desk.
func serveDescription(mux *http.ServeMux, doc *huma.OpenAPI) {
	serve := func(ending, contentType string, make func() ([]byte, error)) {
		content, err := make()
		mux.HandleFunc("GET "+Base+"/openapi."+ending, func(w http.ResponseWriter, _ *http.Request) {
			if err != nil {
				writeProblem(w, desk.Wrap(desk.Internal, err, "describing the interface"))
				return
			}
			w.Header().Set("Content-Type", contentType)
			_, _ = w.Write(content)
		})
	}
	serve("json", "application/openapi+json", doc.MarshalJSON)
	serve("yaml", "application/openapi+yaml", doc.YAML)
}

// serveWrongWays answers what no route does: paths that are not there, and
// methods that a path does not have.
func serveWrongWays(mux *http.ServeMux, routes []route) {
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		var methods []string
		for _, route := range routes {
			if fits(Base+route.path, r.URL.Path) && !slices.Contains(methods, route.method) {
				methods = append(methods, route.method)
			}
		}
		if len(methods) == 0 {
			writeModel(w, &huma.ErrorModel{Status: http.StatusNotFound, Detail: "There is no such address; " + Base + "/openapi.json lists all."})
			return
		}
		slices.Sort(methods)
		allow := strings.Join(methods, ", ")
		w.Header().Set("Allow", allow)
		writeModel(w, &huma.ErrorModel{Status: http.StatusMethodNotAllowed, Detail: "This address takes " + allow + "."})
	})
}

// fits reports whether a path is one of a pattern such as /tickets/{id}.
func fits(pattern, path string) bool {
	want, got := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		if want[i] != got[i] && (got[i] == "" || !strings.HasPrefix(want[i], "{")) {
			return false
		}
	}
	return true
}

// hardened sets the headers that every answer has.
func hardened(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
		next.ServeHTTP(w, r)
	})
}
