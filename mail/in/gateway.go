package in

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/netip"
	"strings"

	"gatehouse/desk"
	"gatehouse/mail/message"
	"gatehouse/service"
)

// GatewayPath is where RT's client rt-mailgate posts letters.
const GatewayPath = "/REST/1.0/NoAuth/mail-gateway"

// viaGateway names the way in, in envelopes.
const viaGateway = "gateway"

// A Gateway takes letters by the protocol of RT's rt-mailgate: a form with the
// fields queue, action and message. Its answers are RT's: "ok" with the ticket,
// "not ok - why" for a letter that is wrong, and for all that may come again a
// text that makes the client end with 75, so that the mail server keeps the
// letter. Other fields are passed over, and so are the parts of an action that
// change a ticket without a letter.
//
// The protocol knows no sign of who posts. So letters are taken from Networks
// alone, and none that a proxy passed on.
type Gateway struct {
	Service  *service.Service
	Networks []netip.Prefix
	Prover   Prover
	Log      *slog.Logger
}

// gatewaySteps bounds how many letters that wait are looked at before the
// answer goes without the ticket.
const gatewaySteps = 20

// ServeHTTP takes one letter.
func (g *Gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	if !g.trusts(r) {
		g.Log.Warn("a letter for the mail gateway from outside was turned away", "from", r.RemoteAddr)
		w.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(w, "The desk takes no letters from here; see the setting gateway_networks.\n")
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, int64(message.DefaultLimits().Bytes)+1<<20)
	_, _ = io.WriteString(w, g.answer(g.take(r))) // the client may be gone
}

// trusts reports whether the letter comes from one of the networks itself.
func (g *Gateway) trusts(r *http.Request) bool {
	for _, passedOn := range []string{"X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via"} {
		if r.Header.Get(passedOn) != "" {
			return false
		}
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	for _, network := range g.Networks {
		if network.Contains(from.Addr().Unmap()) {
			return true
		}
	}
	return false
}

// take stores the letter in the form and looks at what waits, so that the
// answer can name the ticket.
func (g *Gateway) take(r *http.Request) (*desk.Spooled, error) {
	env, raw, err := readGatewayForm(r)
	if err != nil {
		return nil, err
	}
	ctx, by := r.Context(), desk.System(desk.ViaMail)
	if env.Queue == "" {
		if env.Recipient, err = recipientIn(ctx, g.Service, raw); err != nil {
			return nil, err
		}
	}
	id, err := g.Service.SpoolMail(ctx, by, env, raw)
	if err != nil {
		return nil, err
	}
	processor := Processor{Service: g.Service, Prover: g.Prover, Log: g.Log}
	for range gatewaySteps {
		entry, err := g.Service.SpooledLetter(ctx, by, id)
		if err != nil {
			return nil, nil //nolint:nilerr // the letter is stored, and that is what counts
		}
		if entry.State != desk.SpoolWaiting {
			return entry, nil
		}
		if worked, stepErr := processor.Step(ctx); stepErr != nil || !worked {
			return entry, nil //nolint:nilerr // it is read later
		}
	}
	return nil, nil
}

// readGatewayForm reads the envelope and the letter.
func readGatewayForm(r *http.Request) (desk.Envelope, []byte, error) {
	env := desk.Envelope{Action: desk.Correspond, RemoteAddr: r.RemoteAddr, Via: viaGateway}
	form, err := r.MultipartReader()
	if err != nil {
		return env, nil, desk.Wrap(desk.Invalid, err, "This is no form of rt-mailgate.")
	}
	var raw []byte
	for {
		part, err := form.NextPart()
		switch {
		case errors.Is(err, io.EOF) && len(strings.TrimSpace(string(raw))) == 0:
			return env, nil, desk.Errorf(desk.Invalid, "There is no letter in the form.")
		case errors.Is(err, io.EOF):
			return env, raw, nil
		case err != nil:
			return env, nil, formError(err)
		}
		switch part.FormName() {
		case "queue":
			env.Queue, err = formText(part)
		case "action":
			env.Action, err = gatewayAction(part)
		case "message":
			raw, err = readLetter(part, message.DefaultLimits().Bytes)
		}
		if err != nil {
			return env, nil, formError(err)
		}
	}
}

// formError tells a form that is too large from one that broke off.
func formError(err error) error {
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return desk.Errorf(desk.TooLarge, "The letter is larger than the %d MB that the desk takes.", message.DefaultLimits().Bytes>>20)
	}
	if desk.KindOf(err) != 0 {
		return err
	}
	return desk.Wrap(desk.Unavailable, err, "The letter broke off; send it again.")
}

func formText(part *multipart.Part) (string, error) {
	text, err := io.ReadAll(io.LimitReader(part, 1000))
	return strings.TrimSpace(string(text)), err
}

// gatewayAction reads RT's list of actions, such as take-comment: what the
// letter becomes is its part that is correspond or comment.
func gatewayAction(part *multipart.Part) (desk.MailAction, error) {
	text, err := formText(part)
	if err != nil || text == "" {
		return desk.Correspond, err
	}
	for action := range strings.SplitSeq(strings.ToLower(text), "-") {
		switch desk.MailAction(action) {
		case desk.Correspond, desk.CommentByMail:
			return desk.MailAction(action), nil
		}
	}
	return "", desk.Errorf(desk.Invalid, "The desk does not know the action %q; use correspond or comment.", text)
}

// recipientIn returns the first address of the desk that the letter names.
func recipientIn(ctx context.Context, svc *service.Service, raw []byte) (string, error) {
	l := message.ParseHeader(raw)
	delivered := message.ParseAddressList(l.Get("X-Original-To") + ", " + l.Get("Delivered-To"))
	for _, list := range [][]message.Address{delivered, l.To, l.Cc} {
		for _, a := range list[:min(len(list), 50)] {
			address, err := knownAddress(ctx, svc, a.Address)
			if err == nil || desk.KindOf(err) != desk.NotFound {
				return address, err
			}
		}
	}
	return "", desk.Errorf(desk.NotFound, "The letter names no queue, neither by --queue nor by an address of the desk.")
}

// answer says what became of the letter as RT says it.
func (g *Gateway) answer(entry *desk.Spooled, err error) string {
	switch desk.KindOf(err) {
	case 0:
	case desk.Invalid, desk.NotFound, desk.TooLarge:
		return "not ok - " + desk.Sentence(err) + "\n"
	}
	if err != nil {
		g.Log.Warn("a letter was put off", "via", viaGateway, "error", err)
		return "temporary failure - the desk cannot take letters at the moment\n"
	}
	switch {
	case entry == nil || entry.State != desk.SpoolDone && entry.State != desk.SpoolRefused:
		return "ok\n"
	case entry.State == desk.SpoolRefused:
		return "not ok - " + entry.Reason + "\n"
	}
	return fmt.Sprintf("ok\nTicket: %d\nQueue: %s\n", entry.Ticket, entry.Envelope.Queue)
}
