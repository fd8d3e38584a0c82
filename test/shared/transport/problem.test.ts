import fc from 'fast-check';
import { readProblem } from '../../../nodes/shared/transport/problem';

describe('an unsuccessful answer', () => {
	it('as payments and webhooks give it: fields under name and reason', () => {
		const body = {
			type: 'https://developer.vippsmobilepay.com/docs/errors',
			title: 'Bad Request',
			detail: 'Invalid input',
			instance: '/epayment/v1/payments',
			status: 400,
			traceId: 'trace-1',
			extraDetails: [{ name: 'amount.value', reason: 'must be at least 100' }],
		};
		expect(readProblem(400, body)).toEqual({
			status: 400,
			message: 'Bad Request: Invalid input',
			code: undefined,
			traceId: 'trace-1',
			fields: [{ name: 'amount.value', reason: 'must be at least 100' }],
		});
	});

	it('with its own code among the extra details', () => {
		const extraDetails = [
			{ name: 'ErrorCode', reason: '4010' },
			{ name: 'reference', reason: 'is taken' },
		];
		const problem = readProblem(409, { title: 'Conflict', extraDetails });
		expect(problem).toMatchObject({
			code: '4010',
			fields: [{ name: 'reference', reason: 'is taken' }],
		});
	});

	it('as the Management API gives it: fields under key and value', () => {
		const extraDetails = [{ key: 'productType', value: 'is unknown' }];
		expect(readProblem(400, { title: 'Bad Request', extraDetails }).fields).toEqual([
			{ name: 'productType', reason: 'is unknown' },
		]);
	});

	it('with a context ID in place of a trace ID', () => {
		expect(readProblem(400, { title: 'No', contextId: 'context-1' }).traceId).toBe('context-1');
	});

	it('with invalid parameters', () => {
		const invalidParams = [{ name: 'orderId', reason: 'is too long' }];
		expect(readProblem(400, { title: 'No', invalidParams }).fields).toEqual(invalidParams);
	});

	it('with a code and a message', () => {
		const body = { code: '401', message: 'Access denied' };
		expect(readProblem(401, body)).toMatchObject({ code: '401', message: 'Access denied' });
	});

	it('with an error code that is a number', () => {
		const body = { errorCode: 10001, errorMessage: 'Unknown', contextId: 'context-2' };
		expect(readProblem(500, body)).toMatchObject({
			code: '10001',
			message: 'Unknown',
			traceId: 'context-2',
		});
	});

	it('of the gateway in front of the API', () => {
		const responseInfo = { responseCode: 401, responseMessage: 'Unauthorized' };
		const body = { responseInfo, result: { message: '(Unauthorized) Access denied' } };
		expect(readProblem(401, body).message).toBe('(Unauthorized) Access denied');
		expect(readProblem(401, { responseInfo }).message).toBe('Unauthorized');
	});

	it('of the token endpoint', () => {
		expect(readProblem(400, { error: 'invalid_client' })).toMatchObject({
			code: 'invalid_client',
			message: 'invalid_client',
		});
		const body = { error: 'invalid_client', error_description: 'No such client' };
		expect(readProblem(400, body).message).toBe('No such client');
	});

	it.each(['400', 'four hundred', null, 400.5, {}])(
		'goes by the status of HTTP, not by %p in the body',
		(status) => {
			expect(readProblem(400, { status, title: 'No' }).status).toBe(400);
		},
	);

	it('that came as text is read as JSON when it is JSON', () => {
		expect(readProblem(404, '{"title":"No such ledgerId"}').message).toBe('No such ledgerId');
		expect(readProblem(404, '"No such ledgerId"').message).toBe('No such ledgerId');
		expect(readProblem(404, 'No such ledgerId').message).toBe('No such ledgerId');
	});

	it('in HTML says its title, without markup', () => {
		const html = '<html><head><title>\n 502 Bad Gateway </title></head><body><h1>x</h1></body>';
		expect(readProblem(502, html).message).toBe('502 Bad Gateway');
		expect(readProblem(502, '<h1>Bad <b>gateway</b></h1>').message).toBe('Bad gateway');
	});

	it.each([undefined, null, '', '   ', '{}', '[]', 'null', '5', 5, true, [], {}, [{ title: 'x' }]])(
		'may say nothing: %p',
		(body) => {
			expect(readProblem(500, body)).toEqual({
				status: 500,
				message: undefined,
				code: undefined,
				traceId: undefined,
				fields: [],
			});
		},
	);

	it('finds the trace ID in the headers when the body has none', () => {
		expect(readProblem(500, '', { 'x-request-id': 'r-1' }).traceId).toBe('r-1');
		expect(readProblem(500, '', { 'request-id': 'r-2' }).traceId).toBe('r-2');
		expect(readProblem(500, { traceId: 't' }, { 'request-id': 'r-2' }).traceId).toBe('t');
	});

	it('does not say the same thing twice', () => {
		const same = { title: 'Not found', detail: 'Not found' };
		expect(readProblem(404, same).message).toBe('Not found');
		const longer = { title: 'Not found.', detail: 'No such reference' };
		expect(readProblem(404, longer).message).toBe('Not found: No such reference');
	});

	it('survives extra details that are none', () => {
		const extraDetails = [null, 'text', 5, [], {}, { name: 'a' }, { reason: 'b' }, { name: {} }];
		expect(readProblem(400, { extraDetails }).fields).toEqual([{ name: 'a', reason: '' }]);
		expect(readProblem(400, { extraDetails: 'amount' }).fields).toEqual([]);
	});
});

const textsOf = ({ fields, ...others }: ReturnType<typeof readProblem>): unknown[] => [
	...Object.values(others),
	...fields.flatMap(({ name, reason }) => [name, reason]),
];

describe('what is kept of an unsuccessful answer', () => {
	it('is short, however long the answer is', () => {
		const long = 'x'.repeat(1_000_000);
		const extraDetails = Array.from({ length: 5000 }, () => ({ name: long, reason: long }));
		const bodies = [long, { title: long, detail: long, code: long, traceId: long, extraDetails }];
		for (const body of bodies) {
			expect(JSON.stringify(readProblem(400, body)).length).toBeLessThan(20_000);
		}
	});

	it.each(['<', '<title', '<title>', '</'])(
		'is found quickly, even in a long page of nothing but %s',
		(piece) => {
			const start = performance.now();
			readProblem(502, piece.repeat(100_000));
			expect(performance.now() - start).toBeLessThan(500);
		},
	);

	it('is plain text of at most 610 characters a piece, whatever the answer is', () => {
		const known = ['title', 'detail', 'message', 'code', 'error', 'errorCode', 'traceId', 'result'];
		const body = fc.oneof(
			fc.anything(),
			fc.string(),
			fc.dictionary(fc.constantFrom(...known, 'extraDetails', 'responseInfo'), fc.anything()),
			fc.json(),
		);
		fc.assert(
			fc.property(body, (given) => {
				const texts = textsOf(readProblem(400, given)).filter((text) => text !== undefined);
				for (const text of texts) {
					expect(['string', 'number']).toContain(typeof text);
					expect(String(text).length).toBeLessThanOrEqual(610);
				}
			}),
			{ numRuns: 1000 },
		);
	});
});
