import type { NodeApiError } from 'n8n-workflow';

export type Result<T> = { value: T } | { error: NodeApiError };

/** How a request ended, for those who go on after one that failed. */
export const resultOf = async <T>(request: Promise<T>): Promise<Result<T>> =>
	await request.then(
		(value) => ({ value }),
		(error: NodeApiError) => ({ error }),
	);

/** Whether the same request may succeed later: the API was out of order, or an answer was lost. */
export const isPassing = ({ failure }: NodeApiError): boolean =>
	failure?.cause === 'temporarily-unavailable' || failure?.cause === 'rate-limited';
