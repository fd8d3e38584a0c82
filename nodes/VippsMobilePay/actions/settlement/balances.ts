import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { balanceBreaks, type BalanceBreak } from '../../../shared/settlement/continuity';
import type { Book } from '../../../shared/settlement/entry';
import { refusal } from '../../parameters';

export const balanceBreaksOption: INodeProperties = {
	displayName: 'Balance Breaks',
	name: 'balanceBreaks',
	type: 'options',
	options: [
		{
			name: 'Refuse',
			value: 'refuse',
			description: 'Stop and say where, because something is missing there',
		},
		{
			name: 'Report',
			value: 'report',
			description: 'Go on, and list the places in the output',
		},
	],
	default: 'refuse',
	description: 'What to do when the balances of the ledger do not follow from one another',
};

/** The places where balances break, if the user wants to hear of them instead of stopping. */
export function checkBalances(
	context: IExecuteFunctions,
	itemIndex: number,
	{ funds, fees }: Book,
): BalanceBreak[] {
	const breaks = [...balanceBreaks(funds), ...balanceBreaks(fees)];
	const mode = context.getNodeParameter('options.balanceBreaks', itemIndex, 'refuse') as string;
	if (breaks.length === 0 || mode === 'report') return breaks;
	throw refusal(
		context,
		itemIndex,
		`The balances of the ledger do not follow from one another: ${breaks[0].explanation}`,
		`Something is missing at ${breaks.length} ${breaks.length > 1 ? 'places' : 'place'}. Try again later; if it stays, ask Vipps MobilePay about these entries. With the option 'Balance Breaks' set to Report you can go on.`,
	);
}
