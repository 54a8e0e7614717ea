-- +goose Up

-- Queries for a range of these start from it where few tickets are in it, and
-- lists that are sorted by them read the beginning of an index.
CREATE INDEX ticket_by_created ON ticket (created, id) WHERE state > 0;
CREATE INDEX ticket_by_resolved ON ticket (resolved, id) WHERE state > 0 AND resolved > 0;

-- The note of what changed, as before, but it reads the last row only: all rows of a transaction that changes
-- many tickets have one mark, and were read for each of them.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION note_ticket_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed BIGINT;
    noted   RECORD;
BEGIN
    IF TG_TABLE_NAME = 'ticket' THEN
        changed := CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
    ELSE
        changed := CASE WHEN TG_OP = 'DELETE' THEN OLD.ticket ELSE NEW.ticket END;
    END IF;
    SELECT ticket, mark INTO noted FROM ticket_change ORDER BY id DESC LIMIT 1;
    IF NOT FOUND OR noted.ticket <> changed OR noted.mark <> txid_current() THEN
        INSERT INTO ticket_change (ticket) VALUES (changed);
    END IF;
    RETURN NULL;
END;
$$;
-- +goose StatementEnd
