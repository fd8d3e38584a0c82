import type { IDataObject } from 'n8n-workflow';
import type { CredentialStore, Simulator } from '../harness';

export interface LoggedRequest {
	method: string;
	url: string;
	route: string;
	status: number | null;
	headers: Record<string, string>;
	missingSystemHeaders?: true;
}

interface RequestLog {
	total: number;
	tokenRequests: { standard: number; specialized: number };
	peakConcurrency: number;
	requests: LoggedRequest[];
}

export const requestLog = async (simulator: Simulator): Promise<RequestLog> =>
	(await simulator.requests()) as RequestLog;

const isTokenRequest = ({ url }: LoggedRequest) => /token/i.test(url);

/** What was asked of the APIs, in order: no token requests, and none that a stale token met. */
export async function apiRequests(simulator: Simulator): Promise<LoggedRequest[]> {
	const { requests } = await requestLog(simulator);
	return requests.filter((request) => !isTokenRequest(request) && request.status !== 401);
}

export async function apiPaths(simulator: Simulator): Promise<string[]> {
	return (await apiRequests(simulator)).map(({ url }) => url);
}

export async function forgetRequests({ control }: Simulator): Promise<void> {
	await control.delete('/requests');
}

export interface Fault {
	path: string;
	method?: string;
	skip?: number;
	times?: number;
	delayMs?: number;
	status?: number;
	headers?: Record<string, string>;
	body?: unknown;
	contentType?: string;
	reset?: boolean;
	truncate?: boolean;
	/** Lets the request be carried out before its answer is lost or replaced. */
	carryOut?: boolean;
}

export async function disturb({ control }: Simulator, ...faults: Fault[]): Promise<void> {
	for (const fault of faults) await control.post('/faults', fault);
}

export async function expireTokens({ control }: Simulator): Promise<void> {
	await control.post('/tokens/expire');
}

export async function setClock({ control }: Simulator, now: string): Promise<void> {
	await control.post('/clock', { now });
}

export async function addLedger({ control }: Simulator, ledger: IDataObject): Promise<void> {
	await control.post('/ledgers', ledger);
}

/** Entries of the Report API, exactly as given. */
export async function addEntries(
	{ control }: Simulator,
	ledgerId: string,
	topic: 'funds' | 'fees',
	entries: IDataObject[],
): Promise<void> {
	await control.post('/entries', { ledgerId, topic, entries });
}

/** Takes a ledger away from the accounting keys. */
export async function revokeAccess({ control }: Simulator, ledgerId: string): Promise<void> {
	await control.post('/access', { ledgerId, granted: false });
}

interface Truth {
	ledgers: IDataObject[];
	entries: IDataObject[];
	sales: IDataObject[];
}

export const truthOf = async (simulator: Simulator) => (await simulator.truth()) as Truth;

/** Everything that must never be seen: the keys, the Basic value and the tokens in the stores. */
export async function secretsOf(
	{ keys }: Simulator,
	...stores: CredentialStore[]
): Promise<string[]> {
	const secrets: string[] = [];
	for (const { clientId, clientSecret, subscriptionKey } of Object.values(keys)) {
		const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
		secrets.push(clientSecret, basic, subscriptionKey ?? '');
	}
	for (const store of stores) {
		for (const type of ['vippsMobilePayAccountingApi', 'vippsMobilePayMerchantApi']) {
			if (store.referencesFor([type])[type] === undefined) continue;
			secrets.push(String((await store.read(type)).accessToken ?? ''));
		}
	}
	return secrets.filter((secret) => secret !== '');
}
