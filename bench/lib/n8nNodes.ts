/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a measurement, never in n8n */
import { join } from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';
import { standIns } from '../../test/harness/stand-ins';

const FILES = [
	'dist/nodes/HttpRequest/HttpRequest.node.js',
	'dist/nodes/Transform/SplitOut/SplitOut.node.js',
];

/** Puts n8n's own nodes, from a whole n8n that is installed beside, in place of the harness's. */
export function useN8nNodes(): void {
	const server = process.env.N8N_VIPPSMOBILEPAY_SERVER ?? '';
	const loader = new PackageDirectoryLoader(join(server, 'node_modules', 'n8n-nodes-base'));
	for (const file of FILES) loader.loadNodeFromFile(file);
	for (const [name, { type }] of Object.entries(loader.nodeTypes)) {
		standIns[`n8n-nodes-base.${name}`] = type as (typeof standIns)[string];
	}
}
