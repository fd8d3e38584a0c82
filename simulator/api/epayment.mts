import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Simulator } from '../simulator.mts';
import { header } from '../strict.mts';
import { checkCustomer } from '../world/payment/customer.mts';
import type { Occasion, Payment } from '../world/payment/payment.mts';
import { Refusal } from '../world/payment/refusal.mts';
import type { SalesUnit } from '../world/salesUnits.mts';
import {
	approveBody,
	cancelBody,
	createBody,
	hasDuplicateMetadata,
	modificationBody,
} from './epaymentBodies.mts';
import { enter, limit, once, orProblem, readJson, validate } from './epaymentRequest.mts';
import { modificationView, paymentView, redirectUrlOf } from './epaymentViews.mts';

const base = '/epayment/v1/payments';

type PaymentRequest = FastifyRequest<{ Params: { reference: string } }>;

/** Payments through an API: create, read, capture, refund, cancel, and the approval of the test environment. */
export function epaymentRoutes(app: FastifyInstance, simulator: Simulator): void {
	createRoute(app, simulator);
	readRoutes(app, simulator);
	modificationRoutes(app, simulator);
	approveRoute(app, simulator);
}

function createRoute(app: FastifyInstance, simulator: Simulator): void {
	app.post(base, (request, reply) => {
		const unit = enter(simulator, request);
		const body = readJson(request);
		limitWrites(simulator, request, reply, unit, referenceIn(body));
		const answer = once(simulator, request, { body, conflict: 4020 }, (key) => {
			const order = validate(request, createBody, body);
			if (hasDuplicateMetadata(String(request.body))) throw new Refusal(4110);
			const payment = simulator.payments.create(unit, order, key!);
			const redirectUrl = redirectUrlOf(payment, app.listeningOrigin);
			const { reference } = payment;
			return redirectUrl === undefined ? { reference } : { redirectUrl, reference };
		});
		reply.code(201);
		return answer;
	});
}

function readRoutes(app: FastifyInstance, simulator: Simulator): void {
	const find = (request: PaymentRequest, reply: FastifyReply): Payment => {
		const unit = enter(simulator, request);
		const { reference } = request.params;
		const key = `read ${reference} ${header(request, 'ocp-apim-subscription-key')}`;
		limit(simulator, request, reply, key, simulator.behaviour.readsPerMinute);
		return orProblem(request, () => simulator.payments.find(unit.msn, reference));
	};

	app.get(`${base}/:reference`, (request: PaymentRequest, reply) =>
		paymentView(find(request, reply), app.listeningOrigin),
	);

	app.get(
		`${base}/:reference/events`,
		(request: PaymentRequest, reply) => find(request, reply).events,
	);
}

function modificationRoutes(app: FastifyInstance, simulator: Simulator): void {
	const route = (
		name: string,
		conflict: number,
		isKeyOptional: boolean,
		change: (request: PaymentRequest, body: unknown, payment: Payment, occasion: Occasion) => void,
	): void => {
		app.post(`${base}/:reference/${name}`, (request: PaymentRequest, reply) => {
			const unit = enter(simulator, request);
			const { reference } = request.params;
			limitWrites(simulator, request, reply, unit, reference);
			const body = readJson(request);
			const write = { body, conflict, isKeyOptional };
			const answer = once(simulator, request, write, (idempotencyKey) => {
				const payment = simulator.payments.find(unit.msn, reference);
				change(request, body, payment, { now: simulator.world.now(), idempotencyKey });
				return modificationView(payment);
			});
			// The documentation declares an error's content type for these answers, too.
			const isProblem = simulator.behaviour.modificationContentType === 'problem';
			reply.type(`application/${isProblem ? 'problem+json' : 'json'}; charset=utf-8`);
			reply.send(JSON.stringify(answer));
			return reply;
		});
	};

	route('capture', 4010, false, (request, body, payment, occasion) => {
		const { modificationAmount } = validate(request, modificationBody, body);
		simulator.payments.capture(payment, modificationAmount, occasion);
	});
	route('refund', 4150, false, (request, body, payment, occasion) => {
		const { modificationAmount } = validate(request, modificationBody, body);
		simulator.payments.refund(payment, modificationAmount, occasion);
	});
	route('cancel', 4020, true, (request, body, payment, occasion) => {
		const { cancelTransactionOnly = false } = validate(request, cancelBody, body);
		payment.cancel(cancelTransactionOnly, occasion);
	});
}

/** The customer's yes without the app. Assumption: any customer may approve, and the answer has no body. */
function approveRoute(app: FastifyInstance, simulator: Simulator): void {
	app.post(
		'/epayment/v1/test/payments/:reference/approve',
		(request: PaymentRequest, reply: FastifyReply) => {
			const unit = enter(simulator, request);
			const { customer, token } = validate(request, approveBody, readJson(request));
			orProblem(request, () => {
				const payment = simulator.payments.find(unit.msn, request.params.reference);
				const { order } = payment;
				// The page says that express is not possible; for cards it is an assumption.
				if (order.shipping || order.paymentMethod.type !== 'WALLET') throw new Refusal(10060);
				if (token !== undefined && token !== payment.token) throw new Refusal(10010);
				if (customer) checkCustomer({ ...order, customer });
				payment.approve(simulator.world.now());
			});
			return reply.send();
		},
	);
}

/** Creating and changing count together (assumption). */
function limitWrites(
	simulator: Simulator,
	request: FastifyRequest,
	reply: FastifyReply,
	{ msn }: SalesUnit,
	reference: string,
): void {
	const key = `write ${reference} ${msn}`;
	limit(simulator, request, reply, key, simulator.behaviour.writesPerMinute);
}

/** Payments whose body has no reference count as one. */
function referenceIn(body: unknown): string {
	const { reference } = (body ?? {}) as { reference?: unknown };
	return typeof reference === 'string' ? reference : '';
}
