-- +goose Up

-- Users, groups and customers share one row of numbers. Rows are never deleted.
CREATE TABLE principal (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL
);

CREATE TABLE desk_user (
    id           BIGINT NOT NULL PRIMARY KEY REFERENCES principal (id),
    login        TEXT NOT NULL,
    folded       TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    name_folded  TEXT NOT NULL,
    kind         SMALLINT NOT NULL,
    disabled     SMALLINT NOT NULL,
    language     TEXT NOT NULL,
    zone         TEXT NOT NULL,
    only_primary SMALLINT NOT NULL,
    password     TEXT NOT NULL DEFAULT '',
    created      BIGINT NOT NULL
);

CREATE TABLE user_address (
    folded   TEXT NOT NULL PRIMARY KEY,
    address  TEXT NOT NULL,
    user_id  BIGINT NOT NULL REFERENCES desk_user (id),
    place    SMALLINT NOT NULL
);
CREATE UNIQUE INDEX user_address_user ON user_address (user_id, place);

CREATE TABLE desk_group (
    id          BIGINT NOT NULL PRIMARY KEY REFERENCES principal (id),
    name        TEXT NOT NULL,
    folded      TEXT NOT NULL,
    description TEXT NOT NULL,
    disabled    SMALLINT NOT NULL,
    personal    BIGINT REFERENCES desk_user (id)
);
CREATE UNIQUE INDEX desk_group_name ON desk_group (coalesce(personal, 0), folded);

CREATE TABLE customer (
    id                 BIGINT NOT NULL PRIMARY KEY REFERENCES principal (id),
    key                TEXT NOT NULL,
    folded             TEXT NOT NULL UNIQUE,
    name               TEXT NOT NULL,
    name_folded        TEXT NOT NULL,
    disabled           SMALLINT NOT NULL,
    comment            TEXT NOT NULL,
    street             TEXT NOT NULL,
    city               TEXT NOT NULL,
    country            TEXT NOT NULL,
    auto_join          SMALLINT NOT NULL,
    presence_requestor SMALLINT NOT NULL,
    presence_cc        SMALLINT NOT NULL,
    presence_admin_cc  SMALLINT NOT NULL,
    sharing            SMALLINT,
    always_cc          TEXT NOT NULL
);

CREATE TABLE customer_domain (
    domain   TEXT NOT NULL,
    customer BIGINT NOT NULL REFERENCES customer (id),
    place    SMALLINT NOT NULL,
    PRIMARY KEY (domain, customer)
);
CREATE INDEX customer_domain_customer ON customer_domain (customer, place);

CREATE TABLE membership (
    group_id   BIGINT NOT NULL REFERENCES principal (id),
    member     BIGINT NOT NULL REFERENCES principal (id),
    part       SMALLINT NOT NULL,
    is_primary SMALLINT NOT NULL,
    source     TEXT NOT NULL,
    from_day   INTEGER NOT NULL,
    until_day  INTEGER NOT NULL,
    PRIMARY KEY (group_id, member)
);
CREATE INDEX membership_member ON membership (member);
CREATE UNIQUE INDEX membership_primary ON membership (member) WHERE is_primary = 1;

CREATE TABLE queue (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,
    name               TEXT NOT NULL,
    folded             TEXT NOT NULL UNIQUE,
    description        TEXT NOT NULL,
    disabled           SMALLINT NOT NULL,
    access_group       BIGINT REFERENCES desk_group (id),
    address            TEXT NOT NULL,
    comment_address    TEXT NOT NULL,
    presence_requestor SMALLINT NOT NULL,
    presence_cc        SMALLINT NOT NULL,
    presence_admin_cc  SMALLINT NOT NULL,
    sharing            SMALLINT,
    customer           BIGINT REFERENCES customer (id)
);

-- An address leads to one queue and says what its letters are.
CREATE TABLE queue_address (
    folded  TEXT NOT NULL PRIMARY KEY,
    queue   BIGINT NOT NULL REFERENCES queue (id),
    action  TEXT NOT NULL
);
CREATE INDEX queue_address_queue ON queue_address (queue);

-- How many findable tickets a queue has; changed with them.
CREATE TABLE queue_count (
    queue    BIGINT NOT NULL PRIMARY KEY REFERENCES queue (id),
    active   BIGINT NOT NULL,
    inactive BIGINT NOT NULL
);

