package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// testDevices: a browser is one device, whoever's it is, and each has its own.
func testDevices(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	at := func(name string, user desk.UserID) *desk.Device {
		return &desk.Device{User: user, Name: name, Endpoint: "https://push.example.org/" + name, Key: "key of " + name, Auth: "auth", Created: Start}
	}
	phone, desktop, other := at("phone", c.carl), at("desktop", c.carl), at("other", c.dora)
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.SaveDevice(ctx, phone), tx.SaveDevice(ctx, desktop), tx.SaveDevice(ctx, other),
			tx.UseDevice(ctx, phone.ID, Start.Add(time.Hour)))
	})
	names := func(user desk.UserID) (list string) {
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			devices, err := tx.Devices(ctx, user)
			for _, d := range devices {
				list += d.Name + " "
			}
			return err
		})
		return list
	}
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		d, err := tx.Device(ctx, phone.ID)
		if want := *phone; err == nil {
			if want.Used = Start.Add(time.Hour); *d != want {
				t.Errorf("got %+v, want %+v", *d, want)
			}
		}
		return err
	})
	if got := names(c.carl); got != "phone desktop " {
		t.Errorf("carl has %s", got)
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		again := at("phone", c.dora)
		again.Name = "hers now"
		err := tx.SaveDevice(ctx, again)
		if again.ID != phone.ID {
			t.Errorf("the same browser is device %d and %d", phone.ID, again.ID)
		}
		return errors.Join(err, tx.DeleteDevice(ctx, desktop.ID), tx.DeleteDevice(ctx, desktop.ID))
	})
	if got := names(c.carl) + "; " + names(c.dora); got != "; hers now other " {
		t.Errorf("carl and dora have %s", got)
	}
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Device(ctx, desktop.ID); desk.KindOf(err) != desk.NotFound {
			t.Errorf("what was taken away is there: %v", err)
		}
		d, err := tx.Device(ctx, phone.ID)
		if err == nil && !d.Used.IsZero() {
			t.Error("what carl was shown counts as hers")
		}
		return err
	})
}
