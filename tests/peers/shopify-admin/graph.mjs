// The objects of an order: checked against the schema when they are put, given ids, and found by them.
import { getNamedType, isAbstractType, isEnumType, isLeafType } from 'graphql';
import { gid, numberOf, typeOf } from './ids.mjs';

/** The order that an object belongs to. */
export const owner = Symbol('owner');

export class Graph {
    #schema;
    #index = new Map();
    #lastId = 9_000_000_000_000;

    constructor(schema) {
        this.#schema = schema;
    }

    /** Throws unless the object has only fields of its type, with values that these take. */
    check(object, type = 'Order') {
        this.#walk(object, this.#schema.getType(type), type, () => {});
    }

    /** Checks an object, gives ids where they lack, and makes all its parts findable. */
    add(order) {
        this.check(order);
        this.#walk(order, this.#schema.getType('Order'), 'Order', (object, type) => {
            object[owner] = order;
            if (type.getFields().id !== undefined) {
                this.#identify(object, type);
            }
        });
    }

    find(id) {
        return this.#index.get(id);
    }

    remove(object) {
        if (object !== null && typeof object === 'object') {
            if (this.#index.get(object.id) === object) {
                this.#index.delete(object.id);
            }
            Object.values(object).forEach(value => this.remove(value));
        }
    }

    clear() {
        this.#index.clear();
    }

    /** The ids to come stay clear of this one. */
    reserve(id) {
        const number = Number(numberOf(id));
        if (number > this.#lastId && number < 10_000_000_000_000) {
            this.#lastId = number;
        }
    }

    nextId(type) {
        return gid(type, ++this.#lastId);
    }

    #walk(object, declared, path, visit) {
        const type = isAbstractType(declared) ? this.#schema.getType(typeName(object, declared)) : declared;
        if (type?.getFields === undefined) {
            throw new Error(`${path}: say which ${declared.name} it is, by __typename or by its id.`);
        }
        const fields = type.getFields();
        for (const [name, value] of Object.entries(object)) {
            if (name === '__typename') {
                continue;
            }
            if (fields[name] === undefined) {
                throw new Error(`${path}: ${type.name} has no field ${name}.`);
            }
            for (const item of Array.isArray(value) ? value : [value]) {
                this.#visitValue(item, nodeType(getNamedType(fields[name].type)), `${path}.${name}`, visit);
            }
        }
        visit(object, type);
    }

    #visitValue(value, type, path, visit) {
        if (value === null || value === undefined) {
            return;
        }
        if (isLeafType(type)) {
            checkLeaf(value, type, path);
        } else if (typeof value === 'object') {
            this.#walk(value, type, path, visit);
        } else {
            throw new Error(`${path} is a ${type.name}.`);
        }
    }

    #identify(object, type) {
        object.id ??= this.nextId(type.name);
        this.reserve(object.id);
        // An object with nothing but an id points to the one that has more.
        if (Object.keys(object).length > 1 || !this.#index.has(object.id)) {
            this.#index.set(object.id, object);
        }
    }
}

/** The type of an object whose field could hold several. */
export function typeName(object, declared) {
    return object.__typename ?? typeOf(object.id) ?? (declared.name === 'Event' ? 'BasicEvent' : undefined);
}

/** In the state, a connection is the list of its nodes. */
function nodeType(type) {
    return type.name.endsWith('Connection') ? getNamedType(type.getFields().nodes.type) : type;
}

function checkLeaf(value, type, path) {
    // Words of a later version may stand in the state, but they look like words.
    if (isEnumType(type) ? !/^[A-Z][A-Z0-9_]*$/.test(value) : !takes(type, value)) {
        throw new Error(`${path}: ${JSON.stringify(value)} is no ${type.name}.`);
    }
}

function takes(type, value) {
    try {
        type.parseValue(value);
        return true;
    } catch {
        return false;
    }
}
