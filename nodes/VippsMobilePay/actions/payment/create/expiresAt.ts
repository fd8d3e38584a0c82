import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { tryToParseDateTime } from 'n8n-workflow';
import { parseLedgerDate } from '../../../../shared/ledger/dates';
import { refusal, show } from '../../../parameters';

const MINUTE_MS = 60_000;
const SOONEST_MS = 10 * MINUTE_MS;
const LATEST_MS = 60 * 24 * 60 * MINUTE_MS;

export const expiresAtProperty: INodeProperties = {
	displayName: 'Expires At',
	name: 'expiresAt',
	type: 'dateTime',
	default: '',
	description:
		'Until when the customer can pay, instead of 10 minutes: at most 60 days ahead. Needs a receipt, and approval of your sales unit.',
};

/** @param zone time zone of a text that names none */
function parse(given: unknown, zone: string): number {
	// Other texts than ISO dates may mean another day than their reader takes them for. A Date
	// that n8n has made a text of names its zone.
	if (parseLedgerDate(given) === undefined && !/ GMT/.test(String(given))) return Number.NaN;
	try {
		return tryToParseDateTime(given, zone).toMillis();
	} catch {
		return Number.NaN;
	}
}

/**
 * The end of a long-living payment as the API writes times. A time without a zone is one of the
 * workflow's time zone.
 *
 * @param now the API's time, in milliseconds since 1970
 */
export function readExpiresAt(
	context: IExecuteFunctions,
	itemIndex: number,
	given: unknown,
	now: number,
): string | undefined {
	if (given === undefined || given === null || given === '') return undefined;
	const moment = parse(given, context.getTimezone());
	if (Number.isNaN(moment)) {
		throw refusal(
			context,
			itemIndex,
			`The field 'Expires At' is no point in time: ${show(given)}`,
			'Enter a date and time such as 2026-12-31T18:00:00, or an expression such as {{ $now.plus(7, "days") }}.',
		);
	}
	const ahead = moment - now;
	if (ahead > SOONEST_MS && ahead < LATEST_MS) return new Date(moment).toISOString();
	throw refusal(
		context,
		itemIndex,
		`The field 'Expires At' is too ${ahead > SOONEST_MS ? 'late' : 'soon'}: ${new Date(moment).toISOString()}`,
		'It must be more than 10 minutes and less than 60 days ahead.',
	);
}
