const SYSTEM = {
	'vipps-system-name': 'example',
	'vipps-system-version': '1',
	'vipps-system-plugin-name': 'example',
	'vipps-system-plugin-version': '1',
};

/**
 * The simulated APIs as somebody with keys uses them, without n8n.
 *
 * @param {import('./simulator.mjs').Simulator} simulator
 * @param {'merchant' | 'partner'} kind of keys
 * @returns {Promise<(path: string, body: object, headers?: Record<string, string>) => Promise<any>>} makes a POST
 */
export async function apiOf(simulator, kind) {
	const { clientId, clientSecret, subscriptionKey, merchantSerialNumber } = simulator.keys[kind];
	const post = async (path, body, headers) => {
		const response = await fetch(`${simulator.url}${path}`, {
			method: 'POST',
			headers: {
				...SYSTEM,
				'ocp-apim-subscription-key': subscriptionKey,
				...(merchantSerialNumber && { 'merchant-serial-number': merchantSerialNumber }),
				...(body && { 'content-type': 'application/json' }),
				...headers,
			},
			body: body && JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
		return JSON.parse(text);
	};
	const { access_token: token } = await post('/accesstoken/get', undefined, {
		client_id: clientId,
		client_secret: clientSecret,
	});
	return async (path, body, headers) =>
		await post(path, body, { authorization: `Bearer ${token}`, ...headers });
}
