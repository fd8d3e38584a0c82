/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, type LedgerDate } from '../../../nodes/shared/ledger/dates';
import { toMajor } from '../../../nodes/shared/money';
import { sumOf, type MoneyEntry } from '../../../nodes/shared/settlement/entry';
import { journal } from '../../../nodes/shared/settlement/formats/journal';
import { findSales } from '../../../nodes/shared/settlement/reconcile';
import { chartOf } from '../../../nodes/shared/settlement/vouchers/chart';
import { createVouchers } from '../../../nodes/shared/settlement/vouchers/createVouchers';
import { startSimulator } from '../../harness';
import type { History } from './history';
import { settledWorld } from './worlds';

/**
 * The books of a year, kept by programs that were not written here. They read the vouchers as a
 * plain text journal; what they make of it is held against what the API says its balances are.
 */
const UNTIL = '2026-09-30';
const DAYS = 365;
const ROLES = ['clearing', 'sales', 'fee', 'bank', 'receivable', 'interim', 'vat', 'rounding'];

let histories: History[];
let folder: string;
let file: string;

/** Every ledger has accounts of its own, by its number. */
function journalOf({ book, sales }: History): string {
	const accounts = Object.fromEntries(ROLES.map((role) => [role, book.ledgerId]));
	const vouchers = createVouchers(book, {
		chart: chartOf('norway', accounts, []),
		vatLines: 'separate',
		groupBy: 'ledgerDate',
		saleOf: findSales(book, sales),
		payouts: [],
	});
	expect(vouchers.length).toBeGreaterThan(DAYS / 2);
	return vouchers.map(journal).join('');
}

/** What a bookkeeper adds: invoiced fees are paid on the day, so that they are no debt any more. */
function paidInvoices({ book: { ledgerId, currency, fees } }: History): string {
	return fees
		.filter(({ type }) => type === 'fees-invoiced')
		.map(({ date, amount }) =>
			[
				`${date} Invoice paid`,
				`    receivable:${ledgerId}  ${currency} ${toMajor(amount)}`,
				`    bank:${ledgerId}  ${currency} ${toMajor(-amount)}`,
				'',
				'',
			].join('\n'),
		)
		.join('');
}

beforeAll(async () => {
	const simulator = await startSimulator({ data: 'empty' });
	histories = await settledWorld(simulator, { seed: 5, days: DAYS, salesPerDay: 3, until: UNTIL });
	folder = mkdtempSync(join(tmpdir(), 'settlement-'));
	file = join(folder, 'year.journal');
	writeFileSync(
		file,
		histories.map((history) => journalOf(history) + paidInvoices(history)).join(''),
	);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isThere = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

function run(program: string, ...args: string[]): string {
	const { status, stdout, stderr } = spawnSync(program, ['-f', file, ...args], {
		encoding: 'utf8',
		env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', LEDGER_FILE: file },
		maxBuffer: 2 ** 26,
	});
	expect([status, stderr]).toEqual([0, '']);
	return stdout;
}

/** The API's balance at the end of a date: that of its last entry until then. */
const balanceAt = (entries: MoneyEntry[], date: LedgerDate): number =>
	entries.filter((entry) => entry.date <= date).at(-1)?.balanceAfter ?? 0;

const inMoney = (currency: string, amount: number) =>
	amount === 0 ? '0' : `${currency} ${toMajor(amount)}`;

/** What each account of a ledger has at the end of a date, by the API's entries. */
function expectedOf({ book }: History, date: LedgerDate): [string, string][] {
	const { ledgerId, currency } = book;
	const until = (entries: MoneyEntry[]) => entries.filter((entry) => entry.date <= date);
	const [funds, fees] = [until(book.funds), until(book.fees)];
	const of = (entries: MoneyEntry[], ...types: string[]) =>
		sumOf(entries.filter(({ type }) => types.includes(type)));
	const invoiced = of(fees, 'fees-invoiced');
	const sums: [string, number][] = [
		['bank', 0 - of(funds, 'payout-scheduled', 'payout-aborted') - invoiced],
		['clearing', balanceAt(book.funds, date)],
		['fee', 0 - of(fees, 'capture-fee', 'service-fee')],
		['receivable', balanceAt(book.fees, date)],
	];
	return sums
		.filter(([, amount]) => amount !== 0)
		.map(([role, amount]) => [`${role}:${ledgerId}`, inMoney(currency, amount)]);
}

const CHECKED = /^(bank|clearing|fee|receivable):/;

/** Dates on which the books are looked at: month ends, and some in between. */
const LOOKED_AT = ['2025-10-31', '2026-01-01', '2026-02-28', '2026-03-31', '2026-08-13', UNTIL];

const expectedAt = (date: LedgerDate) =>
	histories.flatMap((history) => expectedOf(history, date)).sort();

const csvRows = (text: string): string[][] =>
	text
		.trim()
		.split('\n')
		.map((line) => line.slice(1, -1).split('","'));

describe('hledger', () => {
	if (!isThere('hledger')) {
		it.skip('is not installed here, so the books were not checked by it', () => undefined);
		return;
	}

	it('finds every transaction balanced', () => {
		run('hledger', 'check');
		const total = csvRows(run('hledger', 'balance', '-O', 'csv')).at(-1);
		expect(total).toEqual(['total', '0']);
	});

	it('has the balances of the API at the end of every date of the year', () => {
		const period = ['-D', '-H', '-b', addDays(UNTIL, 1 - DAYS), '-e', addDays(UNTIL, 1)];
		const [header, ...rows] = csvRows(
			run(
				'hledger',
				'balance',
				...period,
				'--flat',
				'--no-total',
				'-O',
				'csv',
				'^clearing',
				'^receivable',
			),
		);
		expect(header).toHaveLength(DAYS + 1);
		const found = rows.map(([account, ...balances]) => [account, balances]);
		const expected = histories.flatMap(({ book: { ledgerId, currency, dates, funds, fees } }) => [
			[`clearing:${ledgerId}`, dates.map((date) => inMoney(currency, balanceAt(funds, date)))],
			[`receivable:${ledgerId}`, dates.map((date) => inMoney(currency, balanceAt(fees, date)))],
		]);
		// An account that is at nothing on every date is not in the list.
		const moved = expected.filter(([, balances]) => [balances].flat().some((one) => one !== '0'));
		expect(moved.length).toBeGreaterThan(9);
		expect(found.sort()).toEqual(moved.sort());
	});

	it.each(LOOKED_AT)('has on %s what was paid out, charged and left', (date) => {
		const rows = csvRows(
			run('hledger', 'balance', '-e', addDays(date, 1), '--flat', '--no-total', '-O', 'csv'),
		);
		expect(rows.filter(([account]) => CHECKED.test(account)).sort()).toEqual(expectedAt(date));
	});
});

describe('ledger', () => {
	if (!isThere('ledger')) {
		it.skip('is not installed here, so the books were not checked by it', () => undefined);
		return;
	}

	it.each(LOOKED_AT)('has on %s what was paid out, charged and left', (date) => {
		const format = '%(account)\t%(display_total)\n';
		const rows = run(
			'ledger',
			'balance',
			'--flat',
			'--no-total',
			'-e',
			addDays(date, 1),
			'-F',
			format,
		)
			.trim()
			.split('\n')
			.map((line) => line.split('\t'));
		expect(rows.filter(([account]) => CHECKED.test(account)).sort()).toEqual(expectedAt(date));
	});
});
