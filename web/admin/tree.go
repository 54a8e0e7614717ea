package admin

import (
	"cmp"
	"net/http"
	"slices"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// Sizes of the picture of a tree, in its own units.
const (
	treeBox  = 170
	treeTall = 46
	treeGap  = 18
	treeStep = 44
	treeName = 20 // letters of a name that fit
)

// A Tree is a picture of groups: above, those in which one is, below, those that
// are in it.
type Tree struct {
	Wide, Tall int
	Boxes      []TreeBox
	Lines      []TreeLine
	More       bool // there are more groups
}

// ViewWide is the width of the picture with its frame.
func (t Tree) ViewWide() int { return t.Wide + 8 }

// ViewTall is the height of the picture with its frame.
func (t Tree) ViewTall() int { return t.Tall + 8 }

// A TreeBox is a group of a picture, with its place in it.
type TreeBox struct {
	X, Y       int
	Name, Full string // as it fits, and whole
	URL        string
	People     int
	Self       bool
	Disabled   bool
}

// TextX is where the words of a box begin.
func (b TreeBox) TextX() int { return b.X + 12 }

// TextY is the line of the name.
func (b TreeBox) TextY() int { return b.Y + 20 }

// SmallY is the line of what stands below the name.
func (b TreeBox) SmallY() int { return b.Y + 36 }

// A TreeLine leads from a group up to one in which it is.
type TreeLine struct {
	X1, Y1, X2, Y2 int
	Broken         bool // nothing passes: one of the two is disabled
}

// treeOf draws what is around a group; nil: nothing is.
func treeOf(kin *service.Kin) *Tree {
	if len(kin.Nodes) < 2 {
		return nil
	}
	rows := map[int][]service.KinNode{}
	var levels []int
	for _, n := range kin.Nodes {
		if rows[n.Level] == nil {
			levels = append(levels, n.Level)
		}
		rows[n.Level] = append(rows[n.Level], n)
	}
	slices.Sort(levels)
	tree := &Tree{More: kin.More}
	for _, level := range levels {
		tree.Wide = max(tree.Wide, len(rows[level])*(treeBox+treeGap)-treeGap)
	}
	tree.Tall = len(levels)*(treeTall+treeStep) - treeStep
	at := map[desk.PrincipalID]TreeBox{}
	for i, level := range levels {
		row := rows[level]
		slices.SortFunc(row, func(a, b service.KinNode) int { return cmp.Compare(a.Name.Text, b.Name.Text) })
		left := (tree.Wide - len(row)*(treeBox+treeGap) + treeGap) / 2
		for j, n := range row {
			box := TreeBox{X: left + j*(treeBox+treeGap), Y: i * (treeTall + treeStep), Name: shortened(n.Name.Text), Full: n.Name.Text, URL: urlOf(n.Name),
				People: n.People, Self: level == 0, Disabled: n.Name.Disabled}
			at[n.Name.ID] = box
			tree.Boxes = append(tree.Boxes, box)
		}
	}
	for _, l := range kin.Lines {
		member, group := at[l.Member], at[l.Group]
		tree.Lines = append(tree.Lines, TreeLine{member.X + treeBox/2, member.Y, group.X + treeBox/2, group.Y + treeTall, member.Disabled || group.Disabled})
	}
	return tree
}

func shortened(name string) string {
	letters := []rune(name)
	if len(letters) <= treeName {
		return name
	}
	return string(letters[:treeName-1]) + "…"
}

// tree draws what is around a group.
func (h handler) tree(r *http.Request, id desk.GroupID) (*Tree, error) {
	kin, err := h.svc.GroupKin(r.Context(), web.Actor(r), id)
	if err != nil {
		return nil, err
	}
	return treeOf(kin), nil
}
