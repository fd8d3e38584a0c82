import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialTestRequest,
	type INode,
	type INodeCredentialTestResult,
	type INodeType,
	type INodeTypes,
} from 'n8n-workflow';
import { createWorld } from './additional-data';
import { storeCredentials, CredentialStore } from './credential-store';
import { loadPackage } from './package';
import { passThroughNode } from './stand-ins';

/** The node under whose name n8n tests credentials; preAuthentication knows a test by it. */
const testNodeType = 'n8n-nodes-base.noOp';

/**
 * Tests a credential as n8n's credential dialogue does after saving: sends the request that the
 * credential type declares and turns what comes back into the dialogue's answer.
 * @param credential the fields of a new credential, or a store that holds one of this type
 */
export async function testCredential(
	type: string,
	credential: ICredentialDataDecryptedObject | CredentialStore,
	{ folder }: { folder?: string } = {},
): Promise<INodeCredentialTestResult> {
	const store =
		credential instanceof CredentialStore
			? credential
			: await storeCredentials({ [type]: credential });
	const loaded = await loadPackage(folder);
	const test = loaded.credentials[type]?.test;
	if (!test) return { status: 'Error', message: 'No testing function found for this credential.' };

	const { additionalData, credentialsHelper } = await createWorld({ folder, credentials: store });
	const stored = await store.read(type);
	const data = await credentialsHelper.complete(additionalData, stored, type, 'internal');
	// The dialogue tests what is in its fields, which is what `data` holds; only the stored row is read raw.
	const readStored = credentialsHelper.getDecrypted.bind(credentialsHelper);
	credentialsHelper.getDecrypted = async (additional, reference, name, mode, executeData, raw) =>
		raw ? await readStored(additional, reference, name, mode, executeData, raw) : data;

	const nodeType = requestNode(type, test);
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: testNodeType,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: store.referencesFor([type]),
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: onlyType(nodeType),
	});
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	const reference = node.credentials![type];
	const routing = new RoutingNode(context, nodeType, {
		id: reference.id ?? '',
		name: reference.name,
		type,
		data,
	});
	try {
		const answer = await workflow.expression.withIsolate(async () => await routing.runNode());
		return judgeAnswer(answer?.[0]?.[0]?.json ?? {}, test);
	} catch (error) {
		return judgeError(error, test);
	}
}

function requestNode(credentialType: string, test: ICredentialTestRequest): INodeType {
	const { description } = passThroughNode(testNodeType);
	return {
		description: {
			...description,
			credentials: [{ name: credentialType, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					default: '',
					routing: { request: test.request },
				},
			],
		},
	};
}

function onlyType(nodeType: INodeType): INodeTypes {
	return {
		getByName: () => nodeType,
		getByNameAndVersion: (_name, version) => NodeHelpers.getVersionedNodeType(nodeType, version),
		getKnownTypes: () => ({}),
	};
}

function judgeAnswer(body: object, test: ICredentialTestRequest): INodeCredentialTestResult {
	for (const rule of test.rules ?? []) {
		if (rule.type !== 'responseSuccessBody') continue;
		const found = rule.properties.key
			.split('.')
			.reduce<unknown>((value, key) => (value as Record<string, unknown>)?.[key], body);
		if (found === rule.properties.value) {
			return { status: 'Error', message: rule.properties.message };
		}
	}
	return { status: 'OK', message: 'Connection successful!' };
}

interface EngineError extends Error {
	cause?: { code?: string; response?: { status: number; statusText: string } };
}

function judgeError(caught: unknown, test: ICredentialTestRequest): INodeCredentialTestResult {
	const error = caught as EngineError;
	const response = error.cause?.response;
	if (response) {
		for (const rule of test.rules ?? []) {
			if (rule.type === 'responseCode' && rule.properties.value === response.status) {
				return { status: 'Error', message: rule.properties.message };
			}
		}
		if (response.status < 199 || response.status > 299) {
			const message = response.statusText || `Received HTTP status code: ${response.status}`;
			return { status: 'Error', message };
		}
	} else if (error.cause?.code) {
		return { status: 'Error', message: error.cause.code };
	}
	return { status: 'Error', message: error.message };
}
