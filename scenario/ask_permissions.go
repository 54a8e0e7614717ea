package scenario

import (
	"context"
	"fmt"

	"gatehouse/desk"
	"gatehouse/service"
)

func (s *stage) reachableCustomers(ctx context.Context, e *Entry) (Value, error) {
	who, err := s.find(e.text("who"))
	if err != nil {
		return Value{}, err
	}
	names, err := s.svc.ReachableCustomers(ctx, s.sys, desk.UserID(who))
	if err != nil {
		return Value{}, err
	}
	return s.answerNames(ctx, names)
}

func (s *stage) hasPermission(ctx context.Context, e *Entry) (Value, error) {
	who, err := s.find(e.text("who"))
	if err != nil {
		return Value{}, err
	}
	object := ""
	if e.has("ticket") {
		id, err := s.ticket(e.text("ticket"))
		if err != nil {
			return Value{}, err
		}
		object = fmt.Sprintf("ticket:%d", id)
	} else {
		id, err := s.principal("group", e.text("group"))
		if err != nil {
			return Value{}, err
		}
		object = ref("group", s.called[id])
	}
	yes, err := s.svc.HasPermission(ctx, s.sys, who, e.text("permission"), object)
	return yesNo(yes), err
}

func (s *stage) permittedGroups(ctx context.Context, e *Entry) (Value, error) {
	who, err := s.find(e.text("who"))
	if err != nil {
		return Value{}, err
	}
	names, err := s.svc.PermittedGroups(ctx, s.sys, who, e.text("permission"),
		service.Permitted{Direct: e.flag("direct"), Other: e.text("context") == "other"})
	if err != nil {
		return Value{}, err
	}
	return s.answerNames(ctx, names)
}

func (s *stage) permittedUsers(ctx context.Context, e *Entry) (Value, error) {
	group, err := s.principal("group", e.text("group"))
	if err != nil {
		return Value{}, err
	}
	names, err := s.svc.PermittedUsers(ctx, s.sys, desk.GroupID(group), e.text("permission"), e.flag("direct"))
	if err != nil {
		return Value{}, err
	}
	return s.answerNames(ctx, names)
}

func (s *stage) permittedCustomers(ctx context.Context, e *Entry) (Value, error) {
	group, err := s.principal("group", e.text("group"))
	if err != nil {
		return Value{}, err
	}
	names, err := s.svc.PermittedCustomers(ctx, s.sys, desk.GroupID(group), e.text("permission"), e.text("context") == "other")
	if err != nil {
		return Value{}, err
	}
	return s.answerNames(ctx, names)
}
