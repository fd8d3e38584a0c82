import type { FastifyInstance, FastifyReply } from 'fastify';
import QRCode from 'qrcode';
import { landingUrlOf } from '../api/epaymentViews.mts';
import type { Simulator } from '../simulator.mts';
import type { Payment } from '../world/payment/payment.mts';
import { landingPage, messagePage } from './landingPage.mts';

const path = '/simulator/landing';

/** Where redirect addresses lead: a page on which a person plays the customer, and QR codes that lead to it. */
export function landingControl(
	app: FastifyInstance,
	simulator: Simulator,
	url: () => string,
): void {
	app.get<{ Querystring: { token?: string } }>(path, (request, reply) => {
		const payment = simulator.payments.findByToken(String(request.query.token));
		if (!payment) return unknown(reply);
		return page(reply, payment.state === 'CREATED' ? landingPage(payment, path) : outcome(payment));
	});

	app.post(path, (request, reply) => {
		const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
		const payment = simulator.payments.findByToken(String(form.get('token')));
		if (!payment) return unknown(reply);
		const now = simulator.world.now();
		if (payment.state === 'CREATED') {
			if (form.get('decision') === 'approve') payment.approve(now);
			if (form.get('decision') === 'cancel') {
				payment.end('ABORTED', { now, idempotencyKey: null });
			}
		}
		return page(reply, outcome(payment));
	});

	app.get<{ Querystring: { token?: string } }>('/simulator/qr', async (request, reply) => {
		const payment = simulator.payments.findByToken(String(request.query.token));
		if (!payment) return unknown(reply);
		const target = landingUrlOf(payment, url());
		const { format = 'IMAGE/SVG+XML', size } = payment.order.qrFormat ?? {};
		if (format === 'IMAGE/PNG') {
			const image = await QRCode.toBuffer(target, { width: size ?? 1024 });
			return reply.type('image/png').send(image);
		}
		return reply.type('image/svg+xml').send(await QRCode.toString(target, { type: 'svg' }));
	});
}

const outcomes: Record<Payment['state'], string> = {
	CREATED: 'Nothing was decided.',
	AUTHORIZED: 'You approved the payment.',
	ABORTED: 'You cancelled the payment.',
	EXPIRED: 'The payment was not approved in time.',
	TERMINATED: 'The merchant has called the payment off.',
};

function outcome({ state, order }: Payment): string {
	return messagePage(outcomes[state], state, order.returnUrl);
}

function unknown(reply: FastifyReply): FastifyReply {
	return page(reply.code(404), messagePage('There is no such payment.', 'UNKNOWN'));
}

/** Nothing is loaded from elsewhere, and forms go nowhere else. */
function page(reply: FastifyReply, html: string): FastifyReply {
	const policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'";
	return reply
		.type('text/html; charset=utf-8')
		.header('content-security-policy', policy)
		.send(html);
}
