package desk_test

import (
	"strings"
	"testing"

	"gatehouse/desk"
)

// aKey is the base point of the curve P-256, as a browser would write it.
const aKey = "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"

func TestDeviceCheck(t *testing.T) {
	good := desk.Device{Name: " Telephone ", Endpoint: "https://push.example.org/abc", Key: aKey, Auth: "AAECAwQFBgcICQoLDA0ODw"}
	if d := good; d.Check() != nil || d.Name != "Telephone" {
		t.Errorf("got %+v, %v", d, d.Check())
	}
	for why, spoil := range map[string]func(*desk.Device){
		"no name":                      func(d *desk.Device) { d.Name = " " },
		"no address":                   func(d *desk.Device) { d.Endpoint = "" },
		"an address without TLS":       func(d *desk.Device) { d.Endpoint = "http://push.example.org/abc" },
		"no host":                      func(d *desk.Device) { d.Endpoint = "https:///abc" },
		"an address with a password":   func(d *desk.Device) { d.Endpoint = "https://a:b@push.example.org/" },
		"an address without end":       func(d *desk.Device) { d.Endpoint += strings.Repeat("x", 2000) },
		"no key":                       func(d *desk.Device) { d.Key = "" },
		"a key off the curve":          func(d *desk.Device) { d.Key = aKey[:80] + "AAAAAAA" },
		"a key in other letters":       func(d *desk.Device) { d.Key = "!" + aKey[1:] },
		"a secret of the wrong length": func(d *desk.Device) { d.Auth = "AAEC" },
		"a secret in other letters":    func(d *desk.Device) { d.Auth = "????????????????????????" },
	} {
		d := good
		if spoil(&d); desk.KindOf(d.Check()) != desk.Invalid {
			t.Errorf("%s: %v", why, d.Check())
		}
	}
}

func FuzzDevice(f *testing.F) {
	f.Add("https://push.example.org/abc", aKey, "AAECAwQFBgcICQoLDA0ODw")
	f.Add("https://[::1", "", "=")
	f.Fuzz(func(t *testing.T, endpoint, key, auth string) {
		d := desk.Device{Name: "x", Endpoint: endpoint, Key: key, Auth: auth}
		if d.Check() == nil && (!strings.HasPrefix(strings.ToLower(endpoint), "https://") || len(key) < 87) {
			t.Errorf("takes %+v", d)
		}
	})
}
