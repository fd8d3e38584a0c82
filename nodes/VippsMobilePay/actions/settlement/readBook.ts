import type { IExecuteFunctions } from 'n8n-workflow';
import { readPages, type ReadBook } from '../../../shared/books/readBook';
import { currencyOf } from '../../../shared/settlement/entry';
import type { ApiClient } from '../../../shared/transport/client';
import { assertClosed, findLedger, readLedgerId, readPeriod } from '../../parameters';

/** The complete, closed dates of the period that the user has asked for. */
export async function readBook(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<ReadBook> {
	const ledgerId = readLedgerId(context, itemIndex);
	const dates = await readPeriod(context, client, itemIndex, ledgerId);
	const ledger = await findLedger(context, client, itemIndex, ledgerId);
	const { funds, fees, open } = await readPages(client, ledgerId, dates);
	assertClosed(
		context,
		itemIndex,
		open,
		'End the period earlier, or try again when the date is closed, so that no sum is partial.',
	);
	return {
		ledgerId,
		ledger,
		currency: currencyOf([...funds, ...fees], ledger.currency),
		dates,
		fromDate: dates[0],
		toDate: dates[dates.length - 1],
		funds,
		fees,
	};
}
