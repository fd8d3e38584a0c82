import type { IDataObject, INodeParameters } from 'n8n-workflow';
import {
	startSimulator,
	type CredentialStore,
	type NodeResult,
	type Simulator,
} from '../../../harness';
import { customer, NEW_PAYMENT, pay } from '../../../support/pay';
import { apiRequests, forgetRequests, type LoggedRequest } from '../../../support/simulated';
import { merchantKeys } from '../../../support/vipps';

export const REFERENCE = 'acme-shop-order-1';
export const AUTHORIZED = 49_900;

/** As short as n8n allows. */
export const RETRY_ON_FAIL = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

/** So long that the node gives up at once instead of repeating. */
export const TOO_LONG = { 'retry-after': '3600' };

export type Options = Parameters<typeof pay>[2];

/** A merchant's simulator with one approved payment, and the requests for it. */
export class Till {
	private constructor(
		readonly simulator: Simulator,
		private credentials: CredentialStore,
	) {}

	static async open(): Promise<Till> {
		const simulator = await startSimulator({ data: 'empty' });
		return new Till(simulator, await merchantKeys(simulator));
	}

	/** Starts over, with a payment that the customer has approved, and a token at hand. */
	async reset(options: IDataObject = {}): Promise<void> {
		const { simulator } = this;
		await simulator.reset({ options: { writesPerMinute: 0, readsPerMinute: 0, ...options } });
		this.credentials = await merchantKeys(simulator);
		const { error } = await this.pay({ ...NEW_PAYMENT, reference: REFERENCE });
		if (error) throw error;
		await customer(simulator, 'approve', REFERENCE);
		await forgetRequests(simulator);
	}

	async pay(parameters: INodeParameters, options: Options = {}): Promise<NodeResult> {
		return await pay(this.simulator, parameters, { credentials: this.credentials, ...options });
	}

	/** Captures or refunds a part, in minor units, or everything that is left. */
	async move(
		operation: 'capture' | 'refund',
		amount: number | string | 'full',
		options: IDataObject = {},
		run: Options = {},
	): Promise<NodeResult> {
		const part = { amountMode: 'partial', amount, amountUnit: 'minor', currency: 'NOK' };
		const how = amount === 'full' ? { amountMode: 'full' } : part;
		return await this.pay(
			{ operation, reference: REFERENCE, ...how, options } as INodeParameters,
			run,
		);
	}

	async cancel(options: IDataObject = {}, run: Options = {}): Promise<NodeResult> {
		const parameters = { operation: 'cancel', reference: REFERENCE, options };
		return await this.pay(parameters as INodeParameters, run);
	}

	/** What the simulator knows of the payment: [captured, refunded, cancelled]. */
	async sums(): Promise<number[]> {
		const { aggregate } = await this.truth();
		const { capturedAmount, refundedAmount, cancelledAmount } = aggregate;
		return [capturedAmount.value, refundedAmount.value, cancelledAmount.value];
	}

	/** The successful changes of the payment, by their event's name. */
	async events(): Promise<string[]> {
		const { events } = await this.truth();
		return events.filter(({ success }) => success).map(({ name }) => name);
	}

	private async truth() {
		interface Money {
			value: number;
		}
		interface Truth {
			aggregate: Record<'capturedAmount' | 'refundedAmount' | 'cancelledAmount', Money>;
			events: Array<{ name: string; success: boolean }>;
		}
		const { control } = this.simulator;
		const params = { reference: REFERENCE };
		const { data } = await control.get<{ payments: Truth[] }>('/payments', { params });
		return data.payments[0];
	}

	/** The writes that arrived, those of a stale token left out. */
	async writes(): Promise<LoggedRequest[]> {
		return (await apiRequests(this.simulator)).filter(({ method }) => method !== 'GET');
	}

	async keys(): Promise<string[]> {
		return (await this.writes()).map(({ headers }) => headers['idempotency-key']);
	}
}
