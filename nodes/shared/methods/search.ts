import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { CREDENTIAL_TYPES, type Authentication } from '../descriptions/authentication';
import { createClient, type ApiClient } from '../transport/client';

/** A client with the keys that the user has chosen in the node. */
export function clientOf(context: ILoadOptionsFunctions): ApiClient {
	const authentication = context.getNodeParameter(
		'authentication',
		'accountingApi',
	) as Authentication;
	return createClient(context, CREDENTIAL_TYPES[authentication]);
}

/** Those whose name holds what the user has typed, by name. */
export function found(options: INodePropertyOptions[], filter = ''): INodeListSearchResult {
	const wanted = filter.trim().toLowerCase();
	const results = options.filter(({ name }) => name.toLowerCase().includes(wanted));
	return { results: results.sort((a, b) => a.name.localeCompare(b.name)) };
}
