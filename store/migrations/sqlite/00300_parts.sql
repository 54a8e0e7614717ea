-- +goose Up

-- The parts of three signs of each folded subject, so that any part of a subject
-- is found; the spaces behind it let whatever is in it begin one. Kept by
-- triggers, so that no statement can forget it.
CREATE VIRTUAL TABLE ticket_part USING fts5 (subject, content = '', contentless_delete = 1, detail = 'none', tokenize = 'trigram case_sensitive 1');
CREATE VIRTUAL TABLE ticket_part_term USING fts5vocab (ticket_part, row);
INSERT INTO ticket_part (rowid, subject) SELECT id, subject_folded || '  ' FROM ticket WHERE id > 0 ORDER BY id;

-- +goose StatementBegin
CREATE TRIGGER ticket_insert_part AFTER INSERT ON ticket
BEGIN
    INSERT INTO ticket_part (rowid, subject) VALUES (NEW.id, NEW.subject_folded || '  ');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER ticket_update_part AFTER UPDATE OF subject_folded ON ticket WHEN NEW.subject_folded <> OLD.subject_folded
BEGIN
    DELETE FROM ticket_part WHERE rowid = OLD.id;
    INSERT INTO ticket_part (rowid, subject) VALUES (NEW.id, NEW.subject_folded || '  ');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER ticket_delete_part AFTER DELETE ON ticket
BEGIN
    DELETE FROM ticket_part WHERE rowid = OLD.id;
END;
-- +goose StatementEnd
