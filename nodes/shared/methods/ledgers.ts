import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { getLedgers } from '../api/settlement';
import type { Ledger } from '../ledger/ledger';
import { ledgerName } from '../ledger/ledgerName';
import { clientOf, found } from './search';

const toOption = (ledger: Ledger): INodePropertyOptions => ({
	name: ledgerName(ledger),
	value: ledger.ledgerId,
});

/** The ledgers for a picker of one, searchable by everything that their names show. */
export async function searchLedgers(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return found((await getLedgers(clientOf(this))).map(toOption), filter);
}

/** The ledgers for the trigger's picker of several. */
export async function getLedgerOptions(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return (await searchLedgers.call(this)).results as INodePropertyOptions[];
}
