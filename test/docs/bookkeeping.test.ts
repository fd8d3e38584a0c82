/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toMajor } from '../../nodes/shared/money';
import { FORMATS } from '../../nodes/shared/settlement/formats';
import { PRESETS } from '../../nodes/shared/settlement/vouchers/chart';
import { packageFolder } from '../harness';
import { vouchersOf, WORKED_EXAMPLE } from '../shared/settlement/formats/vouchers';

const guide = readFileSync(join(packageFolder, 'docs', 'bookkeeping.md'), 'utf8');

/** The cells of the table with this header, without the header. */
function table(...header: string[]): string[][] {
	const cells = (line: string) =>
		line
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim());
	const lines = guide.split(/\r?\n/);
	const first = lines.findIndex((line) => cells(line).join() === header.join());
	expect(first).toBeGreaterThan(0);
	const rest = lines.slice(first + 2);
	return rest
		.slice(
			0,
			rest.findIndex((line) => !line.startsWith('|')),
		)
		.map(cells);
}

it('shows the voucher of the worked example as it is made', () => {
	const [voucher] = vouchersOf({ entries: WORKED_EXAMPLE });
	const amount = (minor: number) => (minor === 0 ? '' : toMajor(minor));
	expect(table('Line', 'Role', 'Account', 'Debit', 'Credit')).toEqual(
		voucher.lines.map(({ text, role, account, debit, credit }) => [
			text,
			role,
			account,
			amount(debit),
			amount(credit),
		]),
	);
});

it('explains every role, and shows every account of the presets', () => {
	const roles = Object.keys(PRESETS.none.accounts).sort();
	const explained = table('Role', 'Is').map(([role]) => role.replaceAll('`', ''));
	expect(explained.sort()).toEqual(roles);
	const { norway, denmark, finland } = PRESETS;
	const shown = table('Role', 'Norway', 'Denmark', 'Finland');
	expect(Object.fromEntries(shown.map(([role, ...accounts]) => [role, accounts]))).toEqual(
		Object.fromEntries(
			Object.keys(PRESETS.none.accounts).map((role) => [
				role,
				[norway, denmark, finland].map(({ accounts }) => accounts[role as keyof typeof accounts]),
			]),
		),
	);
});

it('names every format, and the only currency where there is one', () => {
	const shown = table('Format', 'Is', 'Mind');
	expect(shown.map(([name]) => name.replaceAll('`', '')).sort()).toEqual(
		Object.keys(FORMATS).sort(),
	);
	for (const [name, , mind] of shown) {
		const { currency, ownIds } = FORMATS[name.replaceAll('`', '') as keyof typeof FORMATS];
		expect(/(\w+) only/.exec(mind.replace('a part of a file only', ''))?.[1]).toBe(currency);
		expect(mind.includes('preset None')).toBe(ownIds === true);
	}
});
