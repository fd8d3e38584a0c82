/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { root, shippedSources } from './project';

/** What each folder may load, besides itself. Arrows go one way. */
const MAY_LOAD: Record<string, string[]> = {
	'nodes/shared/ledger': [],
	'nodes/shared/payment': [],
	'nodes/shared/settlement': ['nodes/shared/ledger', 'nodes/shared/money'],
	'nodes/shared/simplified': ['nodes/shared/ledger', 'nodes/shared/money'],
	'nodes/shared/trigger': ['nodes/shared/ledger'],
	'nodes/shared/webhooks': ['nodes/shared/ledger'],
	'nodes/shared/transport': ['n8n-workflow'],
	'nodes/shared/auth': ['n8n-workflow', 'nodes/shared/transport'],
	'nodes/shared/api': [
		'nodes/shared/ledger',
		'nodes/shared/payment',
		'nodes/shared/transport',
		'nodes/shared/webhooks',
	],
	'nodes/shared/books': [
		'nodes/shared/api',
		'nodes/shared/ledger',
		'nodes/shared/settlement',
		'nodes/shared/transport',
	],
	'nodes/shared/descriptions': ['n8n-workflow'],
};

const sources = shippedSources();

const textOf = (file: string) => readFileSync(join(root, file), 'utf8').replace(/\r\n/g, '\n');

const layerOf = (path: string) =>
	Object.keys(MAY_LOAD).find((layer) => path.startsWith(`${layer}/`));

/** The layers, packages and folders that a file loads, types included. */
function loadedBy(file: string): string[] {
	return ts.preProcessFile(textOf(file)).importedFiles.map(({ fileName }) => {
		if (!fileName.startsWith('.')) return fileName;
		const path = normalize(join(dirname(file), fileName)).replaceAll('\\', '/');
		return layerOf(path) ?? path;
	});
}

it.each(sources.filter((file) => layerOf(file)))('%s loads only layers below its own', (file) => {
	const layer = layerOf(file) as string;
	const allowed = [layer, 'node:crypto', ...MAY_LOAD[layer]];
	expect(loadedBy(file).filter((name) => !allowed.includes(name))).toEqual([]);
});

it('only the transport and the token requests touch the network', () => {
	const doors = sources.filter((file) => /\.helpers\b/.test(textOf(file)));
	expect(doors.sort()).toEqual([
		'credentials/VippsMobilePayAccountingApi.credentials.ts',
		'credentials/VippsMobilePayMerchantApi.credentials.ts',
		'nodes/shared/transport/session.ts',
	]);
});
