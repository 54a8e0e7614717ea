package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"gatehouse/desk"
)

// statuses is the one table from kinds of errors to HTTP.
var statuses = map[desk.Kind]int{
	desk.Internal:        http.StatusInternalServerError,
	desk.Invalid:         http.StatusUnprocessableEntity,
	desk.NotFound:        http.StatusNotFound,
	desk.Forbidden:       http.StatusForbidden,
	desk.Unauthenticated: http.StatusUnauthorized,
	desk.Conflict:        http.StatusConflict,
	desk.TooLarge:        http.StatusRequestEntityTooLarge,
	desk.TooMany:         http.StatusTooManyRequests,
	desk.Unavailable:     http.StatusServiceUnavailable,
}

// notThere is all that is said of a thing that is not there: the same words as
// for one that the caller may not know of.
const notThere = "There is no such thing, or you may not know of it."

// problemOf returns an error as a problem (RFC 9457).
func problemOf(err error) *huma.ErrorModel {
	kind := desk.KindOf(err)
	p := &huma.ErrorModel{Status: statuses[kind], Title: http.StatusText(statuses[kind]), Detail: desk.Sentence(err)}
	if kind == desk.NotFound {
		p.Detail = notThere
		return p
	}
	for field, text := range desk.FieldTexts(err) {
		p.Errors = append(p.Errors, &huma.ErrorDetail{Message: text, Location: "body." + field})
	}
	slices.SortFunc(p.Errors, func(a, b *huma.ErrorDetail) int { return strings.Compare(a.Location, b.Location) })
	return p
}

// headersOf returns the headers that go with an error.
func headersOf(err error) http.Header {
	switch desk.KindOf(err) {
	case desk.Unauthenticated:
		return http.Header{"Www-Authenticate": {`Bearer realm="` + Base + `"`}}
	case desk.TooMany, desk.Unavailable:
		return http.Header{"Retry-After": {"60"}}
	}
	return nil
}

// failure returns an error of a use case as the library wants it, and logs
// what the caller is not told.
func (h *handler) failure(ctx context.Context, operation string, err error) error {
	if desk.KindOf(err) == desk.Internal && !errors.Is(err, context.Canceled) {
		h.log.ErrorContext(ctx, "request failed", "operation", operation, "error", err)
	}
	if headers := headersOf(err); headers != nil {
		return huma.ErrorWithHeaders(problemOf(err), headers)
	}
	return problemOf(err)
}

// refuse answers a request that is not let in.
func (h *handler) refuse(api huma.API, ctx huma.Context, err error) {
	if desk.KindOf(err) == desk.Internal {
		h.log.ErrorContext(ctx.Context(), "token not checked", "error", err)
	}
	for name, values := range headersOf(err) {
		ctx.SetHeader(name, values[0])
	}
	p := problemOf(err)
	_ = huma.WriteErr(api, ctx, p.Status, p.Detail)
}

// withoutValues keeps what was sent out of the answer that refuses it: it may
// be large, or secret.
func withoutValues(_ huma.Context, _ string, v any) (any, error) {
	if p, ok := v.(*huma.ErrorModel); ok {
		for _, detail := range p.Errors {
			detail.Value = nil
		}
	}
	return v, nil
}

// writeProblem writes an error outside of the library's routes.
func writeProblem(w http.ResponseWriter, err error) { writeModel(w, problemOf(err)) }

func writeModel(w http.ResponseWriter, p *huma.ErrorModel) {
	p.Title = http.StatusText(p.Status)
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p)
}
