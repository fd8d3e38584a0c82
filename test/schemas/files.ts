/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../package/project';
import type { JsonSchema } from './jsonSchema';

/** Where n8n looks for what the operations of version 1 of the node give. */
const FOLDER = join(root, 'nodes', 'VippsMobilePay', '__schema__', 'v1.0.0');

const fileOf = (operation: string) => join(FOLDER, `${operation}.json`);

/** Whether the schemas are to be written instead of compared: `UPDATE_SCHEMAS=1 npm test -- test/schemas`. */
export const isUpdate = process.env.UPDATE_SCHEMAS === '1';

/** The operations that have a schema, as "resource/operation". */
export const operationsWithSchema = (): string[] =>
	readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.json'))
		.map((file) => file.replaceAll('\\', '/').replace(/\.json$/, ''))
		.sort();

export const readSchema = (operation: string): JsonSchema =>
	JSON.parse(readFileSync(fileOf(operation), 'utf8')) as JsonSchema;

/** Short lists stand in one line. */
const asPrettierHasIt = (schema: JsonSchema): string =>
	JSON.stringify(schema, null, 2).replace(/\[\s+("\w+"),\s+("\w+")\s+\]/g, '[$1, $2]');

/** Puts these schemas in the place of all that there are. */
export function writeSchemas(schemas: Map<string, JsonSchema>): void {
	rmSync(FOLDER, { recursive: true, force: true });
	for (const [operation, schema] of schemas) {
		mkdirSync(dirname(fileOf(operation)), { recursive: true });
		writeFileSync(fileOf(operation), `${asPrettierHasIt(schema)}\n`);
	}
}
