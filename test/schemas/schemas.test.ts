import { RESOURCES } from '../../nodes/VippsMobilePay/resources';
import { startSimulator, type Simulator } from '../harness';
import { isUpdate, operationsWithSchema, readSchema, writeSchemas } from './files';
import { complaints, schemaOf, type JsonSchema } from './jsonSchema';
import { outputsOf, type Outputs } from './outputs';

const OPERATIONS = Object.entries(RESOURCES)
	.flatMap(([resource, { operations }]) =>
		Object.keys(operations).map((operation) => `${resource}/${operation}`),
	)
	.sort();

/** As it is committed. The version is n8n's own count of a file's editions. */
const schemaFor = (outputs: Outputs, operation: string): JsonSchema & { version: number } => ({
	...schemaOf(outputs.get(operation) ?? []),
	version: 1,
});

let simulator: Simulator;
let outputs: Outputs;
let others: Outputs;

beforeAll(async () => {
	simulator = await startSimulator();
	outputs = await outputsOf(simulator, 1);
	others = await outputsOf(simulator, 2);
	if (isUpdate) {
		writeSchemas(
			new Map(OPERATIONS.map((operation) => [operation, schemaFor(outputs, operation)])),
		);
	}
}, 300_000);

it('every operation has a schema, and nothing else has', () => {
	expect(operationsWithSchema()).toEqual(OPERATIONS);
	expect(OPERATIONS.length).toBeGreaterThan(20);
});

describe.each(OPERATIONS)('the schema of %s', (operation) => {
	it('is what the operation gives', () => {
		expect(outputs.get(operation)?.length).toBeGreaterThan(0);
		expect(readSchema(operation)).toEqual(schemaFor(outputs, operation));
	});

	it('fits what the operation gives in another world', () => {
		const given = others.get(operation) ?? [];
		expect(given.length).toBeGreaterThan(0);
		const schema = readSchema(operation);
		expect([...new Set(given.flatMap((item) => complaints(schema, item)))]).toEqual([]);
	});

	it('is one that the editor takes, with an example of every list', () => {
		const schema = readSchema(operation);
		expect(schema.type).toBe('object');
		expect(Object.keys(schema.properties ?? {})).not.toEqual([]);
		expect(JSON.stringify(schema)).not.toContain('{}');
	});
});
