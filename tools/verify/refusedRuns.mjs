import { choicesOf, operationsOf } from './properties.mjs';

/** A stand-in for all that a check has no use for. */
const nothing = () => undefined;

const freeze = (value) => {
	if (value && typeof value === 'object') Object.values(value).forEach(freeze);
	return Object.freeze(value);
};

/** The first way of logging in that the editor offers for a resource. */
function authenticationFor({ properties }, resource) {
	const field = properties.find(({ name }) => name === 'authentication');
	const offered = choicesOf(field ?? {}).find(
		({ displayOptions: { show, hide } = {} }) =>
			!hide?.resource?.includes(resource) && (!show?.resource || show.resource.includes(resource)),
	);
	return offered?.value;
}

/**
 * Runs every operation of an action node for one item, with fields as they are when a node is
 * new, an API that refuses everything, and Continue On Fail. It does not need n8n's engine: the
 * engine tests do that; what is seen here holds for any engine.
 *
 * @param {any} type the node
 * @returns {Promise<Array<{ operation: string, input: object[], items: any[], thrown?: string }>>}
 */
export async function refusedRuns(type) {
	const runs = [];
	for (const { resource, operation } of operationsOf(type.description)) {
		const input = freeze([{ json: { id: 1, nested: { name: 'as it came' } } }]);
		const given = {
			resource,
			operation,
			authentication: authenticationFor(type.description, resource),
		};
		const known = {
			continueOnFail: () => true,
			getInputData: () => input,
			getNode: () => ({ name: 'Node', type: type.description.name, parameters: {} }),
			getNodeParameter: (name, _item, fallback) => given[name] ?? fallback ?? '',
			getCredentials: async () => ({ merchantSerialNumber: '123456' }),
			getExecutionId: () => '1',
			getWorkflow: () => ({ id: '1' }),
			helpers: {
				httpRequestWithAuthentication: async () => ({ statusCode: 403, headers: {}, body: {} }),
			},
		};
		const context = new Proxy(known, { get: (target, name) => target[name] ?? nothing });
		const run = { operation: `${resource}.${operation}`, input, items: [] };
		try {
			run.items = (await type.execute.call(context)).flat();
		} catch (error) {
			run.thrown = String(error?.message);
		}
		runs.push(run);
	}
	return runs;
}
