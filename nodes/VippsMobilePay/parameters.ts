import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { getLedgers } from '../shared/api/settlement';
import type { Ledger } from '../shared/ledger/ledger';
import {
	addDays,
	countDates,
	dateInZone,
	listDates,
	parseLedgerDate,
	type LedgerDate,
} from '../shared/ledger/dates';
import { timeZoneOf } from '../shared/ledger/market';
import { MSN } from '../shared/msn';
import type { ApiClient } from '../shared/transport/client';
import { DEFAULT_LIMITS, limitsOf, MOST_SIDE_BY_SIDE, type Limits } from '../shared/transport/gate';

/** Ten years: more is a mistyped year, which would send a request for each of its days. */
const MOST_DATES = 3_660;

/** A merchant serial number as people paste it: with blanks, or as the handle of a ledger. */
export const barePastedMsn = (text: string): string =>
	text.replace(/\s/g, '').replace(/^api:/i, '');

/** A value as it was given, for messages. */
export const show = (value: unknown): string => JSON.stringify(value) ?? String(value);

/** A refusal that names the item and says what to do. */
export const refusal = (
	context: IExecuteFunctions,
	itemIndex: number,
	message: string,
	description: string,
) =>
	new NodeOperationError(context.getNode(), `${message} [item ${itemIndex}]`, {
		description,
		itemIndex,
	});

/** A text parameter that must not be empty. */
export function readText(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	displayName: string,
): string {
	const value = context.getNodeParameter(name, itemIndex, '', { extractValue: true }) as unknown;
	const text =
		typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
	if (text === '') {
		throw refusal(
			context,
			itemIndex,
			`The parameter '${displayName}' is empty`,
			`Enter a value for '${displayName}', or check the expression that gives it.`,
		);
	}
	return text;
}

/** A choice from a list, which an expression may have missed. */
export function oneOf<T extends string>(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	displayName: string,
	values: readonly T[],
	fallback: T,
): T {
	const given = context.getNodeParameter(name, itemIndex, fallback) as unknown;
	if (values.includes(given as T)) return given as T;
	throw refusal(
		context,
		itemIndex,
		`The parameter '${displayName}' cannot be ${show(given)}`,
		`It is one of ${values.join(', ')}.`,
	);
}

/**
 * The sales unit that an item is for, when it is not the credential's.
 *
 * @throws NodeOperationError unless it is a merchant serial number
 */
export function readMsnOption(context: IExecuteFunctions, itemIndex: number): string | undefined {
	const given = context.getNodeParameter('options.merchantSerialNumber', itemIndex, '') as unknown;
	const msn = String(given ?? '').trim();
	if (msn === '') return undefined;
	if (MSN.test(msn)) return msn;
	throw refusal(
		context,
		itemIndex,
		`The option 'Merchant Serial Number' is not valid: ${show(given)}`,
		'A merchant serial number (MSN) has 4 to 10 digits, such as 123456.',
	);
}

/** The ledger's ID, also out of a whole name as the list shows it ("… · NOK · ledger 302321"). */
export function readLedgerId(context: IExecuteFunctions, itemIndex: number): string {
	const given = readText(context, itemIndex, 'ledgerId', 'Ledger');
	if (/^[a-z]{2,3}:\s*\d+$/i.test(given)) {
		throw refusal(
			context,
			itemIndex,
			`The parameter 'Ledger' is the number of a sales unit, not of its ledger: ${show(given)}`,
			"Choose the ledger from the list, which can be searched for this number, or look its ID up with 'Ledger: Get Many' and the filter Recipient Handle.",
		);
	}
	return given.replace(/^.*\bledger\s+(?=\S+$)/i, '');
}

/** A first run has no cursor yet: an expression then gives nothing. */
export function readCursorParameter(context: IExecuteFunctions, itemIndex: number) {
	const cursor = context.getNodeParameter('cursor', itemIndex, '') as string | null | undefined;
	return String(cursor ?? '').trim() || undefined;
}

/** The most results wanted; Infinity for all. */
export function readLimit(context: IExecuteFunctions, itemIndex: number): number {
	if (context.getNodeParameter('returnAll', itemIndex, false) === true) return Infinity;
	return readWholeNumber(context, itemIndex, 'limit', 'Limit', 50, 1, Number.MAX_SAFE_INTEGER);
}

