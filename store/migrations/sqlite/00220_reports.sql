-- +goose Up

-- Which tickets were changed in what reports count, in the order in which they
-- were: a program that holds the tickets in memory reads them again. Noted by
-- triggers, so that no statement can forget it; old rows are taken away.
CREATE TABLE ticket_change (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket BIGINT NOT NULL
);

-- +goose StatementBegin
CREATE TRIGGER ticket_insert_fact AFTER INSERT ON ticket
BEGIN
    INSERT INTO ticket_change (ticket) SELECT NEW.id WHERE NOT EXISTS
        (SELECT 1 FROM ticket_change WHERE id = (SELECT max(id) FROM ticket_change) AND ticket = NEW.id);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER ticket_update_fact AFTER UPDATE OF queue, status, state, priority, sharing, reporter, owner, created, updated, told, resolved, heard, time_worked, started, due, asked, first_reply, last_asked, clock_due ON ticket
BEGIN
    INSERT INTO ticket_change (ticket) SELECT NEW.id WHERE NOT EXISTS
        (SELECT 1 FROM ticket_change WHERE id = (SELECT max(id) FROM ticket_change) AND ticket = NEW.id);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER ticket_delete_fact AFTER DELETE ON ticket
BEGIN
    INSERT INTO ticket_change (ticket) SELECT OLD.id WHERE NOT EXISTS
        (SELECT 1 FROM ticket_change WHERE id = (SELECT max(id) FROM ticket_change) AND ticket = OLD.id);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER holder_insert_fact AFTER INSERT ON holder
BEGIN
    INSERT INTO ticket_change (ticket) SELECT NEW.ticket WHERE NOT EXISTS
        (SELECT 1 FROM ticket_change WHERE id = (SELECT max(id) FROM ticket_change) AND ticket = NEW.ticket);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER holder_update_fact AFTER UPDATE OF role, who ON holder
BEGIN
    INSERT INTO ticket_change (ticket) SELECT NEW.ticket WHERE NOT EXISTS
        (SELECT 1 FROM ticket_change WHERE id = (SELECT max(id) FROM ticket_change) AND ticket = NEW.ticket);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER holder_delete_fact AFTER DELETE ON holder
BEGIN
    INSERT INTO ticket_change (ticket) SELECT OLD.ticket WHERE NOT EXISTS
        (SELECT 1 FROM ticket_change WHERE id = (SELECT max(id) FROM ticket_change) AND ticket = OLD.ticket);
END;
-- +goose StatementEnd

-- Pages of reports: of one user, of a group, or of the whole desk. data says
-- what they show, in JSON. gone: taken away, and can be had back.
CREATE TABLE dashboard (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    owner    BIGINT REFERENCES desk_user (id),
    group_id BIGINT REFERENCES desk_group (id),
    name     TEXT NOT NULL,
    folded   TEXT NOT NULL,
    data     TEXT NOT NULL,
    version  BIGINT NOT NULL,
    gone     SMALLINT NOT NULL
);
CREATE INDEX dashboard_owner ON dashboard (owner);

-- Who gets which of them by mail, and when next. day: of the week from Monday
-- on, or of the month.
CREATE TABLE dashboard_letter (
    dashboard BIGINT NOT NULL REFERENCES dashboard (id) ON DELETE CASCADE,
    user_id   BIGINT NOT NULL REFERENCES desk_user (id),
    every     TEXT NOT NULL,
    day       SMALLINT NOT NULL,
    hour      SMALLINT NOT NULL,
    next      BIGINT NOT NULL,
    PRIMARY KEY (dashboard, user_id)
);
CREATE INDEX dashboard_letter_next ON dashboard_letter (next);
CREATE INDEX dashboard_letter_user ON dashboard_letter (user_id);
