import type { IExecuteFunctions } from 'n8n-workflow';
import { getDatePage } from '../../../shared/api/sales';
import type { ReadBook } from '../../../shared/books/readBook';
import type { Ledger } from '../../../shared/ledger/ledger';
import { readDates } from '../../../shared/ledger/readDates';
import { FIRST_SALES, type DatedSale } from '../../../shared/settlement/reconcile';
import type { ApiClient } from '../../../shared/transport/client';

/** Executions that have been told already. */
const told = new WeakSet<IExecuteFunctions>();

/** The Sales API covers numbers (Vippsnummer, MobilePay-nummer) and card terminals, not API payments. */
export const coversSales = ({ settlesForRecipientHandles: handles = [] }: Ledger): boolean =>
	handles.some((handle) => !handle.startsWith('api:'));

/** The sales of the dates of a book; undefined with keys that cannot read them, which is said once. */
export async function readSales(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
	{ ledgerId, dates }: ReadBook,
): Promise<DatedSale[] | undefined> {
	if (context.getNodeParameter('authentication', itemIndex) === 'merchantApi') {
		if (!told.has(context)) {
			context.addExecutionHints({
				message:
					'Merchant keys cannot read sales, so this is worked out from the ledger alone. Accounting keys also give the sales with order lines and VAT.',
				location: 'outputPane',
			});
		}
		told.add(context);
		return undefined;
	}
	const readings = await readDates(
		dates.filter((date) => date >= FIRST_SALES),
		async (date, cursor) => {
			const page = await getDatePage(client, ledgerId, date, cursor);
			return { ...page, entries: page.entries.map((sale): DatedSale => ({ date, sale })) };
		},
		{ sideBySide: client.concurrency },
	);
	return readings.flatMap(({ entries }) => entries);
}
