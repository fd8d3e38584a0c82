import { buildWorld } from './data/sets.mts';
import { Deliveries } from './delivery/deliveries.mts';
import { eventNameOf, payloadOf } from './delivery/payload.mts';
import { Faults } from './faults.mts';
import { Idempotency } from './idempotency.mts';
import { behaviourOf, checkOptions, type Behaviour, type Options } from './options.mts';
import { RateLimit } from './rateLimit.mts';
import { RequestLog } from './requestLog.mts';
import { Tokens } from './tokens.mts';
import { Payments } from './world/payment/payments.mts';
import { Registrations } from './world/webhooks/registrations.mts';
import type { World } from './world/world.mts';

/** What a world is made from. */
export interface Setup {
	/** A data set's name. */
	data: string;
	seed: number;
	/** A moment in any form that Date.parse knows: the clock stands still there. Real time without it. */
	now?: string | undefined;
	options: Options;
}

/** The state behind the server. The routes hold on to this object; a reset renews what is in it. */
export class Simulator {
	setup!: Setup;
	world!: World;
	behaviour!: Behaviour;
	tokens!: Tokens;
	payments!: Payments;
	registrations!: Registrations;
	deliveries!: Deliveries;
	idempotency!: Idempotency;
	rateLimit!: RateLimit;
	readonly faults = new Faults();
	readonly log = new RequestLog();

	constructor(setup: Setup) {
		this.reset(setup);
	}

	/**
	 * Builds the world anew and forgets payments, webhooks, tokens, idempotency keys, faults and requests.
	 * @throws Error for an unknown data set or option, or an unreadable time; the old world stays then
	 */
	reset(setup: Setup): void {
		const { data, seed, now, options } = setup;
		checkOptions(options);
		if (!Number.isSafeInteger(seed)) throw new Error('seed is a whole number');
		this.world = buildWorld(data, seed, options, now === undefined ? undefined : readMoment(now));
		this.behaviour = behaviourOf(options);
		this.registrations = new Registrations();
		this.deliveries?.end();
		const deliveries = new Deliveries(this);
		this.deliveries = deliveries;
		this.payments = new Payments(this.world, this.behaviour, (payment, event) => {
			const body = Buffer.from(JSON.stringify(payloadOf(payment, event)));
			deliveries.announce(eventNameOf(event), payment.unit.msn, body);
		});
		this.setup = setup;
		this.tokens = new Tokens();
		this.idempotency = new Idempotency(this.behaviour.idempotency === 'remembers');
		this.rateLimit = new RateLimit();
		this.faults.clear();
		this.log.clear();
	}

	/** Lets happen what is due by the clock, without being asked anything. To be called often. */
	tick(): void {
		this.payments.catchUp();
		this.deliveries.tick();
	}
}

/** @returns milliseconds @throws Error when the text is no point in time */
export function readMoment(text: string): number {
	const moment = Date.parse(text);
	if (Number.isNaN(moment)) throw new Error(`${text} is not a point in time`);
	return moment;
}
