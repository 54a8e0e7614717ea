package access

import "slices"

const (
	pageSize = 256
	// maxID bounds what an id can cost in memory. Ids are given out one by one;
	// things with higher ones do not exist for the engine.
	maxID = 1<<31 - 1
)

// paged is an array by id in pages, so that a changed copy shares the pages
// that stayed. What was never put is the zero T.
type paged[T any] struct {
	pages []*[pageSize]T
	owned []bool // pages that may be written; nil: none
}

// at returns the place of an id, or nil where there is not even a page. Only
// put may change what it points at.
func (p *paged[T]) at(id int64) *T {
	i := uint64(id) / pageSize
	if i >= uint64(len(p.pages)) || p.pages[i] == nil {
		return nil
	}
	return &p.pages[i][uint64(id)%pageSize]
}

// get returns what stands at an id.
func (p *paged[T]) get(id int64) T {
	if at := p.at(id); at != nil {
		return *at
	}
	var zero T
	return zero
}

// fork returns a copy that may be written until it is sealed.
func (p *paged[T]) fork() paged[T] {
	return paged[T]{pages: slices.Clone(p.pages), owned: make([]bool, len(p.pages))}
}

// seal ends the writing.
func (p *paged[T]) seal() { p.owned = nil }

// put writes what stands at an id, in a page of this copy's own.
func (p *paged[T]) put(id int64, v T) {
	if id <= 0 || id > maxID {
		return
	}
	i := int(id / pageSize)
	if grow := i + 1 - len(p.pages); grow > 0 {
		p.pages = append(p.pages, make([]*[pageSize]T, grow)...)
		p.owned = append(p.owned, make([]bool, grow)...)
	}
	if !p.owned[i] {
		page := new([pageSize]T)
		if p.pages[i] != nil {
			*page = *p.pages[i]
		}
		p.pages[i], p.owned[i] = page, true
	}
	p.pages[i][id%pageSize] = v
}

// each calls f with all ids that have a page, in order.
func (p *paged[T]) each(f func(id int64, v *T)) {
	for i, page := range p.pages {
		if page == nil {
			continue
		}
		for j := range page {
			f(int64(i*pageSize+j), &page[j])
		}
	}
}
