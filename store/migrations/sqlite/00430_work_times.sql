-- +goose Up

-- How it last went with each sort of the program's own work on each node, as
-- the node said. took is in microseconds, failures are those in a row since
-- failing, begun is since when a piece has been under way, 0 where none is.
CREATE TABLE work_time (
    step     TEXT NOT NULL,
    node     TEXT NOT NULL,
    looked   BIGINT NOT NULL,
    begun    BIGINT NOT NULL,
    ran      BIGINT NOT NULL,
    took     BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    failing  BIGINT NOT NULL,
    reason   TEXT NOT NULL,
    PRIMARY KEY (step, node)
);

-- When work that is done once for all nodes is to be done next.
CREATE TABLE work_turn (
    step TEXT NOT NULL PRIMARY KEY,
    next BIGINT NOT NULL
);
