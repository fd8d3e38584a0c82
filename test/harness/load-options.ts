import { LoadOptionsContext } from 'n8n-core';
import type {
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	Workflow,
} from 'n8n-workflow';
import { createWorld } from './additional-data';
import type { CredentialStore } from './credential-store';
import { buildWorkflow } from './run-workflow';

interface MethodCall {
	type: string;
	typeVersion?: number;
	/** The name of the method, as `loadOptionsMethod` or `searchListMethod` names it. */
	method: string;
	/** What is filled in in the editor so far; defaults are added. */
	parameters?: INodeParameters;
	credentials?: CredentialStore;
	/** The path of the field that asks. */
	path?: string;
	folder?: string;
}

export interface LoadOptionsCall extends MethodCall {
	kind: 'loadOptions';
}

export interface ListSearchCall extends MethodCall {
	kind: 'listSearch';
	filter?: string;
	paginationToken?: string;
}

/** Calls a method that fills a drop-down list, as the editor does while a user edits the node. */
export async function loadOptions(call: LoadOptionsCall): Promise<INodePropertyOptions[]>;
export async function loadOptions(call: ListSearchCall): Promise<INodeListSearchResult>;
export async function loadOptions(
	call: LoadOptionsCall | ListSearchCall,
): Promise<INodePropertyOptions[] | INodeListSearchResult> {
	const { workflow, context } = await editorContext(call);
	const { methods } = workflow.nodeTypes.getByNameAndVersion(call.type, call.typeVersion);
	const search = call.kind === 'listSearch' ? methods?.listSearch?.[call.method] : undefined;
	const options = call.kind === 'loadOptions' ? methods?.loadOptions?.[call.method] : undefined;
	if (!search && !options) throw new Error(`${call.type} has no ${call.kind} "${call.method}"`);
	return await workflow.expression.withIsolate(async () => {
		if (search && call.kind === 'listSearch') {
			return await search.call(context, call.filter, call.paginationToken);
		}
		return await options!.call(context);
	});
}

async function editorContext(
	call: MethodCall,
): Promise<{ workflow: Workflow; context: LoadOptionsContext }> {
	const world = await createWorld({ folder: call.folder, credentials: call.credentials });
	const name = 'Node in the editor';
	const workflow = buildWorkflow(
		{
			nodes: [
				{
					id: 'node-1',
					name,
					type: call.type,
					typeVersion: call.typeVersion ?? 1,
					position: [0, 0],
					parameters: call.parameters ?? {},
				},
			],
			connections: {},
		},
		world,
	);
	const node = workflow.nodes[name];
	world.additionalData.currentNodeParameters = node.parameters;
	const path = call.path ?? `parameters.${call.method}`;
	return { workflow, context: new LoadOptionsContext(workflow, node, world.additionalData, path) };
}
