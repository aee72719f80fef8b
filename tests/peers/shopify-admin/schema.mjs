// Shopify's own Admin schema, as its package @shopify/dev-mcp carries it.
import { readFileSync, readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { buildClientSchema, GraphQLError, isEnumType, valueFromASTUntyped } from 'graphql';

const folder = new URL('../node_modules/@shopify/dev-mcp/dist/data/', import.meta.url);
const schemas = new Map();

/** The versions there are: ['2025-10', …, 'unstable']. */
export function versions() {
    return readdirSync(folder)
        .map(file => /^admin_(.+)\.json\.gz$/.exec(file)?.[1])
        .filter(version => version !== undefined)
        .sort();
}

/** The schema of a version, or undefined. */
export function loadSchema(version) {
    if (!schemas.has(version)) {
        schemas.set(version, versions().includes(version) ? read(version) : undefined);
    }
    return schemas.get(version);
}

/** Shopify supports a version for 12 months from its release, which its name tells. */
export function supportedUntil(version) {
    const [, year, month] = /^(\d{4})-(\d{2})$/.exec(version) ?? [];
    return year === undefined ? null : `${Number(year) + 1}-${month}`;
}

function read(version) {
    const introspection = JSON.parse(gunzipSync(readFileSync(new URL(`admin_${version}.json.gz`, folder))));
    const schema = buildClientSchema(introspection.data, { assumeValid: true });
    for (const [name, check] of Object.entries(scalars)) {
        const scalar = schema.getType(name);
        scalar.parseValue = value => check(value, name);
        scalar.parseLiteral = (node, variables) => check(valueFromASTUntyped(node, variables), name);
    }
    schema.getType('UnsignedInt64').serialize = String;
    for (const type of Object.values(schema.getTypeMap())) {
        if (isEnumType(type)) {
            // Values of a later version may stand in the state: clients must take words that they do not know.
            type.serialize = value => value;
        }
    }
    return schema;
}

const scalars = {
    DateTime: text(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/, value => !Number.isNaN(Date.parse(value))),
    Date: text(/^\d{4}-\d{2}-\d{2}$/),
    URL: text(/^[a-z][a-z0-9+.-]*:\/\/\S+$/i, URL.canParse),
    UnsignedInt64: number(/^\d+$/),
    Decimal: number(/^-?\d+(\.\d+)?$/),
    Money: number(/^-?\d+(\.\d+)?$/),
};

function text(pattern, also = () => true) {
    return (value, name) => (typeof value === 'string' && pattern.test(value) && also(value) ? value : refuse(value, name));
}

function number(pattern) {
    return (value, name) => (['string', 'number'].includes(typeof value) && pattern.test(String(value)) ? String(value) : refuse(value, name));
}

function refuse(value, name) {
    throw new GraphQLError(`invalid ${name} '${value}'`);
}
