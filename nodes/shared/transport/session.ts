import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { isSpent } from './tokenCache';
import { Gate, type Limits } from './gate';
import { ServerClock } from './serverClock';

export type ApiContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IPollFunctions
	| IWebhookFunctions;

/** What the requests of one run of a node share: the keys, the limits and the API's clock. */
export class Session {
	readonly clock = new ServerClock();
	readonly gate: Gate;
	private keys: Promise<ICredentialDataDecryptedObject> | undefined;
	private token: unknown;
	private lastItem = Infinity;

	constructor(
		readonly context: ApiContext,
		readonly credentialType: string,
		limits?: Limits,
	) {
		this.gate = new Gate(limits);
	}

	/** Whether an item needs no more work, as one before it has failed and ends the run. */
	isStoppedFor(itemIndex: number): boolean {
		return itemIndex > this.lastItem;
	}

	/** From now on nothing is sent for items behind this one; what is under way ends by itself. */
	stopBehind(itemIndex: number): void {
		this.lastItem = Math.min(this.lastItem, itemIndex);
	}

	/**
	 * Sends a request with n8n's helper, which puts the token on and renews it after a 401.
	 *
	 * Left alone, the helper reads the credential from the database, decrypts it and resolves its
	 * expressions for each request, which takes a trigger ten times as long as the request itself.
	 */
	async send(options: IHttpRequestOptions): Promise<unknown> {
		this.keys ??= this.readKeys();
		const keys = await this.keys;
		const used = this.token;
		// The helper writes a new token into what it is given: each request has a copy of its own,
		// so that one which began with the old token is seen to have done so.
		const data = { ...keys, ...(used !== undefined && { accessToken: String(used) }) };
		const { context, credentialType: type } = this;
		const before = data.accessToken;
		try {
			return await context.helpers.httpRequestWithAuthentication.call(context, type, options, {
				credentialsDecrypted: { id: '', name: '', type, data },
			});
		} finally {
			if (data.accessToken !== before) this.token = data.accessToken;
		}
	}

	private async readKeys(): Promise<ICredentialDataDecryptedObject> {
		const { context, credentialType } = this;
		const keys = await context.getCredentials(credentialType);
		// n8n fetches a token where there is none: that saves the request that a 401 would answer.
		return isSpent(keys.accessToken) ? { ...keys, accessToken: '' } : keys;
	}
}
