import type { IDataObject, INodeExecutionData, INodeType } from 'n8n-workflow';
import { describeNode } from './describe';

const tables = new Map<string, IDataObject[]>();

/** The rows of a table; n8n keeps them from run to run. */
export const rowsOf = (table: string): IDataObject[] => tables.get(table) ?? [];

export const forgetTables = (): void => tables.clear();

interface Condition {
	keyName: string;
	condition: string;
	keyValue: unknown;
}

const PARAMETERS = ['resource', 'operation', 'tableName', 'matchType'];

/** Makes a table, adds rows to it or writes over them, and lets through what has no row in it. A table's name is its ID. */
export const dataTableNode: INodeType = {
	description: describeNode('dataTable', [
		...PARAMETERS.map((name) => ({
			displayName: name,
			name,
			type: 'string' as const,
			default: '',
		})),
		...['dataTableId', 'filters', 'columns', 'options'].map((name) => ({
			displayName: name,
			name,
			type: 'json' as const,
			default: {},
		})),
	]),
	async execute() {
		const items = this.getInputData();
		const operation = this.getNodeParameter('operation', 0) as string;
		const rows = (item: number): IDataObject[] => {
			const name = this.getNodeParameter('dataTableId.value', item) as string;
			const found = tables.get(name);
			if (!found) throw new Error(`There is no table ${name}`);
			return found;
		};
		const knownRow = (item: number): IDataObject | undefined => {
			const conditions = this.getNodeParameter('filters.conditions', item) as Condition[];
			return rows(item).find((row) =>
				conditions.every(({ keyName, keyValue }) => row[keyName] === keyValue),
			);
		};
		const output = items.flatMap((given, item): INodeExecutionData[] => {
			switch (operation) {
				case 'create': {
					const name = this.getNodeParameter('tableName', item) as string;
					tables.set(name, rowsOf(name));
					return [{ json: { id: name, name }, pairedItem: { item } }];
				}
				case 'insert': {
					const row = this.getNodeParameter('columns.value', item) as IDataObject;
					rows(item).push(row);
					return [{ json: row, pairedItem: { item } }];
				}
				case 'upsert': {
					const row = this.getNodeParameter('columns.value', item) as IDataObject;
					const known = knownRow(item);
					if (known) Object.assign(known, row);
					else rows(item).push(row);
					return [{ json: row, pairedItem: { item } }];
				}
				case 'rowNotExists':
					return knownRow(item) ? [] : [{ ...given, pairedItem: { item } }];
				default:
					throw new Error(`No ${operation} here`);
			}
		});
		return [output];
	},
};
