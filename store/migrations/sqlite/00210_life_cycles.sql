-- +goose Up

-- Life cycles, and which queue has which, are definitions. Here stands how they
-- were before a change of one, so that it can be taken back: data is the life
-- cycle as JSON, empty where there was none.
CREATE TABLE life_cycle_change (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    change BIGINT NOT NULL,
    cycle  BIGINT NOT NULL,
    queue  BIGINT NOT NULL DEFAULT 0,
    before TEXT NOT NULL DEFAULT '',
    after  TEXT NOT NULL DEFAULT ''
);
CREATE INDEX life_cycle_change_change ON life_cycle_change (change);

-- The tickets whose status a change mapped.
CREATE TABLE status_mapped (
    change BIGINT NOT NULL,
    ticket BIGINT NOT NULL,
    was    TEXT NOT NULL,
    became TEXT NOT NULL,
    PRIMARY KEY (change, ticket)
);
