import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { apiOf } from './api.mjs';
import { randomWhole } from './killsRandom.mjs';
import { eventually } from './polls.mjs';
import { createWebhookWorld, PAYMENT_EVENTS } from './webhookWorld.mjs';

/** Told in every cycle, so it is among the events whatever else changes. */
const TOLD = 'epayments.payment.captured.v1';
const FEWER_EVENTS = [TOLD, 'epayments.payment.refunded.v1'];

/** What is done while the trigger is on, in turn. */
const MEANWHILE = ['leaveAlone', 'changeEvents', 'switchQuickly'];

/** n8n and the trigger do some things a moment later. */
const SETTLED_WITHIN_S = 60;
const AT_REST_MS = 3_000;

/**
 * A webhook trigger is switched on and off, again and again; n8n is stopped and killed meanwhile.
 *
 * @param {import('node:test').TestContext} test
 * @param {object} what
 * @param {number} what.cycles
 * @param {number} what.restartEvery in every so manieth cycle n8n is started anew, once while the trigger is on and once when it is off
 * @param {(line: string) => void} what.tell takes what happens
 * @returns {Promise<Record<string, number>>} how often what was done
 */
export async function liveThroughCycles(test, { cycles, restartEvery, tell }) {
	const life = new Life(await createWebhookWorld(test), tell);
	await life.registerOthers();
	for (let cycle = 1; cycle <= cycles; cycle++) {
		tell(`cycle ${cycle} of ${cycles}`);
		await life.on();
		const isRestart = cycle % restartEvery === 0;
		if (isRestart) await life.restart(1);
		else await life[MEANWHILE[cycle % MEANWHILE.length]]();
		await life.off();
		if (isRestart) await life.restart(0);
	}
	await life.assertOthersUntouched();
	await life.assertEachStartedOnce();
	return life.done;
}

class Life {
	/** How often what was done. */
	done = {
		'switched on': 0,
		'switched off': 0,
		'off and on again at once': 0,
		'events changed while on': 0,
		'stopped (SIGTERM)': 0,
		'killed (SIGKILL)': 0,
		'events told': 0,
	};
	#references = [];
	#others = [];

	constructor(world, tell) {
		this.world = world;
		this.tell = tell;
		this.version = world.workflow;
	}

	/** Webhooks that are somebody else's. */
	async registerOthers() {
		const { simulator } = this.world;
		const registration = { url: 'https://example.com/another', events: PAYMENT_EVENTS };
		for (const kind of ['merchant', 'partner']) {
			const post = await apiOf(simulator, kind);
			this.#others.push((await post('/webhooks/v1/webhooks', registration)).id);
		}
	}

	async on() {
		await this.world.rest.activate(this.version);
		this.done['switched on']++;
		await this.#settlesAt(1);
		await this.#happens();
	}

	async off() {
		await this.world.rest.deactivate(this.version);
		this.done['switched off']++;
		await this.#settlesAt(0);
	}

	/** Stops or kills n8n, and starts it again. */
	async restart(count) {
		const { server } = this.world;
		const turn = this.done['stopped (SIGTERM)'] + this.done['killed (SIGKILL)'];
		// Killed while on, stopped when off; the next time the other way round.
		const isKill = [0, 3].includes(turn % 4);
		if (isKill) await server.kill();
		else await server.stop();
		this.done[isKill ? 'killed (SIGKILL)' : 'stopped (SIGTERM)']++;
		await this.world.restart();
		await this.#comesToRestAt(count);
		if (count > 0) await this.#happens();
	}

	/** Publishes the workflow with other events while it is on. */
	async changeEvents() {
		const { rest, contentOf, registrations } = this.world;
		const before = (await registrations())[0].events.length;
		const events = before === FEWER_EVENTS.length ? PAYMENT_EVENTS : FEWER_EVENTS;
		this.version = await rest.updateWorkflow(this.version, contentOf(events));
		await rest.activate(this.version);
		this.done['events changed while on']++;
		const haveChanged = async () => {
			const own = await this.#count();
			assert.notEqual(own.length, 0, 'for a moment there was no registration');
			return own.length === 1 && own[0].events.length === events.length;
		};
		await eventually(haveChanged, 'The other events are registered', SETTLED_WITHIN_S);
		await this.#comesToRestAt(1);
		await this.#happens();
	}

	/** Off and on again, now and then before n8n or the trigger has done anything. */
	async switchQuickly() {
		await this.world.rest.deactivate(this.version);
		await sleep(randomWhole(0, 3_000));
		await this.world.rest.activate(this.version);
		this.done['off and on again at once']++;
		await this.#comesToRestAt(1);
		await this.#happens();
	}

	async leaveAlone() {}

	/** An event is told, and taken. */
	async #happens() {
		const { simulator } = this.world;
		const number = ++this.done['events told'];
		const body = {
			msn: '123456',
			reference: `cycle-event-${number}`,
			pspReference: String(number),
			name: 'CAPTURED',
			amount: { currency: 'NOK', value: 100 },
			timestamp: new Date().toISOString(),
			success: true,
		};
		const { told } = await simulator.control('POST', '/webhooks/events', { event: TOLD, body });
		this.#references.push(body.reference);
		// The others are told as well: they are at an address that is not on this computer.
		assert.ok(told > this.#others.length, 'nobody was told');
		const isTaken = async () => {
			const { deliveries } = await simulator.control('GET', '/webhooks/deliveries');
			return deliveries.some(({ reference, accepted }) => accepted && reference === body.reference);
		};
		await eventually(isTaken, `${body.reference} is taken`, SETTLED_WITHIN_S);
		await simulator.control('DELETE', '/webhooks/deliveries');
	}

	async #count() {
		const own = await this.world.registrations();
		assert.ok(own.length <= 2, `${own.length} registrations at once`);
		return own;
	}

	async #settlesAt(count) {
		const isSo = async () => (await this.#count()).length === count;
		await eventually(isSo, `There are ${count} registrations`, SETTLED_WITHIN_S);
	}

	/** While one registration takes another's place there may be two for a moment. */
	async #comesToRestAt(count) {
		let since;
		const isAtRest = async () => {
			if ((await this.#count()).length !== count) since = undefined;
			else since ??= Date.now();
			return Date.now() - since >= AT_REST_MS;
		};
		await eventually(isAtRest, `It stays at ${count} registrations`, SETTLED_WITHIN_S);
	}

	async assertOthersUntouched() {
		const { webhooks } = await this.world.simulator.control('GET', '/webhooks');
		assert.deepEqual(
			webhooks.map(({ id }) => id),
			this.#others,
		);
	}

	async assertEachStartedOnce() {
		const executions = await this.world.executions();
		const started = executions.flatMap(({ items }) => items.map(({ reference }) => reference));
		assert.deepEqual(started.toSorted(), this.#references.toSorted());
	}
}
