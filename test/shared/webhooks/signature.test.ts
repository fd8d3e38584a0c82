/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import crypto from 'node:crypto';
import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import { signerOf, type Delivery, type Signer } from '../../../nodes/shared/webhooks/signature';
import { sign } from '../../support/deliver';

/** The documented example, whose secret the documentation has shown in full until 2026. */
const documented: Signer = {
	url: 'https://webhook.site/e2cee29b-012e-4f1d-8ef4-e95fd74a7a63',
	secret: [
		'A0+AeKBRG2KRGvnNwJpQlb6IJFk48CKX',
		'CIcrLoHncVJKDILsQSxS6NWCccwWm6r6',
		'FhGKhiHTBsG2wo/xU6FY/A==',
	].join(''),
};

const delivery: Delivery = {
	body: Buffer.from('{"some-unique-content":"ee6e441b-cc4a-46f8-895d-a5af79bcc233/hello-world"}'),
	headers: {
		'x-ms-date': 'Thu, 30 Mar 2023 08:38:32 GMT',
		'x-ms-content-sha256': 'lNlsp1XA03N34HrQsVzPgJKtC+r7l/RBF4V3JQUWMj4=',
		authorization:
			'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=agAiSyogQbDHpeucoNwYz+yAr5nJ+v+zasdkSbqzv+U=',
	},
};

const other: Signer = { url: documented.url, secret: 'another secret' };

const isTrue = (changes: Partial<Delivery>, signers: Signer[] = [documented]): boolean =>
	signerOf({ ...delivery, ...changes }, signers) !== undefined;

const withHeader = (name: string, value: unknown) => ({
	headers: { ...delivery.headers, [name]: value },
});

/** Every text that differs in one bit of one of its characters. */
function* oneBitOff(text: string): Generator<string> {
	const bytes = Buffer.from(text, 'latin1');
	for (let bit = 0; bit < bytes.length * 8; bit++) {
		const changed = Buffer.from(bytes);
		changed[bit >> 3] ^= 1 << (bit & 7);
		yield changed.toString('latin1');
	}
}

it('lets the documented example in', () => {
	expect(signerOf(delivery, [documented])).toBe(documented);
});

it('takes the characters of the secret for the key and does not decode them', () => {
	const decoded = Buffer.from(documented.secret, 'base64').toString('latin1');
	expect(isTrue({}, [{ ...documented, secret: decoded }])).toBe(false);
});

it('refuses every change of a single bit of the body', () => {
	let tried = 0;
	for (const body of oneBitOff(Buffer.from(delivery.body).toString('latin1'))) {
		tried++;
		expect(isTrue({ body: Buffer.from(body, 'latin1') })).toBe(false);
	}
	expect(tried).toBe(delivery.body.length * 8);
});

it.each(['x-ms-date', 'x-ms-content-sha256', 'authorization'])(
	'refuses every change of a single bit of %s',
	(name) => {
		for (const value of oneBitOff(String(delivery.headers[name]))) {
			expect(isTrue(withHeader(name, value))).toBe(false);
		}
	},
);

it('refuses every change of a single character of the path, the query or the host', () => {
	const url = 'https://n8n.example.com:8443/webhook/5f4c/webhook?unit=1';
	const { body, headers } = sign('{}', { url, secret: documented.secret });
	const signed = (address: string) =>
		signerOf({ body, headers }, [{ ...documented, url: address }]) !== undefined;
	expect(signed(url)).toBe(true);
	for (let index = 'https://'.length; index < url.length; index++) {
		const character = url[index] === '7' ? '8' : '7';
		const changed = url.slice(0, index) + character + url.slice(index + 1);
		if (URL.canParse(changed)) expect([changed, signed(changed)]).toEqual([changed, false]);
	}
	expect(signed('https://n8n.example.com/webhook/5f4c/webhook?unit=1')).toBe(false);
});

it('refuses a body with another hash that the sender has signed, and a hash alone', () => {
	const { headers } = sign('{"amount":1}', documented);
	expect(signerOf({ body: Buffer.from('{"amount":2}'), headers }, [documented])).toBeUndefined();
	expect(
		isTrue({ headers: { 'x-ms-content-sha256': delivery.headers['x-ms-content-sha256'] } }),
	).toBe(false);
});

