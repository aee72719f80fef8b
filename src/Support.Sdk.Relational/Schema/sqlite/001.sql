-- Times are microseconds since 1970-01-01 UTC. Aggregates are JSON beside the columns that are searched.
CREATE TABLE support_settings (
    name TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE support_inbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    event_id TEXT NOT NULL,
    shop TEXT NOT NULL,
    order_id TEXT,
    body TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    lease_token INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL,
    reason TEXT,
    UNIQUE (source, event_id)
);
-- Done entries are kept to recognise repeats; they are in none of these.
CREATE INDEX support_inbox_pending ON support_inbox (id) WHERE state = 'Pending';
CREATE INDEX support_inbox_due ON support_inbox (due_at) WHERE state = 'Pending';
CREATE INDEX support_inbox_order ON support_inbox (shop, order_id, id) WHERE state = 'Pending';
-- The constant leads, so that a lookup by state finds the index.
CREATE INDEX support_inbox_parked ON support_inbox (state, id) WHERE state = 'Parked';

CREATE TABLE support_orders (
    id INTEGER PRIMARY KEY,
    shop TEXT NOT NULL,
    order_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    check_at INTEGER,
    refresh_at INTEGER,
    quiet_since INTEGER,
    lease_until INTEGER NOT NULL DEFAULT 0,
    -- A fingerprint of the rows in support_order_contacts, and the version that wrote them: they are written only when they change.
    contacts INTEGER NOT NULL DEFAULT 0,
    contacts_version INTEGER NOT NULL DEFAULT 0,
    body TEXT NOT NULL,
    UNIQUE (shop, order_id)
);
CREATE INDEX support_orders_check ON support_orders (shop, check_at) WHERE check_at IS NOT NULL;
CREATE INDEX support_orders_refresh ON support_orders (shop, refresh_at) WHERE refresh_at IS NOT NULL;
-- Retention walks it from its oldest entry, no further than a batch.
CREATE INDEX support_orders_quiet ON support_orders (quiet_since) WHERE quiet_since IS NOT NULL;
CREATE INDEX support_orders_lease ON support_orders (lease_until) WHERE lease_until > 0;

-- Who is named by which order, as ContactPoint.Canonical() writes it.
CREATE TABLE support_order_contacts (
    shop TEXT NOT NULL,
    channel TEXT NOT NULL,
    contact TEXT NOT NULL,
    placed_at INTEGER NOT NULL,
    order_id TEXT NOT NULL,
    PRIMARY KEY (shop, channel, contact, placed_at, order_id)
) WITHOUT ROWID;
CREATE INDEX support_order_contacts_order ON support_order_contacts (shop, order_id);

CREATE TABLE support_decisions (
    id INTEGER PRIMARY KEY,
    shop TEXT NOT NULL,
    order_id TEXT NOT NULL,
    decided_at INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    occasion TEXT NOT NULL,
    reason TEXT NOT NULL,
    until INTEGER,
    delivery_id TEXT,
    decided_by TEXT NOT NULL
);
CREATE INDEX support_decisions_order ON support_decisions (shop, order_id, decided_at);

-- What is said to whom: written once.
CREATE TABLE support_deliveries (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    shop TEXT NOT NULL,
    order_id TEXT,
    occasion TEXT NOT NULL,
    channel TEXT NOT NULL,
    recipient TEXT NOT NULL,
    decided_at INTEGER NOT NULL,
    message TEXT NOT NULL
);
CREATE INDEX support_deliveries_order ON support_deliveries (shop, order_id, seq);
CREATE INDEX support_deliveries_recipient ON support_deliveries (shop, channel, recipient, decided_at);

-- What becomes of it: a short row for each, because it is written again and again.
CREATE TABLE support_outbox (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    shop TEXT NOT NULL,
    order_id TEXT,
    channel TEXT NOT NULL,
    -- While a message is claimed (lease_until > 0) it counts as Sending, whatever stands here.
    state TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    send_before INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    changed_at INTEGER NOT NULL,
    lease_token INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    provider_id TEXT
);
CREATE INDEX support_outbox_pending ON support_outbox (channel, due_at, seq, shop) WHERE state IN ('Pending', 'Retry');
CREATE INDEX support_outbox_expiring ON support_outbox (send_before) WHERE send_before IS NOT NULL AND state IN ('Pending', 'Retry', 'Held');
-- What waits for a person. An index of all states would cost every change of state, and mislead the planner.
CREATE INDEX support_outbox_held ON support_outbox (seq) WHERE state IN ('InDoubt', 'Held');

-- Kept under a keyed hash of shop and contact point, so that a suppression outlives the address.
CREATE TABLE support_contacts (
    id INTEGER PRIMARY KEY,
    shop TEXT NOT NULL,
    contact_key TEXT NOT NULL,
    version INTEGER NOT NULL,
    suppressed_at INTEGER,
    body TEXT NOT NULL,
    UNIQUE (shop, contact_key)
);
CREATE INDEX support_contacts_suppressed ON support_contacts (shop, suppressed_at, contact_key) WHERE suppressed_at IS NOT NULL;

CREATE TABLE support_consents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    shop TEXT NOT NULL,
    contact_key TEXT NOT NULL,
    purpose TEXT NOT NULL,
    granted INTEGER NOT NULL,
    said_at INTEGER NOT NULL,
    source TEXT NOT NULL,
    recorded_by TEXT,
    wording TEXT,
    evidence TEXT
);
CREATE INDEX support_consents_contact ON support_consents (shop, contact_key, id);

