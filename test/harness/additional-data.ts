import type { ExternalSecretsProxy } from 'n8n-core';
import type { INodeParameters, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import { CredentialStore } from './credential-store';
import { HarnessCredentialsHelper } from './credentials-helper';
import { HarnessNodeTypes } from './node-types';
import { loadPackage } from './package';

export interface World {
	nodeTypes: HarnessNodeTypes;
	credentials: CredentialStore;
	credentialsHelper: HarnessCredentialsHelper;
	additionalData: IWorkflowExecuteAdditionalData;
}

export interface WorldOptions {
	/** A folder with another built package than this repository. */
	folder?: string;
	credentials?: CredentialStore;
	/** Full names of nodes that shall merely hand their input on. */
	passThrough?: string[];
	executionId?: string;
	/** For load-options methods: the parameters as the editor shows them. */
	currentNodeParameters?: INodeParameters;
}

const unused = (name: string) => () => {
	throw new Error(`The harness has no ${name}`);
};

/** Everything around a node that n8n's server gives to the engine. */
export async function createWorld(options: WorldOptions): Promise<World> {
	const loaded = await loadPackage(options.folder);
	const nodeTypes = new HarnessNodeTypes(loaded, options.passThrough);
	const credentials = options.credentials ?? new CredentialStore();
	const credentialsHelper = new HarnessCredentialsHelper(loaded, credentials, nodeTypes);
	const base = 'http://localhost:5678';
	const additionalData: IWorkflowExecuteAdditionalData = {
		credentialsHelper,
		executionId: options.executionId,
		currentNodeParameters: options.currentNodeParameters,
		currentNodeExecutionIndex: 0,
		restApiUrl: `${base}/rest`,
		instanceBaseUrl: `${base}/`,
		formBaseUrl: `${base}/form`,
		formWaitingBaseUrl: `${base}/form-waiting`,
		formTestBaseUrl: `${base}/form-test`,
		webhookBaseUrl: `${base}/webhook`,
		webhookWaitingBaseUrl: `${base}/webhook-waiting`,
		webhookTestBaseUrl: `${base}/webhook-test`,
		mcpBaseUrl: `${base}/mcp`,
		mcpTestBaseUrl: `${base}/mcp-test`,
		variables: {},
		setExecutionStatus: () => {},
		logAiEvent: () => {},
		executeWorkflow: unused('sub-workflows'),
		getRunExecutionData: unused('stored executions'),
		getRuntimeCredential: unused('runtime credentials'),
		startRunnerTask: unused('task runner'),
		externalSecretsProxy: undefined as unknown as ExternalSecretsProxy,
	};
	return { nodeTypes, credentials, credentialsHelper, additionalData };
}

/** The credential types that a node type declares: what a user can pick in its editor panel. */
export function declaredCredentials(
	nodeTypes: HarnessNodeTypes,
	type: string,
	version: number,
): string[] {
	const { description } = nodeTypes.getByNameAndVersion(type, version);
	return (description.credentials ?? []).map(({ name }) => name);
}
