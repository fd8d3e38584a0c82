/**
 * Every field of a description, also those inside of collections.
 *
 * @param {any[]} properties
 * @param {string} [where] in front of the path
 * @returns {Generator<{ property: any, path: string }>}
 */
export function* allFields(properties, where = '') {
	for (const property of properties ?? []) {
		const path = `${where}${property.name}`;
		yield { property, path };
		if (property.type === 'collection') yield* allFields(property.options, `${path}.`);
		if (property.type === 'fixedCollection') {
			for (const group of property.options ?? []) {
				yield* allFields(group.values, `${path}.${group.name}.`);
			}
		}
	}
}

/** What can be chosen in a field: none for fields whose `options` are fields themselves. */
export const choicesOf = (property) =>
	['options', 'multiOptions'].includes(property.type) ? (property.options ?? []) : [];

/**
 * The operations of an action node.
 *
 * @param {any} description
 * @returns {Array<{ resource: string, operation: string, option: any, fields: any[], resourceName: string }>}
 *   fields: those that are there for this operation
 */
export function operationsOf(description) {
	const { properties } = description;
	const resources = properties.find(({ name }) => name === 'resource');
	return choicesOf(resources ?? {}).flatMap(({ name: resourceName, value: resource }) =>
		properties
			.filter((field) => field.name === 'operation' && isFor(field, { resource }))
			.flatMap((field) => field.options)
			.map((option) => ({
				resource,
				resourceName,
				operation: option.value,
				option,
				fields: properties.filter((field) => isFor(field, { resource, operation: option.value })),
			})),
	);
}

/** Whether a field can be there at all with these values; conditions on other fields are left open. */
function isFor({ displayOptions = {} }, values) {
	return Object.entries(values).every(([name, value]) => {
		const { [name]: shown } = displayOptions.show ?? {};
		const { [name]: hidden } = displayOptions.hide ?? {};
		return (!shown || shown.includes(value)) && !hidden?.includes(value);
	});
}

/** Texts that people read in the editor, each with where it stands. */
export function* textsOf({ description }) {
	for (const key of ['displayName', 'description']) yield { text: description[key], path: key };
	for (const { property, path } of allFields(description.properties)) {
		for (const key of ['displayName', 'description', 'placeholder', 'hint']) {
			if (property[key]) yield { text: property[key], path: `${path}.${key}` };
		}
		for (const choice of choicesOf(property)) {
			for (const key of ['name', 'description', 'action']) {
				if (choice[key]) yield { text: choice[key], path: `${path}=${choice.value}.${key}` };
			}
		}
	}
}
