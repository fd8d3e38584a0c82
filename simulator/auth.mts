import type { FastifyRequest } from 'fastify';
import { gatewayError, noSuchLedger, problem, unauthorized, type ApiError } from './errors.mts';
import { hasSubscriptionKey, keys, type KeyType } from './keys.mts';
import type { Simulator } from './simulator.mts';
import { header } from './strict.mts';
import type { Ledger } from './world/ledger.mts';
import type { SalesUnit } from './world/salesUnits.mts';

/** Which keys an API takes, and its own way to refuse a token. */
export interface Access {
	keyTypes: readonly KeyType[];
	refuse: (message: string) => ApiError;
	/** Its own way to say that it does not take keys of that kind; the platform's where absent. */
	forbid?: (message: string) => ApiError;
}

export const reportAccess: Access = {
	keyTypes: ['accounting', 'merchant'],
	refuse: unauthorized,
};

export const salesAccess: Access = {
	keyTypes: ['accounting'],
	refuse: (message) => problem(401, 'Unauthorized', message),
};

/**
 * Lets a request in, or not.
 * @returns the kind of keys that it was made with
 * @throws ApiError 401 for the token or the subscription key, 403 for keys that this API does not take
 */
export function admit(simulator: Simulator, request: FastifyRequest, access: Access): KeyType {
	const authorization = header(request, 'authorization');
	if (authorization === undefined) throw access.refuse('The Authorization header is missing');
	const bearer = /^Bearer ([\w-]+)$/.exec(authorization)?.[1];
	if (bearer === undefined) throw access.refuse('The Authorization header is not a bearer token');
	const token = simulator.tokens.find(bearer, simulator.world.now());
	if (!token) throw access.refuse('The token is unknown or has expired');
	const { keyType, flow } = token;
	if (flow === 'standard') checkSubscriptionKey(request, keyType);
	if (!access.keyTypes.includes(keyType)) {
		const message = `This API does not accept ${keyType} keys`;
		throw access.forbid?.(message) ?? problem(403, 'Forbidden', message);
	}
	return keyType;
}

/** @throws ApiError 401 in the gateway's shape when the subscription key is missing or another's */
export function checkSubscriptionKey(request: FastifyRequest, keyType: KeyType): void {
	const given = header(request, 'ocp-apim-subscription-key');
	if (given === undefined) {
		throw gatewayError(401, 'Access denied due to missing subscription key.');
	}
	if (!hasSubscriptionKey(keyType, given)) {
		throw gatewayError(401, 'Access denied due to invalid subscription key.');
	}
}

/** Whether keys of that type reach the ledger. */
export function reaches(keyType: KeyType, { facts, terms }: Ledger): boolean {
	if (keyType === 'accounting') return terms.accountingAccess;
	if (keyType !== 'merchant') return false;
	const msn = keys.merchant.merchantSerialNumber;
	return facts.settlesForRecipientHandles.includes(`api:${msn}`) || terms.alsoReachedBy === msn;
}

/** The sales unit of that number, where keys of that type may act for it. */
export function unitWithin(
	{ world }: Simulator,
	keyType: KeyType,
	msn: string,
): SalesUnit | undefined {
	const unit = world.salesUnits.get(msn);
	const isReached =
		keyType === 'merchant'
			? msn === keys.merchant.merchantSerialNumber
			: unit?.connectedToPartner && unit.active;
	return isReached ? unit : undefined;
}

/**
 * The ledger of that id.
 * @returns null when the keys do not reach it and the simulator is told to answer that with an empty list
 * @throws ApiError 404 otherwise
 */
export function findLedger(
	{ world, behaviour }: Simulator,
	keyType: KeyType,
	ledgerId: string,
): Ledger | null {
	const ledger = world.ledgers.get(ledgerId);
	if (ledger && reaches(keyType, ledger)) return ledger;
	if (ledger && behaviour.noAccess === 'empty') return null;
	throw noSuchLedger();
}
