package access

import (
	"slices"

	"gatehouse/desk"
)

// A level says how far a path of memberships reaches: the least part of the
// customers on it, or whole where it passes through none.
type level uint8

const (
	noPath level = iota
	asContact
	asReader
	asMember
	asManager
	whole
)

// opens reports whether who fills a role by a path of that level may r on a
// ticket, which is shared or not. A queue counts as shared.
func (l level) opens(r desk.Right, shared bool) bool {
	switch l {
	case whole, asManager:
		return true
	case asMember:
		return shared
	case asReader:
		return shared && desk.ReadingRights.Has(r)
	}
	return false
}

// part is the level as a part at a customer.
func (l level) part() desk.Part { return desk.Part(min(l, asManager)) }

// An edge is a direct membership in to. Its level is noPath while it is not in
// force, so that nothing passes.
type edge struct {
	to    desk.PrincipalID
	level level
	part  desk.Part // as stored; the level follows from it and the settings
}

// A link says that to is reached, by the best path at that level.
type link struct {
	to       desk.PrincipalID
	level    level
	customer bool // to is a customer
}

// links are sorted by what they reach, each once.
type links []link

// find returns the level at which a principal is reached.
func (ls links) find(to desk.PrincipalID) level {
	lo, hi := 0, len(ls)
	for hi-lo > 8 {
		if mid := int(uint(lo+hi) >> 1); ls[mid].to < to {
			lo = mid + 1
		} else {
			hi = mid + 1
		}
	}
	for ; lo < hi; lo++ {
		if ls[lo].to == to {
			return ls[lo].level
		}
	}
	return noPath
}

// raise makes the links reach l.to at l.level at least; it reports whether
// they did not before.
func (ls links) raise(l link) (links, bool) {
	if l.level == noPath {
		return ls, false
	}
	i, found := slices.BinarySearchFunc(ls, l.to, func(l link, to desk.PrincipalID) int { return int(l.to - to) })
	if !found {
		return slices.Insert(ls, i, l), true
	}
	if ls[i].level >= l.level {
		return ls, false
	}
	ls[i].level = l.level
	return ls, true
}
