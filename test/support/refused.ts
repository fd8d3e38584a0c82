import type { INodeParameters } from 'n8n-workflow';
import type { Simulator } from '../harness';
import { NEW_PAYMENT, pay } from './pay';
import { requestLog } from './simulated';

/**
 * Each of two items is refused by itself, with the reason and with what to do, and nothing is sent:
 * not even a token is asked for. The parameters are those that differ from a payment in order.
 */
export async function expectRefused(
	simulator: Simulator,
	parameters: INodeParameters,
	message: RegExp,
	advice: RegExp,
): Promise<void> {
	const { json, error } = await pay(
		simulator,
		{ ...NEW_PAYMENT, ...parameters },
		{ items: [{}, {}], continueOnFail: true },
	);
	expect(error).toBeUndefined();
	expect(json).toHaveLength(2);
	for (const [item, { error: text, details }] of json.entries()) {
		expect(text).toMatch(message);
		expect(String(text).endsWith(` [item ${item}]`)).toBe(true);
		expect(details).toMatch(advice);
	}
	expect((await requestLog(simulator)).total).toBe(0);
}
