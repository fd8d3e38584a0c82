import { sleep } from 'n8n-workflow';
import type { Payment, PaymentEvent } from '../../nodes/shared/payment/payment';
import type { Simulator } from '../harness';
import { paymentsOf } from '../support/pay';

/** The only payment that the simulator has, once it is there. */
export async function onlyPayment(
	simulator: Simulator,
): Promise<Payment & { events: PaymentEvent[] }> {
	for (let look = 0; look < 100; look++) {
		const payments = await paymentsOf(simulator);
		if (payments.length > 1) throw new Error('There is more than one payment');
		if (payments.length === 1) return payments[0] as never;
		await sleep(50);
	}
	throw new Error('There is no payment');
}
