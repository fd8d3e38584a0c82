import { setTimeout as sleep } from 'node:timers/promises';
import type { Behaviour } from '../options.mts';
import type { Registration, Registrations } from '../world/webhooks/registrations.mts';
import type { World } from '../world/world.mts';
import { DeliveryLog, type Delivery, type Kind } from './deliveryLog.mts';
import { forge } from './forgery.mts';
import { letterTo, type Letter } from './letter.mts';
import { MischiefList, type Mischief } from './mischief.mts';
import { occurrenceOf, type Occurrence } from './occurrence.mts';
import { post, type Answer } from './post.mts';
import { Queues, type Job } from './queues.mts';
import { pauseAfter, triedFor, unresponsiveFor } from './schedule.mts';
import { isLoopback } from './target.mts';

const monthSeconds = 2_592_000;

/** How a delivery differs from the event's own. */
export interface Extra {
	/** How it is forged. */
	forgery?: string | undefined;
	/** Which bit or character a forgery changes. */
	bit?: number | undefined;
	/** How old its date is, in seconds; below 0 for one in the future. */
	ageSeconds?: number | undefined;
}

interface Surroundings {
	world: World;
	registrations: Registrations;
	behaviour: Behaviour;
}

/** Tells endpoints what happens, by signed requests, again and again until they take it. */
export class Deliveries {
	readonly log = new DeliveryLog();
	readonly mischief = new MischiefList();
	readonly #surroundings: Surroundings;
	readonly #queues: Queues;
	readonly #occurrences = new Map<number, Occurrence>();
	#number = 0;
	#ended = false;

	constructor(surroundings: Surroundings) {
		this.#surroundings = surroundings;
		this.#queues = new Queues(surroundings.behaviour.webhookConcurrency, (job) => this.#work(job));
	}

	/** How many events have not been taken yet, each counted for each endpoint. */
	get pending(): number {
		return this.#queues.size;
	}

	/**
	 * Tells all who registered for an event of that sales unit, or of all.
	 * @returns the number of the event, and how many are told
	 */
	announce(event: string, msn: string, body: Buffer): { eventNumber: number; told: number } {
		const { registrations, world } = this.#surroundings;
		const occurrence = occurrenceOf(++this.#number, event, msn, body);
		const isPartners = Boolean(world.salesUnits.get(msn)?.connectedToPartner);
		const told = registrations.all.filter(
			(known) =>
				known.events.includes(event) && (known.msn === msn || (known.msn === null && isPartners)),
		);
		if (told.length > 0) this.#occurrences.set(occurrence.number, occurrence);
		for (const registration of told) {
			const mischief = this.mischief.next();
			this.#queues.add({ registration, occurrence, attempts: 0, firstAt: 0, dueAt: 0, mischief });
		}
		return { eventNumber: occurrence.number, told: told.length };
	}

	/** Goes on with what has waited long enough by the simulator's clock. */
	tick(): void {
		this.#queues.wake(this.#surroundings.world.clock.now());
	}

	/** No delivery begins after this. */
	end(): void {
		this.#ended = true;
		this.#queues.clear();
	}

	/**
	 * Sends an event that was told before once more, as it was or otherwise, outside of any order.
	 * @throws Error when the event or the registration is not there
	 */
	async sendAgain(
		eventNumber: number,
		registrationId: string | undefined,
		kind: Kind,
		extra: Extra,
	): Promise<Delivery> {
		const occurrence = this.#occurrences.get(eventNumber);
		if (!occurrence) throw new Error(`There is no event ${eventNumber} that anybody was told of`);
		const registration = this.#surroundings.registrations.all.find(
			({ id, events }) => (registrationId ?? id) === id && events.includes(occurrence.event),
		);
		if (!registration) throw new Error('There is no such registration for that event');
		return await this.#send({ registration, occurrence }, kind, 1, extra);
	}

