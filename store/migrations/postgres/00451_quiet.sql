-- +goose Up

-- Whether a contact is told of his customer's tickets only where he stands on
-- them himself.
ALTER TABLE membership ADD COLUMN quiet SMALLINT NOT NULL DEFAULT 0;

-- Who wants a ticket's letters though his customer's tickets are quiet for him:
-- he is not squelched.
ALTER TABLE squelch ADD COLUMN wanted SMALLINT NOT NULL DEFAULT 0;
