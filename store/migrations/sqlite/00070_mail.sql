-- +goose Up

-- What letters may do in a queue, as JSON; queue 0 is every queue without one.
CREATE TABLE mail_policy (
    queue  BIGINT NOT NULL PRIMARY KEY,
    policy TEXT NOT NULL
);

-- A person released the letter: what held it is not asked again.
ALTER TABLE spool ADD COLUMN released SMALLINT NOT NULL DEFAULT 0;

-- Letters for a ticket whose sender may not write on it: an agent decides.
CREATE TABLE suggestion (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket   BIGINT NOT NULL REFERENCES ticket (id),
    spool    BIGINT NOT NULL UNIQUE REFERENCES spool (id),
    address  TEXT NOT NULL,
    name     TEXT NOT NULL,
    subject  TEXT NOT NULL,
    excerpt  TEXT NOT NULL,
    reason   TEXT NOT NULL,
    at       BIGINT NOT NULL,
    decision TEXT NOT NULL,
    by_user  BIGINT REFERENCES desk_user (id),
    decided  BIGINT NOT NULL
);
CREATE INDEX suggestion_ticket ON suggestion (ticket, id);

-- Addresses whose letters came back.
CREATE TABLE bounced_address (
    folded TEXT NOT NULL PRIMARY KEY,
    reason TEXT NOT NULL,
    at     BIGINT NOT NULL,
    count  INTEGER NOT NULL,
    paused SMALLINT NOT NULL
);

-- Mailboxes elsewhere that are fetched by IMAP, and how far each was read.
CREATE TABLE mail_account (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT NOT NULL,
    folded       TEXT NOT NULL UNIQUE,
    account      TEXT NOT NULL,
    uid_validity BIGINT NOT NULL,
    last_uid     BIGINT NOT NULL,
    said         TEXT NOT NULL,
    at           BIGINT NOT NULL
);

CREATE INDEX outbox_letter ON outbox (letter_id);
CREATE INDEX message_author ON message (author, at);
