import type { SalesUnit } from '../salesUnits.mts';
import { chooseShipping, shareProfile, type Shared, type ShippingDetails } from './customer.mts';
import type { Money, PaymentOrder } from './order.mts';
import { Refusal } from './refusal.mts';

export type State = 'CREATED' | 'AUTHORIZED' | 'ABORTED' | 'EXPIRED' | 'TERMINATED';
export type EventName = State | 'CANCELLED' | 'CAPTURED' | 'REFUNDED';
export type Operation = 'capture' | 'refund' | 'cancel';

/** One line of a payment's history, in the API's field names. */
export interface PaymentEvent {
	reference: string;
	pspReference: string;
	name: EventName;
	amount: Money;
	timestamp: string;
	idempotencyKey: string | null;
	success: boolean;
}

/** Minor units. */
export interface Totals {
	authorized: number;
	cancelled: number;
	captured: number;
	refunded: number;
}

/** A refusal that somebody ordered for the next changes of one kind. */
export interface OrderedFailure {
	operation: Operation;
	code: number;
	status?: number | undefined;
	times: number;
}

/** What a change of a payment comes with. */
export interface Occasion {
	/** Milliseconds. */
	now: number;
	idempotencyKey: string | null;
}

/** What a payment needs of the world around it. */
export interface Surroundings {
	nextPspReference(): string;
	/** Is told of everything that happens to the payment, when it has happened. */
	tell(payment: Payment, event: PaymentEvent): void;
}

const dayMs = 86_400_000;
const timeoutMs = 600_000;
/** How long a capture is guaranteed here: as for most cards. The real time depends on the card (assumption). */
const guaranteedDays = 7;
const refundDays = 365;

const eventOf = { capture: 'CAPTURED', refund: 'REFUNDED', cancel: 'CANCELLED' } as const;

/** A payment: its order, its state, the money that has moved, and what happened. */
export class Payment {
	readonly unit: SalesUnit;
	readonly order: PaymentOrder;
	/** Leads from the redirect address to the payment. */
	readonly token: string;
	readonly events: PaymentEvent[] = [];
	readonly totals: Totals = { authorized: 0, cancelled: 0, captured: 0, refunded: 0 };
	readonly failures: OrderedFailure[] = [];
	/** Milliseconds. */
	readonly createdAt: number;
	/** Milliseconds; a payment that is not approved by then has expired. */
	readonly expiresAt: number;
	state: State = 'CREATED';
	/** Milliseconds. */
	authorizedAt: number | null = null;
	shared: Shared | null = null;
	shippingDetails: ShippingDetails | null = null;
	readonly #surroundings: Surroundings;

	constructor(
		unit: SalesUnit,
		order: PaymentOrder,
		token: string,
		surroundings: Surroundings,
		{ now, idempotencyKey }: Occasion,
	) {
		this.unit = unit;
		this.order = order;
		this.token = token;
		this.createdAt = now;
		this.expiresAt = order.expiresAt ? Date.parse(order.expiresAt) : now + timeoutMs;
		this.#surroundings = surroundings;
		this.#happen('CREATED', order.amount.value, { now, idempotencyKey });
	}

	get reference(): string {
		return this.order.reference;
	}

	/** The reference of the payment as a whole: the first event's. */
	get pspReference(): string {
		return this.events[0]!.pspReference;
	}

	/** What the customer pays. Assumption: shipping counts from the moment at which it is chosen. */
	get amount(): Money {
		return this.#money(this.order.amount.value + (this.shippingDetails?.shippingCost ?? 0));
	}

	/** Milliseconds; captures are possible until then. */
	get captureDeadline(): number {
		const { market, configuration } = this.unit;
		const days = market === 'NO' || configuration.lateCaptureAllowed ? 180 : 14;
		return this.authorizedAt! + days * dayMs;
	}

	/** Milliseconds; null until the payment has been approved. */
	get captureGuaranteedUntil(): number | null {
		return this.authorizedAt === null ? null : this.authorizedAt + guaranteedDays * dayMs;
	}

	/** The customer says yes. @throws Refusal 6230 when that happened before, 10010 in another final state */
	approve(now: number): void {
		if (this.state === 'AUTHORIZED') throw new Refusal(6230);
		if (this.state !== 'CREATED') throw new Refusal(10010);
		const { market } = this.unit;
		this.shared = shareProfile(this.order, market);
		this.shippingDetails = chooseShipping(this.order, market);
		this.state = 'AUTHORIZED';
		this.authorizedAt = now;
		this.totals.authorized = this.amount.value;
		this.#happen('AUTHORIZED', this.amount.value, { now, idempotencyKey: null });
	}

