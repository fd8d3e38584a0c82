import type { IHookFunctions } from 'n8n-workflow';
import { NodeOperationError, sleep } from 'n8n-workflow';
import { getWebhooks, registerWebhook } from '../shared/api/webhooks';
import { pauseBefore } from '../shared/transport/retry';
import {
	isSameUrl,
	isThere,
	isWanted,
	leaving,
	withoutDeleted,
	type Registration,
	type Wanted,
} from '../shared/webhooks/registration';
import { clientFor, ownerOf, ownRegistrations, stateOf } from './context';
import { CREDENTIAL_TYPE, readEvents, readMsnOption } from './parameters';
import { listedAt, removeAll } from './removal';
import { isPassing, resultOf, type Result } from './result';

/**
 * When a workflow is published anew, n8n calls `delete` for the old version and then `create` for
 * the new one, and `delete` cannot know whether a `create` follows. So the old registration lives
 * on for this long, and goes when the new one is there. Otherwise what happens in between would
 * be told to nobody.
 */
const GRACE_MS = 2_000;

/** Deletes what a node has left behind, once; gives the ids that are deleted. */
type Departure = () => Promise<ReadonlySet<string>>;

/** What still lives that nodes have left, by node. */
const departures = new Map<string, Departure>();

/**
 * Nodes whose registration could not be looked up when n8n started. n8n calls `delete` after
 * such a failure and then tries again by itself; what is registered has to live on until then.
 */
const toBeTriedAgain = new Set<string>();

const TRIED_AGAIN_BY_N8N = ['init', 'leadershipChange'];

const ATTEMPTS = 3;
const LONGEST_REGISTRATION_MS = 45_000;
/** Switching a workflow off waits for this. */
const LONGEST_LOOK_MS = 5_000;

/** How many webhooks there may be for an event and sales unit. */
const MOST_PER_EVENT = 25;
const MOST_FOR_CHECK_INS = 1;
const CHECK_IN = 'user.checked-in.v1';

/** A test run in the editor and the active workflow know nothing of each other. */
const keyOf = (context: IHookFunctions, isTest: boolean): string =>
	`${isTest ? 'test' : 'active'} ${ownerOf(context)}`;

const isTestRun = (context: IHookFunctions): boolean => context.getActivationMode() === 'manual';

const urlOf = (context: IHookFunctions): string => context.getNodeWebhookUrl('default') ?? '';

async function msnOf(context: IHookFunctions): Promise<string> {
	const { merchantSerialNumber } = await context.getCredentials(CREDENTIAL_TYPE);
	return readMsnOption(context) ?? String(merchantSerialNumber ?? '').trim();
}

const readWanted = async (context: IHookFunctions): Promise<Wanted> => ({
	url: urlOf(context),
	events: readEvents(context),
	msn: await msnOf(context),
	owner: ownerOf(context),
});

/** Runs a part of an activation, and takes note when it fails and n8n is going to repeat it. */
async function activating<T>(context: IHookFunctions, work: () => Promise<T>): Promise<T> {
	const key = keyOf(context, isTestRun(context));
	let isDone = false;
	try {
		const result = await work();
		isDone = true;
		return result;
	} finally {
		const isRepeated = TRIED_AGAIN_BY_N8N.includes(context.getActivationMode());
		if (!isDone && isRepeated) toBeTriedAgain.add(key);
		else toBeTriedAgain.delete(key);
	}
}

/** Takes note of what is deleted; its secret counts for a while yet. */
function forget(context: IHookFunctions, deleted: ReadonlySet<string>): void {
	const known = ownRegistrations(context);
	stateOf(context).registrations = withoutDeleted(known, deleted, Date.now());
}

/** Deletes everything for this node but one registration. */
async function removeOthers(
	context: IHookFunctions,
	{ url, msn }: Wanted,
	keptId: string,
	listed: readonly Registration[],
): Promise<void> {
	const own = ownRegistrations(context);
	const known = new Set(own.map(({ id }) => id));
	// One at the same address with a secret that nobody knows: of a lost answer or a lost database.
	const strays = listed.filter((one) => isSameUrl(one.url, url) && !known.has(one.id));
	const others = [...own.filter(isThere), ...strays.map(({ id }) => ({ id, msn }))];
	const removable = others.filter(({ id }) => id !== keptId);
	if (removable.length > 0) forget(context, await removeAll(context, removable));
}

/**
 * Whether exactly what is wanted is registered, with a secret that is known. Anything else for
 * the same address is deleted.
 *
 * @throws NodeApiError, NodeOperationError when that cannot be told
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	return await activating(context, async () => {
		const wanted = await readWanted(context);
		const current = ownRegistrations(context).find((one) => isWanted(one, wanted));
		if (!current) return false;
		const listed = await getWebhooks(clientFor(context, wanted.msn));
		if (!listed.some(({ id }) => id === current.id)) return false;
		await removeOthers(context, wanted, current.id, listed);
		return true;
	});
}

/** Vipps MobilePay delivers to public https addresses only; the simulator also to this computer. */
async function canBeRegistered(context: IHookFunctions): Promise<boolean> {
	const { environment } = await context.getCredentials(CREDENTIAL_TYPE);
	return environment === 'custom' || urlOf(context).startsWith('https://');
}

async function assertPublic(context: IHookFunctions, url: string): Promise<void> {
	if (await canBeRegistered(context)) return;
	throw new NodeOperationError(
		context.getNode(),
		`Vipps MobilePay cannot deliver to the address of this n8n: ${url}`,
		{
			description:
				'Webhooks need an address that begins with https and can be reached from the internet. Set the environment variable WEBHOOK_URL of n8n to it.',
		},
	);
}

