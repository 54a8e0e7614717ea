package push_test

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/dial"
	"gatehouse/mail/mailtest"
	"gatehouse/push"
	"gatehouse/service"
)

// A browser has keys of its own, and a service somewhere that takes messages
// for it.
type browser struct {
	t      *testing.T
	server *httptest.Server
	key    *ecdh.PrivateKey
	auth   []byte
	answer int           // what the service says; zero: that it took the message
	desk   string        // the key by which the browser knows the desk, in base64url
	got    []shown       // what it was to show
	heads  []http.Header // of what came
}

// shown is what the desk's script on a device is given.
type shown struct{ Title, Body, URL, Tag string }

func newBrowser(t *testing.T) *browser {
	b := &browser{t: t, auth: make([]byte, 16)}
	var err error
	if b.key, err = ecdh.P256().GenerateKey(rand.Reader); err != nil {
		t.Fatal(err)
	}
	rand.Read(b.auth)
	b.server = httptest.NewTLSServer(http.HandlerFunc(b.take))
	t.Cleanup(b.server.Close)
	return b
}

// device is what the browser says of itself.
func (b *browser) device(name string) desk.Device {
	text := base64.RawURLEncoding.EncodeToString
	return desk.Device{Name: name, Endpoint: b.server.URL + "/" + strings.ToLower(name), Key: text(b.key.PublicKey().Bytes()), Auth: text(b.auth)}
}

func (b *browser) take(w http.ResponseWriter, r *http.Request) {
	if b.answer != 0 {
		w.WriteHeader(b.answer)
		return
	}
	b.signed(r)
	sealed, err := io.ReadAll(r.Body)
	var m shown
	if err == nil {
		err = json.Unmarshal(b.open(sealed), &m)
	}
	if err != nil {
		b.t.Error(err)
	}
	b.got, b.heads = append(b.got, m), append(b.heads, r.Header)
	w.WriteHeader(http.StatusCreated)
}

// open does what RFC 8291 (3.4) and RFC 8188 (2) tell a browser to do.
func (b *browser) open(sealed []byte) []byte {
	salt, length := sealed[:16], int(sealed[20])
	sender, text := sealed[21:21+length], sealed[21+length:]
	theirs, err := ecdh.P256().NewPublicKey(sender)
	if err != nil {
		b.t.Fatal(err)
	}
	shared, err := b.key.ECDH(theirs)
	if err != nil {
		b.t.Fatal(err)
	}
	derive := func(secret, salt []byte, info string, n int) []byte {
		out, err := hkdf.Key(sha256.New, secret, salt, info, n)
		if err != nil {
			b.t.Fatal(err)
		}
		return out
	}
	ikm := derive(shared, b.auth, "WebPush: info\x00"+string(b.key.PublicKey().Bytes())+string(sender), 32)
	block, err := aes.NewCipher(derive(ikm, salt, "Content-Encoding: aes128gcm\x00", 16))
	if err != nil {
		b.t.Fatal(err)
	}
	box, err := cipher.NewGCM(block)
	if err != nil {
		b.t.Fatal(err)
	}
	plain, err := box.Open(nil, derive(ikm, salt, "Content-Encoding: nonce\x00", 12), text, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	padded := strings.TrimRight(string(plain), "\x00")
	return []byte(strings.TrimSuffix(padded, "\x02"))
}

// signed checks that the desk signed what came (RFC 8292), for this service.
func (b *browser) signed(r *http.Request) {
	token, public, _ := strings.Cut(strings.TrimPrefix(r.Header.Get("Authorization"), "vapid t="), ", k=")
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(public, "="))
	if err != nil || base64.RawURLEncoding.EncodeToString(raw) != b.desk {
		b.t.Fatalf("signed with the key %q, want %s", public, b.desk)
	}
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), raw)
	if err != nil {
		b.t.Fatal(err)
	}
	parts := strings.Split(token, ".")
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || len(signature) != 64 {
		b.t.Fatalf("the signature is %q", parts[2])
	}
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if !ecdsa.Verify(key, sum[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])) {
		b.t.Error("the signature does not hold")
	}
	var claims struct {
		Aud, Sub string
		Exp      int64
	}
	text, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err == nil {
		err = json.Unmarshal(text, &claims)
	}
	if err != nil || claims.Aud != b.server.URL || !strings.HasPrefix(claims.Sub, "mailto:desk@") || claims.Exp <= time.Now().Unix() {
		b.t.Errorf("the desk claims %s, %v", text, err)
	}
}

