import { getAdditionalKeys } from 'n8n-core';
import {
	getCredentialOwnRequestAllowedDomains,
	ICredentialsHelper,
	isExpression,
	NodeHelpers,
	UnexpectedError,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialsExpressionResolveValues,
	type ICredentialType,
	type IExecuteData,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeProperties,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import type { CredentialStore } from './credential-store';
import type { HarnessNodeTypes } from './node-types';
import type { LoadedPackage } from './package';
import { manualTriggerType } from './stand-ins';

/** The part of n8n's server that the engine asks for credentials, on a store in memory. */
export class HarnessCredentialsHelper extends ICredentialsHelper {
	constructor(
		private readonly loaded: LoadedPackage,
		private readonly store: CredentialStore,
		private readonly nodeTypes: HarnessNodeTypes,
	) {
		super();
	}

	getParentTypes(name: string): string[] {
		const parents = this.type(name).extends ?? [];
		return parents.flatMap((parent) => [parent, ...this.getParentTypes(parent)]);
	}

	isCredentialUsableByNode(credentialType: string, nodeType: string): boolean {
		const type = this.loaded.credentials[credentialType];
		if (!type?.restrictToSupportedNodes) return true;
		return (type.supportedNodes ?? []).some((name) => `${this.loaded.name}.${name}` === nodeType);
	}

	/** Puts the credential on a request; changes the given options in place, as n8n does. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const options = requestOptions as IHttpRequestOptions;
		const { authenticate } = this.type(typeName);
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		if (authenticate?.type === 'generic') {
			if (!workflow || !node) throw new UnexpectedError('Workflow and node are required');
			this.applyGeneric(authenticate.properties, credentials, options, workflow, node);
		}
		return options;
	}

	/**
	 * Fetches a token when there is none (the expirable property is an empty string), when the engine
	 * says that it has expired, or when the credential is being tested; stores it and gives it back.
	 */
	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.type(typeName);
		const expirable = type.properties.find(
			({ type: kind, typeOptions }) => kind === 'hidden' && typeOptions?.expirable === true,
		)?.name;
		if (expirable === undefined || !type.preAuthentication) return undefined;
		const isTest = node?.type === 'n8n-nodes-base.noOp' && node.parameters?.temp === '';
		if (credentials[expirable] !== '' && !credentialsExpired && !isTest) return undefined;

		const output = await this.runPreAuthentication(helpers, credentials, typeName);
		// n8n never uses a token that it has nowhere to keep.
		if (output?.[expirable] === undefined || !node.credentials) return undefined;
		const reference = node.credentials[type.name];
		const stored = await (await this.getCredentials(reference, type.name)).getData();
		const toStore = { ...stored };
		for (const [key, value] of Object.entries(output)) {
			// A field that the user filled in with an expression keeps the expression.
			if (key === expirable || !isExpression(stored[key])) toStore[key] = value;
		}
		await this.updateCredentials(reference, type.name, toStore);
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(
		{ helpers }: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { preAuthentication } = this.type(typeName);
		if (!preAuthentication) return undefined;
		const allowedDomains = getCredentialOwnRequestAllowedDomains(credentials);
		const context: IHttpRequestHelper = {
			helpers: {
				httpRequest: async (options) =>
					await helpers.httpRequest(
						allowedDomains === undefined ? options : { ...options, allowedDomains },
					),
			},
		};
		// The type of the class member says IDataObject; what comes out are credential fields.
		const output = await preAuthentication.call(context, credentials);
		return (output as ICredentialDataDecryptedObject | undefined) ?? undefined;
	}

	async getCredentials(reference: INodeCredentialsDetails, type: string): Promise<ICredentials> {
		return this.store.entity(reference.id, type);
	}

	/** The stored fields with the defaults of the credential type and with expressions resolved. */
	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		reference: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		resolve?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = await this.store.entity(reference.id, type).getData();
		if (raw) return stored;
		return await this.complete(additionalData, stored, type, mode, executeData, resolve);
	}

	/** Adds defaults and resolves expressions, for stored data and for data that is being tested. */
	async complete(
		additionalData: IWorkflowExecuteAdditionalData,
		stored: ICredentialDataDecryptedObject,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		resolve?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const data = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			stored as Parameters<typeof NodeHelpers.getNodeParameters>[1],
			true,
			false,
			null,
			null,
		) as NonNullable<ReturnType<typeof NodeHelpers.getNodeParameters>>;
		const keys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });
		if (resolve) {
			return resolve.workflow.expression.getParameterValue(
				data,
				resolve.runExecutionData,
				resolve.runIndex,
				resolve.itemIndex,
				resolve.node.name,
				resolve.connectionInputData,
				mode,
				keys,
				executeData,
				false,
				data,
			) as ICredentialDataDecryptedObject;
		}
		const { workflow, node } = this.emptyWorkflow();
		return (await workflow.expression.withIsolate(async () =>
			workflow.expression.getComplexParameterValue(
				node,
				data,
				mode,
				keys,
				undefined,
				undefined,
				data,
			),
		)) as ICredentialDataDecryptedObject;
	}

	async updateCredentials(
		reference: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		await this.store.update(reference.id ?? '', type, data);
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		throw new UnexpectedError('No credential of this package uses OAuth 2 token data');
	}

	getCredentialsProperties(name: string): INodeProperties[] {
		const type = this.type(name);
		if (!type.extends) return type.properties;
		const merged: INodeProperties[] = [];
		for (const parent of type.extends) {
			NodeHelpers.mergeNodeProperties(merged, this.getCredentialsProperties(parent));
		}
		NodeHelpers.mergeNodeProperties(merged, type.properties);
		return merged;
	}

	private applyGeneric(
		properties: object,
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	): void {
		const target = options as unknown as Record<string, Record<string, string> | undefined>;
		target.headers ??= {};
		const resolve = (value: string): string => {
			if (!isExpression(value)) return value;
			const resolved = workflow.expression.getSimpleParameterValue(
				node,
				value,
				'internal',
				{ $credentials: credentials },
				undefined,
				'',
			);
			return resolved ? String(resolved) : '';
		};
		for (const [part, fields] of Object.entries(properties) as Array<
			[string, Record<string, string>]
		>) {
			const section = (target[part] ??= {});
			for (const [key, value] of Object.entries(fields)) section[resolve(key)] = resolve(value);
		}
	}

	private emptyWorkflow(): { workflow: Workflow; node: INode } {
		const node: INode = {
			id: 'none',
			name: '',
			type: manualTriggerType,
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		};
		const workflow = new Workflow({
			nodes: [node],
			connections: {},
			active: false,
			nodeTypes: this.nodeTypes,
		});
		return { workflow, node };
	}

	private type(name: string): ICredentialType {
		const type = this.loaded.credentials[name];
		if (!type) throw new Error(`No credential type "${name}" in ${this.loaded.name}`);
		return type;
	}
}