const mostOf = (event: string): number =>
	event === CHECK_IN ? MOST_FOR_CHECK_INS : MOST_PER_EVENT;

/** The reason of a refusal when it is that there is no room for another registration. */
function noRoom(
	context: IHookFunctions,
	{ events, msn }: Wanted,
	listed: readonly Registration[],
): NodeOperationError | undefined {
	const countOf = (event: string) => listed.filter((one) => one.events.includes(event)).length;
	const full = events.find((event) => countOf(event) >= mostOf(event));
	if (full === undefined) return undefined;
	const whose = msn === '' ? 'for these keys' : `for sales unit ${msn}`;
	return new NodeOperationError(
		context.getNode(),
		`There are already ${countOf(full)} webhooks for the event ${full} ${whose}, and Vipps MobilePay allows no more`,
		{
			description:
				"See what is registered with the resource 'Webhook', operation 'Get Many', of the Vipps MobilePay node, and delete what is not used any more. Several workflows can share one trigger.",
		},
	);
}

/** Registers, and asks again where an answer was lost or the API was out of order. */
async function tryToRegister(
	context: IHookFunctions,
	{ url, events, msn }: Wanted,
): Promise<Result<{ id: string; secret: string }> & { mayHaveLeftSome: boolean }> {
	const end = Date.now() + LONGEST_REGISTRATION_MS;
	const client = clientFor(context, msn, end);
	let mayHaveLeftSome = false;
	for (let tries = 1; ; tries++) {
		const result = await resultOf(registerWebhook(client, url, events));
		if ('value' in result) return { ...result, mayHaveLeftSome };
		const isOver = tries === ATTEMPTS || Date.now() > end;
		if (!isPassing(result.error) || isOver) return { ...result, mayHaveLeftSome };
		mayHaveLeftSome = true;
		await sleep(pauseBefore(tries - 1));
	}
}

/** Deletes what attempts without an answer may have registered, whose secrets nobody knows. */
async function removeUnknown(
	context: IHookFunctions,
	{ url, msn }: Wanted,
	before: readonly Registration[],
): Promise<void> {
	const known = new Set(before.map(({ id }) => id));
	const listed = await listedAt(context, url, msn);
	const made = listed.filter(({ id }) => !known.has(id));
	await removeAll(
		context,
		made.map(({ id }) => ({ id, msn })),
	);
}

const without = (listed: readonly Registration[], deleted: ReadonlySet<string>) =>
	listed.filter(({ id }) => !deleted.has(id));

/**
 * Registers what is wanted, and then deletes what was registered before: not the other way
 * round, so that nothing happens unheard in between.
 *
 * @param depart deletes what an older version of the workflow has left
 */
async function replace(context: IHookFunctions, depart: Departure): Promise<void> {
	const wanted = await readWanted(context);
	await assertPublic(context, wanted.url);
	const before = await getWebhooks(clientFor(context, wanted.msn));
	let result = await tryToRegister(context, wanted);
	const full = 'error' in result ? noRoom(context, wanted, before) : undefined;
	if (full) {
		// What was registered before may be what takes the last room.
		const gone = await depart();
		forget(context, gone);
		await removeOthers(context, wanted, '', without(before, gone));
		result = await tryToRegister(context, wanted);
	}
	if ('error' in result) {
		if (result.mayHaveLeftSome) await removeUnknown(context, wanted, before);
		throw full ?? result.error;
	}

	const state = stateOf(context);
	const made = { ...wanted, ...result.value };
	state.registrations = [made, ...leaving(ownRegistrations(context))];
	if (isTestRun(context)) state.test = true;
	const gone = await depart();
	forget(context, gone);
	const after = result.mayHaveLeftSome ? await listedAt(context, wanted.url, wanted.msn) : before;
	await removeOthers(context, wanted, made.id, without(after, gone));
}

/**
 * Puts what is wanted in the place of what was registered before.
 *
 * @throws NodeApiError, NodeOperationError when it cannot be registered
 */
export async function register(context: IHookFunctions): Promise<boolean> {
	return await activating(context, async () => {
		const key = keyOf(context, isTestRun(context));
		const depart = departures.get(key) ?? (async () => new Set<string>());
		departures.delete(key);
		try {
			await replace(context, depart);
		} finally {
			await depart();
		}
		return true;
	});
}

/** Deletes what this node has registered, unless a `create` follows at once. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	const state = stateOf(context);
	const isTest = state.test === true;
	const key = keyOf(context, isTest);
	if (toBeTriedAgain.delete(key)) return true;

	const own = ownRegistrations(context).filter(isThere);
	if (own.length === 0 && !(await canBeRegistered(context))) return true;
	const msn = own[0]?.msn ?? (await msnOf(context));
	const known = new Set(own.map(({ id }) => id));
	const listed = await listedAt(context, urlOf(context), msn, Date.now() + LONGEST_LOOK_MS);
	const strays = listed.filter(({ id }) => !known.has(id)).map(({ id }) => ({ id, msn }));
	state.registrations = leaving(ownRegistrations(context));

	let removal: ReturnType<Departure> | undefined;
	const depart: Departure = async () => await (removal ??= removeAll(context, [...own, ...strays]));
	if (isTest) {
		await depart();
		return true;
	}
	departures.set(key, depart);
	void sleep(GRACE_MS).then(async () => {
		if (departures.get(key) !== depart) return;
		departures.delete(key);
		await depart();
	});
	return true;
}
