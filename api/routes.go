package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"gatehouse/desk"
)

// A route is one line of the table: a name, method and path, which rights its
// use case asks for, and what it does.
type route struct {
	name, method, path string
	rights             string // in words, for readers; the use case asks
	summary            string
	status             int // of success; zero: 200, or 204 where there is nothing to say
	files              bool
	register           func(huma.API, huma.Operation)
}

func (r route) operation() huma.Operation {
	op := huma.Operation{
		OperationID: r.name, Method: r.method, Path: r.path, Summary: r.summary, DefaultStatus: r.status,
		Description: "Rights: " + r.rights + ".", Tags: []string{strings.Split(r.path, "/")[1]},
		Security: []map[string][]string{{"token": {}}}, MaxBodyBytes: bodyLimit, BodyReadTimeout: bodyTime,
		Errors: []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusUnprocessableEntity},
	}
	if r.files {
		op.MaxBodyBytes, op.BodyReadTimeout = fileBodyLimit, fileBodyTime
	}
	if r.method != http.MethodGet {
		op.Errors = append(op.Errors, http.StatusConflict, http.StatusRequestEntityTooLarge)
	}
	return op
}

// withFiles lets the route's body be large.
func (r route) withFiles() route {
	r.files = true
	return r
}

// A what names a route: its operation, method and path, and rights.
type what struct {
	name, spec, rights, summary string
}

func (w what) route(register func(huma.API, huma.Operation)) route {
	method, path, _ := strings.Cut(w.spec, " ")
	return route{name: w.name, method: method, path: path, rights: w.rights, summary: w.summary, register: register}
}

// answer is the body of a success.
type answer[O any] struct{ Body O }

// shows makes a route that answers with something.
func shows[I, O any](h *handler, w what, do func(context.Context, caller, *I) (O, error)) route {
	return w.route(func(api huma.API, op huma.Operation) {
		huma.Register(api, op, func(ctx context.Context, in *I) (*answer[O], error) {
			body, err := do(ctx, callerOf(ctx), in)
			if err != nil {
				return nil, h.failure(ctx, w.name, err)
			}
			return &answer[O]{body}, nil
		})
	})
}

// A Created is the answer where something was made.
type Created struct {
	ID int64 `json:"id"`
}

type createdAnswer struct {
	Location string `header:"Location"`
	Body     Created
}

// makes makes a route that makes something, which is then at place/ID; no
// place: it has no address of its own.
func makes[I any, T ~int64 | ~uint8](h *handler, w what, place string, do func(context.Context, caller, *I) (T, error)) route {
	r := w.route(func(api huma.API, op huma.Operation) {
		huma.Register(api, op, func(ctx context.Context, in *I) (*createdAnswer, error) {
			id, err := do(ctx, callerOf(ctx), in)
			if err != nil {
				return nil, h.failure(ctx, w.name, err)
			}
			made := &createdAnswer{Body: Created{int64(id)}}
			if place != "" {
				made.Location = Base + place + "/" + strconv.FormatInt(int64(id), 10)
			}
			return made, nil
		})
	})
	r.status = http.StatusCreated
	return r
}

// does makes a route that has nothing to answer.
func does[I any](h *handler, w what, do func(context.Context, caller, *I) error) route {
	r := w.route(func(api huma.API, op huma.Operation) {
		huma.Register(api, op, func(ctx context.Context, in *I) (*struct{}, error) {
			if err := do(ctx, callerOf(ctx), in); err != nil {
				return nil, h.failure(ctx, w.name, err)
			}
			return &struct{}{}, nil
		})
	})
	r.status = http.StatusNoContent
	return r
}

// A Nothing is the input of a route that takes none.
type Nothing struct{}

// An Numbered is the input of a route about one thing.
type Numbered struct {
	ID int64 `path:"id" minimum:"1"`
}

// routes is the table.
func (h *handler) routes() []route {
	var table []route
	for _, part := range [][]route{
		h.ticketRoutes(), h.messageRoutes(), h.watcherRoutes(), h.linkRoutes(), h.approvalRoutes(), h.fieldRoutes(), h.accessRoutes(), h.peopleRoutes(), h.tokenRoutes(),
		h.memberRoutes(), h.rosterRoutes(), h.deskRoutes(), h.grantRoutes(), h.delegationRoutes(), h.relationRoutes(), h.mailRoutes(), h.templateRoutes(), h.relayRoutes(),
		h.permissionRoutes(), h.changeRoutes(), h.directoryRoutes(), h.eraseRoutes(),
		h.noticeRoutes(),
		h.importRoutes(), h.pendingRoutes(), h.lifeCycleRoutes(), h.replyTemplateRoutes(), h.reminderRoutes(), h.reportRoutes(), h.viewRoutes(), h.batchRoutes(), h.ticketFormRoutes(), h.ruleRoutes(), h.clockRoutes(), h.previewRoutes(),
	} {
		table = append(table, part...)
	}
	return table
}

// invalid is the error for one field of a body.
func invalid(field, text string) error {
	return desk.InvalidFields(map[string]string{field: text})
}
