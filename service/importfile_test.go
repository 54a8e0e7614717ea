package service_test

import (
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

// lookAtLogins and readLogins are a kind of file for tests: the word login, and
// below it a login in each line.
func lookAtLogins(_ string, content []byte) (*service.ImportHead, error) {
	if !strings.HasPrefix(string(content), "login\n") {
		return nil, desk.Errorf(desk.Invalid, "Line 1 is not login.")
	}
	return &service.ImportHead{Columns: []string{"login"}, Known: []service.ImportColumn{{Name: "login", Needed: true}, {Name: "name"}}, Places: map[string]int{"login": 0}}, nil
}

func readLogins(_ string, content []byte, _ map[string]int) (service.Load, error) {
	var load service.Load
	for i, login := range strings.Fields(string(content))[1:] {
		load.Users = append(load.Users, service.UserRecord{Line: i + 2, Login: login})
	}
	return load, nil
}

// sendFile sends a file of logins as somebody and has it done.
func (h *house) sendFile(by desk.Actor, content string, write bool) *service.ImportState {
	h.t.Helper()
	id := must(h.UploadImport(h.ctx, by, "users", "a.csv", []byte(content)))(h.t)
	h.ok(h.StartImport(h.ctx, by, service.ImportStart{ID: id, Places: map[string]int{"login": 0}, Write: write}))
	if worked, err := h.NextImport(h.ctx, h.sys); err != nil || !worked {
		h.t.Fatalf("doing the file: %v, %v", worked, err)
	}
	return must(h.ImportFile(h.ctx, by, id))(h.t)
}

// TestFilesOfOthers: a file is done with the rights that its owner has when it
// is done, and a disabled one has none.
func TestFilesOfOthers(t *testing.T) {
	h := newHouse(t)
	adam := h.agent("adam")
	by := desk.Actor{User: adam, Via: desk.ViaWeb}
	if _, err := h.UploadImport(h.ctx, by, "users", "a.csv", []byte("login\nx\n")); desk.KindOf(err) != desk.Forbidden {
		t.Errorf("without rights: %v", err)
	}
	h.grant(desk.PrincipalID(adam), "AdminUsers", desk.OnSystem())
	if f := h.sendFile(by, "login\nnew\n", false); f.State != desk.ImportTried || f.Report.Added != 1 || f.Head == nil {
		t.Errorf("tried: %+v %+v", f.Import, f.Report)
	}
	if _, err := h.userID("new"); desk.KindOf(err) != desk.NotFound {
		t.Errorf("trying made somebody: %v", err)
	}
	if f := h.sendFile(by, "login\nnew\n", true); f.State != desk.ImportDone || f.Report.Added != 1 || f.Head != nil {
		t.Errorf("brought in: %+v %+v", f.Import, f.Report)
	}
	log, _, err := h.AuditLog(h.ctx, h.sys, service.AuditFilter{Action: "user.create", Limit: 1})
	if h.ok(err); len(log) != 1 || log[0].By != by.User {
		t.Errorf("the audit log says %+v, want adam to have made it", log)
	}

	id := must(h.UploadImport(h.ctx, by, "users", "a.csv", []byte("login\nlater\n")))(t)
	h.ok(h.StartImport(h.ctx, by, service.ImportStart{ID: id, Places: map[string]int{"login": 0}, Write: true}))
	u := must(h.User(h.ctx, h.sys, by.User))(t)
	u.Disabled = true
	h.ok(h.UpdateUser(h.ctx, h.sys, *u))
	must(h.NextImport(h.ctx, h.sys))(t)
	u.Disabled = false
	h.ok(h.UpdateUser(h.ctx, h.sys, *u))
	if f := must(h.ImportFile(h.ctx, by, id))(t); f.State != desk.ImportFailed || f.Report.Error == "" {
		t.Errorf("the file of somebody disabled: %+v %+v", f.Import, f.Report)
	}
	if _, err := h.userID("later"); desk.KindOf(err) != desk.NotFound {
		t.Errorf("somebody disabled made somebody: %v", err)
	}
}

// TestFileOfADeadNode: what a node left half done is done again after a while.
func TestFileOfADeadNode(t *testing.T) {
	h := newHouse(t)
	id := must(h.UploadImport(h.ctx, h.sys, "users", "a.csv", []byte("login\nnew\n")))(t)
	h.ok(h.StartImport(h.ctx, h.sys, service.ImportStart{ID: id, Places: map[string]int{"login": 0}, Write: true}))
	h.ok(h.store.Do(h.ctx, func(tx *store.Tx) error {
		i, err := tx.ClaimImport(h.ctx, time.Hour)
		if err == nil && (i == nil || i.ID != id) {
			t.Errorf("claimed %+v", i)
		}
		return err
	}))
	if worked := must(h.NextImport(h.ctx, h.sys))(t); worked {
		t.Error("two nodes have the same file")
	}
	h.clock.at = h.clock.at.Add(2 * time.Hour)
	if worked := must(h.NextImport(h.ctx, h.sys))(t); !worked {
		t.Error("nobody takes the file of a node that died")
	}
	if f := must(h.ImportFile(h.ctx, h.sys, id))(t); f.State != desk.ImportDone {
		t.Errorf("got %+v", f.Import)
	}
}