CREATE TABLE role (
    id         SMALLINT NOT NULL PRIMARY KEY,
    name       TEXT NOT NULL,
    folded     TEXT NOT NULL UNIQUE,
    single     SMALLINT NOT NULL,
    disabled   SMALLINT NOT NULL,
    everywhere SMALLINT NOT NULL
);

CREATE TABLE role_queue (
    role  SMALLINT NOT NULL REFERENCES role (id),
    queue BIGINT NOT NULL REFERENCES queue (id),
    PRIMARY KEY (role, queue)
);

CREATE TABLE queue_watcher (
    queue    BIGINT REFERENCES queue (id),
    role     SMALLINT NOT NULL REFERENCES role (id),
    who      BIGINT NOT NULL REFERENCES principal (id)
);
CREATE UNIQUE INDEX queue_watcher_once ON queue_watcher (coalesce(queue, 0), role, who);
CREATE INDEX queue_watcher_who ON queue_watcher (who);

CREATE TABLE permission (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT NOT NULL,
    folded   TEXT NOT NULL UNIQUE,
    agents   TEXT NOT NULL,
    contacts TEXT NOT NULL
);

-- Rights are stored by name: their numbers belong to one version of the program.
CREATE TABLE desk_grant (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    who         BIGINT NOT NULL REFERENCES principal (id),
    as_roles    BIGINT NOT NULL,
    right_name  TEXT NOT NULL,
    permission  BIGINT REFERENCES permission (id),
    place_kind  SMALLINT NOT NULL,
    place_id    BIGINT NOT NULL,
    until_day   INTEGER NOT NULL,
    source      BIGINT REFERENCES desk_grant (id),
    delegator   BIGINT REFERENCES desk_user (id)
);
CREATE UNIQUE INDEX desk_grant_once ON desk_grant
    (who, place_kind, place_id, as_roles, right_name, coalesce(permission, 0), coalesce(source, 0), coalesce(delegator, 0));
CREATE INDEX desk_grant_place ON desk_grant (place_kind, place_id);
CREATE INDEX desk_grant_source ON desk_grant (source) WHERE source IS NOT NULL;
CREATE INDEX desk_grant_permission ON desk_grant (permission) WHERE permission IS NOT NULL;

-- One row: the version of everything that access depends on.
CREATE TABLE access_version (
    id      SMALLINT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL
);

CREATE TABLE access_change (
    version  BIGINT NOT NULL,
    place    SMALLINT NOT NULL,
    kind     SMALLINT NOT NULL,
    group_id BIGINT NOT NULL,
    member   BIGINT NOT NULL,
    user_id  BIGINT NOT NULL,
    PRIMARY KEY (version, place)
);

-- state: 0 not findable (deleted or merged), 1 inactive, 2 active.
CREATE TABLE ticket (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    queue       BIGINT NOT NULL REFERENCES queue (id),
    subject     TEXT NOT NULL,
    status      TEXT NOT NULL,
    state       SMALLINT NOT NULL,
    priority    INTEGER NOT NULL,
    sharing     SMALLINT NOT NULL,
    reporter    BIGINT REFERENCES desk_user (id),
    owner       BIGINT REFERENCES desk_user (id),
    created     BIGINT NOT NULL,
    updated     BIGINT NOT NULL,
    told        BIGINT NOT NULL,
    resolved    BIGINT NOT NULL,
    heard       BIGINT NOT NULL,
    merged_into BIGINT REFERENCES ticket (id),
    version     BIGINT NOT NULL
);
CREATE INDEX ticket_active ON ticket (id DESC, queue, sharing, reporter) WHERE state = 2;
CREATE INDEX ticket_active_queue ON ticket (queue, id DESC, sharing, reporter) WHERE state = 2;
CREATE INDEX ticket_queue ON ticket (queue, id DESC) WHERE state > 0;
CREATE INDEX ticket_reporter ON ticket (reporter, state, id DESC);
CREATE INDEX ticket_merged ON ticket (merged_into) WHERE merged_into IS NOT NULL;