-- That something was erased, never what.
CREATE TABLE support_erasures (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    shop TEXT NOT NULL,
    erased_at INTEGER NOT NULL,
    erased_by TEXT NOT NULL,
    orders INTEGER NOT NULL,
    deliveries INTEGER NOT NULL,
    events INTEGER NOT NULL,
    contacts INTEGER NOT NULL,
    tickets INTEGER NOT NULL,
    customers INTEGER NOT NULL,
    under_way INTEGER NOT NULL
);
CREATE INDEX support_erasures_shop ON support_erasures (shop, id);

-- One customer problem each. What was said, and how it came to stand so, is in its entries.
CREATE TABLE support_tickets (
    id INTEGER PRIMARY KEY,
    shop TEXT NOT NULL,
    number INTEGER NOT NULL,
    version INTEGER NOT NULL,
    opened_by TEXT NOT NULL,
    status TEXT NOT NULL,
    priority TEXT NOT NULL,
    channel TEXT NOT NULL,
    kind TEXT NOT NULL,
    team TEXT,
    assignee TEXT,
    customer_id TEXT,
    check_at INTEGER,
    due_at INTEGER,
    closed_at INTEGER,
    lease_until INTEGER NOT NULL DEFAULT 0,
    -- A fingerprint of the rows in support_ticket_orders and support_ticket_tags, and the version that wrote them: they are written only when they change.
    labels INTEGER NOT NULL DEFAULT 0,
    labels_version INTEGER NOT NULL DEFAULT 0,
    body TEXT NOT NULL,
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
CREATE INDEX support_tickets_lease ON support_tickets (lease_until) WHERE lease_until > 0;

CREATE TABLE support_ticket_orders (
    shop TEXT NOT NULL,
    order_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (shop, order_id, number)
) WITHOUT ROWID;
CREATE INDEX support_ticket_orders_ticket ON support_ticket_orders (shop, number);

CREATE TABLE support_ticket_tags (
    shop TEXT NOT NULL,
    tag TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (shop, tag, number)
) WITHOUT ROWID;
CREATE INDEX support_ticket_tags_ticket ON support_ticket_tags (shop, number);

-- Written once. What changes with a copy or stays after an erasure is in columns, the rest in the body: rows are long, so they keep their rowid.
CREATE TABLE support_ticket_entries (
    shop TEXT NOT NULL,
    ticket INTEGER NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    happened_at INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    channel TEXT,
    delivery_id TEXT,
    copied_from INTEGER,
    request_id TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (shop, ticket, number)
);
CREATE UNIQUE INDEX support_ticket_entries_request ON support_ticket_entries (shop, ticket, request_id) WHERE request_id IS NOT NULL;

-- The last number that was taken.
CREATE TABLE support_ticket_numbers (
    shop TEXT NOT NULL PRIMARY KEY,
    taken INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE support_customers (
    id INTEGER PRIMARY KEY,
    shop TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    listed INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (shop, customer_id)
);

-- Whose a contact point is, as ContactPoint.Canonical() writes it: one customer's of a shop.
CREATE TABLE support_customer_contacts (
    shop TEXT NOT NULL,
    channel TEXT NOT NULL,
    contact TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    PRIMARY KEY (shop, channel, contact)
) WITHOUT ROWID;
-- The customer leads, so that nobody takes it for a way to the contact points of a shop.
CREATE INDEX support_customer_contacts_customer ON support_customer_contacts (customer_id, shop);

-- Files that came or went with messages. The bytes are here, or in a folder.
CREATE TABLE support_contents (
    id INTEGER PRIMARY KEY,
    shop TEXT NOT NULL,
    content_id TEXT NOT NULL,
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    length INTEGER NOT NULL,
    saved_at INTEGER NOT NULL,
    -- New until an entry of a ticket names it, then Used; Dropped until its file is gone.
    state TEXT NOT NULL,
    bytes BLOB,
    UNIQUE (shop, content_id)
);
CREATE INDEX support_contents_unused ON support_contents (saved_at) WHERE state IN ('New', 'Dropped');

-- Which entries name which files. A file stays until the last of them has gone.
CREATE TABLE support_ticket_contents (
    shop TEXT NOT NULL,
    ticket INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    content_id TEXT NOT NULL,
    PRIMARY KEY (shop, ticket, entry, content_id)
) WITHOUT ROWID;
CREATE INDEX support_ticket_contents_content ON support_ticket_contents (shop, content_id);

CREATE TABLE support_shops (
    shop TEXT NOT NULL PRIMARY KEY,
    paused_at INTEGER,
    paused_reason TEXT
) WITHOUT ROWID;

-- A figure is the sum of its slots: writers that work side by side count in different ones.
CREATE TABLE support_shop_figures (
    shop TEXT NOT NULL,
    slot INTEGER NOT NULL,
    notices INTEGER NOT NULL,
    shipped INTEGER NOT NULL,
    delivered INTEGER NOT NULL,
    PRIMARY KEY (shop, slot)
) WITHOUT ROWID;

CREATE TABLE support_notice_days (
    shop TEXT NOT NULL,
    day INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    notices INTEGER NOT NULL,
    PRIMARY KEY (shop, day, slot)
) WITHOUT ROWID;

-- What adapters remember, a name each.
CREATE TABLE support_states (
    shop TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (shop, name)
) WITHOUT ROWID;

INSERT INTO support_settings (name, value) VALUES ('schema-version', CAST('1' AS BLOB)), ('schema-oldest-reader', CAST('1' AS BLOB));
