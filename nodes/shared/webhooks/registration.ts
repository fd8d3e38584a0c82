import { isObject } from '../ledger/object';

/** A registration as the API lists it. */
export interface Registration {
	id: string;
	url: string;
	events: string[];
}

/** What a trigger wants to have registered. */
export interface Wanted {
	url: string;
	events: string[];
	/** The sales unit; empty for all units of a partner. */
	msn: string;
	/** Names the node, its workflow and the n8n that they are in. */
	owner: string;
}

/** A registration that a trigger has made. */
export interface OwnRegistration extends Wanted {
	id: string;
	secret: string;
	/** It is to be deleted, and its secret counts until then. */
	leaving?: boolean;
	/** It is deleted; until when (milliseconds since 1970) its secret counts. */
	goneUntil?: number;
}

/** A secret outlives its registration by this, for deliveries that are under way, in milliseconds. */
const OVERLAP_MS = 3_600_000;

/** More than these are never kept: a trigger has one, and for a while the one before. */
const MOST_KEPT = 5;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const isComplete = (value: unknown): value is OwnRegistration =>
	isObject(value) &&
	[value.id, value.url, value.owner, value.secret].every(isText) &&
	URL.canParse(String(value.url)) &&
	typeof value.msn === 'string' &&
	Array.isArray(value.events);

/**
 * Reads what was stored, which may be of any age. Left out are registrations of another owner,
 * which came with a copied workflow, and those whose secret counts no more.
 */
export function readOwn(stored: unknown, owner: string, now: number): OwnRegistration[] {
	const list = Array.isArray(stored) ? stored.filter(isComplete) : [];
	return list.filter(
		({ owner: other, goneUntil = Infinity }) => other === owner && goneUntil > now,
	);
}

const hrefOf = (url: string): string => (URL.canParse(url) ? new URL(url).href : url);

export const isSameUrl = (one: string, other: string): boolean => hrefOf(one) === hrefOf(other);

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
	const wanted = new Set(others);
	return new Set(some).size === wanted.size && some.every((one) => wanted.has(one));
}

/** Whether it is still at the API, as far as is known. */
export const isThere = ({ goneUntil }: OwnRegistration): boolean => goneUntil === undefined;

/** Whether a registration is exactly what is wanted, and is to stay. */
export const isWanted = (own: OwnRegistration, wanted: Wanted): boolean =>
	own.owner === wanted.owner &&
	own.msn === wanted.msn &&
	own.url === wanted.url &&
	isSameSet(own.events, wanted.events) &&
	own.leaving !== true &&
	isThere(own);

/** The same, with all of them on the way out. */
export const leaving = (all: readonly OwnRegistration[]): OwnRegistration[] =>
	all.map((one) => (isThere(one) ? { ...one, leaving: true } : one)).slice(0, MOST_KEPT - 1);

/** The same after some were deleted at the API. */
export const withoutDeleted = (
	all: readonly OwnRegistration[],
	deleted: ReadonlySet<string>,
	now: number,
): OwnRegistration[] =>
	all.map((one) =>
		deleted.has(one.id) && isThere(one) ? { ...one, goneUntil: now + OVERLAP_MS } : one,
	);
