import type { GenericValue, IDataObject } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../../harness';
import { NEW_PAYMENT, pay, paymentsOf } from '../../../support/pay';
import { apiRequests, forgetRequests } from '../../../support/simulated';
import { partnerKeys } from '../../../support/vipps';

/** The minor units that arrive, or why nothing was sent. */
type Fate = number | RegExp;

const EMPTY = /because it is empty/;
const NO_NUMBER = /because it is not a number\. Check the expression/;
const NOT_PLAIN = /because it is not a plain number/;
const BLANK = /because it contains a blank/;
const COMMA = /because it contains a comma, which can mean thousands or decimals/;
const NEGATIVE = /because it is negative/;
const TOO_FINE = /because it has more than two decimals\. Round it first/;
const ROUND = /because it has decimals\. Round it first/;
const DECIMALS = /because it has decimals, which minor units have not/;
const SMALL = /is too small.*Check the amount unit/s;
const LARGE = /is too large.*Check the amount unit/s;
const ENDLESS = /because it is too large/;

/** What was given, what becomes of it in major units, and in minor units. */
const TABLE: Array<[given: unknown, major: Fate, minor: Fate]> = [
	// Times 100 as a float, most of these are a hair more or less than what was meant.
	[0.01, 1, DECIMALS],
	[0.07, 7, DECIMALS],
	[0.14, 14, DECIMALS],
	[0.28, 28, DECIMALS],
	[0.29, 29, DECIMALS],
	[0.55, 55, DECIMALS],
	[0.57, 57, DECIMALS],
	[0.58, 58, DECIMALS],
	[1.1, 110, DECIMALS],
	[1.13, 113, DECIMALS],
	[1.15, 115, DECIMALS],
	[2.3, 230, DECIMALS],
	[4.1, 410, DECIMALS],
	[4.35, 435, DECIMALS],
	[5.1, 510, DECIMALS],
	[8.2, 820, DECIMALS],
	[9.95, 995, DECIMALS],
	[10.12, 1012, DECIMALS],
	[16.4, 1640, DECIMALS],
	[19.99, 1999, DECIMALS],
	[33.33, 3333, DECIMALS],
	[35.41, 3541, DECIMALS],
	[37.49, 3749, DECIMALS],
	[64.4, 6440, DECIMALS],
	[69.99, 6999, DECIMALS],
	[131.07, 13107, DECIMALS],
	[145.5, 14550, DECIMALS],
	[1129.6, 112960, DECIMALS],
	[1234.5, 123450, DECIMALS],
	[8192.05, 819205, DECIMALS],
	[32768.01, 3276801, DECIMALS],
	[131072.29, 13107229, DECIMALS],
	[649999.99, 64999999, DECIMALS],
	// More than can be paid with.
	[0.1 + 0.2, TOO_FINE, ROUND],
	[1.005, TOO_FINE, ROUND],
	[2.675, TOO_FINE, ROUND],
	[10.235, TOO_FINE, ROUND],
	[1.1 * 3, TOO_FINE, ROUND],
	[1e-7, NOT_PLAIN, NOT_PLAIN],
	// Whole numbers and the limits.
	[0, SMALL, SMALL],
	[-0, SMALL, SMALL],
	[1, 100, 1],
	[100, 10000, 100],
	[1999, 199900, 1999],
	[650000, 65000000, 650000],
	[650000.01, LARGE, DECIMALS],
	[1000000.01, LARGE, DECIMALS],
	[65000000, LARGE, 65000000],
	[65000001, LARGE, LARGE],
	[2 ** 53 - 1, ENDLESS, LARGE],
	[2 ** 53, ENDLESS, ENDLESS],
	[1e21, NOT_PLAIN, NOT_PLAIN],
	[Number.MAX_VALUE, NOT_PLAIN, NOT_PLAIN],
	[-5, NEGATIVE, NEGATIVE],
	[-0.01, NEGATIVE, NEGATIVE],
	// Text.
	['0.29', 29, DECIMALS],
	['19.99', 1999, DECIMALS],
	['19.9', 1990, DECIMALS],
	['19', 1900, 19],
	['019.90', 1990, DECIMALS],
	['0019', 1900, 19],
	['650000.00', 65000000, DECIMALS],
	['650000.01', LARGE, DECIMALS],
	[' 19.99 ', 1999, DECIMALS],
	['\u00a01999\n', 199900, 1999],
	['1.005', TOO_FINE, ROUND],
	['19.990', TOO_FINE, ROUND],
	['1.000', TOO_FINE, ROUND],
	['0.00', SMALL, DECIMALS],
	['1 234,50', BLANK, BLANK],
	['1 234.50', BLANK, BLANK],
	['1\u00a0234.50', BLANK, BLANK],
	['1\u202f234', BLANK, BLANK],
	['19.99 NOK', BLANK, BLANK],
	['19,99', COMMA, COMMA],
	['1.234,50', COMMA, COMMA],
	['1,234.50', COMMA, COMMA],
	['1,234', COMMA, COMMA],
	['-5', NEGATIVE, NEGATIVE],
	['-0', NEGATIVE, NEGATIVE],
	['\u22125', NOT_PLAIN, NOT_PLAIN],
	['+5', NOT_PLAIN, NOT_PLAIN],
	['.5', NOT_PLAIN, NOT_PLAIN],
	['5.', NOT_PLAIN, NOT_PLAIN],
	['1e3', NOT_PLAIN, NOT_PLAIN],
	['0x10', NOT_PLAIN, NOT_PLAIN],
	['1_000', NOT_PLAIN, NOT_PLAIN],
	["1'234.50", NOT_PLAIN, NOT_PLAIN],
	['19.99.', NOT_PLAIN, NOT_PLAIN],
	['1.234.567', NOT_PLAIN, NOT_PLAIN],
	['kr19.99', NOT_PLAIN, NOT_PLAIN],
	['１９.９９', NOT_PLAIN, NOT_PLAIN],
	['19．99', NOT_PLAIN, NOT_PLAIN],
	['١٩', NOT_PLAIN, NOT_PLAIN],
	['\u200b19', NOT_PLAIN, NOT_PLAIN],
	['NaN', NOT_PLAIN, NOT_PLAIN],
	['Infinity', NOT_PLAIN, NOT_PLAIN],
	['null', NOT_PLAIN, NOT_PLAIN],
	['9'.repeat(30), ENDLESS, ENDLESS],
	['', EMPTY, EMPTY],
	['   ', EMPTY, EMPTY],
	// What an expression gives when something else is wrong.
	[null, EMPTY, EMPTY],
	[undefined, EMPTY, EMPTY],
	[NaN, NOT_PLAIN, NOT_PLAIN],
	[Infinity, NOT_PLAIN, NOT_PLAIN],
	[true, NO_NUMBER, NO_NUMBER],
	[{}, NO_NUMBER, NO_NUMBER],
	[[], NO_NUMBER, NO_NUMBER],
	[[19.99], NO_NUMBER, NO_NUMBER],
	[{ value: 1999, currency: 'DKK' }, NO_NUMBER, NO_NUMBER],
];

