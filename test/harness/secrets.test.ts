import { NodeApiError, type INode } from 'n8n-workflow';
import { expectNoSecrets } from './secrets';

const needle = 'correct-horse/battery';
const node = { name: 'Node', type: 'test', typeVersion: 1, parameters: {} } as unknown as INode;

const hidden = Object.defineProperty({}, 'config', { value: { deep: [{ needle }] } });
const nested = { a: { b: { c: { d: { e: { f: needle } } } } } };
const withCause = new Error('outer', {
	cause: new Error('middle', { cause: { headers: needle } }),
});
const axiosLike = Object.assign(new Error('failed'), { config: { headers: { key: needle } } });

it.each([
	['a string', `key ${needle}`],
	['a deep property', nested],
	['a hidden property', hidden],
	['a cause', withCause],
	['a NodeApiError around a request error', new NodeApiError(node, axiosLike as never)],
	['an address', `?key=${encodeURIComponent(needle)}`],
	['a Basic header', `Basic ${Buffer.from(needle).toString('base64')}`],
	['a map', new Map([['key', needle]])],
])('finds a secret in %s', (_name, value) => {
	expect(() => expectNoSecrets(value, ['other', needle])).toThrow(
		/^Secrets found: cor… \(21 characters\)$/,
	);
});

it('passes what holds none, whatever its shape', () => {
	const circular: Record<string, unknown> = { name: 'x' };
	circular.self = circular;
	expectNoSecrets(circular, [needle]);
	expectNoSecrets(undefined, [needle]);
	expectNoSecrets(new NodeApiError(node, { message: 'no' }), [needle, '']);
});
