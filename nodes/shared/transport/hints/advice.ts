import type { Failure } from 'n8n-workflow';

export interface Advice {
	/** What happened, in the words of this package. */
	message: string;
	/** What to do about it. */
	hint: string;
	/** What n8n's poll engine needs to know to choose between waiting and giving up. */
	cause: Failure['cause'];
}

/** What is known of a request whose answer is explained. */
export interface Asked {
	/** Path from the root of the server. */
	path: string;
	/** Default: GET. */
	method?: string;
	hasCursor?: boolean;
}

/** Whether the request may have changed something at Vipps MobilePay. */
export const isWrite = ({ method = 'GET' }: Asked): boolean => !['GET', 'HEAD'].includes(method);
