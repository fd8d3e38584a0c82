/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';
import type { ICredentialType, INodeType, IVersionedNodeType } from 'n8n-workflow';
import { startEngine } from './engine';

/** The folder of this repository: what `loadPackage()` loads when it is given no other. */
export const packageFolder = resolve(__dirname, '..', '..');

export interface LoadedPackage {
	/** The name in package.json, which is the first part of every node type's full name. */
	name: string;
	folder: string;
	/** Node types by their full name, `<package>.<node>`. */
	nodes: Record<string, INodeType | IVersionedNodeType>;
	/** Credential types by name, as the loader leaves them (`supportedNodes` filled in). */
	credentials: Record<string, ICredentialType>;
}

const cache = new Map<string, Promise<LoadedPackage>>();

/**
 * Loads a built community package the way n8n does: package.json and what its `n8n` section lists.
 * @param folder a folder with a package.json; this repository when left out (build it first).
 */
export async function loadPackage(folder: string = packageFolder): Promise<LoadedPackage> {
	const known = cache.get(folder);
	if (known) return await known;
	const loading = load(folder);
	cache.set(folder, loading);
	return await loading;
}

async function load(folder: string): Promise<LoadedPackage> {
	await startEngine();
	const loader = new PackageDirectoryLoader(folder);
	const missing = [
		...(loader.packageJson.n8n?.nodes ?? []),
		...(loader.packageJson.n8n?.credentials ?? []),
	].filter((file) => !existsSync(join(folder, file)));
	if (missing.length > 0) {
		throw new Error(`Not built: ${missing.join(', ')} in ${folder}. Run "npm run build" first.`);
	}
	await loader.loadAll();
	const name = loader.packageName;
	return {
		name,
		folder,
		nodes: Object.fromEntries(
			Object.entries(loader.nodeTypes).map(([node, { type }]) => [`${name}.${node}`, type]),
		),
		credentials: Object.fromEntries(
			Object.entries(loader.credentialTypes).map(([credential, { type }]) => [credential, type]),
		),
	};
}
