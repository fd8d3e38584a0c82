import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

const SERVERS = new Map([
	['production', 'https://api.vipps.no'],
	['test', 'https://apitest.vipps.no'],
]);

const LOCAL_HOSTS = ['localhost', '[::1]', 'host.docker.internal'];

const isLocal = (host: string): boolean =>
	LOCAL_HOSTS.includes(host) || /^127(\.\d{1,3}){3}$/.test(host);

const parseUrl = (text: string, base?: string): URL | undefined =>
	URL.canParse(text, base) ? new URL(text, base) : undefined;

/** A custom base URL may only lead to this machine, so that real keys cannot be sent elsewhere. */
function localServer(baseUrl: string): string {
	const url = parseUrl(baseUrl);
	if (!url || !['http:', 'https:'].includes(url.protocol) || !isLocal(url.hostname)) {
		throw new UserError('The Base URL of the custom environment must lead to this computer', {
			description:
				'Use an address such as http://127.0.0.1:4010, http://localhost:4010 or, from a container, http://host.docker.internal:4010. For the real service choose the environment Production or Test instead.',
		});
	}
	if (url.username || url.password) {
		throw new UserError('The Base URL must not contain a user name or a password', {
			description: 'Enter only the address, for example http://127.0.0.1:4010.',
		});
	}
	return url.href.replace(/\/+$/, '');
}

/**
 * The server that a credential's keys belong to, without a slash at the end.
 *
 * @throws UserError when the environment is unknown or a custom base URL is not on this computer
 */
export function serverOf(credentials: ICredentialDataDecryptedObject): string {
	const environment = String(credentials.environment ?? 'production');
	if (environment === 'custom') return localServer(String(credentials.baseUrl ?? ''));
	const server = SERVERS.get(environment);
	if (server === undefined) {
		throw new UserError(`The environment "${environment}" of the credential is not known`, {
			description: 'Open the credential and choose Production, Test or Custom.',
		});
	}
	return server;
}

/**
 * Refuses to put keys on a request to another server than the credential's own, for example
 * when the HTTP Request node uses the credential with a pasted address.
 *
 * @throws UserError when `url` leads elsewhere, also without a scheme (`//elsewhere`)
 */
export function assertSameServer(url: string, server: string): void {
	const target = parseUrl(url) ?? parseUrl(url, server);
	if (target?.origin !== new URL(server).origin) {
		throw new UserError(`The keys of this credential are only sent to ${new URL(server).host}`, {
			description: 'Change the address of the request, or the environment of the credential.',
		});
	}
}
