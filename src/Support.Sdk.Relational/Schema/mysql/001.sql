-- Times are microseconds since 1970-01-01 UTC. Aggregates are JSON beside the columns that are searched. Keys compare by their code points.
-- There are no indexes of some rows only: the state leads instead.
CREATE TABLE support_settings (
    name VARCHAR(100) NOT NULL PRIMARY KEY,
    value LONGBLOB NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

CREATE TABLE support_inbox (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    source VARCHAR(100) NOT NULL,
    event_id VARCHAR(200) NOT NULL,
    shop VARCHAR(100) NOT NULL,
    order_id VARCHAR(200),
    body LONGTEXT NOT NULL,
    received_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    lease_token BIGINT NOT NULL DEFAULT 0,
    lease_until BIGINT NOT NULL DEFAULT 0,
    attempts BIGINT NOT NULL DEFAULT 0,
    state VARCHAR(20) NOT NULL,
    reason LONGTEXT,
    UNIQUE (source, event_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX support_inbox_state ON support_inbox (state, id);
CREATE INDEX support_inbox_due ON support_inbox (state, due_at);
CREATE INDEX support_inbox_order ON support_inbox (state, shop, order_id, id);

CREATE TABLE support_orders (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    shop VARCHAR(100) NOT NULL,
    order_id VARCHAR(200) NOT NULL,
    version BIGINT NOT NULL,
    check_at BIGINT,
    refresh_at BIGINT,
    quiet_since BIGINT,
    lease_until BIGINT NOT NULL DEFAULT 0,
    -- A fingerprint of the rows in support_order_contacts, and the version that wrote them: they are written only when they change.
    contacts BIGINT NOT NULL DEFAULT 0,
    contacts_version BIGINT NOT NULL DEFAULT 0,
    body LONGTEXT NOT NULL,
    UNIQUE (shop, order_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX support_orders_check ON support_orders (shop, check_at);
CREATE INDEX support_orders_refresh ON support_orders (shop, refresh_at);
-- Retention walks it from its oldest entry, no further than a batch.
CREATE INDEX support_orders_quiet ON support_orders (quiet_since);

-- Who is named by which order, as ContactPoint.Canonical() writes it.
CREATE TABLE support_order_contacts (
    shop VARCHAR(100) NOT NULL,
    channel VARCHAR(50) NOT NULL,
    contact VARCHAR(320) NOT NULL,
    placed_at BIGINT NOT NULL,
    order_id VARCHAR(200) NOT NULL,
    PRIMARY KEY (shop, channel, contact, placed_at, order_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX support_order_contacts_order ON support_order_contacts (shop, order_id);

CREATE TABLE support_decisions (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    shop VARCHAR(100) NOT NULL,
    order_id VARCHAR(200) NOT NULL,
    decided_at BIGINT NOT NULL,
    verdict VARCHAR(20) NOT NULL,
    occasion VARCHAR(100) NOT NULL,
    reason LONGTEXT NOT NULL,
    until BIGINT,
    delivery_id VARCHAR(100),
    decided_by LONGTEXT NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX support_decisions_order ON support_decisions (shop, order_id, decided_at);

-- What is said to whom: written once.
CREATE TABLE support_deliveries (
    seq BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    id VARCHAR(100) NOT NULL UNIQUE,
    shop VARCHAR(100) NOT NULL,
    order_id VARCHAR(200),
    occasion VARCHAR(100) NOT NULL,
    channel VARCHAR(50) NOT NULL,
    recipient VARCHAR(320) NOT NULL,
    decided_at BIGINT NOT NULL,
    message LONGTEXT NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX support_deliveries_order ON support_deliveries (shop, order_id, seq);
CREATE INDEX support_deliveries_recipient ON support_deliveries (shop, channel, recipient, decided_at);

-- What becomes of it: a short row for each, because it is written again and again.
CREATE TABLE support_outbox (
    seq BIGINT NOT NULL PRIMARY KEY,
    id VARCHAR(100) NOT NULL,
    shop VARCHAR(100) NOT NULL,
    order_id VARCHAR(200),
    channel VARCHAR(50) NOT NULL,
    -- While a message is claimed (lease_until > 0) it counts as Sending, whatever stands here.
    state VARCHAR(20) NOT NULL,
    due_at BIGINT NOT NULL,
    send_before BIGINT,
    attempts BIGINT NOT NULL DEFAULT 0,
    changed_at BIGINT NOT NULL,
    lease_token BIGINT NOT NULL DEFAULT 0,
    lease_until BIGINT NOT NULL DEFAULT 0,
    reason LONGTEXT,
    provider_id LONGTEXT
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX support_outbox_pending ON support_outbox (state, channel, due_at, seq, shop);
CREATE INDEX support_outbox_expiring ON support_outbox (state, send_before);

-- Kept under a keyed hash of shop and contact point, so that a suppression outlives the address.
CREATE TABLE support_contacts (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    shop VARCHAR(100) NOT NULL,
    contact_key VARCHAR(100) NOT NULL,
    version BIGINT NOT NULL,
    suppressed_at BIGINT,
    body LONGTEXT NOT NULL,
    UNIQUE (shop, contact_key)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX support_contacts_suppressed ON support_contacts (shop, suppressed_at, contact_key);

CREATE TABLE support_consents (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    shop VARCHAR(100) NOT NULL,
    contact_key VARCHAR(100) NOT NULL,
    purpose VARCHAR(50) NOT NULL,
    granted BIGINT NOT NULL,
    said_at BIGINT NOT NULL,
    source VARCHAR(50) NOT NULL,
    recorded_by LONGTEXT,
    wording LONGTEXT,
    evidence LONGTEXT
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX support_consents_contact ON support_consents (shop, contact_key, id);

-- That something was erased, never what.
CREATE TABLE support_erasures (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    shop VARCHAR(100) NOT NULL,
    erased_at BIGINT NOT NULL,
    erased_by LONGTEXT NOT NULL,
    orders BIGINT NOT NULL,
    deliveries BIGINT NOT NULL,
    events BIGINT NOT NULL,
    contacts BIGINT NOT NULL,
    tickets BIGINT NOT NULL,
    customers BIGINT NOT NULL,
    under_way BIGINT NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX support_erasures_shop ON support_erasures (shop, id);

-- One customer problem each. What was said, and how it came to stand so, is in its entries.
CREATE TABLE support_tickets (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    shop VARCHAR(100) NOT NULL,
    number BIGINT NOT NULL,
    version BIGINT NOT NULL,
    opened_by VARCHAR(400) NOT NULL,
    status VARCHAR(20) NOT NULL,
    priority VARCHAR(20) NOT NULL,
    channel VARCHAR(50) NOT NULL,
    kind VARCHAR(20) NOT NULL,
    team VARCHAR(100),
    assignee VARCHAR(100),
    customer_id VARCHAR(100),
    check_at BIGINT,
    due_at BIGINT,
    closed_at BIGINT,
    lease_until BIGINT NOT NULL DEFAULT 0,
    -- A fingerprint of the rows in support_ticket_orders and support_ticket_tags, and the version that wrote them: they are written only when they change.
    labels BIGINT NOT NULL DEFAULT 0,
    labels_version BIGINT NOT NULL DEFAULT 0,
    body LONGTEXT NOT NULL,
    UNIQUE (shop, number),
    UNIQUE (shop, opened_by)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX support_tickets_check ON support_tickets (shop, check_at);
-- Every list of an operator is a walk along one of these, however many tickets there are: by number, and by what is due first.
CREATE INDEX support_tickets_status ON support_tickets (shop, status, number);
CREATE INDEX support_tickets_assignee ON support_tickets (shop, assignee, number);
CREATE INDEX support_tickets_team ON support_tickets (shop, team, number);
CREATE INDEX support_tickets_customer ON support_tickets (shop, customer_id, number);
CREATE INDEX support_tickets_open_assignee ON support_tickets (shop, assignee, status, number);
CREATE INDEX support_tickets_open_team ON support_tickets (shop, team, status, number);
CREATE INDEX support_tickets_due ON support_tickets (shop, due_at, number);
CREATE INDEX support_tickets_due_assignee ON support_tickets (shop, assignee, due_at, number);
CREATE INDEX support_tickets_due_team ON support_tickets (shop, team, due_at, number);
-- Retention walks it from its oldest entry, no further than a batch.
CREATE INDEX support_tickets_closed ON support_tickets (closed_at);

CREATE TABLE support_ticket_orders (
    shop VARCHAR(100) NOT NULL,
    order_id VARCHAR(200) NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (shop, order_id, number)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX support_ticket_orders_ticket ON support_ticket_orders (shop, number);

CREATE TABLE support_ticket_tags (
    shop VARCHAR(100) NOT NULL,
    tag VARCHAR(100) NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (shop, tag, number)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX support_ticket_tags_ticket ON support_ticket_tags (shop, number);

-- Written once. What changes with a copy or stays after an erasure is in columns, the rest in the body.
CREATE TABLE support_ticket_entries (
    shop VARCHAR(100) NOT NULL,
    ticket BIGINT NOT NULL,
    number BIGINT NOT NULL,
    kind VARCHAR(20) NOT NULL,
    happened_at BIGINT NOT NULL,
    made_by VARCHAR(100) NOT NULL,
    channel VARCHAR(50),
    delivery_id VARCHAR(100),
    copied_from BIGINT,
    request_id VARCHAR(200),
    body LONGTEXT NOT NULL,
    PRIMARY KEY (shop, ticket, number)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE UNIQUE INDEX support_ticket_entries_request ON support_ticket_entries (shop, ticket, request_id);

-- The last number that was taken.
CREATE TABLE support_ticket_numbers (
    shop VARCHAR(100) NOT NULL PRIMARY KEY,
    taken BIGINT NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

CREATE TABLE support_customers (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    shop VARCHAR(100) NOT NULL,
    customer_id VARCHAR(100) NOT NULL,
    version BIGINT NOT NULL,
    listed BIGINT NOT NULL,
    body LONGTEXT NOT NULL,
    UNIQUE (shop, customer_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- Whose a contact point is, as ContactPoint.Canonical() writes it: one customer's of a shop.
CREATE TABLE support_customer_contacts (
    shop VARCHAR(100) NOT NULL,
    channel VARCHAR(50) NOT NULL,
    contact VARCHAR(320) NOT NULL,
    customer_id VARCHAR(100) NOT NULL,
    PRIMARY KEY (shop, channel, contact)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
-- The customer leads, so that nobody takes it for a way to the contact points of a shop.
CREATE INDEX support_customer_contacts_customer ON support_customer_contacts (customer_id, shop);

-- Files that came or went with messages. The bytes are here, or in a folder.
CREATE TABLE support_contents (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    shop VARCHAR(100) NOT NULL,
    content_id VARCHAR(50) NOT NULL,
    name VARCHAR(150) NOT NULL,
    content_type VARCHAR(150) NOT NULL,
    length BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    -- New until an entry of a ticket names it, then Used; Dropped until its file is gone.
    state VARCHAR(20) NOT NULL,
    bytes LONGBLOB,
    UNIQUE (shop, content_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX support_contents_unused ON support_contents (state, saved_at);

-- Which entries name which files. A file stays until the last of them has gone.
CREATE TABLE support_ticket_contents (
    shop VARCHAR(100) NOT NULL,
    ticket BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    content_id VARCHAR(50) NOT NULL,
    PRIMARY KEY (shop, ticket, entry, content_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX support_ticket_contents_content ON support_ticket_contents (shop, content_id);

CREATE TABLE support_shops (
    shop VARCHAR(100) NOT NULL PRIMARY KEY,
    paused_at BIGINT,
    paused_reason LONGTEXT
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- A figure is the sum of its slots: writers that work side by side count in different ones.
CREATE TABLE support_shop_figures (
    shop VARCHAR(100) NOT NULL,
    slot BIGINT NOT NULL,
    notices BIGINT NOT NULL,
    shipped BIGINT NOT NULL,
    delivered BIGINT NOT NULL,
    PRIMARY KEY (shop, slot)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

CREATE TABLE support_notice_days (
    shop VARCHAR(100) NOT NULL,
    day BIGINT NOT NULL,
    slot BIGINT NOT NULL,
    notices BIGINT NOT NULL,
    PRIMARY KEY (shop, day, slot)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- What adapters remember, a name each.
CREATE TABLE support_states (
    shop VARCHAR(100) NOT NULL,
    name VARCHAR(200) NOT NULL,
    value LONGTEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (shop, name)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

INSERT INTO support_settings (name, value) VALUES ('schema-version', CAST('1' AS BINARY)), ('schema-oldest-reader', CAST('1' AS BINARY));
