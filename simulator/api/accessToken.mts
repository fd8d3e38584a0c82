import type { FastifyInstance, FastifyRequest } from 'fastify';
import { checkSubscriptionKey } from '../auth.mts';
import { ApiError, gatewayError, invalidClient } from '../errors.mts';
import { keys, specializedKeyTypes } from '../keys.mts';
import type { Simulator } from '../simulator.mts';
import { header, readQuery } from '../strict.mts';

/** Seconds. */
const specializedLifetime = 900;

/** Both ways to a token: the standard flow with a subscription key, the specialized one without. */
export function accessTokenRoutes(app: FastifyInstance, simulator: Simulator): void {
	// The documentation spells the path in both ways.
	for (const path of ['/accesstoken/get', '/accessToken/get']) {
		app.post(path, (request) => {
			simulator.log.countToken('standard');
			readQuery(request);
			return standardToken(simulator, request);
		});
	}
	app.post('/miami/v1/token', (request) => {
		simulator.log.countToken('specialized');
		readQuery(request);
		return specializedToken(simulator, request);
	});
}

function standardToken({ tokens, world, behaviour }: Simulator, request: FastifyRequest) {
	if (header(request, 'ocp-apim-subscription-key') === undefined) {
		throw gatewayError(401, 'Access denied due to missing subscription key.');
	}
	const keyType = (['merchant', 'partner'] as const).find(
		(type) => keys[type].clientId === header(request, 'client_id'),
	);
	if (!keyType || keys[keyType].clientSecret !== header(request, 'client_secret')) {
		// Assumption: the body of this error is not documented.
		throw new ApiError(401, {
			error: 'unauthorized_client',
			error_description: 'The client_id or client_secret is wrong',
		});
	}
	checkSubscriptionKey(request, keyType);
	const lifetime = behaviour.tokenLifetimeSeconds;
	const now = world.now();
	const seconds = Math.floor(now / 1000);
	return {
		token_type: 'Bearer',
		expires_in: String(lifetime),
		ext_expires_in: '0',
		expires_on: String(seconds + lifetime),
		not_before: String(seconds),
		resource: '00000002-0000-0000-c000-000000000000',
		access_token: tokens.issue(keyType, 'standard', now, lifetime),
	};
}

function specializedToken({ tokens, world }: Simulator, request: FastifyRequest) {
	if (header(request, 'ocp-apim-subscription-key') !== undefined) throw invalidClient(400);
	if (!header(request, 'content-type')?.startsWith('application/x-www-form-urlencoded')) {
		throw invalidClient(400);
	}
	const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
	if (form.get('grant_type') !== 'client_credentials') throw invalidClient(400);
	const authorization = header(request, 'authorization');
	const keyType = specializedKeyTypes.find((type) => authorization === basic(keys[type]));
	if (!keyType) throw invalidClient(401);
	return {
		access_token: tokens.issue(keyType, 'specialized', world.now(), specializedLifetime),
		token_type: 'Bearer',
		expires_in: specializedLifetime,
	};
}

function basic({ clientId, clientSecret }: { clientId: string; clientSecret: string }): string {
	return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
}
