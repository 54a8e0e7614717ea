-- +goose Up

-- The parts of three signs of a text, each once; the spaces behind it let
-- whatever is in it begin one.
-- +goose StatementBegin
CREATE FUNCTION parts_of(text TEXT) RETURNS TSVECTOR LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$
    SELECT coalesce(array_to_tsvector(array_agg(substr(text || '  ', n, 3))), ''::tsvector) FROM generate_series(1, length(text)) AS n
$$;
-- +goose StatementEnd

-- The folded subjects, so that any part of them is found. Not in ticket itself:
-- there the index would be written with every change of a ticket. Kept by
-- triggers, so that no statement can forget it.
CREATE TABLE ticket_part (
    ticket  BIGINT PRIMARY KEY,
    subject TEXT NOT NULL
);
INSERT INTO ticket_part (ticket, subject) SELECT id, subject_folded FROM ticket;
CREATE INDEX ticket_part_parts ON ticket_part USING gin (parts_of(subject));

-- +goose StatementBegin
CREATE FUNCTION note_ticket_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    CASE TG_OP
    WHEN 'INSERT' THEN INSERT INTO ticket_part (ticket, subject) VALUES (NEW.id, NEW.subject_folded);
    WHEN 'UPDATE' THEN UPDATE ticket_part SET subject = NEW.subject_folded WHERE ticket = NEW.id;
    ELSE DELETE FROM ticket_part WHERE ticket = OLD.id;
    END CASE;
    RETURN NULL;
END;
$$;
-- +goose StatementEnd

CREATE TRIGGER ticket_part AFTER INSERT OR DELETE ON ticket
    FOR EACH ROW EXECUTE FUNCTION note_ticket_part();
CREATE TRIGGER ticket_part_changed AFTER UPDATE OF subject_folded ON ticket
    FOR EACH ROW WHEN (OLD.subject_folded IS DISTINCT FROM NEW.subject_folded) EXECUTE FUNCTION note_ticket_part();