it.each(['x-ms-date', 'x-ms-content-sha256', 'authorization'])(
	'refuses a delivery whose %s is missing or is no single text',
	(name) => {
		const value = String(delivery.headers[name]);
		for (const wrong of [
			undefined,
			null,
			'',
			[value],
			[value, value],
			`${value}, ${value}`,
			{},
			1,
		]) {
			expect(isTrue(withHeader(name, wrong))).toBe(false);
		}
	},
);

it.each([
	(value: string) => value.toLowerCase(),
	(value: string) => ` ${value}`,
	(value: string) => `${value}=`,
	(value: string) => value.slice(0, -1),
	(value: string) => value.replace('HMAC-SHA256', 'HMAC-SHA1'),
	(value: string) => value.replace('x-ms-date;host', 'host;x-ms-date'),
	(value: string) => value.slice(value.indexOf('Signature=')),
	() => 'Bearer x',
])('takes the documented spelling of Authorization only (%#)', (change) => {
	const value = String(delivery.headers.authorization);
	expect(isTrue(withHeader('authorization', change(value)))).toBe(false);
});

it('names the one who has signed, whichever it is, and nobody without a secret', () => {
	expect(signerOf(delivery, [other, documented])).toBe(documented);
	expect(signerOf(delivery, [documented, other])).toBe(documented);
	expect(signerOf(delivery, [])).toBeUndefined();
	const open = { ...documented, secret: '' };
	expect(signerOf(sign('{}', open), [open])).toBeUndefined();
});

it('signs and refuses whatever bytes there are', () => {
	fc.assert(
		fc.property(fc.uint8Array(), fc.string(), fc.nat(), (bytes, secret, where) => {
			const signer = { ...documented, secret: `s${secret}` };
			const { body, headers } = sign(Buffer.from(bytes), signer);
			expect(signerOf({ body, headers }, [signer])).toBe(signer);
			if (body.length === 0) return;
			const changed = Buffer.from(body);
			changed[where % body.length] ^= 1 << where % 8;
			expect(signerOf({ body: changed, headers }, [signer])).toBeUndefined();
		}),
	);
});

/** Ways to be refused, of the same size. */
const refusals: Record<string, [Delivery, Signer[]]> = {
	'first character of the signature': [
		{ ...delivery, ...withHeader('authorization', flip('Signature=a', 'Signature=b')) },
		[documented],
	],
	'last character of the signature': [
		{ ...delivery, ...withHeader('authorization', flip('zv+U=', 'zv+Q=')) },
		[documented],
	],
	'wrong hash': [
		{ ...delivery, ...withHeader('x-ms-content-sha256', `m${'A'.repeat(42)}=`) },
		[documented],
	],
	'changed body': [{ ...delivery, body: Buffer.alloc(delivery.body.length, 97) }, [documented]],
	'secret of another': [delivery, [other]],
	'nobody is registered': [delivery, []],
};

function flip(from: string, to: string): string {
	return String(delivery.headers.authorization).replace(from, to);
}

it('does the same work for every kind of refusal as for a true delivery', () => {
	const spies = (['createHash', 'createHmac', 'timingSafeEqual'] as const).map((name) =>
		jest.spyOn(crypto, name),
	);
	const work = ([one, signers]: [Delivery, Signer[]]) => {
		spies.forEach((spy) => spy.mockClear());
		signerOf(one, signers);
		return spies.map((spy) => spy.mock.calls.length);
	};
	const counts = work([delivery, [documented]]);
	expect(Math.min(...counts)).toBeGreaterThan(0);
	for (const [kind, refusal] of Object.entries(refusals)) {
		expect([kind, work(refusal)]).toEqual([kind, counts]);
	}
	jest.restoreAllMocks();
});

it('tells nothing by its time', () => {
	const times = new Map(Object.keys(refusals).map((kind) => [kind, [] as number[]]));
	// Taken in turns, so that whatever else the computer does befalls all alike.
	for (let round = 0; round < 4_000; round++) {
		for (const [kind, [one, signers]] of Object.entries(refusals)) {
			const start = performance.now();
			signerOf(one, signers);
			times.get(kind)?.push(performance.now() - start);
		}
	}
	const medians = [...times.values()].map((all) => all.sort((a, b) => a - b)[all.length >> 1]);
	// An HMAC that is left out, or a body that is not hashed, takes away a quarter.
	expect(Math.max(...medians) / Math.min(...medians)).toBeLessThan(1.2);
});