	/** The customer says no, does nothing in time, or the merchant calls it off. The payment must be CREATED. */
	end(state: 'ABORTED' | 'EXPIRED' | 'TERMINATED', occasion: Occasion): void {
		this.state = state;
		this.#happen(state, this.amount.value, occasion);
	}

	/**
	 * Takes reserved money.
	 * @returns the event
	 * @throws Refusal, and nothing has changed
	 */
	capture(amount: Money, occasion: Occasion): PaymentEvent {
		if (this.state === 'CREATED') throw new Refusal(6080);
		if (this.state === 'TERMINATED') throw new Refusal(6070);
		if (this.state !== 'AUTHORIZED') throw new Refusal(6200);
		this.#checkAmount(amount);
		const { authorized, cancelled, captured } = this.totals;
		// A cancellation releases all that is left, so nothing can be captured after it.
		if (cancelled > 0) throw new Refusal(6070);
		if (captured === authorized) throw new Refusal(6170);
		if (occasion.now > this.captureDeadline) throw new Refusal(6100);
		if (captured + amount.value > authorized) throw new Refusal(6090);
		const isPartial = amount.value < authorized;
		if (isPartial && !this.unit.configuration.partialCaptureAllowed) throw new Refusal(6140);
		this.#failIfOrdered('capture', amount.value, occasion);
		this.totals.captured += amount.value;
		return this.#happen('CAPTURED', amount.value, occasion);
	}

	/**
	 * Gives captured money back.
	 * @returns the event
	 * @throws Refusal, and nothing has changed
	 */
	refund(amount: Money, occasion: Occasion): PaymentEvent {
		if (this.state === 'CREATED') throw new Refusal(6020);
		if (this.state !== 'AUTHORIZED') throw new Refusal(6210);
		this.#checkAmount(amount);
		const { captured, refunded } = this.totals;
		if (captured > 0 && captured === refunded) throw new Refusal(6180);
		if (refunded + amount.value > captured) throw new Refusal(6150);
		// Assumption: one page counts from the reservation, another from the capture.
		if (occasion.now > this.authorizedAt! + refundDays * dayMs) throw new Refusal(6220);
		this.#failIfOrdered('refund', amount.value, occasion);
		this.totals.refunded += amount.value;
		return this.#happen('REFUNDED', amount.value, occasion);
	}

	/**
	 * Ends a payment that nobody has approved, or releases all that is reserved and not captured.
	 * @param onlyUnapproved leaves an approved payment alone
	 * @throws Refusal, and nothing has changed
	 */
	cancel(onlyUnapproved: boolean, occasion: Occasion): void {
		if (this.state === 'TERMINATED') throw new Refusal(6190);
		if (this.state === 'ABORTED' || this.state === 'EXPIRED') throw new Refusal(6050);
		if (this.state === 'CREATED') {
			this.#failIfOrdered('cancel', this.amount.value, occasion);
			this.end('TERMINATED', occasion);
			return;
		}
		if (onlyUnapproved) throw new Refusal(6060);
		const { authorized, cancelled, captured } = this.totals;
		if (captured === authorized) throw new Refusal(6040);
		if (cancelled > 0) throw new Refusal(6190);
		if (occasion.now > this.captureDeadline) throw new Refusal(6030);
		const rest = authorized - captured;
		this.#failIfOrdered('cancel', rest, occasion);
		this.totals.cancelled = rest;
		this.#happen('CANCELLED', rest, occasion);
	}

	#checkAmount({ currency, value }: Money): void {
		if (currency !== this.order.amount.currency) throw new Refusal(5040);
		// Assumption: the smallest amount of the currency is for new payments only.
		if (value === 0) throw new Refusal(4040);
	}

	#failIfOrdered(operation: Operation, value: number, occasion: Occasion): void {
		const failure = this.failures.find((one) => one.operation === operation && one.times > 0);
		if (!failure) return;
		failure.times--;
		this.#happen(eventOf[operation], value, occasion, false);
		throw new Refusal(failure.code, failure.status === undefined ? {} : { status: failure.status });
	}

	#happen(
		name: EventName,
		value: number,
		{ now, idempotencyKey }: Occasion,
		success = true,
	): PaymentEvent {
		const event: PaymentEvent = {
			reference: this.reference,
			pspReference: this.#surroundings.nextPspReference(),
			name,
			amount: this.#money(value),
			timestamp: new Date(now).toISOString(),
			idempotencyKey,
			success,
		};
		this.events.push(event);
		this.#surroundings.tell(this, event);
		return event;
	}

	#money(value: number): Money {
		return { currency: this.order.amount.currency, value };
	}
}
