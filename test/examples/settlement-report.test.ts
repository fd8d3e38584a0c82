import { runWorkflow, startSimulator, type Simulator, type WorkflowFile } from '../harness';
import { addEntries } from '../support/simulated';
import { accountingKeys } from '../support/vipps';
import { fileOf } from './binary';
import { readExample, withFields } from './example';

const example = readExample('settlement-report.json');

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ data: 'demo' });
});

beforeEach(async () => await simulator.reset());

async function report(workflow: WorkflowFile = example) {
	const credentials = await accountingKeys(simulator);
	const { error, itemsOf } = await runWorkflow(workflow, { startNode: 'Start', credentials });
	expect(error).toBeUndefined();
	const items = itemsOf('Send or Save the Report');
	expect(items).toHaveLength(1);
	return fileOf(items[0]);
}

const bars = (html: string): string[] =>
	[...html.matchAll(/<title>([^<]+: [^<]+)<\/title>/g)].map(([, title]) => title);

it('shows the worked example from sales to payout', async () => {
	const { name, text } = await report();
	expect(name).toBe('settlement-12345-2022-10-01.html');
	expect(bars(text)).toEqual([
		'Captures: 400.00 NOK',
		'Refunds: −100.00 NOK',
		'Fees: −12.00 NOK',
		'Payout: −288.00 NOK',
	]);
	expect(text).toContain('0.00 + 400.00 − 100.00 − 12.00 − 288.00 = <strong>0.00</strong>');
	expect(text).toContain('<small>payout 2000023</small>');
	expect(text).toContain('match by amount, date and payout number');
	expect(text.match(/<tr><td>/g)).toHaveLength(1 + 4);
});

it('asks nothing of the internet', async () => {
	const { text } = await report();
	expect(text).not.toMatch(/https?:|url\(|@import|<script|<link|src=/);
});

it('is there for several days, and for days on which nothing happened', async () => {
	const days = { ledgerId: '302321', fromDate: '2026-05-04', toDate: '2026-05-05' };
	const { text } = await report(withFields(example, 'Which Dates', days));
	expect(text).toContain('2 payouts');
	const none = { ledgerId: '12345', fromDate: '2022-10-05', toDate: '2022-10-05' };
	const quiet = await report(withFields(example, 'Which Dates', none));
	expect(bars(quiet.text)).toEqual(['Stays: 0.00 NOK']);
	expect(quiet.text).toContain('Nothing was paid out on these dates.');
});

it('shows what a reference holds as text', async () => {
	const entry = {
		pspReference: '9',
		time: '2026-05-06T10:00:00Z',
		ledgerDate: '2026-05-06',
		entryType: 'capture',
		reference: '<img src=x onerror=alert(1)>"&\'',
		currency: 'NOK',
		amount: 123_456_789,
		recipientHandle: 'NO:58771',
	};
	await addEntries(simulator, '302321', 'funds', [entry]);
	const day = { ledgerId: '302321', fromDate: '2026-05-06', toDate: '2026-05-06' };
	const { text } = await report(withFields(example, 'Which Dates', day));
	expect(text).not.toContain('<img');
	expect(text).toContain('&#60;img src=x onerror=alert(1)&#62;&#34;&#38;&#39;');
	expect(text).toContain('1\u202f234\u202f567.89');
	expect(text).toContain('06.05. 12:00');
});
