import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { getLedgers } from '../api/settlement';
import type { Ledger } from '../ledger/ledger';
import { ledgerName } from '../ledger/ledgerName';
import { createClient } from '../transport/client';
import { CREDENTIAL_TYPES, type Authentication } from '../descriptions/authentication';

const toOption = (ledger: Ledger): INodePropertyOptions => ({
	name: ledgerName(ledger),
	value: ledger.ledgerId,
});

async function loadLedgers(context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const authentication = context.getNodeParameter(
		'authentication',
		'accountingApi',
	) as Authentication;
	const client = createClient(context, CREDENTIAL_TYPES[authentication]);
	const options = (await getLedgers(client)).map(toOption);
	return options.sort((a, b) => a.name.localeCompare(b.name));
}

/** The ledgers for the trigger's picker of several. */
export async function getLedgerOptions(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await loadLedgers(this);
}

/** The ledgers for a picker of one, searchable by everything that their names show. */
export async function searchLedgers(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const wanted = filter.trim().toLowerCase();
	const options = await loadLedgers(this);
	return { results: options.filter(({ name }) => name.toLowerCase().includes(wanted)) };
}
