-- +goose Up

-- By whom a ticket was last changed at all, and last in a way that everybody on
-- it can see; nobody: by the desk itself.
ALTER TABLE ticket ADD COLUMN updated_by BIGINT REFERENCES desk_user (id);
ALTER TABLE ticket ADD COLUMN heard_by BIGINT REFERENCES desk_user (id);

UPDATE ticket SET
    updated_by = (SELECT e.by_user FROM event e WHERE e.ticket = ticket.id
        AND e.kind IN ('created', 'message', 'status', 'owner', 'watcher', 'queue', 'sharing', 'subject', 'priority', 'plan', 'customer', 'merged')
        ORDER BY e.id DESC LIMIT 1),
    heard_by = (SELECT e.by_user FROM event e WHERE e.ticket = ticket.id
        AND (e.kind IN ('created', 'status', 'merged') OR e.kind = 'message' AND e.data NOT LIKE '%"kind":"comment"%')
        ORDER BY e.id DESC LIMIT 1);

-- Lists that are sorted by it read the beginning of an index.
CREATE INDEX ticket_by_updater ON ticket (coalesce(updated_by, 0), id, state) WHERE state > 0;
