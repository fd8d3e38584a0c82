import { promises as fs } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../examples');

/**
 * An example workflow, as it would be imported.
 *
 * @param {string} file
 * @param {Record<string, Record<string, unknown>>} [fields] other values in its Edit Fields nodes, by the node's name
 */
export async function readExample(file, fields = {}) {
	const example = JSON.parse(await fs.readFile(path.join(folder, file), 'utf8'));
	for (const [name, values] of Object.entries(fields)) {
		const { parameters } = example.nodes.find((node) => node.name === name);
		for (const assignment of parameters.assignments.assignments) {
			assignment.value = values[assignment.name] ?? assignment.value;
		}
	}
	return example;
}