-- Who stands in which role on which ticket, the owner among them. state, queue
-- and sharing are the ticket's, so that lists of one's tickets read this only.
CREATE TABLE holder (
    ticket  BIGINT NOT NULL REFERENCES ticket (id),
    role    SMALLINT NOT NULL REFERENCES role (id),
    who     BIGINT NOT NULL REFERENCES principal (id),
    state   SMALLINT NOT NULL,
    queue   BIGINT NOT NULL,
    sharing SMALLINT NOT NULL,
    PRIMARY KEY (ticket, role, who)
) WITHOUT ROWID;
CREATE INDEX holder_who ON holder (who, state, ticket DESC, role, queue, sharing);

CREATE TABLE message (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket    BIGINT NOT NULL REFERENCES ticket (id),
    kind      SMALLINT NOT NULL,
    author    BIGINT REFERENCES desk_user (id),
    at        BIGINT NOT NULL,
    subject   TEXT NOT NULL,
    body      TEXT NOT NULL,
    html      TEXT NOT NULL,
    letter_id TEXT NOT NULL,
    spool     BIGINT NOT NULL,
    via       TEXT NOT NULL
);
CREATE INDEX message_ticket ON message (ticket, id);

-- What was sent or stored, once for each content. content is null for what
-- lies in a file under blobs, named by its digest.
CREATE TABLE blob (
    digest  TEXT NOT NULL PRIMARY KEY,
    size    BIGINT NOT NULL,
    content BLOB
);

CREATE TABLE attachment (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    message    BIGINT NOT NULL REFERENCES message (id),
    ticket     BIGINT NOT NULL REFERENCES ticket (id),
    name       TEXT NOT NULL,
    type       TEXT NOT NULL,
    content_id TEXT NOT NULL,
    inline     SMALLINT NOT NULL,
    size       BIGINT NOT NULL,
    digest     TEXT NOT NULL REFERENCES blob (digest)
);
CREATE INDEX attachment_message ON attachment (message, id);

CREATE TABLE event (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket  BIGINT NOT NULL REFERENCES ticket (id),
    kind    TEXT NOT NULL,
    by_user BIGINT REFERENCES desk_user (id),
    via     TEXT NOT NULL,
    at      BIGINT NOT NULL,
    message BIGINT REFERENCES message (id),
    data    TEXT NOT NULL
);
CREATE INDEX event_ticket ON event (ticket, id);

CREATE TABLE link (
    ticket BIGINT NOT NULL REFERENCES ticket (id),
    type   TEXT NOT NULL,
    target BIGINT NOT NULL REFERENCES ticket (id),
    PRIMARY KEY (ticket, type, target)
);
CREATE INDEX link_target ON link (target);

CREATE TABLE squelch (
    ticket  BIGINT NOT NULL REFERENCES ticket (id),
    user_id BIGINT NOT NULL REFERENCES desk_user (id),
    PRIMARY KEY (ticket, user_id)
);

-- Which ticket a letter belongs to, by the letter's Message-ID.
CREATE TABLE letter (
    letter_id TEXT NOT NULL,
    ticket    BIGINT NOT NULL REFERENCES ticket (id),
    message   BIGINT REFERENCES message (id),
    PRIMARY KEY (letter_id, ticket)
);

