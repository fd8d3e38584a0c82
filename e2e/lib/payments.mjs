import { randomUUID } from 'node:crypto';

const SYSTEM = {
	'vipps-system-name': 'example',
	'vipps-system-version': '1',
	'vipps-system-plugin-name': 'example',
	'vipps-system-plugin-version': '1',
};

/**
 * Makes a payment that is approved and captured, for what comes after that.
 *
 * @param {import('./simulator.mjs').Simulator} simulator
 * @param {{ reference: string, value: number }} payment value: øre
 */
export async function addCapturedPayment(simulator, { reference, value }) {
	const { clientId, clientSecret, subscriptionKey, merchantSerialNumber } = simulator.keys.merchant;
	const post = async (path, body, headers) => {
		const response = await fetch(`${simulator.url}${path}`, {
			method: 'POST',
			headers: {
				...SYSTEM,
				'ocp-apim-subscription-key': subscriptionKey,
				'merchant-serial-number': merchantSerialNumber,
				...(body && { 'content-type': 'application/json' }),
				...headers,
			},
			body: body && JSON.stringify(body),
		});
		if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
		return await response.json();
	};
	const { access_token: token } = await post('/accesstoken/get', undefined, {
		client_id: clientId,
		client_secret: clientSecret,
	});
	const write = async (path, body) =>
		await post(`/epayment/v1/payments${path}`, body, {
			authorization: `Bearer ${token}`,
			'idempotency-key': randomUUID(),
		});

	const amount = { currency: 'NOK', value };
	await write('', {
		reference,
		amount,
		paymentMethod: { type: 'WALLET' },
		userFlow: 'WEB_REDIRECT',
		returnUrl: 'https://example.com/thanks',
	});
	await simulator.control('POST', '/payments/approve', { reference });
	await write(`/${reference}/capture`, { modificationAmount: amount });
}

/** Every payment that the simulator has, the oldest first. */
export async function paymentsOf(simulator) {
	return (await simulator.control('GET', '/payments')).payments;
}
