/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { packageFolder, type WorkflowFile } from '../harness';

const folder = join(packageFolder, 'examples');

/** The names of the example files. */
export const exampleFiles = (): string[] =>
	readdirSync(folder).filter((file) => file.endsWith('.json'));

/** An example as it would be imported. */
export const readExample = (file: string): WorkflowFile =>
	JSON.parse(readFileSync(join(folder, file), 'utf8')) as WorkflowFile;

/** The same workflow with other values in one of its Edit Fields nodes, as a user would enter them. */
export function withFields(
	workflow: WorkflowFile,
	nodeName: string,
	fields: IDataObject,
): WorkflowFile {
	const copy = structuredClone(workflow);
	const node = copy.nodes.find(({ name }) => name === nodeName);
	const { assignments } = node?.parameters.assignments as {
		assignments: Array<{ name: string; value: unknown }>;
	};
	for (const [name, value] of Object.entries(fields)) {
		const assignment = assignments.find((one) => one.name === name);
		if (!assignment) throw new Error(`${nodeName} has no field ${name}`);
		assignment.value = value;
	}
	return copy;
}