export function readWholeNumber(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	displayName: string,
	fallback: number,
	least: number,
	most: number,
): number {
	const value = Number(context.getNodeParameter(name, itemIndex, fallback));
	if (!Number.isInteger(value) || value < least || value > most) {
		const range = most === Number.MAX_SAFE_INTEGER ? `at least ${least}` : `${least} to ${most}`;
		throw refusal(
			context,
			itemIndex,
			`The parameter '${displayName}' must be a whole number, ${range}`,
			`Enter a whole number, ${range}.`,
		);
	}
	return value;
}

/** How much may be asked of the API in this run; the first item decides for all. */
export function readLimits(context: IExecuteFunctions): Limits {
	const read = (name: string, displayName: string, fallback: number, least: number, most: number) =>
		readWholeNumber(context, 0, `options.${name}`, displayName, fallback, least, most);
	return limitsOf(
		read(
			'maxConcurrency',
			'Max Concurrent Requests',
			DEFAULT_LIMITS.concurrency,
			1,
			MOST_SIDE_BY_SIDE,
		),
		read('requestsPerSecond', 'Requests per Second', 0, 0, Number.MAX_SAFE_INTEGER),
	);
}

function readDate(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	displayName: string,
): LedgerDate | undefined {
	const value = context.getNodeParameter(name, itemIndex, '') as unknown;
	if (value === '' || value === null || value === undefined) return undefined;
	const date = parseLedgerDate(value);
	if (date !== undefined) return date;
	throw refusal(
		context,
		itemIndex,
		`The parameter '${displayName}' is no date that exists: ${show(value)}`,
		'Enter a date such as 2026-03-31, or leave the field empty for yesterday.',
	);
}

/** The ledgers of the keys, read once for all items of a run. */
const ledgersOfRun = new WeakMap<IExecuteFunctions, Promise<Ledger[]>>();

async function ledgersOf(context: IExecuteFunctions, client: ApiClient): Promise<Ledger[]> {
	const known = ledgersOfRun.get(context) ?? getLedgers(client);
	ledgersOfRun.set(context, known);
	return await known;
}

/** @throws NodeOperationError when the keys have no access to the ledger */
export async function findLedger(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
	ledgerId: string,
): Promise<Ledger> {
	const ledger = (await ledgersOf(context, client)).find((one) => one.ledgerId === ledgerId);
	if (ledger) return ledger;
	throw refusal(
		context,
		itemIndex,
		`These keys have no access to the ledger ${ledgerId}`,
		'Choose the ledger from the list. If it is missing there, the merchant has to give access in the business portal under Reports → Accounting partners.',
	);
}

async function yesterdayOf(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
	ledgerId: string,
): Promise<LedgerDate> {
	const ledger = await findLedger(context, client, itemIndex, ledgerId);
	return addDays(dateInZone(client.serverTimeAt(Date.now()), timeZoneOf(ledger)), -1);
}

/** The ledger dates to read, both ends included; an empty end means yesterday in the ledger's market. */
export async function readPeriod(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
	ledgerId: string,
): Promise<LedgerDate[]> {
	const givenFrom = readDate(context, itemIndex, 'fromDate', 'From Date');
	const givenTo = readDate(context, itemIndex, 'toDate', 'To Date');
	const yesterday =
		givenFrom && givenTo ? '' : await yesterdayOf(context, client, itemIndex, ledgerId);
	const from = givenFrom ?? yesterday;
	const to = givenTo ?? yesterday;
	if (from > to) {
		throw refusal(
			context,
			itemIndex,
			`'From Date' (${from}) is after 'To Date' (${to})`,
			'Exchange the two dates, or leave a field empty for yesterday.',
		);
	}
	if (countDates(from, to) > MOST_DATES) {
		throw refusal(
			context,
			itemIndex,
			`The period from ${from} to ${to} has more than ${MOST_DATES} dates`,
			'Check the years, or read the period in parts.',
		);
	}
	return listDates(from, to);
}

/** A part of a period must not pass for the whole. */
export function assertClosed(
	context: IExecuteFunctions,
	itemIndex: number,
	openDates: LedgerDate[],
	advice: string,
): void {
	const open = [...new Set(openDates)];
	if (open.length === 0) return;
	throw refusal(
		context,
		itemIndex,
		`The period is not complete: ${open.join(', ')} ${open.length > 1 ? 'are' : 'is'} still open`,
		`Entries may still be added to an open date. ${advice}`,
	);
}
