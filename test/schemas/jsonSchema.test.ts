import * as fc from 'fast-check';
import { complaints, schemaOf } from './jsonSchema';

it.each([
	[[1, 2], { type: 'integer' }],
	[[1, 2.5], { type: 'number' }],
	[[null, 'a'], { type: ['string', 'null'] }],
	[[null], { type: 'null' }],
	[[[], ['a']], { type: 'array', items: { type: 'string' } }],
	[[null, { a: 1 }], { type: 'object', properties: { a: { type: 'integer' } } }],
	[
		[{ b: true }, { a: null }],
		{ type: 'object', properties: { a: { type: 'null' }, b: { type: 'boolean' } } },
	],
])('the schema of %j', (values, schema) => {
	expect(schemaOf(values)).toEqual(schema);
});

it.each([
	[{ a: 1 }, { a: 2 }, []],
	[{ a: 1 }, {}, []],
	[{ a: { b: 1 } }, { a: null }, []],
	[{ a: 1.5 }, { a: 1 }, []],
	[{ a: 1 }, { a: '1' }, ['$.a is string, not integer']],
	[{ a: 1 }, { a: 1, b: 1 }, ['$.b is not said']],
	[{ a: 'x' }, { a: null }, ['$.a is null, not string']],
	[{ a: ['x'] }, { a: ['y', 1] }, ['$.a[1] is integer, not string']],
	[{ a: [] }, { a: [1] }, ['$.a[0] is integer, not said']],
])('of an example %j, %j is told apart', (example, value, expected) => {
	expect(complaints(schemaOf([example]), value)).toEqual(expected);
});

it('fits every object of those that it was made of', () => {
	fc.assert(
		fc.property(fc.array(fc.dictionary(fc.string(), fc.integer()), { minLength: 1 }), (objects) => {
			const schema = schemaOf(objects);
			for (const object of objects) expect(complaints(schema, object)).toEqual([]);
		}),
	);
});
