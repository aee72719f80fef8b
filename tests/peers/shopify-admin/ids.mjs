// gid://shopify/Order/820982911946154508: the number may exceed 2^53, so it stays text.
const pattern = /^gid:\/\/shopify\/([A-Za-z]+)\/([^/?]+)/;

export function gid(type, number) {
    return `gid://shopify/${type}/${number}`;
}

export function typeOf(id) {
    return pattern.exec(id ?? '')?.[1];
}

export function numberOf(id) {
    return pattern.exec(id ?? '')?.[2];
}

/** Orders numbers of any length. */
export function compareNumbers(left, right) {
    return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}

/** Orders { value, id } by value, then by id. */
export function compareEntries(left, right) {
    return left.value < right.value ? -1 : left.value > right.value ? 1 : compareNumbers(left.id, right.id);
}