// A shop is a desk with a rule that shows bob messages.
type shop struct {
	*mailtest.Desk
	b *browser
}

func open(t *testing.T) shop {
	s := shop{mailtest.OpenShop(t, ""), newBrowser(t)}
	s.Grant(desk.Everyone, 0, desk.ModifySelf)
	var err error
	if s.b.desk, err = s.PushKey(t.Context(), s.By("ann")); err != nil {
		t.Fatal(err)
	}
	_, err = s.SaveRule(t.Context(), mailtest.System(), service.WrittenRule{Name: "Hear", On: []string{"reply"}, Notify: []string{"user:ann", "Requestor"}, Push: true, Enabled: true})
	if err == nil {
		err = s.AddDevice(t.Context(), s.By("ann"), s.b.device("Telephone"))
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// asked opens a ticket as carla, who writes on it once more.
func (s shop) asked(subject string) desk.TicketID {
	s.T.Helper()
	id, err := s.OpenTicket(s.T.Context(), s.By("carla"), service.NewTicket{Queue: s.Queues["support"], Subject: subject, Text: "It burns."})
	if err != nil {
		s.T.Fatal(err)
	}
	s.MustWork()
	s.says("carla", id)
	return id
}

func (s shop) says(login string, id desk.TicketID) {
	s.T.Helper()
	if _, err := s.Write(s.T.Context(), s.By(login), service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "Once more."}); err != nil {
		s.T.Fatal(err)
	}
	s.MustWork()
}

// send does what is due, and returns how often it failed.
func (s shop) send(client *http.Client) (failed int) {
	s.T.Helper()
	by := desk.System(desk.ViaJob)
	do := push.Handler(s.Service, client)
	for {
		job, err := s.ClaimJob(s.T.Context(), by, service.JobPush)
		if err != nil {
			s.T.Fatal(err)
		}
		if job == nil {
			return failed
		}
		if wrong := do(s.T.Context(), *job); wrong != nil {
			if strings.Contains(wrong.Error(), s.b.server.URL) {
				s.T.Errorf("the log would name the device's address: %v", wrong)
			}
			failed++
			if err := s.JobFailed(s.T.Context(), by, *job, wrong.Error()); err != nil {
				s.T.Fatal(err)
			}
		}
	}
}

func (s shop) devices(login string) []desk.Device {
	s.T.Helper()
	list, err := s.Devices(s.T.Context(), s.By(login))
	if err != nil {
		s.T.Fatal(err)
	}
	return list
}

// TestAMessageComes: sealed for the browser, signed by the desk, with what it is
// about and nothing of what was written.
func TestAMessageComes(t *testing.T) {
	s := open(t)
	id := s.asked("Fire " + strings.Repeat("ü", 300))
	if failed := s.send(s.b.server.Client()); failed != 0 || len(s.b.got) != 1 {
		t.Fatalf("%d failed, got %+v", failed, s.b.got)
	}
	m := s.b.got[0]
	if !strings.HasPrefix(m.Title, "[") || !strings.Contains(m.Title, "] Fire ü") || len([]rune(m.Title)) > 230 || m.Body != "Hear" || m.URL != "/agent/tickets/"+fmt.Sprintf("%d", id) {
		t.Errorf("got %+v", m)
	}
	if h := s.b.heads[0]; h.Get("TTL") != "86400" || h.Get("Topic") == "" || strings.Contains(m.Title+m.Body, "burns") {
		t.Errorf("got %v, %+v", h, m)
	}
	if d := s.devices("ann"); d[0].Used.IsZero() {
		t.Errorf("the device is %+v", d[0])
	}
	s.says("ann", id)
	if s.send(s.b.server.Client()); len(s.b.got) != 1 {
		t.Errorf("she is shown what she wrote herself: %+v", s.b.got[1:])
	}
}

// TestMessagesAskForRights: who may not see the ticket when the message is sent
// is shown nothing, and a contact is led to the portal.
func TestMessagesAskForRights(t *testing.T) {
	s := open(t)
	carla := newBrowser(t)
	carla.desk = s.b.desk
	if err := s.AddDevice(t.Context(), s.By("carla"), carla.device("Tablet")); err != nil {
		t.Fatal(err)
	}
	id := s.asked("Fire")
	s.says("ann", id)
	ann, err := s.Service.User(t.Context(), mailtest.System(), s.By("ann").User)
	if err == nil {
		ann.Disabled = true
		err = s.UpdateUser(t.Context(), mailtest.System(), *ann)
	}
	if err != nil {
		t.Fatal(err)
	}
	client := s.b.server.Client()
	client.Transport.(*http.Transport).TLSClientConfig.RootCAs.AddCert(carla.server.Certificate())
	if failed := s.send(client); failed != 0 || len(s.b.got) != 0 {
		t.Errorf("%d failed, and she who is disabled is shown %+v", failed, s.b.got)
	}
	if len(carla.got) != 1 || carla.got[0].URL != "/portal/tickets/"+fmt.Sprintf("%d", id) || !strings.Contains(carla.got[0].Title, "Fire") {
		t.Fatalf("carla is shown %+v", carla.got)
	}
	if strings.Contains(carla.got[0].Title+carla.got[0].Body, "Hear") {
		t.Errorf("a contact is told the name of a rule: %+v", carla.got[0])
	}
}

// TestServicesInTrouble: what becomes of the message and of the device.
func TestServicesInTrouble(t *testing.T) {
	for _, tt := range []struct {
		why           string
		answer        int
		failed, stays int
	}{
		{"the browser took its leave", http.StatusGone, 0, 0},
		{"nobody knows the browser", http.StatusNotFound, 0, 0},
		{"it was made for another desk", http.StatusForbidden, 0, 0},
		{"the message is refused", http.StatusRequestEntityTooLarge, 0, 1},
		{"the service has too much to do", http.StatusTooManyRequests, 1, 1},
		{"the service is broken", http.StatusBadGateway, 1, 1},
	} {
		t.Run(tt.why, func(t *testing.T) {
			s := open(t)
			s.b.answer = tt.answer
			s.asked("Fire")
			if failed := s.send(s.b.server.Client()); failed != tt.failed {
				t.Errorf("failed %d times, want %d", failed, tt.failed)
			}
			if have := len(s.devices("ann")); have != tt.stays {
				t.Errorf("%d devices stay, want %d", have, tt.stays)
			}
			s.b.answer = 0
			s.Clock.Advance(time.Hour)
			if s.send(s.b.server.Client()); len(s.b.got) != tt.failed {
				t.Errorf("an hour later it is shown %+v", s.b.got)
			}
		})
	}
}

// TestDevicesInside: an address of the desk's own network is no browser's
// service, whoever wrote it down.
func TestDevicesInside(t *testing.T) {
	s := open(t)
	s.asked("Fire")
	if failed := s.send(dial.Client(dial.Allowed{})); failed != 0 || len(s.b.got) != 0 || len(s.devices("ann")) != 0 {
		t.Errorf("failed %d, got %+v, devices %+v", failed, s.b.got, s.devices("ann"))
	}
}

// TestTryADevice: its owner sees that messages come, and nobody else's device
// is his to try or to take away.
func TestTryADevice(t *testing.T) {
	s := open(t)
	d := s.devices("ann")[0]
	if err := s.TryDevice(t.Context(), s.By("ann"), d.ID); err != nil {
		t.Fatal(err)
	}
	if s.send(s.b.server.Client()); len(s.b.got) != 1 || s.b.got[0].URL != "/account" || s.b.got[0].Title == "" {
		t.Errorf("got %+v", s.b.got)
	}
	for what, err := range map[string]error{
		"try": s.TryDevice(t.Context(), s.By("carla"), d.ID), "remove": s.RemoveDevice(t.Context(), s.By("carla"), d.ID),
	} {
		if desk.KindOf(err) != desk.NotFound {
			t.Errorf("carla may %s it: %v", what, err)
		}
	}
	s.asked("Fire")
	if err := s.RemoveDevice(t.Context(), s.By("ann"), d.ID); err != nil {
		t.Fatal(err)
	}
	if failed := s.send(s.b.server.Client()); failed != 0 || len(s.b.got) != 1 {
		t.Errorf("what was on its way came to a device that was taken away: %+v", s.b.got)
	}
}

// TestABrowserChangesHands: whoever signs in to it last is shown his messages,
// and not those of who had it before.
func TestABrowserChangesHands(t *testing.T) {
	s := open(t)
	if err := s.AddDevice(t.Context(), s.By("carla"), s.b.device("Telephone")); err != nil {
		t.Fatal(err)
	}
	if s.asked("Fire"); len(s.devices("ann")) != 0 || len(s.devices("carla")) != 1 {
		t.Errorf("ann has %+v", s.devices("ann"))
	}
	if s.send(s.b.server.Client()); len(s.b.got) != 0 {
		t.Errorf("carla, who wrote it, is shown %+v", s.b.got)
	}
}
