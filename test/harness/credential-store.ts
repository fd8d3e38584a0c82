import { Credentials } from 'n8n-core';
import type { ICredentialDataDecryptedObject, INodeCredentials } from 'n8n-workflow';
import { startEngine } from './engine';

interface Row {
	id: string;
	name: string;
	type: string;
	/** Encrypted, as in n8n's database. */
	data: string;
	updates: number;
}

/** Credential data by credential type, as a user would have filled in the fields. */
export type CredentialData = Record<string, ICredentialDataDecryptedObject>;

/**
 * Stands for n8n's table of credentials: rows that are encrypted at rest, so that a token which the
 * engine has cached is there in the next run, and nowhere else. It holds one credential of each type.
 */
export class CredentialStore {
	private readonly rows = new Map<string, Row>();

	/** Adds or replaces the credential of one type. */
	async save(type: string, data: ICredentialDataDecryptedObject): Promise<void> {
		await startEngine();
		const known = this.rows.get(type);
		const id = known?.id ?? `credential-${this.rows.size + 1}`;
		const name = known?.name ?? `${type} account`;
		const credentials = new Credentials({ id, name }, type);
		await credentials.setData(data);
		const { data: encrypted = '' } = credentials.getDataToSave();
		this.rows.set(type, { id, name, type, data: encrypted, updates: known?.updates ?? 0 });
	}

	/** The engine's own write, counted in `updates`. */
	async update(id: string, type: string, data: ICredentialDataDecryptedObject): Promise<void> {
		const row = this.row(id, type);
		await this.save(type, data);
		const saved = this.row(id, type);
		saved.updates = row.updates + 1;
	}

	/** The stored data, decrypted, without the defaults that the engine adds. */
	async read(type: string): Promise<ICredentialDataDecryptedObject> {
		return await this.entity(this.rowOfType(type).id, type).getData();
	}

	/** Changes some stored fields, as a user who edits the credential does. */
	async edit(type: string, changes: ICredentialDataDecryptedObject): Promise<void> {
		await this.save(type, { ...(await this.read(type)), ...changes });
	}

	/** How often the engine has written this credential (once per token that it fetched). */
	updates(type: string): number {
		return this.rowOfType(type).updates;
	}

	/** What lies in the "database": the cipher text. */
	atRest(type: string): string {
		return this.rowOfType(type).data;
	}

	/** The engine's object for one row, as n8n makes it for each use. */
	entity(id: string | null, type: string): Credentials {
		const row = this.row(id, type);
		return new Credentials({ id: row.id, name: row.name }, row.type, row.data);
	}

	/** What a node's `credentials` says in a workflow file, for those of the types that are here. */
	referencesFor(types: string[]): INodeCredentials {
		const references: INodeCredentials = {};
		for (const type of types) {
			const row = this.rows.get(type);
			if (row) references[type] = { id: row.id, name: row.name };
		}
		return references;
	}

	private row(id: string | null, type: string): Row {
		const row = this.rows.get(type);
		if (!row || row.id !== id) {
			throw new Error(`Credential with ID "${id}" does not exist for type "${type}".`);
		}
		return row;
	}

	private rowOfType(type: string): Row {
		const row = this.rows.get(type);
		if (!row) throw new Error(`No credential of type "${type}" is stored`);
		return row;
	}
}

/**
 * A store with one credential per given type.
 * @example const credentials = await storeCredentials({ vippsMobilePayAccountingApi: { ... } });
 */
export async function storeCredentials(data: CredentialData): Promise<CredentialStore> {
	const store = new CredentialStore();
	for (const [type, fields] of Object.entries(data)) await store.save(type, fields);
	return store;
}
