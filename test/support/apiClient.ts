import type { ApiClient, ApiRequest } from '../../nodes/shared/transport/client';

export interface StandInClient extends ApiClient {
	asked: Array<ApiRequest<unknown>>;
}

/** The network's place for an api module: keeps what is asked and answers each request alike. */
export function answeringWith(body: unknown): StandInClient {
	const asked: Array<ApiRequest<unknown>> = [];
	return {
		asked,
		async request(request) {
			asked.push(request);
			return request.read(body) as never;
		},
		serverTimeAt: (localTime) => localTime,
		concurrency: 20,
	};
}
