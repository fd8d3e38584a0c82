import http from 'node:http';

/**
 * A server of this computer that takes JSON.
 *
 * @param {import('node:test').TestContext} test ends it afterwards
 * @param {(body: any, path: string) => object} answer
 * @returns {Promise<string>} its address
 */
async function serve(test, answer) {
	const server = http.createServer(async (request, response) => {
		let text = '';
		for await (const part of request) text += part;
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify(answer(text === '' ? {} : JSON.parse(text), request.url)));
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	test.after(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${server.address().port}`;
}

/**
 * A language model with OpenAI's interface that always wants the same: it calls a tool once, and
 * then repeats what it was told of that.
 *
 * @param {import('node:test').TestContext} test ends it afterwards
 * @returns {Promise<{ url: string, script: { tool?: string, args?: object }, tools: object[] }>}
 *   `script` is what it wants; `tools` are those that it was offered last
 */
export async function startModel(test) {
	const model = { script: {}, tools: [] };
	const url = await serve(test, ({ tools = [], messages = [] }) => {
		model.tools = tools.map((tool) => tool.function);
		const told = messages.filter(({ role }) => role === 'tool').at(-1);
		const { tool: name, args } = model.script;
		const call = { id: 'call_1', type: 'function' };
		const message = told
			? { role: 'assistant', content: `I was told: ${told.content}` }
			: {
					role: 'assistant',
					content: null,
					tool_calls: [{ ...call, function: { name, arguments: JSON.stringify(args) } }],
				};
		return {
			id: 'chatcmpl-1',
			object: 'chat.completion',
			created: 1,
			model: 'scripted',
			choices: [{ index: 0, message, finish_reason: told ? 'stop' : 'tool_calls' }],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
	});
	return Object.assign(model, { url: `${url}/v1` });
}

/**
 * A messenger with Telegram's interface.
 *
 * @param {import('node:test').TestContext} test ends it afterwards
 * @returns {Promise<{ url: string, messages: Array<{ text: string, buttons: Array<{ text: string, url: string }> }> }>}
 *   `messages` are what somebody has been sent
 */
export async function startMessenger(test) {
	const messages = [];
	const url = await serve(test, ({ text, reply_markup: markup }) => {
		messages.push({ text, buttons: (markup?.inline_keyboard ?? []).flat() });
		return { ok: true, result: { message_id: messages.length } };
	});
	return { url, messages };
}
