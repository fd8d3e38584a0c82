import type { FastifyInstance, FastifyRequest } from 'fastify';
import { admit } from '../auth.mts';
import type { Simulator } from '../simulator.mts';
import { readQueryOr } from '../strict.mts';
import type { Identifier } from '../world/ledger.mts';
import { merchantOf } from '../world/merchants.mts';
import { pricePackages } from '../world/pricePackages.mts';
import type { SalesUnit } from '../world/salesUnits.mts';
import {
	badRequest,
	managementAccess,
	notFound,
	partnerAccess,
	unitsOf,
	unitsWithin,
} from './managementAccess.mts';

interface Business {
	scheme: string;
	id: string;
}

/**
 * Sales units, merchants and price packages. The Merchant-Serial-Number header is optional and changes
 * nothing (assumption): what is asked for stands in the path.
 */
export function managementRoutes(app: FastifyInstance, simulator: Simulator): void {
	app.get('/management/v1/sales-units', (request) => {
		const keyType = admit(simulator, request, managementAccess);
		readQueryOr(badRequest, request);
		return listed(unitsWithin(simulator.world, keyType));
	});

	app.get<{ Params: { msn: string } }>('/management/v1/sales-units/:msn', (request) => {
		const keyType = admit(simulator, request, managementAccess);
		readQueryOr(badRequest, request);
		const { msn } = request.params;
		if (!/^\d{4,10}$/.test(msn)) throw badRequest('msn must be 4 to 10 digits', 'msn');
		const unit = unitsWithin(simulator.world, keyType).find((known) => known.msn === msn);
		// Closed, of another partner or never there: the API does not tell which.
		if (!unit?.active) throw notFound(`No active sales unit ${msn}`);
		return detailed(unit);
	});

	app.get<{ Params: Business }>('/management/v1/merchants/:scheme/:id', (request) => {
		const [first, ...others] = unitsOfMerchant(request);
		if (!first) throw notFound('No such merchant');
		return merchantOf([first, ...others]);
	});

	app.get<{ Params: Business }>('/management/v1/merchants/:scheme/:id/sales-units', (request) => {
		const units = unitsOfMerchant(request);
		// Assumption: a merchant that is not known is not found; a known one without active units has none.
		if (units.length === 0) throw notFound('No such merchant');
		return listed(units);
	});

	app.get('/management/v1/partners/price-packages', (request) => {
		admit(simulator, request, partnerAccess);
		readQueryOr(badRequest, request);
		return pricePackages;
	});

	function unitsOfMerchant(request: FastifyRequest<{ Params: Business }>): SalesUnit[] {
		const keyType = admit(simulator, request, managementAccess);
		readQueryOr(badRequest, request);
		return unitsOf(unitsWithin(simulator.world, keyType), checkBusiness(request.params));
	}

	function listed(units: SalesUnit[]) {
		const { msnAsNumber } = simulator.behaviour;
		return units
			.filter(({ active }) => active)
			.map(({ msn, name }) => ({ msn: msnAsNumber ? Number(msn) : msn, name }));
	}

	function detailed(unit: SalesUnit) {
		const { msn, name, businessIdentifier, settlementBankAccount, configuration, untold } = unit;
		const told = Object.entries(configuration).filter(
			([property]) => !untold.some((hidden) => hidden === property),
		);
		return {
			msn,
			name,
			businessIdentifier,
			...(simulator.behaviour.settlementBankAccountShown ? { settlementBankAccount } : {}),
			configuration: Object.fromEntries(told),
		};
	}
}

/** @throws ApiError 400 when the identifier cannot be one of any market */
function checkBusiness({ scheme, id }: Business): Identifier {
	if (scheme.length < 10 || scheme.length > 30) {
		throw badRequest('scheme must have 10 to 30 characters', 'scheme');
	}
	if (!/^[\d-]{4,50}$/.test(id)) {
		throw badRequest('id must be 4 to 50 digits or hyphens', 'id');
	}
	return { scheme, id };
}
