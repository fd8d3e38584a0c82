import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * One way of working through the pages of a ledger, in a process of its own, so that its memory
 * is its own: `node --expose-gc bench/settlement.mjs <file of pages> <way>`. Prints seconds of
 * processor time (the median of several runs; what else the machine does does not count) and the
 * peak memory of the process in MB.
 */
const [file, way] = process.argv.slice(2);
const built = createRequire(new URL('../dist/nodes/shared/settlement/', import.meta.url));
const { currencyOf, toMoneyEntry } = built('./entry.js');
const { findSales, payoutNumbers, reconcile } = built('./reconcile.js');
const { PRESETS } = built('./vouchers/chart.js');
const { createVouchers } = built('./vouchers/createVouchers.js');
const RUNS = 11;

const { fromDate, toDate, pages } = JSON.parse(readFileSync(file, 'utf8'));

/** What every way begins with: the bodies of the answers, as texts. */
const parse = () =>
	pages.map(({ topic, date, text }) => ({ topic, date, items: JSON.parse(text).items }));

/** As the node does it: of each page only what is needed is kept. */
function read() {
	const book = { ledgerId: '600002', currency: '', dates: [], funds: [], fees: [] };
	const sales = [];
	for (const { topic, date, text } of pages) {
		const { items } = JSON.parse(text);
		if (book.dates.at(-1) !== date) book.dates.push(date);
		if (topic === 'sales') for (const sale of items) sales.push({ date, sale });
		else for (const item of items) book[topic].push(toMoneyEntry(item, topic, date));
	}
	book.currency = currencyOf([...book.funds, ...book.fees]);
	return { book, sales };
}

function vouchers(groupBy) {
	const { book, sales } = read();
	return createVouchers(book, {
		chart: PRESETS.norway,
		vatLines: 'separate',
		groupBy,
		saleOf: findSales(book, sales),
		payouts: [],
	});
}

const WAYS = {
	load: () => pages,
	parse,
	fields() {
		const { book, sales } = read();
		return [...book.funds, ...book.fees, ...sales];
	},
	reconcile() {
		const { book, sales } = read();
		const payoutNumberOf = payoutNumbers(book.funds);
		return reconcile(book, { fromDate, toDate, sales, coversSales: true, payoutNumberOf });
	},
	'vouchers by date': () => vouchers('ledgerDate'),
	'vouchers by transaction': () => vouchers('transaction'),
};

const seconds = [];
let count = 0;
for (let run = 0; run < RUNS; run++) {
	globalThis.gc();
	const before = process.cpuUsage();
	count = WAYS[way]().length;
	const { user, system } = process.cpuUsage(before);
	seconds.push((user + system) / 1_000_000);
}
seconds.sort((a, b) => a - b);
const peakMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ count, seconds: seconds[(RUNS - 1) / 2], peakMb }));
