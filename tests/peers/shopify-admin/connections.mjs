// Pages of connections. A cursor holds the value and id of the last object, so that a page begins after them wherever they are by then.
import { GraphQLError } from 'graphql';
import { compareEntries, numberOf } from './ids.mjs';

const largestPage = 250;

/** A page of entries { item, value, id }, sorted by value and id. */
export function pageOf(entries, args, matches = () => true) {
    checkPage(args);
    const backwards = args.first == null;
    const cursor = backwards ? args.before : args.after;
    const descending = Boolean(args.reverse) !== backwards;
    const rows = descending ? [...entries].reverse() : entries;
    const size = args.first ?? args.last;
    const found = [];
    for (let index = cursor == null ? 0 : after(rows, decode(cursor), descending); index < rows.length && found.length <= size; index++) {
        if (matches(rows[index].item)) {
            found.push(rows[index]);
        }
    }
    const page = found.slice(0, size);
    const more = found.length > size;
    return connection(backwards ? page.reverse() : page, {
        hasNextPage: backwards ? cursor != null : more,
        hasPreviousPage: backwards ? more : cursor != null,
    });
}

/** A page of a list; its order is that of the list. */
export function pageOfList(list, args) {
    const width = String(list.length).length;
    return pageOf(
        list.map((item, index) => ({ item, value: String(index).padStart(width, '0'), id: numberOf(item?.id) ?? String(index) })),
        args,
    );
}

/** All entries, as bulk operations read them. */
export function wholeConnection(items) {
    return { edges: items.map(node => ({ node })), nodes: items };
}

function connection(page, pageInfo) {
    const edges = page.map(entry => ({ node: entry.item, cursor: encode(entry) }));
    return {
        edges,
        nodes: page.map(entry => entry.item),
        pageInfo: { ...pageInfo, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null },
    };
}

function checkPage({ first, last }) {
    if (first == null && last == null) {
        throw refused('you must provide one of first or last');
    }
    if (first != null && last != null) {
        throw refused('providing both first and last is not supported');
    }
    const size = first ?? last;
    if (size < 0 || size > largestPage) {
        throw refused(`${first == null ? 'last' : 'first'} must be between 0 and ${largestPage}`);
    }
}

// The first row beyond the cursor.
function after(rows, cursor, descending) {
    let [low, high] = [0, rows.length];
    while (low < high) {
        const middle = (low + high) >> 1;
        const order = compareEntries(rows[middle], cursor);
        if (descending ? order >= 0 : order <= 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

function encode({ value, id }) {
    return Buffer.from(JSON.stringify({ last_id: id, last_value: value })).toString('base64');
}

function decode(cursor) {
    try {
        const { last_id: id, last_value: value } = JSON.parse(Buffer.from(cursor, 'base64').toString());
        return { id: String(id), value };
    } catch {
        throw refused(`Invalid cursor for current pagination sort: ${cursor}`);
    }
}

function refused(message) {
    return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
}
