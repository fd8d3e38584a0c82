import fc from 'fast-check';
import { assertSameServer, serverOf } from '../../../nodes/shared/auth/environment';

const custom = (baseUrl: unknown) =>
	serverOf({ environment: 'custom', baseUrl: baseUrl as string });

describe('the server of a credential', () => {
	it('is the real one unless something else is chosen', () => {
		expect(serverOf({})).toBe('https://api.vipps.no');
		expect(serverOf({ environment: 'production', baseUrl: 'http://127.0.0.1:1' })).toBe(
			'https://api.vipps.no',
		);
	});

	it('is the test server in the test environment', () => {
		expect(serverOf({ environment: 'test' })).toBe('https://apitest.vipps.no');
	});

	it('is never guessed when the environment is unknown', () => {
		fc.assert(
			fc.property(
				fc.string().filter((name) => !['production', 'test', 'custom'].includes(name)),
				(environment) => {
					expect(() => serverOf({ environment })).toThrow('environment');
				},
			),
			{ examples: [['constructor'], ['__proto__'], ['toString'], ['']] },
		);
	});
});

describe('the base URL of the custom environment', () => {
	test.each([
		['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
		['http://127.0.0.1:4010/', 'http://127.0.0.1:4010'],
		['http://127.9.8.7', 'http://127.9.8.7'],
		['https://localhost:8443', 'https://localhost:8443'],
		['http://LOCALHOST:4010', 'http://localhost:4010'],
		['http://[::1]:4010', 'http://[::1]:4010'],
		['http://host.docker.internal:4010', 'http://host.docker.internal:4010'],
		// Other spellings of this computer, which is also where they lead.
		['http://127.1', 'http://127.0.0.1'],
		['http://2130706433:4010', 'http://127.0.0.1:4010'],
		['http://0x7f.1:4010', 'http://127.0.0.1:4010'],
	])('may be %s', (given, server) => {
		expect(custom(given)).toBe(server);
	});

	test.each([
		'http://127.0.0.1.evil.com',
		'http://localhost.evil.com',
		'http://host.docker.internal.evil.com',
		'http://evil.com/127.0.0.1',
		'http://evil.com/?localhost',
		'http://evil.com#localhost',
		'http://127.0.0.1@evil.com',
		'http://localhost:4010@evil.com',
		'http://evil-localhost',
		'http://0.0.0.0:4010',
		'http://[::]:4010',
		'http://[::2]:4010',
		'http://10.0.0.1',
		'http://192.168.1.1',
		'http://169.254.169.254',
		'http://3232235777',
		'http://128.0.0.1',
		'https://api.vipps.no',
		'ftp://127.0.0.1',
		'file:///etc/hosts',
		'javascript:alert(1)',
		'127.0.0.1:4010',
		'localhost:4010',
		'//127.0.0.1:4010',
		'http://',
		'',
		'   ',
	])('may not be %p', (given) => {
		expect(() => custom(given)).toThrow('must lead to this computer');
	});

	it.each([undefined, null, 4010, {}])('may not be %p', (given) => {
		expect(() => custom(given)).toThrow('must lead to this computer');
	});

	it.each(['http://user:pass@127.0.0.1:4010', 'http://user@localhost', 'http://:pass@localhost'])(
		'may not hold a name or a password: %s',
		(given) => {
			expect(() => custom(given)).toThrow('user name or a password');
		},
	);

	it('is refused with a hint that repeats nothing of what was entered', () => {
		const refusal = () => custom('https://user:hunter2@evil.com/secret');
		try {
			refusal();
		} catch (error) {
			expect(JSON.stringify([error, (error as Error).message])).not.toMatch(/hunter2|evil|secret/);
		}
		expect(refusal).toThrow();
	});

	it('never leads to another computer, whatever is entered', () => {
		const piece = fc.constantFrom(
			...['http://', 'https://', '127.0.0.1', 'localhost', '[::1]', 'evil.com', '@', ':', '.'],
			...['/', '\\', '?', '#', '%2e', '4010', 'user', '\t', ' ', '%00', '。', 'ⓛocalhost'],
		);
		fc.assert(
			fc.property(fc.array(piece, { minLength: 1, maxLength: 7 }), (pieces) => {
				let server: string | undefined;
				try {
					server = custom(pieces.join(''));
				} catch {
					return;
				}
				expect(new URL(server).hostname).toMatch(/^(127\.0\.0\.1|localhost|\[::1\])$/);
				expect(new URL('/accesstoken/get', server).origin).toBe(new URL(server).origin);
				expect([new URL(server).username, new URL(server).password]).toEqual(['', '']);
				expect(server).not.toMatch(/\/$/);
			}),
			{ numRuns: 5000 },
		);
	});
});

describe('the keys of a credential', () => {
	const server = 'http://127.0.0.1:4010';

	it.each([
		'/settlement/v1/ledgers',
		'/report/v2/ledgers/1/funds/feed?cursor=https://evil.com',
		'settlement/v1/ledgers',
		'',
		'http://127.0.0.1:4010/settlement/v1/ledgers',
		'HTTP://127.0.0.1:4010',
	])('go to %p', (url) => {
		expect(() => assertSameServer(url, server)).not.toThrow();
	});

	it.each([
		'https://evil.com/settlement/v1/ledgers',
		'//evil.com/settlement/v1/ledgers',
		'\\\\evil.com/settlement/v1/ledgers',
		'/\\evil.com',
		' //evil.com',
		'http://127.0.0.1:4011/settlement/v1/ledgers',
		'https://127.0.0.1:4010/settlement/v1/ledgers',
		'http://127.0.0.1:4010@evil.com/',
		'http://127.0.0.1/settlement/v1/ledgers',
		'https://api.vipps.no/settlement/v1/ledgers',
		'http:evil.com',
		'file:///etc/hosts',
		'data:text/plain,x',
	])('do not go to %p', (url) => {
		expect(() => assertSameServer(url, server)).toThrow('only sent to 127.0.0.1:4010');
	});
});
