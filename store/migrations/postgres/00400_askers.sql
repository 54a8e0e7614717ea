-- +goose Up

-- Who asks, as lists show him: the first person who stands as Requestor, else the
-- contact who reported the ticket, else whoever stands there. And the first
-- customer for whom the ticket is. NULL: nobody.
ALTER TABLE ticket ADD COLUMN asker BIGINT;
ALTER TABLE ticket ADD COLUMN customer BIGINT;

UPDATE ticket SET
    asker = coalesce(
        (SELECT min(u.id) FROM holder h JOIN desk_user u ON u.id = h.who WHERE h.ticket = ticket.id AND h.role = 1),
        (SELECT u.id FROM desk_user u WHERE u.id = ticket.reporter AND u.kind = 2),
        (SELECT min(c.id) FROM holder h JOIN customer c ON c.id = h.who WHERE h.ticket = ticket.id AND h.role = 1),
        (SELECT min(g.id) FROM holder h JOIN desk_group g ON g.id = h.who WHERE h.ticket = ticket.id AND h.role = 1)),
    customer = (SELECT min(c.id) FROM holder h JOIN customer c ON c.id = h.who WHERE h.ticket = ticket.id AND h.role = 5);

-- Lists that are sorted by their names read the names and the tickets of each.
CREATE INDEX ticket_by_asker ON ticket (coalesce(asker, 0), id, state, queue, sharing, reporter) WHERE state > 0;
CREATE INDEX ticket_by_customer ON ticket (coalesce(customer, 0), id, state, queue, sharing, reporter) WHERE state > 0;
CREATE INDEX desk_user_by_name ON desk_user ((CASE WHEN name_folded = '' THEN folded ELSE name_folded END) COLLATE "C", id);
CREATE INDEX customer_by_name ON customer ((CASE WHEN name_folded = '' THEN folded ELSE name_folded END) COLLATE "C", id);
CREATE INDEX desk_group_by_name ON desk_group (folded COLLATE "C", id);
