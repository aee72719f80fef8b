// Checks GraphQL documents against a version of Shopify's Admin schema.
//
//   node validate-documents.mjs [--version 2026-10] FILE…        or one document on stdin, named "-"
//
// Prints {"version":…,"supportedUntil":"2027-10","documents":{FILE:{"errors":[…],"deprecated":[…],"bulk":false}}} and ends with 1 when there is
// an error. A document with a connection that asks for no page is one for a bulk operation, and is held to what Shopify takes as such.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { getNamedType, NoDeprecatedCustomRule, parse, TypeInfo, validate, visit, visitWithTypeInfo } from 'graphql';
import { bulkErrors } from './shopify-admin/bulkplan.mjs';
import { loadSchema, supportedUntil, versions } from './shopify-admin/schema.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { version: { type: 'string', default: '2026-10' } } });
const schema = loadSchema(values.version);
if (schema === undefined) {
    console.error(`There is no schema ${values.version}. There are ${versions().join(', ')}.`);
    process.exit(2);
}

const files = positionals.length === 0 ? ['-'] : positionals;
const documents = Object.fromEntries(files.map(file => [file, check(readFileSync(file === '-' ? 0 : file, 'utf8'))]));
console.log(JSON.stringify({ version: values.version, supportedUntil: supportedUntil(values.version), documents }));
process.exitCode = Object.values(documents).some(({ errors }) => errors.length > 0) ? 1 : 0;

function check(text) {
    try {
        const document = parse(text);
        const errors = told(validate(schema, document));
        const deprecated = told(validate(schema, document, [NoDeprecatedCustomRule]));
        const bulk = errors.length === 0 && asksForWholeConnections(document);
        return { errors: bulk ? bulkErrors(document, schema) : errors, deprecated, bulk };
    } catch (error) {
        return { errors: told([error]), deprecated: [], bulk: false };
    }
}

function told(errors) {
    return errors.map(({ message, locations }) => (locations?.length > 0 ? `${locations[0].line}:${locations[0].column} ${message}` : message));
}

function asksForWholeConnections(document) {
    const types = new TypeInfo(schema);
    let whole = false;
    visit(
        document,
        visitWithTypeInfo(types, {
            Field(node) {
                const isConnection = getNamedType(types.getType())?.name.endsWith('Connection') ?? false;
                whole ||= isConnection && !node.arguments.some(({ name }) => ['first', 'last'].includes(name.value));
            },
        }),
    );
    return whole;
}
