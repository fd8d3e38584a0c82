import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
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

/** As many as a list shows before the user scrolls on. */
const PAGE = 100;

/** Those whose name holds what the user has typed, by name. */
export function matching(options: INodePropertyOptions[], filter = ''): INodePropertyOptions[] {
	const wanted = filter.trim().toLowerCase();
	return options
		.filter(({ name }) => name.toLowerCase().includes(wanted))
		.sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * One page of those that match. All are read for each page: the APIs can neither search nor sort
 * by name.
 *
 * @param page what the page before gave as `paginationToken`
 */
export function found(
	options: INodePropertyOptions[],
	filter?: string,
	page = '0',
): INodeListSearchResult {
	const results = matching(options, filter);
	const end = Number(page) + PAGE;
	return {
		results: results.slice(end - PAGE, end),
		...(end < results.length && { paginationToken: String(end) }),
	};
}

/** Of a list that is empty whatever is searched for, the editor says nothing by itself. */
export function assertAny(
	context: ILoadOptionsFunctions,
	options: unknown[],
	message: string,
	description: string,
): void {
	if (options.length > 0) return;
	throw new NodeApiError(context.getNode(), {}, { message, description });
}
