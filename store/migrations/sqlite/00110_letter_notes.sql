-- +goose Up

-- What a letter says of itself, for lists, and all that was found out and decided
-- about it: desk.LetterNotes as JSON.
ALTER TABLE spool ADD COLUMN subject TEXT NOT NULL DEFAULT '';
ALTER TABLE spool ADD COLUMN sender TEXT NOT NULL DEFAULT '';
ALTER TABLE spool ADD COLUMN notes TEXT NOT NULL DEFAULT '{}';
-- Somebody made it a ticket, whatever it says.
ALTER TABLE spool ADD COLUMN as_ticket SMALLINT NOT NULL DEFAULT 0;
