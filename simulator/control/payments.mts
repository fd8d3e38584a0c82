import type { FastifyInstance } from 'fastify';
import { errorCodes } from '../api/epaymentProblems.mts';
import { landingUrlOf, paymentView } from '../api/epaymentViews.mts';
import type { Simulator } from '../simulator.mts';
import type { OrderedFailure, Payment } from '../world/payment/payment.mts';
import { readBody, refuse } from './body.mts';

interface Which {
	reference: string;
	merchantSerialNumber?: string;
}

type FailBody = Which & Partial<OrderedFailure> & Pick<OrderedFailure, 'operation' | 'code'>;

const which = ['reference', 'merchantSerialNumber'] as const;

/** The customer at the other end of a payment, and changes that are to fail. */
export function paymentControl(
	app: FastifyInstance,
	simulator: Simulator,
	url: () => string,
): void {
	const view = (payment: Payment) => ({
		merchantSerialNumber: payment.unit.msn,
		...paymentView(payment, url()),
		landingUrl: landingUrlOf(payment, url()),
		events: payment.events,
	});

	app.get('/simulator/payments', (request) => {
		const { reference } = request.query as { reference?: string };
		const all = simulator.payments.all;
		const asked = all.filter((payment) => (reference ?? payment.reference) === payment.reference);
		return { payments: asked.map(view) };
	});

	const route = (name: string, act: (payment: Payment, now: number) => void): void => {
		app.post(`/simulator/payments/${name}`, (request) => {
			const payment = paymentOf(simulator, readBody<Which>(request, which, ['reference']));
			if (payment.state !== 'CREATED') throw refuse(`The payment is ${payment.state}`, 409);
			act(payment, simulator.world.now());
			return view(payment);
		});
	};

	route('approve', (payment, now) => payment.approve(now));
	route('abort', (payment, now) => payment.end('ABORTED', { now, idempotencyKey: null }));
	route('expire', (payment, now) => payment.end('EXPIRED', { now, idempotencyKey: null }));

	app.post('/simulator/payments/fail', (request) => {
		const body = readBody<FailBody>(
			request,
			[...which, 'operation', 'code', 'status', 'times'],
			['reference', 'operation', 'code'],
		);
		const { operation, code, status, times = 1 } = body;
		if (!['capture', 'refund', 'cancel'].includes(operation)) {
			throw refuse('operation is capture, refund or cancel');
		}
		if (!errorCodes.includes(code)) throw refuse(`code is one of ${errorCodes.join(', ')}`);
		if (status !== undefined && !(Number.isInteger(status) && status >= 400 && status <= 599)) {
			throw refuse('status is from 400 to 599');
		}
		if (!Number.isSafeInteger(times) || times < 1) throw refuse('times is a whole number > 0');
		paymentOf(simulator, body).failures.push({ operation, code, status, times });
		return body;
	});
}

/** @throws ApiError 404 for no payment, 400 when several sales units have one with that reference */
function paymentOf({ payments }: Simulator, { reference, merchantSerialNumber }: Which): Payment {
	const found = payments.all.filter(
		(payment) =>
			payment.reference === reference &&
			(merchantSerialNumber === undefined || payment.unit.msn === merchantSerialNumber),
	);
	if (found.length === 0) throw refuse(`There is no payment ${reference}`, 404);
	if (found.length > 1) throw refuse(`Several payments are ${reference}: say merchantSerialNumber`);
	return found[0]!;
}
