-- Times are microseconds since 1970-01-01 UTC. Aggregates are JSON beside the columns that are searched. Keys compare by their code points.
CREATE TABLE support_settings (
    name NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    value VARBINARY(MAX) NOT NULL
);

CREATE TABLE support_inbox (
    id BIGINT IDENTITY NOT NULL PRIMARY KEY,
    source NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    event_id NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    shop NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    order_id NVARCHAR(200) COLLATE Latin1_General_100_BIN2,
    body NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    received_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    lease_token BIGINT NOT NULL DEFAULT 0,
    lease_until BIGINT NOT NULL DEFAULT 0,
    attempts BIGINT NOT NULL DEFAULT 0,
    state NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
    reason NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2,
    UNIQUE (source, event_id)
);
-- Done entries are kept to recognise repeats; they are in none of these.
CREATE INDEX support_inbox_pending ON support_inbox (id) WHERE state = 'Pending';
CREATE INDEX support_inbox_due ON support_inbox (due_at) WHERE state = 'Pending';
CREATE INDEX support_inbox_order ON support_inbox (shop, order_id, id) WHERE state = 'Pending';
-- The constant leads, so that a lookup by state finds the index.
CREATE INDEX support_inbox_parked ON support_inbox (state, id) WHERE state = 'Parked';

CREATE TABLE support_orders (
    id BIGINT IDENTITY NOT NULL PRIMARY KEY,
    shop NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    order_id NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    version BIGINT NOT NULL,
    check_at BIGINT,
    refresh_at BIGINT,
    quiet_since BIGINT,
    lease_until BIGINT NOT NULL DEFAULT 0,
    -- A fingerprint of the rows in support_order_contacts, and the version that wrote them: they are written only when they change.
    contacts BIGINT NOT NULL DEFAULT 0,
    contacts_version BIGINT NOT NULL DEFAULT 0,
    body NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    UNIQUE (shop, order_id)
);
CREATE INDEX support_orders_check ON support_orders (shop, check_at) WHERE check_at IS NOT NULL;
CREATE INDEX support_orders_refresh ON support_orders (shop, refresh_at) WHERE refresh_at IS NOT NULL;
-- Retention walks it from its oldest entry, no further than a batch.
CREATE INDEX support_orders_quiet ON support_orders (quiet_since) WHERE quiet_since IS NOT NULL;

-- Who is named by which order, as ContactPoint.Canonical() writes it.
CREATE TABLE support_order_contacts (
    shop NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    channel NVARCHAR(50) COLLATE Latin1_General_100_BIN2 NOT NULL,
    contact NVARCHAR(320) COLLATE Latin1_General_100_BIN2 NOT NULL,
    placed_at BIGINT NOT NULL,
    order_id NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    -- Wider than a clustered key may be.
    PRIMARY KEY NONCLUSTERED (shop, channel, contact, placed_at, order_id)
);
CREATE INDEX support_order_contacts_order ON support_order_contacts (shop, order_id);

CREATE TABLE support_decisions (
    id BIGINT IDENTITY NOT NULL PRIMARY KEY,
    shop NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    order_id NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    decided_at BIGINT NOT NULL,
    verdict NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
    occasion NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    reason NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    until BIGINT,
    delivery_id NVARCHAR(100) COLLATE Latin1_General_100_BIN2,
    decided_by NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL
);
CREATE INDEX support_decisions_order ON support_decisions (shop, order_id, decided_at);

-- What is said to whom: written once.
CREATE TABLE support_deliveries (
    seq BIGINT IDENTITY NOT NULL PRIMARY KEY,
    id NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE,
    shop NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    order_id NVARCHAR(200) COLLATE Latin1_General_100_BIN2,
    occasion NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    channel NVARCHAR(50) COLLATE Latin1_General_100_BIN2 NOT NULL,
    recipient NVARCHAR(320) COLLATE Latin1_General_100_BIN2 NOT NULL,
    decided_at BIGINT NOT NULL,
    message NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL
);
CREATE INDEX support_deliveries_order ON support_deliveries (shop, order_id, seq);
CREATE INDEX support_deliveries_recipient ON support_deliveries (shop, channel, recipient, decided_at);

