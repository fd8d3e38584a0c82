import { createServer } from 'node:http';

/**
 * A bookkeeping program that takes every voucher.
 *
 * @param {import('node:test').TestContext} test ends it afterwards
 * @returns {Promise<{ url: string, received: Array<{ token: string, body: object }> }>}
 */
export async function startBookkeeping(test) {
	const received = [];
	const server = createServer(async (request, response) => {
		let text = '';
		for await (const part of request) text += part;
		received.push({ token: request.headers.authorization, body: JSON.parse(text) });
		response.writeHead(201).end();
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	test.after(() => {
		server.close();
		server.closeAllConnections();
	});
	return { url: `http://127.0.0.1:${server.address().port}/`, received };
}
