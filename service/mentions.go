package service

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"gatehouse/desk"
)

// mostMentions is how many people one message can name.
const mostMentions = 20

// mention finds a login with an @ before it, at the beginning of a word.
var mention = regexp.MustCompile(`(?:^|[\s(\[,;:])@([\p{L}\p{N}][\p{L}\p{N}._+-]*)`)

// mentions are the logins that a text names, each once, in lower case. What is
// quoted names nobody again.
func mentions(text string) []string {
	var list []string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), ">") {
			continue
		}
		for _, found := range mention.FindAllStringSubmatch(line, mostMentions) {
			login := desk.Fold(strings.TrimRight(found[1], ".-+_"))
			if len(list) < mostMentions && !slices.Contains(list, login) {
				list = append(list, login)
			}
		}
	}
	return list
}

// mentioned are the people at the desk whom a message of one of them names.
func (o *op) mentioned(ctx context.Context, m *desk.Message) ([]desk.UserID, error) {
	if o.by.IsSystem() || !o.isAgent() || m.Via == desk.ViaMail {
		return nil, nil // @ in letters is mostly part of an address
	}
	var list []desk.UserID
	for _, login := range mentions(m.Text) {
		u, err := o.UserByLogin(ctx, login)
		if err != nil && desk.KindOf(err) != desk.NotFound {
			return nil, err
		}
		if err == nil && u.Kind == desk.Agent {
			list = append(list, u.ID)
		}
	}
	return list, nil
}