-- What becomes of it: a short row for each, because it is written again and again.
CREATE TABLE support_outbox (
    seq BIGINT NOT NULL PRIMARY KEY,
    id NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    shop NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    order_id NVARCHAR(200) COLLATE Latin1_General_100_BIN2,
    channel NVARCHAR(50) COLLATE Latin1_General_100_BIN2 NOT NULL,
    -- While a message is claimed (lease_until > 0) it counts as Sending, whatever stands here.
    state NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
    due_at BIGINT NOT NULL,
    send_before BIGINT,
    attempts BIGINT NOT NULL DEFAULT 0,
    changed_at BIGINT NOT NULL,
    lease_token BIGINT NOT NULL DEFAULT 0,
    lease_until BIGINT NOT NULL DEFAULT 0,
    reason NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2,
    provider_id NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2
);
CREATE INDEX support_outbox_pending ON support_outbox (channel, due_at, seq, shop) WHERE state IN ('Pending', 'Retry');
CREATE INDEX support_outbox_expiring ON support_outbox (send_before) WHERE send_before IS NOT NULL AND state IN ('Pending', 'Retry', 'Held');
-- What waits for a person. An index of all states would cost every change of state, and mislead the planner.
CREATE INDEX support_outbox_held ON support_outbox (seq) WHERE state IN ('InDoubt', 'Held');

-- Kept under a keyed hash of shop and contact point, so that a suppression outlives the address.
CREATE TABLE support_contacts (
    id BIGINT IDENTITY NOT NULL PRIMARY KEY,
    shop NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    contact_key NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    version BIGINT NOT NULL,
    suppressed_at BIGINT,
    body NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    UNIQUE (shop, contact_key)
);
CREATE INDEX support_contacts_suppressed ON support_contacts (shop, suppressed_at, contact_key) WHERE suppressed_at IS NOT NULL;

CREATE TABLE support_consents (
    id BIGINT IDENTITY NOT NULL PRIMARY KEY,
    shop NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    contact_key NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    purpose NVARCHAR(50) COLLATE Latin1_General_100_BIN2 NOT NULL,
    granted BIGINT NOT NULL,
    said_at BIGINT NOT NULL,
    source NVARCHAR(50) COLLATE Latin1_General_100_BIN2 NOT NULL,
    recorded_by NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2,
    wording NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2,
    evidence NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2
);
CREATE INDEX support_consents_contact ON support_consents (shop, contact_key, id);

-- That something was erased, never what.
CREATE TABLE support_erasures (
    id BIGINT IDENTITY NOT NULL PRIMARY KEY,
    shop NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    erased_at BIGINT NOT NULL,
    erased_by NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    orders BIGINT NOT NULL,
    deliveries BIGINT NOT NULL,
    events BIGINT NOT NULL,
    contacts BIGINT NOT NULL,
    tickets BIGINT NOT NULL,
    customers BIGINT NOT NULL,
    under_way BIGINT NOT NULL
);
CREATE INDEX support_erasures_shop ON support_erasures (shop, id);

-- One customer problem each. What was said, and how it came to stand so, is in its entries.
CREATE TABLE support_tickets (
    id BIGINT IDENTITY NOT NULL PRIMARY KEY,
    shop NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    number BIGINT NOT NULL,
    version BIGINT NOT NULL,
    opened_by NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    status NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
    priority NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
    channel NVARCHAR(50) COLLATE Latin1_General_100_BIN2 NOT NULL,
    kind NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
    team NVARCHAR(100) COLLATE Latin1_General_100_BIN2,
    assignee NVARCHAR(100) COLLATE Latin1_General_100_BIN2,
    customer_id NVARCHAR(100) COLLATE Latin1_General_100_BIN2,
    check_at BIGINT,
    due_at BIGINT,
    closed_at BIGINT,
    lease_until BIGINT NOT NULL DEFAULT 0,
    -- A fingerprint of the rows in support_ticket_orders and support_ticket_tags, and the version that wrote them: they are written only when they change.
    labels BIGINT NOT NULL DEFAULT 0,
    labels_version BIGINT NOT NULL DEFAULT 0,
    body NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    UNIQUE (shop, number),
    UNIQUE (shop, opened_by)
);
CREATE INDEX support_tickets_check ON support_tickets (shop, check_at) WHERE check_at IS NOT NULL;
-- Every list of an operator is a walk along one of these, however many tickets there are: by number, and by what is due first.
CREATE INDEX support_tickets_status ON support_tickets (shop, status, number);
CREATE INDEX support_tickets_assignee ON support_tickets (shop, assignee, number) WHERE assignee IS NOT NULL;
CREATE INDEX support_tickets_team ON support_tickets (shop, team, number) WHERE team IS NOT NULL;
CREATE INDEX support_tickets_customer ON support_tickets (shop, customer_id, number) WHERE customer_id IS NOT NULL;
CREATE INDEX support_tickets_open ON support_tickets (shop, number) WHERE status IN ('New', 'Open', 'Pending', 'OnHold');
CREATE INDEX support_tickets_open_assignee ON support_tickets (shop, assignee, number) WHERE status IN ('New', 'Open', 'Pending', 'OnHold');
CREATE INDEX support_tickets_open_team ON support_tickets (shop, team, number) WHERE status IN ('New', 'Open', 'Pending', 'OnHold');
CREATE INDEX support_tickets_due ON support_tickets (shop, due_at, number) WHERE due_at IS NOT NULL;
CREATE INDEX support_tickets_due_assignee ON support_tickets (shop, assignee, due_at, number) WHERE due_at IS NOT NULL;
CREATE INDEX support_tickets_due_team ON support_tickets (shop, team, due_at, number) WHERE due_at IS NOT NULL;
-- Retention walks it from its oldest entry, no further than a batch.
CREATE INDEX support_tickets_closed ON support_tickets (closed_at) WHERE closed_at IS NOT NULL;

