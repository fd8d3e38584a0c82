import type { Access } from '../auth.mts';
import { managementProblem, type ApiError } from '../errors.mts';
import { keys, type KeyType } from '../keys.mts';
import type { Identifier } from '../world/ledger.mts';
import { isSameBusiness } from '../world/merchants.mts';
import type { SalesUnit } from '../world/salesUnits.mts';
import type { World } from '../world/world.mts';

const refusals = {
	refuse: (message: string) => managementProblem(401, 'Unauthorized', message),
	forbid: (message: string) => managementProblem(403, 'Forbidden', message),
};

/** Sales units and merchants: for partners and for merchants. */
export const managementAccess: Access = {
	keyTypes: ['merchant', 'partner', 'management'],
	...refusals,
};

/**
 * Product orders and price packages: for partners. Assumptions: merchants are told so with a 403, and
 * the older management keys, which are a partner's, open all that partner keys do.
 */
export const partnerAccess: Access = { keyTypes: ['partner', 'management'], ...refusals };

export function badRequest(detail: string, key?: string): ApiError {
	return managementProblem(400, 'Bad Request', detail, key ? [{ key, value: detail }] : undefined);
}

export function notFound(detail: string): ApiError {
	return managementProblem(404, 'Not Found', detail);
}

/**
 * The sales units that the keys reach, closed ones included: a partner's are those connected to it. A
 * merchant's are all of the same business (assumption: the documentation speaks of the merchant's
 * sales units, while the keys belong to one of them).
 */
export function unitsWithin(world: World, keyType: KeyType): SalesUnit[] {
	const units = [...world.salesUnits.values()];
	if (keyType !== 'merchant') return units.filter(({ connectedToPartner }) => connectedToPartner);
	const own = world.salesUnits.get(keys.merchant.merchantSerialNumber);
	return own ? unitsOf(units, own.businessIdentifier) : [];
}

export function unitsOf(units: SalesUnit[], business: Identifier): SalesUnit[] {
	return units.filter(({ businessIdentifier }) => isSameBusiness(businessIdentifier, business));
}
