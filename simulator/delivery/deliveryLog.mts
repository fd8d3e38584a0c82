import type { Answer } from './post.mts';

/** What a request to an endpoint was: the event itself, or one that somebody ordered. */
export type Kind = 'true' | 'repeated' | 'late' | 'forged';

export interface Delivery extends Answer {
	/** Counts on from 1, in the order of the answers. */
	number: number;
	registrationId: string;
	/** Which event; deliveries of the same event have the same number. */
	eventNumber: number;
	event: string;
	/** As the payload has them; null where it has none. */
	reference: string | null;
	pspReference: string | null;
	kind: Kind;
	/** How it was forged. */
	forgery: string | null;
	/** 1 for the first. */
	attempt: number;
	/** By the simulator's clock. */
	sentAt: string;
	accepted: boolean;
}

const kept = 50_000;

/** What has been sent to endpoints, and their answers. */
export class DeliveryLog {
	#deliveries: Delivery[] = [];
	#number = 0;
	#counts: Record<string, number> = {};

	add(delivery: Omit<Delivery, 'number'>): Delivery {
		const numbered = { number: ++this.#number, ...delivery };
		this.#deliveries.push(numbered);
		if (this.#deliveries.length >= 2 * kept) this.#deliveries = this.#deliveries.slice(-kept);
		this.#count(delivery.kind);
		this.#count(`${delivery.kind}Accepted`, delivery.accepted);
		return numbered;
	}

	/** @param number those after it @param limit so many at most */
	after(number: number, limit: number): Delivery[] {
		const first = this.#deliveries[0]?.number ?? 0;
		const start = Math.max(0, number - first + 1);
		return this.#deliveries.slice(start, start + limit);
	}

	/** How many there were of each kind, and how many of these were accepted. */
	get counts(): Record<string, number> {
		return { ...this.#counts };
	}

	clear(): void {
		this.#deliveries = [];
		this.#counts = {};
	}

	#count(name: string, doesCount = true): void {
		this.#counts[name] = (this.#counts[name] ?? 0) + Number(doesCount);
	}
}
