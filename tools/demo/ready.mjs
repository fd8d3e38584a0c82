import { addCapturedPayment } from '../../e2e/lib/payments.mjs';

/** The payment that the example of a refund asks for. */
const REFUNDABLE = { reference: 'example-order-1', value: 49_900 };

/**
 * Gives the simulator what the examples need that a person starts: a payment to refund, and
 * product orders that take a step each time they are looked at.
 *
 * @param {import('../../e2e/lib/simulator.mjs').Simulator} simulator
 */
export async function makeReady(simulator) {
	await simulator.control('POST', '/reset', { options: { orders: 'progress' } });
	await addCapturedPayment(simulator, REFUNDABLE);
}
