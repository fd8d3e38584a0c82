import type { FastifyInstance, FastifyRequest } from 'fastify';
import { admit } from '../auth.mts';
import { ApiError, managementProblem } from '../errors.mts';
import { readIdempotencyKey } from '../idempotency.mts';
import type { Simulator } from '../simulator.mts';
import { header, readQueryOr } from '../strict.mts';
import { advance, isFinal, isOpenPrefill, type ProductOrder } from '../world/productOrders.mts';
import { badRequest, notFound, partnerAccess } from './managementAccess.mts';
import { checkOrder } from './productOrderBody.mts';

interface OrderPath {
	productOrderId: string;
}

/** Product orders: a partner prefills them, the merchant submits them, and they end as sales units. */
export function productOrderRoutes(app: FastifyInstance, simulator: Simulator): void {
	app.post('/management/v1/product-orders', (request, reply) => {
		admit(simulator, request, partnerAccess);
		readQueryOr(badRequest, request);
		const key = readIdempotencyKey(request, (reason) => badRequest(reason, 'Idempotency-Key'));
		if (!/^[a-zA-Z0-9-]+$/.test(key)) {
			throw badRequest('May have letters, digits and hyphens only', 'Idempotency-Key');
		}
		const body = readJson(request);
		reply.code(201);
		return simulator.idempotency.once(
			{ scope: 'product-orders', key, body },
			() => prefill(body),
			() => managementProblem(409, 'Conflict', 'The Idempotency-Key belongs to another body'),
		);
	});

	app.get('/management/v2/product-orders', (request) => {
		admit(simulator, request, partnerAccess);
		const { includeExpired = 'false' } = readQueryOr(badRequest, request, 'includeExpired');
		if (includeExpired !== 'true' && includeExpired !== 'false') {
			throw badRequest('includeExpired must be true or false', 'includeExpired');
		}
		return simulator.world.productOrders
			.all(simulator.world.now())
			.map(({ facts }) => facts)
			.filter(({ status }) => includeExpired === 'true' || status !== 'EXPIRED');
	});

	app.get<{ Params: OrderPath }>(
		'/management/v2/product-orders/:productOrderId/details',
		(request) => {
			const order = findOrder(request);
			const facts = { ...order.facts };
			// After the answer, so that whoever reads again and again sees every status.
			if (simulator.behaviour.orders === 'progress' && !isFinal(order)) {
				advance(simulator.world, order);
			}
			return facts;
		},
	);

	app.delete<{ Params: OrderPath }>(
		'/management/v1/product-orders/:productOrderId',
		(request, reply) => {
			const order = findOrder(request);
			// Assumption: 400, the only one of the documented statuses that fits. An expired order, and
			// one that was never prefilled, cannot be deleted either.
			if (!isOpenPrefill(order)) {
				throw badRequest('Only a prefilled order that is not submitted yet can be deleted');
			}
			simulator.world.productOrders.delete(order);
			return reply.send();
		},
	);

	function prefill(body: unknown) {
		const wanted = checkOrder(body, simulator.behaviour);
		const { salesUnitName, settlementBankAccount, hasRecurring } = wanted;
		const { facts } = simulator.world.productOrders.add({
			productType: wanted.productType,
			businessIdentifier: wanted.businessIdentifier,
			createdAt: simulator.world.now(),
			wishes: {
				...(salesUnitName ? { salesUnitName } : {}),
				...(settlementBankAccount ? { settlementBankAccount } : {}),
				...(hasRecurring ? { hasRecurring } : {}),
			},
		});
		return { prefilledOrderId: facts.productOrderId, prefillUrl: facts.productOrderUrl };
	}

	function findOrder(request: FastifyRequest<{ Params: OrderPath }>): ProductOrder {
		admit(simulator, request, partnerAccess);
		readQueryOr(badRequest, request);
		const { productOrderId } = request.params;
		if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(productOrderId)) {
			throw badRequest('productOrderId must be a UUID', 'productOrderId');
		}
		const order = simulator.world.productOrders.find(productOrderId, simulator.world.now());
		if (order) return order;
		// A 404 of these two routes is documented as plain JSON.
		const { status, body } = notFound('No such product order');
		throw new ApiError(status, body);
	}
}

/** @throws ApiError 400 (assumption: also for another content type) */
function readJson(request: FastifyRequest): unknown {
	if (!header(request, 'content-type')?.startsWith('application/json')) {
		throw badRequest('The content type must be application/json', 'Content-Type');
	}
	try {
		return JSON.parse(typeof request.body === 'string' ? request.body : '') as unknown;
	} catch {
		throw badRequest('The body is not JSON');
	}
}
