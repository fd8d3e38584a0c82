import type { Clock } from './clock.mts';
import { closeDate } from './settlement.mts';
import { Ledger, type LedgerInput } from './ledger.mts';
import { ProductOrders } from './productOrders.mts';
import { Random } from './random.mts';
import { SalesUnits } from './salesUnits.mts';

/** Everything that the simulated Vipps MobilePay knows: ledgers with their books, sales units, orders, and what time it is. */
export class World {
	readonly clock: Clock;
	readonly random: Random;
	readonly ledgers = new Map<string, Ledger>();
	readonly salesUnits = new SalesUnits();
	readonly productOrders: ProductOrders;
	/** How refunds are signed in the Sales API is unknown; see the option of the same name. */
	readonly refundSign: 1 | -1;
	#lastPspReference = 35_054_310_398;
	#sequence = 0;
	#nextSettlement = 0;

	constructor(clock: Clock, seed: number, refundSign: 1 | -1) {
		this.clock = clock;
		this.random = new Random(seed);
		// Numbers of their own, so that an order changes nothing else in the world.
		this.productOrders = new ProductOrders(new Random(~seed));
		this.refundSign = refundSign;
	}

	/** @throws Error when the ledger id is taken */
	addLedger(input: LedgerInput): Ledger {
		if (this.ledgers.has(input.ledgerId))
			throw new Error(`Ledger ${input.ledgerId} exists already`);
		const ledger = new Ledger(input);
		ledger.terms.openDate ??= ledger.dateAt(this.clock.now());
		this.ledgers.set(ledger.id, ledger);
		this.salesUnits.addOf(ledger);
		this.#nextSettlement = 0;
		return ledger;
	}

	/** The time (milliseconds). Ledger dates that are over by then have been settled. */
	now(): number {
		const now = this.clock.now();
		if (now >= this.#nextSettlement) this.#settle(now);
		return now;
	}

	/** True while entries with that ledger date may still arrive. */
	isOpen(ledger: Ledger, date: string): boolean {
		return date >= ledger.dateAt(this.now());
	}

	/** A reference that no other movement has. */
	nextPspReference(): string {
		this.#lastPspReference += this.random.int(1, 97);
		return String(this.#lastPspReference);
	}

	/** 0..999, counting on, so that movements within a millisecond keep their order. */
	nextMicros(): number {
		return this.#sequence++ % 1000;
	}

	#settle(now: number): void {
		this.#nextSettlement = Infinity;
		for (const ledger of this.ledgers.values()) {
			const today = ledger.dateAt(now);
			while (ledger.terms.openDate! < today) closeDate(ledger, ledger.terms.openDate!, this.random);
			this.#nextSettlement = Math.min(this.#nextSettlement, ledger.endOf(ledger.terms.openDate!));
		}
	}
}
