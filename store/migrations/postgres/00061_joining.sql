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

DROP TRIGGER customer_fact ON customer;
CREATE TRIGGER customer_fact AFTER INSERT OR UPDATE ON customer
    FOR EACH ROW EXECUTE FUNCTION note_access_fact('customer', 'id', 'disabled', 'own_only');