CREATE TABLE support_ticket_orders (
    shop NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    order_id NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (shop, order_id, number)
);
CREATE INDEX support_ticket_orders_ticket ON support_ticket_orders (shop, number);

CREATE TABLE support_ticket_tags (
    shop NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    tag NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (shop, tag, number)
);
CREATE INDEX support_ticket_tags_ticket ON support_ticket_tags (shop, number);

-- Written once. What changes with a copy or stays after an erasure is in columns, the rest in the body.
CREATE TABLE support_ticket_entries (
    shop NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    ticket BIGINT NOT NULL,
    number BIGINT NOT NULL,
    kind NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
    happened_at BIGINT NOT NULL,
    made_by NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    channel NVARCHAR(50) COLLATE Latin1_General_100_BIN2,
    delivery_id NVARCHAR(100) COLLATE Latin1_General_100_BIN2,
    copied_from BIGINT,
    request_id NVARCHAR(200) COLLATE Latin1_General_100_BIN2,
    body NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY (shop, ticket, number)
);
CREATE UNIQUE INDEX support_ticket_entries_request ON support_ticket_entries (shop, ticket, request_id) WHERE request_id IS NOT NULL;

-- The last number that was taken.
CREATE TABLE support_ticket_numbers (
    shop NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    taken BIGINT NOT NULL
);

CREATE TABLE support_customers (
    id BIGINT IDENTITY NOT NULL PRIMARY KEY,
    shop NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    customer_id NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    version BIGINT NOT NULL,
    listed BIGINT NOT NULL,
    body NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    UNIQUE (shop, customer_id)
);

-- Whose a contact point is, as ContactPoint.Canonical() writes it: one customer's of a shop.
CREATE TABLE support_customer_contacts (
    shop NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    channel NVARCHAR(50) COLLATE Latin1_General_100_BIN2 NOT NULL,
    contact NVARCHAR(320) COLLATE Latin1_General_100_BIN2 NOT NULL,
    customer_id NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    -- Wider than a clustered key may be.
    PRIMARY KEY NONCLUSTERED (shop, channel, contact)
);
-- The customer leads, so that nobody takes it for a way to the contact points of a shop.
CREATE INDEX support_customer_contacts_customer ON support_customer_contacts (customer_id, shop);

-- Files that came or went with messages. The bytes are here, or in a folder.
CREATE TABLE support_contents (
    id BIGINT IDENTITY NOT NULL PRIMARY KEY,
    shop NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    content_id NVARCHAR(50) COLLATE Latin1_General_100_BIN2 NOT NULL,
    name NVARCHAR(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
    content_type NVARCHAR(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
    length BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    -- New until an entry of a ticket names it, then Used; Dropped until its file is gone.
    state NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
    bytes VARBINARY(MAX),
    UNIQUE (shop, content_id)
);
CREATE INDEX support_contents_unused ON support_contents (saved_at) WHERE state IN ('New', 'Dropped');

-- Which entries name which files. A file stays until the last of them has gone.
CREATE TABLE support_ticket_contents (
    shop NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    ticket BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    content_id NVARCHAR(50) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY (shop, ticket, entry, content_id)
);
CREATE INDEX support_ticket_contents_content ON support_ticket_contents (shop, content_id);

CREATE TABLE support_shops (
    shop NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    paused_at BIGINT,
    paused_reason NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2
);

-- A figure is the sum of its slots: writers that work side by side count in different ones.
CREATE TABLE support_shop_figures (
    shop NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    slot BIGINT NOT NULL,
    notices BIGINT NOT NULL,
    shipped BIGINT NOT NULL,
    delivered BIGINT NOT NULL,
    PRIMARY KEY (shop, slot)
);

CREATE TABLE support_notice_days (
    shop NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    day BIGINT NOT NULL,
    slot BIGINT NOT NULL,
    notices BIGINT NOT NULL,
    PRIMARY KEY (shop, day, slot)
);

-- What adapters remember, a name each.
CREATE TABLE support_states (
    shop NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    name NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    value NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (shop, name)
);

INSERT INTO support_settings (name, value) VALUES ('schema-version', CAST('1' AS VARBINARY(MAX))), ('schema-oldest-reader', CAST('1' AS VARBINARY(MAX)));
