import {
	currentToken,
	identityOf,
	type AccessToken,
} from '../../../nodes/shared/transport/tokenCache';

const LIFETIME_SECONDS = 900;

/** An identity of its own for each test: the cache lives as long as the process. */
let count = 0;
const newIdentity = () => identityOf('https://api.example', `client-${++count}`, 'secret');

/** A server that gives numbered tokens when it is told to answer. */
function tokenServer() {
	const waiting: Array<{ answer: (token: AccessToken) => void; fail: (error: Error) => void }> = [];
	let requests = 0;
	return {
		get requests() {
			return requests;
		},
		fetch: async (): Promise<AccessToken> => {
			requests++;
			return await new Promise((answer, fail) => waiting.push({ answer, fail }));
		},
		answer: (value: string, lifetimeSeconds = LIFETIME_SECONDS) =>
			waiting.shift()!.answer({ value, lifetimeSeconds }),
		fail: (message: string) => waiting.shift()!.fail(new Error(message)),
	};
}

beforeEach(() => {
	jest.useFakeTimers();
});

afterEach(() => {
	jest.useRealTimers();
});

describe('access tokens', () => {
	it('are asked for once when many reads need one at the same time', async () => {
		const server = tokenServer();
		const identity = newIdentity();
		const reads = Array.from(
			{ length: 20 },
			async () => await currentToken(identity, '', server.fetch),
		);
		server.answer('T1');
		expect(new Set(await Promise.all(reads))).toEqual(new Set(['T1']));
		expect(server.requests).toBe(1);
	});

	it('are asked for once when many reads have had the same token refused', async () => {
		const server = tokenServer();
		const identity = newIdentity();
		const first = currentToken(identity, '', server.fetch);
		server.answer('T1');
		await first;
		const reads = Array.from(
			{ length: 20 },
			async () => await currentToken(identity, 'T1', server.fetch),
		);
		server.answer('T2');
		expect(new Set(await Promise.all(reads))).toEqual(new Set(['T2']));
		// One that was slow to hear of it gets the new token without a request.
		expect(await currentToken(identity, 'T1', server.fetch)).toBe('T2');
		expect(server.requests).toBe(2);
	});

	it('are kept for most of their life and renewed before its end', async () => {
		const server = tokenServer();
		const identity = newIdentity();
		const first = currentToken(identity, '', server.fetch);
		server.answer('T1');
		await first;

		jest.advanceTimersByTime(LIFETIME_SECONDS * 1000 * 0.85);
		expect(await currentToken(identity, '', server.fetch)).toBe('T1');
		expect(server.requests).toBe(1);

		jest.advanceTimersByTime(LIFETIME_SECONDS * 1000 * 0.1);
		const second = currentToken(identity, '', server.fetch);
		server.answer('T2');
		expect(await second).toBe('T2');
		expect(server.requests).toBe(2);
	});

	it('are asked for anew after a failure, which all who waited hear of', async () => {
		const server = tokenServer();
		const identity = newIdentity();
		const reads = [1, 2].map(async () => await currentToken(identity, '', server.fetch));
		const heard = Promise.allSettled(reads);
		server.fail('wrong keys');
		expect((await heard).map(({ status }) => status)).toEqual(['rejected', 'rejected']);

		const again = currentToken(identity, '', server.fetch);
		server.answer('T1');
		expect(await again).toBe('T1');
		expect(server.requests).toBe(2);
	});

	it('outlive the failure to renew them', async () => {
		const server = tokenServer();
		const identity = newIdentity();
		const first = currentToken(identity, '', server.fetch);
		server.answer('T1');
		await first;
		const renewal = currentToken(identity, 'T1', server.fetch);
		server.fail('out of order');
		await expect(renewal).rejects.toThrow('out of order');
		expect(await currentToken(identity, 'T0', server.fetch)).toBe('T1');
	});

	it('are not shared between different keys or servers', async () => {
		const server = tokenServer();
		const tokens = ['A', 'B'].map((name) => {
			const token = currentToken(newIdentity(), '', server.fetch);
			server.answer(name);
			return token;
		});
		expect(await Promise.all(tokens)).toEqual(['A', 'B']);
	});
});

describe('the name under which a token is kept', () => {
	it('is the same for the same keys and another one for others', () => {
		expect(identityOf('a', 'b')).toBe(identityOf('a', 'b'));
		const names = [identityOf('a', 'b'), identityOf('ab'), identityOf('a,b'), identityOf('b', 'a')];
		expect(new Set(names).size).toBe(4);
	});

	it('does not show the keys', () => {
		expect(identityOf('server', 'my-client-id', 'my-secret')).not.toMatch(/client|secret|server/);
	});
});