let simulator: Simulator;
/** What the node gave for each line of the table, and the payments that came into being. */
const outcomes: Record<string, { json: IDataObject[]; amounts: Map<unknown, unknown> }> = {};

const referenceOf = (line: number) => `float-trap-${line}`;

beforeAll(async () => {
	simulator = await startSimulator({ data: 'empty' });
	for (const amountUnit of ['major', 'minor']) {
		await simulator.reset();
		await forgetRequests(simulator);
		const { json } = await pay(
			simulator,
			{
				...NEW_PAYMENT,
				reference: '={{ $json.reference }}',
				amountUnit,
				amount: '={{ $json.amount }}',
				// Here the smallest payment is one øre.
				currency: 'DKK',
				options: { merchantSerialNumber: '654321' },
			},
			{
				credentials: await partnerKeys(simulator),
				items: TABLE.map(([amount], line) => ({
					json: { amount: amount as GenericValue, reference: referenceOf(line) },
				})),
				continueOnFail: true,
			},
		);
		const payments = await paymentsOf(simulator);
		outcomes[amountUnit] = {
			json,
			amounts: new Map(payments.map(({ reference, amount }) => [reference, amount])),
		};
		// What is refused is refused here, not by the API.
		const statuses = new Set((await apiRequests(simulator)).map(({ status }) => status));
		expect([...statuses]).toEqual([201]);
		expect(await apiRequests(simulator)).toHaveLength(payments.length);
	}
});

describe.each(['major', 'minor'])('an amount in %s units', (unit) => {
	const rows = TABLE.map(([given, major, minor], line) => ({
		given,
		fate: unit === 'major' ? major : minor,
		line,
	}));
	const isNumber = ({ fate }: { fate: Fate }) => typeof fate === 'number';

	it.each(rows.filter(isNumber))('$given is $fate minor units', ({ fate, line }) => {
		const { json, amounts } = outcomes[unit];
		expect(json[line].error).toBeUndefined();
		expect(amounts.get(referenceOf(line))).toEqual({ currency: 'DKK', value: fate });
	});

	it.each(rows.filter((row) => !isNumber(row)))('$given is refused', ({ fate, line }) => {
		const { json, amounts } = outcomes[unit];
		const { error, details } = json[line];
		expect(error).toContain(`[item ${line}]`);
		expect(`${String(error)} ${String(details)}`).toMatch(fate as RegExp);
		expect(amounts.has(referenceOf(line))).toBe(false);
	});
});
