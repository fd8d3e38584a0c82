import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { getLedgers } from '../api/settlement';
import type { Ledger } from '../ledger/ledger';
import { ledgerName } from '../ledger/ledgerName';
import { assertAny, clientOf, found, matching } from './search';

const toOption = (ledger: Ledger): INodePropertyOptions => ({
	name: ledgerName(ledger),
	value: ledger.ledgerId,
});

async function readOptions(context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const ledgers = await getLedgers(clientOf(context));
	assertAny(
		context,
		ledgers,
		'These keys have access to no ledger',
		'An accounting partner is given access by the merchant, in the business portal under Reports → Accounting partners. With the keys of a sales unit: one that takes no payments has no ledger.',
	);
	return ledgers.map(toOption);
}

/** The ledgers for a picker of one, searchable by everything that their names show. */
export async function searchLedgers(
	this: ILoadOptionsFunctions,
	filter?: string,
	page?: string,
): Promise<INodeListSearchResult> {
	return found(await readOptions(this), filter, page);
}

/** The ledgers for the trigger's picker of several. */
export async function getLedgerOptions(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return matching(await readOptions(this));
}
