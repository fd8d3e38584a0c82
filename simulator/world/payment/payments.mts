import { randomUUID } from 'node:crypto';
import type { Ledger } from '../ledger.mts';
import { capture, refund } from '../movements.mts';
import type { SalesUnit } from '../salesUnits.mts';
import type { World } from '../world.mts';
import type { Money, PaymentOrder } from './order.mts';
import { Payment, type Occasion, type PaymentEvent, type Surroundings } from './payment.mts';
import { Refusal } from './refusal.mts';
import { checkOrder } from './rules.mts';

/** What the customer does when nobody tells. */
export interface CustomerHabit {
	customer: 'waits' | 'approves' | 'aborts';
	/** How long after the creation, by the world's clock. */
	customerSeconds: number;
}

/** The payments of a world. A reference is unique within its sales unit. */
export class Payments {
	readonly #world: World;
	readonly #habit: CustomerHabit;
	readonly #surroundings: Surroundings;
	readonly #payments = new Map<string, Payment>();
	/** Those that customer and time may still act upon. */
	readonly #open = new Set<Payment>();

	/** @param tell is told of everything that happens to any payment */
	constructor(world: World, habit: CustomerHabit, tell: Surroundings['tell']) {
		this.#world = world;
		this.#habit = habit;
		this.#surroundings = { nextPspReference: () => world.nextPspReference(), tell };
	}

	/** All of them, each as it is now. */
	get all(): Payment[] {
		return [...this.#payments.values()].map((payment) => this.#asOfNow(payment));
	}

	/** @throws Refusal with the code of the first rule that the order breaks; 4150 when the reference is taken */
	create(unit: SalesUnit, order: PaymentOrder, idempotencyKey: string): Payment {
		const now = this.#world.now();
		const id = `${unit.msn} ${order.reference}`;
		if (this.#payments.has(id)) throw new Refusal(4150);
		checkOrder(order, unit, now);
		const occasion = { now, idempotencyKey };
		const payment = new Payment(unit, order, randomUUID(), this.#surroundings, occasion);
		this.#payments.set(id, payment);
		this.#open.add(payment);
		return payment;
	}

	/** Lets customers and time do what is due, for those who are told of it and ask nothing. */
	catchUp(): void {
		for (const payment of this.#open) {
			if (this.#asOfNow(payment).state !== 'CREATED') this.#open.delete(payment);
		}
	}

	/** @throws Refusal 5090 when the sales unit has no payment with that reference */
	find(msn: string, reference: string): Payment {
		const payment = this.#payments.get(`${msn} ${reference}`);
		if (!payment) throw new Refusal(5090);
		return this.#asOfNow(payment);
	}

	/** The payment that a redirect address leads to. */
	findByToken(token: string): Payment | undefined {
		return this.all.find((payment) => payment.token === token);
	}

	/** Captures, and enters the money on the ledger that settles for the sales unit. @throws Refusal */
	capture(payment: Payment, amount: Money, occasion: Occasion): void {
		const event = payment.capture(amount, occasion);
		this.#enter(capture, payment, event, occasion.now);
	}

	/** Refunds, and enters the money on the ledger. @throws Refusal */
	refund(payment: Payment, amount: Money, occasion: Occasion): void {
		const event = payment.refund(amount, occasion);
		this.#enter(refund, payment, event, occasion.now);
	}

	#enter(move: typeof capture, { unit }: Payment, event: PaymentEvent, at: number): void {
		const ledger = this.#ledgerOf(unit.msn, event.amount.currency);
		if (!ledger) return;
		const handle = `api:${unit.msn}`;
		const { settlesForRecipientHandles: handles } = ledger.facts;
		move(this.#world, ledger, {
			at,
			amount: event.amount.value,
			reference: event.reference,
			pspReference: event.pspReference,
			recipientHandle: handles.includes(handle) ? handle : ledger.handle,
			// The Sales API has no payments that came through an API.
			inSales: false,
		});
	}

	#ledgerOf(msn: string, currency: string): Ledger | undefined {
		const ledgers = [...this.#world.ledgers.values()].filter(
			({ facts }) => facts.currency === currency,
		);
		return (
			ledgers.find(({ facts }) => facts.settlesForRecipientHandles.includes(`api:${msn}`)) ??
			ledgers.find(({ terms }) => terms.alsoReachedBy === msn)
		);
	}

	/** What customer and time have done since somebody looked last. */
	#asOfNow(payment: Payment): Payment {
		if (payment.state !== 'CREATED') return payment;
		const now = this.#world.now();
		const { customer, customerSeconds } = this.#habit;
		const acts = payment.createdAt + customerSeconds * 1000;
		if (customer !== 'waits' && acts <= now && acts < payment.expiresAt) {
			if (customer === 'approves') payment.approve(acts);
			else payment.end('ABORTED', { now: acts, idempotencyKey: null });
		} else if (payment.expiresAt <= now) {
			payment.end('EXPIRED', { now: payment.expiresAt, idempotencyKey: null });
		}
		return payment;
	}
}
