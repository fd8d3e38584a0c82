import axios from 'axios';
import type { Job } from './job';

/** The Authorization header of the accounting keys, for clients that know nothing of the package. */
export async function logIn({ url, keys }: Job['simulator']): Promise<string> {
	const { clientId, clientSecret } = keys.accounting;
	const { data } = await axios.post(`${url}/miami/v1/token`, 'grant_type=client_credentials', {
		auth: { username: clientId, password: clientSecret },
		proxy: false,
	});
	return `Bearer ${data.access_token}`;
}
