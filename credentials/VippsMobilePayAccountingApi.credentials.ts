import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { assertSameServer, serverOf } from '../nodes/shared/auth/environment';
import { SYSTEM_HEADERS } from '../nodes/shared/auth/systemHeaders';
import { currentToken, identityOf } from '../nodes/shared/transport/tokenCache';
import { requestToken } from '../nodes/shared/auth/tokenRequest';

const WRONG_KEYS =
	'Check the Client ID and the Client Secret. This credential is for accounting keys, which consist of these two only. Keys that came with a subscription key belong in a "Vipps MobilePay Merchant API" credential.';

/**
 * Accounting keys, and older management keys: client ID and secret, a token of 15 minutes.
 *
 * @see https://developer.vippsmobilepay.com/docs/APIs/access-token-api/
 */
export class VippsMobilePayAccountingApi implements ICredentialType {
	name = 'vippsMobilePayAccountingApi';

	displayName = 'Vipps MobilePay Accounting API';

	icon = {
		light: 'file:../nodes/VippsMobilePay/vippsMobilePay.svg',
		dark: 'file:../nodes/VippsMobilePay/vippsMobilePay.dark.svg',
	} as const;

	documentationUrl = 'https://developer.vippsmobilepay.com/docs/knowledge-base/api-keys/';

	properties: INodeProperties[] = [
		{
			displayName:
				'For accounting keys (client ID and client secret only). A merchant gives your firm access to its ledgers in the business portal.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'Production', value: 'production' },
				{ name: 'Custom (Simulator on This Computer)', value: 'custom' },
			],
			default: 'production',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { environment: ['custom'] } },
			default: 'http://127.0.0.1:4010',
			placeholder: 'e.g. http://127.0.0.1:4010',
			description: 'The address of the simulator. Only addresses on this computer are accepted.',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
		},
		{
			displayName: 'Subscription Key',
			name: 'subscriptionKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Leave empty for accounting keys. If your keys came with one, it is sent on API calls only.',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const server = serverOf(credentials);
		const clientId = String(credentials.clientId ?? '').trim();
		const clientSecret = String(credentials.clientSecret ?? '').trim();
		const accessToken = await currentToken(
			identityOf(server, clientId, clientSecret),
			String(credentials.accessToken ?? ''),
			async () =>
				await requestToken(
					this.helpers,
					{
						url: `${server}/miami/v1/token`,
						headers: {
							...SYSTEM_HEADERS,
							Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
							'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
						},
						body: 'grant_type=client_credentials',
					},
					WRONG_KEYS,
				),
		);
		return { accessToken };
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const server = serverOf(credentials);
		assertSameServer(requestOptions.url, server);
		const subscriptionKey = String(credentials.subscriptionKey ?? '').trim();
		return {
			...requestOptions,
			baseURL: server,
			headers: {
				...requestOptions.headers,
				...SYSTEM_HEADERS,
				Authorization: `Bearer ${String(credentials.accessToken)}`,
				...(subscriptionKey && { 'Ocp-Apim-Subscription-Key': subscriptionKey }),
			},
		};
	}

	test: ICredentialTestRequest = {
		request: { url: '/settlement/v1/ledgers' },
	};
}
