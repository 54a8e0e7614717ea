-- +goose Up

-- Who wants the letters of a day as one, and when he last got such a one.
CREATE TABLE digest (
    user_id BIGINT NOT NULL PRIMARY KEY REFERENCES desk_user (id),
    sent    BIGINT NOT NULL
);

-- The letter in which a letter of the state collected goes; 0: not known yet.
ALTER TABLE outbox ADD COLUMN gathered_in BIGINT NOT NULL DEFAULT 0;
CREATE INDEX outbox_collected ON outbox (to_user, gathered_in) WHERE state = 'collected';
CREATE INDEX outbox_gathered ON outbox (gathered_in) WHERE gathered_in <> 0;
