import type { AxiosResponse } from 'axios';
import { startSimulator, type Simulator } from '../harness';
import { askForToken, open, SYSTEM } from './client';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

describe('the standard flow', () => {
	it.each(['merchant', 'partner'] as const)('a token for %s keys', async (keys) => {
		const { status, data, headers } = await askForToken(simulator, keys);
		expect(status).toBe(200);
		expect(headers['content-type']).toMatch(/^application\/json/);
		// All of them are text, as documented.
		expect(data).toEqual({
			token_type: 'Bearer',
			expires_in: expect.stringMatching(/^\d+$/),
			ext_expires_in: expect.stringMatching(/^\d+$/),
			expires_on: expect.stringMatching(/^\d{10}$/),
			not_before: expect.stringMatching(/^\d{10}$/),
			resource: expect.any(String),
			access_token: expect.stringMatching(/^.{10,}$/),
		});
		const { expires_on, not_before, expires_in } = data as Record<string, string>;
		expect(Number(expires_on) - Number(not_before)).toBe(Number(expires_in));
	});

	it('the secondary subscription key is as good as the primary one', async () => {
		const { secondarySubscriptionKey } = simulator.keys.merchant;
		const changes = { 'Ocp-Apim-Subscription-Key': secondarySubscriptionKey };
		expect((await askForToken(simulator, 'merchant', changes)).status).toBe(200);
	});

	it.each([
		['another secret', { client_secret: 'wrong' }],
		['another client', { client_id: '00000000-0000-4000-8000-000000000000' }],
		['no client', { client_id: undefined }],
		['another subscription key', { 'Ocp-Apim-Subscription-Key': 'wrong' }],
		['no subscription key', { 'Ocp-Apim-Subscription-Key': undefined }],
	])('none with %s', async (_name, changes) => {
		const { status, data } = await askForToken(simulator, 'merchant', changes);
		expect(status).toBe(401);
		expect(data).not.toHaveProperty('access_token');
	});

	it('none with the keys of two', async () => {
		const { subscriptionKey } = simulator.keys.partner;
		const changes = { 'Ocp-Apim-Subscription-Key': subscriptionKey };
		expect((await askForToken(simulator, 'merchant', changes)).status).toBe(401);
	});
});

describe('the specialized flow', () => {
	const ask = async (
		keys: 'accounting' | 'management',
		body = 'grant_type=client_credentials',
		headers: Record<string, string> = {},
	): Promise<AxiosResponse> => {
		const { clientId, clientSecret } = simulator.keys[keys];
		return await open(simulator, SYSTEM).post('/miami/v1/token', body, {
			auth: { username: clientId, password: clientSecret },
			headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8', ...headers },
		});
	};

	it.each(['accounting', 'management'] as const)('a token for %s keys', async (keys) => {
		const { status, data } = await ask(keys);
		expect(status).toBe(200);
		expect(data).toEqual({
			access_token: expect.stringMatching(/^.{10,}$/),
			token_type: 'Bearer',
			expires_in: 900,
		});
	});

	it('none without a grant type, and none with a subscription key', async () => {
		const { subscriptionKey } = simulator.keys.merchant;
		for (const answer of [
			await ask('accounting', ''),
			await ask('accounting', undefined, { 'Ocp-Apim-Subscription-Key': subscriptionKey }),
		]) {
			expect(answer.status).toBe(400);
			expect(answer.data).toMatchObject({ error: 'invalid_client' });
		}
	});
});
