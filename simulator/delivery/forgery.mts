import { randomBytes } from 'node:crypto';
import { letterTo, seal, type Letter } from './letter.mts';

interface Original {
	registration: { id: string; url: string; secret: string };
	body: Buffer;
	/** RFC 1123. */
	date: string;
	/** Which bit or character is changed, counted round. */
	bit: number;
}

/** Each makes of a delivery one that must not be believed. */
const makers: Record<string, (original: Original) => Letter> = {
	/** Signed by somebody who does not know the secret. */
	secret: ({ registration, body, date }) =>
		letterTo({ ...registration, secret: randomBytes(64).toString('base64') }, body, date),
	/** The secret is text, whatever it looks like. */
	decodedSecret: (original) => {
		const secret = Buffer.from(original.registration.secret, 'base64');
		return resealed(original, { secret });
	},
	body: (original) => ({ ...honest(original), ...withBody(original, changed(original.body)) }),
	/** The content hash fits the changed body, the signature does not. */
	bodyAndHash: (original) => {
		const body = changed(original.body);
		const letter = honest(original);
		const { 'x-ms-content-sha256': hash } = letterTo(
			original.registration,
			body,
			original.date,
		).headers;
		const sent = withBody(original, body);
		return { ...letter, ...sent, headers: { ...sent.headers, 'x-ms-content-sha256': hash! } };
	},
	bit: (original) => ({ ...honest(original), ...withBody(original, flipped(original)) }),
	hashBit: (original) => withHeader(original, 'x-ms-content-sha256', flipLast),
	signatureBit: (original) => withHeader(original, 'authorization', flipLast),
	dateBit: (original) => withHeader(original, 'x-ms-date', flipLast),
	/** Another hour than the one that was signed. */
	date: (original) =>
		withHeader(original, 'x-ms-date', (date) =>
			new Date(Date.parse(date) + 3_600_000).toUTCString(),
		),
	/** Signed for another host, which the request names, too. */
	host: (original) => resealed(original, { host: 'elsewhere.example' }),
	/** Signed for another address of the same host. */
	path: (original) => resealed(original, { path: '/elsewhere' }),
	noSignature: (original) => without(original, 'authorization'),
	noHash: (original) => without(original, 'x-ms-content-sha256'),
	noDate: (original) => without(original, 'x-ms-date'),
	noHeaders: (original) =>
		without(original, 'authorization', 'x-ms-content-sha256', 'x-ms-date', 'webhook-id'),
	emptySignature: (original) =>
		withHeader(original, 'authorization', (text) => text.replace(/Signature=.*/, 'Signature=')),
	otherScheme: (original) =>
		withHeader(original, 'authorization', (text) => text.replace('HMAC-SHA256', 'Bearer')),
};

export const forgeries: readonly string[] = Object.keys(makers);

/** @param kind one of `forgeries` */
export function forge(kind: string, original: Original): Letter {
	return makers[kind]!(original);
}

function honest({ registration, body, date }: Original): Letter {
	return letterTo(registration, body, date);
}

/** The honest letter, signed for or with something else. */
function resealed(
	original: Original,
	other: { secret?: Buffer; host?: string; path?: string },
): Letter {
	const { registration, body, date } = original;
	const { host, pathname, search } = new URL(registration.url);
	const letter = honest(original);
	const sealed = seal({
		secret: registration.secret,
		host,
		path: `${pathname}${search}`,
		date,
		body,
		...other,
	});
	return { ...letter, headers: { ...letter.headers, ...sealed } };
}

function withBody(original: Original, body: Buffer): Pick<Letter, 'body' | 'headers'> {
	const headers = { ...honest(original).headers, 'content-length': String(body.length) };
	return { body, headers };
}

function withHeader(
	original: Original,
	name: string,
	change: (value: string, bit: number) => string,
): Letter {
	const letter = honest(original);
	const value = change(letter.headers[name]!, original.bit);
	return { ...letter, headers: { ...letter.headers, [name]: value } };
}

function without(original: Original, ...names: string[]): Letter {
	const letter = honest(original);
	const kept = Object.entries(letter.headers).filter(([name]) => !names.includes(name));
	return { ...letter, headers: Object.fromEntries(kept) };
}

/** A body that says something else: more money where it speaks of money. */
function changed(body: Buffer): Buffer {
	const text = body.toString();
	const dearer = text.replace(/("value":)(\d+)/, (_all, name, value) => `${name}${value}9`);
	return Buffer.from(dearer === text ? `${text} ` : dearer);
}

function flipped({ body, bit }: Original): Buffer {
	const copy = Buffer.from(body);
	if (copy.length === 0) return Buffer.from(' ');
	const at = bit % (copy.length * 8);
	copy[at >> 3]! ^= 1 << (at & 7);
	return copy;
}

/** Flips a low bit within the last 24 characters, which keeps a header a header. */
function flipLast(value: string, bit: number): string {
	const at = value.length - 1 - (bit % 24);
	return `${value.slice(0, at)}${String.fromCharCode(value.charCodeAt(at) ^ 1)}${value.slice(at + 1)}`;
}
