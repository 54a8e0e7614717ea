-- +goose Up

-- Sources of contacts outside of the desk.
CREATE TABLE directory (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT NOT NULL,
    folded   TEXT NOT NULL UNIQUE,
    kind     TEXT NOT NULL,
    place    INTEGER NOT NULL,
    disabled SMALLINT NOT NULL,
    config   TEXT NOT NULL,
    secret   TEXT NOT NULL,
    adopt    SMALLINT NOT NULL,
    every    BIGINT NOT NULL,
    max_loss INTEGER NOT NULL,
    groups   TEXT NOT NULL,
    run      BIGINT NOT NULL,
    next     BIGINT NOT NULL,
    confirm  SMALLINT NOT NULL
);

-- Users who come from a directory: one directory for each user.
CREATE TABLE directory_user (
    user_id   BIGINT NOT NULL PRIMARY KEY REFERENCES desk_user (id),
    directory BIGINT NOT NULL REFERENCES directory (id),
    entry     TEXT NOT NULL,
    run       BIGINT NOT NULL,
    gone      SMALLINT NOT NULL
);
CREATE UNIQUE INDEX directory_user_entry ON directory_user (directory, entry);
CREATE INDEX directory_user_run ON directory_user (directory, run, user_id) WHERE gone = 0;

CREATE TABLE directory_report (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    directory BIGINT NOT NULL REFERENCES directory (id),
    run       BIGINT NOT NULL,
    started   BIGINT NOT NULL,
    ended     BIGINT NOT NULL,
    state     TEXT NOT NULL,
    seen      BIGINT NOT NULL,
    added     BIGINT NOT NULL,
    changed   BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    gone      BIGINT NOT NULL,
    bad       BIGINT NOT NULL,
    text      TEXT NOT NULL
);
CREATE INDEX directory_report_of ON directory_report (directory, id);

CREATE INDEX membership_source ON membership (source, member);