	async #work(job: Job): Promise<void> {
		const { registrations, world } = this.#surroundings;
		if (this.#ended || !registrations.has(job.registration.id)) return this.#queues.finish(job);
		const due = job.mischief;
		job.mischief = [];
		for (const { kind, delayMs = 1000 } of due) {
			if (kind === 'delay') await sleep(delayMs);
			if (kind === 'reorder' && (await this.#queues.letPass(job, delayMs))) {
				job.mischief = due.filter((other) => other.kind !== 'reorder' && other.kind !== 'delay');
				return;
			}
		}
		if (job.attempts === 0) job.firstAt = world.clock.now();
		const delivery = await this.#deliver(job, due);
		this.#settle(job, delivery.accepted);
	}

	/** One attempt, with what has been ordered before, at the same moment and after. */
	async #deliver(job: Job, due: Mischief[]): Promise<Delivery> {
		const { world, behaviour } = this.#surroundings;
		const isOf = (...kinds: Mischief['kind'][]) => due.filter(({ kind }) => kinds.includes(kind));
		const [atOnce, afterwards] = [true, false].map((wanted) =>
			isOf('repeat').filter(({ concurrently = false }) => concurrently === wanted),
		) as [Mischief[], Mischief[]];
		await this.#disturb(job, isOf('forge'));
		const keepsDate = behaviour.webhookRetryDate === 'original';
		const ageSeconds = keepsDate ? (world.clock.now() - job.firstAt) / 1000 : 0;
		const [delivery] = await Promise.all([
			this.#send(job, 'true', ++job.attempts, { ageSeconds }),
			this.#disturb(job, atOnce),
		]);
		if (delivery.accepted) await this.#disturb(job, [...afterwards, ...isOf('late')]);
		return delivery;
	}

	/** What becomes of a job after an attempt: it is over, or is tried again. */
	#settle(job: Job, accepted: boolean): void {
		const { registrations, world, behaviour } = this.#surroundings;
		const { registration, attempts, firstAt } = job;
		const now = world.clock.now();
		if (accepted) {
			registration.failingSince = null;
			return this.#queues.finish(job);
		}
		registration.failingSince ??= now;
		if (now - registration.failingSince >= unresponsiveFor) {
			registrations.remove(registration.msn, registration.id);
			return this.#queues.finish(job);
		}
		if (now - firstAt >= triedFor) return this.#queues.finish(job);
		this.#queues.wait(job, now + pauseAfter(attempts) / behaviour.webhookRetrySpeed);
	}

	async #disturb(job: Job, due: Mischief[]): Promise<void> {
		for (const mischief of due) {
			const { copies = 1, concurrently } = mischief;
			const send = () => this.#disturbance(job, mischief);
			if (concurrently) await Promise.all(Array.from({ length: copies }, send));
			else for (let copy = 0; copy < copies; copy++) await send();
		}
	}

	async #disturbance(job: Job, mischief: Mischief): Promise<void> {
		const { kind, forgery, ageSeconds = monthSeconds } = mischief;
		if (kind === 'late') await this.#send(job, 'late', 1, { ageSeconds });
		else if (kind === 'repeat') await this.#send(job, 'repeated', 1);
		else {
			const next = this.mischief.nextForgery();
			await this.#send(job, 'forged', 1, { ...next, forgery: forgery ?? next.forgery });
		}
	}

	async #send(
		job: Pick<Job, 'registration' | 'occurrence'>,
		kind: Kind,
		attempt: number,
		extra: Extra = {},
	): Promise<Delivery> {
		const { registration, occurrence } = job;
		const sentAt = this.#surroundings.world.clock.now();
		const letter = this.#write(job, sentAt, extra);
		const answer = await this.#post(registration, letter);
		const { event, number, reference, pspReference } = occurrence;
		const { status } = answer;
		return this.log.add({
			registrationId: registration.id,
			eventNumber: number,
			event,
			reference,
			pspReference,
			kind,
			forgery: extra.forgery ?? null,
			attempt,
			sentAt: new Date(sentAt).toISOString(),
			...answer,
			accepted: status !== null && status >= 200 && status < 300,
		});
	}

	#write(
		{ registration, occurrence: { body } }: Pick<Job, 'registration' | 'occurrence'>,
		now: number,
		{ forgery, bit = 0, ageSeconds = 0 }: Extra,
	): Letter {
		const date = new Date(now - ageSeconds * 1000).toUTCString();
		if (forgery === undefined) return letterTo(registration, body, date);
		return forge(forgery, { registration, body, date, bit });
	}

	async #post({ url }: Registration, letter: Letter): Promise<Answer> {
		const { webhookTargets, webhookTimeoutSeconds } = this.#surroundings.behaviour;
		if (webhookTargets === 'loopback' && !isLoopback(url)) {
			const error = 'Not sent: the address is not on this computer';
			return { status: null, error, headers: {}, body: '', ms: 0 };
		}
		return await post(letter, webhookTimeoutSeconds * 1000);
	}
}
