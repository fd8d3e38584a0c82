import fc from 'fast-check';
import { readDatePage, readCursor, readPage, segment } from '../../../nodes/shared/api/page';

describe('the body of a page', () => {
	it('is its items and everything else that comes with them', () => {
		expect(readPage({ items: [{ a: 1 }], cursor: 'c', tryLater: true, comesLater: 1 })).toEqual({
			items: [{ a: 1 }],
			rest: { cursor: 'c', tryLater: true, comesLater: 1 },
		});
	});

	it.each([{ cursor: 'c' }, { hasMore: false }, { tryLater: true }, { items: null, cursor: '' }])(
		'may leave an empty list of items out: %p',
		(body) => {
			expect(readPage(body)?.items).toEqual([]);
		},
	);

	it.each([
		undefined,
		null,
		'',
		'<html></html>',
		'{"items":[',
		5,
		[],
		[{ items: [] }],
		{},
		{ error: 'x' },
		{ items: null },
		{ items: 'none', cursor: 'c' },
		{ items: {}, cursor: 'c' },
		{ items: [{ a: 1 }, null], cursor: 'c' },
		{ items: [['a']], cursor: 'c' },
		{ items: ['a'], cursor: 'c' },
	])('is not taken for an empty page when it is none: %p', (body) => {
		expect(readPage(body)).toBeUndefined();
	});

	it('has a cursor only when there is something in it', () => {
		expect(readCursor('abc==')).toBe('abc==');
		for (const none of ['', undefined, null, 5, {}]) expect(readCursor(none)).toBeUndefined();
	});
});

describe('a reference in an address', () => {
	it('stays one part of the path and comes back as it was', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
				const [part, ...others] = segment(text).split(/[/?#\\]/);
				expect(others).toEqual([]);
				expect(decodeURIComponent(part)).toBe(text);
			}),
		);
	});
});

describe('a page of one date', () => {
	it('leads on by its cursor, also when the date is still open', () => {
		const body = { items: [{ a: 1 }], hasMore: true, cursor: 'c', tryLater: true };
		expect(readDatePage(body)).toEqual({ entries: [{ a: 1 }], cursor: 'c', open: true });
	});

	it('is the last one when it says so, whatever its cursor', () => {
		const body = { items: [], hasMore: false, cursor: 'c', tryLater: false };
		expect(readDatePage(body)).toEqual({ entries: [], cursor: undefined, open: false });
	});

	it.each([undefined, null, '', 7])(
		'is refused when it promises more by the cursor %p',
		(cursor) => {
			expect(readDatePage({ items: [{ a: 1 }], hasMore: true, cursor })).toBeUndefined();
		},
	);
});