-- What the search finds: one document for a ticket's subject and one for each
-- message. comment: found only by those who may read comments.
CREATE TABLE document (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket  BIGINT NOT NULL REFERENCES ticket (id),
    message BIGINT REFERENCES message (id),
    comment SMALLINT NOT NULL,
    words   TEXT NOT NULL
);
CREATE UNIQUE INDEX document_ticket ON document (ticket, coalesce(message, 0), comment);
CREATE VIRTUAL TABLE document_text USING fts5 (words, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M*'");

CREATE TABLE spool (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    envelope_from TEXT NOT NULL,
    recipient     TEXT NOT NULL,
    queue         TEXT NOT NULL,
    action        TEXT NOT NULL,
    remote        TEXT NOT NULL,
    via           TEXT NOT NULL,
    digest        TEXT NOT NULL REFERENCES blob (digest),
    size          BIGINT NOT NULL,
    at            BIGINT NOT NULL,
    state         TEXT NOT NULL,
    reason        TEXT NOT NULL,
    tries         INTEGER NOT NULL,
    next          BIGINT NOT NULL,
    ticket        BIGINT REFERENCES ticket (id),
    message       BIGINT REFERENCES message (id)
);
CREATE INDEX spool_due ON spool (next, id) WHERE state = 'waiting';
CREATE INDEX spool_state ON spool (state, id);
CREATE INDEX spool_digest ON spool (digest);

CREATE TABLE outbox (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    kind      TEXT NOT NULL,
    ticket    BIGINT REFERENCES ticket (id),
    message   BIGINT REFERENCES message (id),
    event     BIGINT REFERENCES event (id),
    to_user   BIGINT REFERENCES desk_user (id),
    address   TEXT NOT NULL,
    why       TEXT NOT NULL,
    letter_id TEXT NOT NULL,
    subject   TEXT NOT NULL,
    body      TEXT NOT NULL,
    from_name TEXT NOT NULL,
    from_addr TEXT NOT NULL,
    reply_to  TEXT NOT NULL,
    refs      TEXT NOT NULL,
    auto      TEXT NOT NULL,
    state     TEXT NOT NULL,
    reason    TEXT NOT NULL,
    tries     INTEGER NOT NULL,
    at        BIGINT NOT NULL,
    next      BIGINT NOT NULL,
    sent_at   BIGINT NOT NULL,
    digest    TEXT REFERENCES blob (digest)
);
CREATE INDEX outbox_due ON outbox (next, id) WHERE state = 'waiting';
CREATE INDEX outbox_state ON outbox (state, id);
CREATE INDEX outbox_ticket ON outbox (ticket, id);
CREATE INDEX outbox_to ON outbox (to_user, id);

CREATE TABLE job (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    kind   TEXT NOT NULL,
    data   TEXT NOT NULL,
    tries  INTEGER NOT NULL,
    next   BIGINT NOT NULL,
    reason TEXT NOT NULL,
    parked SMALLINT NOT NULL
);
CREATE INDEX job_due ON job (next, id) WHERE parked = 0;

CREATE TABLE session (
    digest  TEXT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES desk_user (id),
    created BIGINT NOT NULL,
    seen    BIGINT NOT NULL,
    agent   TEXT NOT NULL,
    address TEXT NOT NULL
);
CREATE INDEX session_by_user ON session (user_id);

CREATE TABLE token (
    digest    TEXT NOT NULL PRIMARY KEY,
    kind      TEXT NOT NULL,
    user_id   BIGINT NOT NULL REFERENCES desk_user (id),
    name      TEXT NOT NULL,
    created   BIGINT NOT NULL,
    until     BIGINT NOT NULL,
    last_used BIGINT NOT NULL
);
CREATE INDEX token_by_user ON token (user_id);

CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE secret (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE audit (
    id          BIGINT NOT NULL PRIMARY KEY,
    at          BIGINT NOT NULL,
    by_user     BIGINT NOT NULL,
    via         TEXT NOT NULL,
    action      TEXT NOT NULL,
    object      TEXT NOT NULL,
    before_json TEXT NOT NULL,
    after_json  TEXT NOT NULL,
    hash        TEXT NOT NULL
);
CREATE INDEX audit_object ON audit (object, id);
CREATE INDEX audit_action ON audit (action, id);
CREATE INDEX audit_by ON audit (by_user, id);

-- One row: the last line of the audit log, so that lines cut off are missed.
CREATE TABLE audit_head (
    id   SMALLINT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL,
    hash TEXT NOT NULL
);

CREATE TABLE form_token (
    token  TEXT NOT NULL PRIMARY KEY,
    result TEXT NOT NULL,
    at     BIGINT NOT NULL
);
CREATE INDEX form_token_at ON form_token (at);

INSERT INTO access_version (id, version) VALUES (1, 1);
INSERT INTO audit_head (id, last, hash) VALUES (1, 0, '');

-- Numbers below 101 are those of principals that every desk has.
INSERT INTO principal (id, kind) VALUES (1, 'system'), (2, 'system'), (3, 'system'), (4, 'system'), (100, 'system');
DELETE FROM principal WHERE id = 100;

-- The same holds for the permissions of a fresh desk.
INSERT INTO permission (id, name, folded, agents, contacts) VALUES (100, '', '', '', '');
DELETE FROM permission WHERE id = 100;
