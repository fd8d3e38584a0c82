/** The part of JSON Schema that n8n's editor makes fields of. */
export interface JsonSchema {
	/** Several where a value has one or the other; the first is the one that the editor shows. */
	type?: string | string[];
	properties?: Record<string, JsonSchema>;
	items?: JsonSchema;
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
	return typeof value;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeOf(value) === 'object';

/** A whole number is a number, too. Null comes last. */
function mergeTypes(types: string[]): string[] {
	const all = new Set(
		types.includes('number') ? types.filter((type) => type !== 'integer') : types,
	);
	return [...all].sort((a, b) => Number(a === 'null') - Number(b === 'null') || (a < b ? -1 : 1));
}

/**
 * The schema that fits all of the values, its properties in the order in which they come. An object or list
 * that is null at times is put down as what it is otherwise: the editor knows no more of it.
 */
export function schemaOf(values: unknown[]): JsonSchema {
	const types = mergeTypes(values.map(typeOf));
	if (types.length === 0) return {};
	if (types.includes('object')) {
		const objects = values.filter(isObject);
		const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
		const properties = names.map((name) => [
			name,
			schemaOf(
				objects.filter((object) => Object.hasOwn(object, name)).map((object) => object[name]),
			),
		]);
		return { type: 'object', properties: Object.fromEntries(properties) };
	}
	if (types.includes('array')) {
		return { type: 'array', items: schemaOf(values.filter(Array.isArray).flat()) };
	}
	return { type: types.length === 1 ? types[0] : types };
}

/** What of a value a schema does not say, or says otherwise; empty when it fits. */
export function complaints(schema: JsonSchema, value: unknown, path = '$'): string[] {
	const types = [schema.type ?? []].flat();
	const type = typeOf(value);
	const isNested = types[0] === 'object' || types[0] === 'array';
	const fits =
		types.includes(type) ||
		(type === 'integer' && types.includes('number')) ||
		(type === 'null' && isNested);
	if (!fits) return [`${path} is ${type}, not ${types.join(' or ') || 'said'}`];
	if (Array.isArray(value)) {
		const { items = {} } = schema;
		return value.flatMap((item, index) => complaints(items, item, `${path}[${index}]`));
	}
	if (!isObject(value)) return [];
	return Object.entries(value).flatMap(([name, field]) => {
		const { properties = {} } = schema;
		const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
		return property
			? complaints(property, field, `${path}.${name}`)
			: [`${path}.${name} is not said`];
	});
}
