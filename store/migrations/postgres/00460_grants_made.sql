-- +goose Up

-- When a grant was made, in microseconds; zero: before this was kept.
ALTER TABLE desk_grant ADD COLUMN made BIGINT NOT NULL DEFAULT 0;
