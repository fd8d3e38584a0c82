import { randomBytes, randomUUID } from 'node:crypto';
import { checkedIn } from './events.mts';

/** Somebody's wish to be told of events at an address. */
export interface Registration {
	id: string;
	url: string;
	events: readonly string[];
	/** What its deliveries are signed with. */
	secret: string;
	/** The sales unit that it is about; null for all of the partner's. */
	msn: string | null;
	/** Milliseconds. */
	createdAt: number;
	/** When its endpoint first failed to take a delivery since it last took one, in milliseconds. */
	failingSince: number | null;
}

/** There are as many registrations for an event as there may be. */
export class LimitError extends Error {
	constructor(event: string, limit: number) {
		super(`At most ${limit} webhooks can be registered for ${event}`);
	}
}

const limit = 25;
const qrLimit = 1;

/**
 * The registrations of a sales unit, or of the partner. Assumption: what the partner registers on
 * behalf of a sales unit is among the sales unit's own.
 */
export class Registrations {
	readonly #registrations = new Map<string, Registration>();

	get all(): Registration[] {
		return [...this.#registrations.values()];
	}

	/** @param msn null for those of the partner */
	of(msn: string | null): Registration[] {
		return this.all.filter((registration) => registration.msn === msn);
	}

	/**
	 * The same address and events may be registered again (assumption), and are told twice then.
	 * @param now milliseconds
	 * @throws LimitError for the first event that has its share
	 */
	add(msn: string | null, url: string, events: readonly string[], now: number): Registration {
		for (const event of events) {
			const most = event === checkedIn ? qrLimit : limit;
			const count = this.of(msn).filter((known) => known.events.includes(event)).length;
			if (count >= most) throw new LimitError(event, most);
		}
		const registration: Registration = {
			id: randomUUID(),
			url,
			events: [...new Set(events)],
			// Looks like base64 as the documented one does, and is not to be decoded.
			secret: randomBytes(64).toString('base64'),
			msn,
			createdAt: now,
			failingSince: null,
		};
		this.#registrations.set(registration.id, registration);
		return registration;
	}

	/** Whether it is still there. */
	has(id: string): boolean {
		return this.#registrations.has(id);
	}

	/** @returns whether there was one of that id among those of `msn` */
	remove(msn: string | null, id: string): boolean {
		return this.#registrations.get(id)?.msn === msn && this.#registrations.delete(id);
	}
}
