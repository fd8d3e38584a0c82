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
	'Check the Client ID, the Client Secret and the Subscription Key, and that the environment is the one they were made for: test keys do not work in production. Accounting keys, which have no subscription key, belong in a "Vipps MobilePay Accounting API" credential.';

/**
 * Sales unit keys and partner keys: client ID, secret and subscription key, a token of one
 * hour (test) or one day (production).
 *
 * @see https://developer.vippsmobilepay.com/docs/APIs/access-token-api/
 */
export class VippsMobilePayMerchantApi implements ICredentialType {
	name = 'vippsMobilePayMerchantApi';

	displayName = 'Vipps MobilePay Merchant API';

	icon = {
		light: 'file:../nodes/VippsMobilePay/vippsMobilePay.svg',
		dark: 'file:../nodes/VippsMobilePay/vippsMobilePay.dark.svg',
	} as const;

	documentationUrl = 'https://developer.vippsmobilepay.com/docs/knowledge-base/api-keys/';

	properties: INodeProperties[] = [
		{
			displayName:
				'For sales unit keys and partner keys: the keys that come with a subscription key. You find them in the business portal under Developer.',
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
				{
					name: 'Test',
					value: 'test',
					description: 'Has payments, but no ledgers, reports, sales or management',
				},
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
			required: true,
			default: '',
			description: 'The primary or the secondary key; both work',
		},
		{
			displayName: 'Merchant Serial Number',
			name: 'merchantSerialNumber',
			type: 'string',
			default: '',
			placeholder: 'e.g. 123456',
			description:
				'The number (MSN) of the sales unit. Partners may leave it empty and give it in the node.',
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
		const subscriptionKey = String(credentials.subscriptionKey ?? '').trim();
		const msn = String(credentials.merchantSerialNumber ?? '').trim();
		const accessToken = await currentToken(
			identityOf(server, clientId, clientSecret, subscriptionKey),
			String(credentials.accessToken ?? ''),
			async () =>
				await requestToken(
					this.helpers,
					{
						url: `${server}/accesstoken/get`,
						headers: {
							...SYSTEM_HEADERS,
							client_id: clientId,
							client_secret: clientSecret,
							'Ocp-Apim-Subscription-Key': subscriptionKey,
							...(msn && { 'Merchant-Serial-Number': msn }),
						},
					},
					WRONG_KEYS,
				),
		);
		return { accessToken };
	}

	/** A `Merchant-Serial-Number` that the request already carries wins over the credential's. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const server = serverOf(credentials);
		assertSameServer(requestOptions.url, server);
		const msn = String(credentials.merchantSerialNumber ?? '').trim();
		return {
			...requestOptions,
			baseURL: server,
			headers: {
				...(msn && { 'Merchant-Serial-Number': msn }),
				...requestOptions.headers,
				...SYSTEM_HEADERS,
				Authorization: `Bearer ${String(credentials.accessToken)}`,
				'Ocp-Apim-Subscription-Key': String(credentials.subscriptionKey ?? '').trim(),
			},
		};
	}

	/**
	 * Asks for a token once more: the one request that every kind of key and both environments
	 * allow. The ledgers would be refused to partner keys and do not exist in the test environment.
	 */
	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			url: '/accesstoken/get',
			headers: {
				client_id: '={{ $credentials.clientId.trim() }}',
				client_secret: '={{ $credentials.clientSecret.trim() }}',
			},
		},
	};
}
