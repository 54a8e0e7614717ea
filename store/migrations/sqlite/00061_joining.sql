-- +goose Up

-- Who would join by his mail domain may have to wait until somebody lets him
-- in; a customer's contacts may see their own tickets only.
ALTER TABLE customer ADD COLUMN ask_first SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE customer ADD COLUMN own_only SMALLINT NOT NULL DEFAULT 0;

CREATE TABLE pending_member (
    customer BIGINT NOT NULL REFERENCES customer (id),
    user_id  BIGINT NOT NULL REFERENCES desk_user (id),
    domain   TEXT NOT NULL,
    since    BIGINT NOT NULL,
    refused  SMALLINT NOT NULL,
    PRIMARY KEY (customer, user_id)
);
CREATE INDEX pending_member_user ON pending_member (user_id);

DROP TRIGGER customer_insert_fact;
DROP TRIGGER customer_update_fact;

-- +goose StatementBegin
CREATE TRIGGER customer_insert_fact AFTER INSERT ON customer
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('customer',
        NULL,
        json_object('id', NEW.id, 'disabled', NEW.disabled, 'own_only', NEW.own_only));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER customer_update_fact AFTER UPDATE ON customer
WHEN (OLD.id IS NOT NEW.id OR OLD.disabled IS NOT NEW.disabled OR OLD.own_only IS NOT NEW.own_only)
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('customer',
        json_object('id', OLD.id, 'disabled', OLD.disabled, 'own_only', OLD.own_only),
        json_object('id', NEW.id, 'disabled', NEW.disabled, 'own_only', NEW.own_only));
END;
-- +goose StatementEnd
