package desk_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gatehouse/desk"
)

func TestViewsInOrder(t *testing.T) {
	for _, tt := range []struct {
		why    string
		places []desk.ViewPlace
		want   []desk.ViewPlace
	}{
		{"nothing was chosen", nil, []desk.ViewPlace{{View: "mine"}, {View: "open"}, {View: "7"}}},
		{"a saved one first, one hidden", []desk.ViewPlace{{View: "7"}, {View: "open", Hidden: true}, {View: "mine"}}, []desk.ViewPlace{{View: "7"}, {View: "open", Hidden: true}, {View: "mine"}}},
		{"what came later is last", []desk.ViewPlace{{View: "open"}}, []desk.ViewPlace{{View: "open"}, {View: "mine"}, {View: "7"}}},
		{"what is gone leaves no gap", []desk.ViewPlace{{View: "8"}, {View: "7"}, {View: "7", Hidden: true}}, []desk.ViewPlace{{View: "7"}, {View: "mine"}, {View: "open"}}},
	} {
		if got := desk.ViewsInOrder([]desk.ViewKey{"mine", "open", "7"}, tt.places); !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.why, got, tt.want)
		}
	}
}

// TestViewsInOrderLoseNone: whatever was chosen, each view stands in the order
// once, and to put in order again what is in order changes nothing.
func TestViewsInOrderLoseNone(t *testing.T) {
	keys := rapid.SampledFrom(append(desk.ShippedViews(), "1", "2", "3", "99", ""))
	rapid.Check(t, func(t *rapid.T) {
		views := rapid.SliceOfDistinct(keys, rapid.ID[desk.ViewKey]).Draw(t, "views")
		places := rapid.SliceOf(rapid.Custom(func(t *rapid.T) desk.ViewPlace {
			return desk.ViewPlace{View: keys.Draw(t, "view"), Hidden: rapid.Bool().Draw(t, "hidden")}
		})).Draw(t, "places")
		got := desk.ViewsInOrder(views, places)
		var names []desk.ViewKey
		for _, p := range got {
			names = append(names, p.View)
		}
		slices.Sort(names)
		want := slices.Sorted(slices.Values(views))
		if !slices.Equal(names, want) {
			t.Fatalf("the order has %v, want %v", names, want)
		}
		if again := desk.ViewsInOrder(views, got); !slices.Equal(again, got) {
			t.Fatalf("in order again: %v, want %v", again, got)
		}
	})
}

func TestViewKey(t *testing.T) {
	if got := desk.ViewID(17).Key(); got != "17" || got.Saved() != 17 {
		t.Errorf("view 17 is named %q, which is view %d", got, got.Saved())
	}
	for _, key := range append(desk.ShippedViews(), "", "-3", "x1", "99999999999999999999") {
		if id := key.Saved(); id != 0 {
			t.Errorf("%q is read as the saved view %d", key, id)
		}
	}
}
