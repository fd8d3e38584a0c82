import { randomUUID } from 'node:crypto';
import { apiOf } from './api.mjs';

/**
 * A merchant's requests to the ePayment API, in NOK.
 *
 * @param {import('./simulator.mjs').Simulator} simulator
 */
export async function merchantOf(simulator) {
	const post = await apiOf(simulator, 'merchant');
	const write = async (path, body) =>
		await post(`/epayment/v1/payments${path}`, body, { 'idempotency-key': randomUUID() });
	const amountOf = (value) => ({ currency: 'NOK', value });
	return {
		create: async (reference, value) =>
			await write('', {
				reference,
				amount: amountOf(value),
				paymentMethod: { type: 'WALLET' },
				userFlow: 'WEB_REDIRECT',
				returnUrl: 'https://example.com/thanks',
			}),
		capture: async (reference, value) =>
			await write(`/${reference}/capture`, { modificationAmount: amountOf(value) }),
		refund: async (reference, value) =>
			await write(`/${reference}/refund`, { modificationAmount: amountOf(value) }),
		cancel: async (reference) => await write(`/${reference}/cancel`, {}),
	};
}

/**
 * Makes a payment that is approved and captured, for what comes after that.
 *
 * @param {import('./simulator.mjs').Simulator} simulator
 * @param {{ reference: string, value: number }} payment value: øre
 */
export async function addCapturedPayment(simulator, { reference, value }) {
	const merchant = await merchantOf(simulator);
	await merchant.create(reference, value);
	await simulator.control('POST', '/payments/approve', { reference });
	await merchant.capture(reference, value);
}

/** Every payment that the simulator has, the oldest first. */
export async function paymentsOf(simulator) {
	return (await simulator.control('GET', '/payments')).payments;
}
