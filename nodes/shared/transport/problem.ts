/** What an unsuccessful answer says, whatever its shape. Every text is plain and short. */
export interface Problem {
	/** HTTP status. */
	status: number;
	/** What the API says happened; absent when the body says nothing. */
	message?: string;
	/** The API's own code, for example `10002` or `4010`. */
	code?: string;
	traceId?: string;
	/** Names of refused fields with the reason. */
	fields: Array<{ name: string; reason: string }>;
}

type Fields = Record<string, unknown>;

const MAX_TEXT = 300;
const MAX_FIELDS = 20;
/** As much of a page as is looked at; its title is at the top. */
const MAX_MARKUP = 10_000;

const isObject = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown): string | undefined => {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const trimmed = String(value).trim().slice(0, MAX_TEXT);
	return trimmed === '' ? undefined : trimmed;
};

const firstText = (...values: unknown[]): string | undefined => {
	for (const value of values) {
		const found = text(value);
		if (found !== undefined) return found;
	}
	return undefined;
};

/** Gateways answer with HTML at times: its title says more than its markup. */
function readMarkup(page: string): string | undefined {
	const body = page.slice(0, MAX_MARKUP);
	const title = /<title[^>]*>([^<]*)<\/title>/i.exec(body)?.[1];
	return text((title ?? body).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '));
}

/** ePayment and Report name the pair `name`/`reason`, Management names it `key`/`value`. */
function readFields(details: unknown): Problem['fields'] {
	if (!Array.isArray(details)) return [];
	const objects = details.filter(isObject).slice(0, MAX_FIELDS);
	return objects.flatMap((detail) => {
		const name = firstText(detail.name, detail.key);
		const reason = firstText(detail.reason, detail.value);
		return name !== undefined ? [{ name, reason: reason ?? '' }] : [];
	});
}

function joinTitleAndDetail(title?: string, detail?: string): string | undefined {
	if (title === undefined || detail === undefined || detail.startsWith(title))
		return detail ?? title;
	return `${title.replace(/\.$/, '')}: ${detail}`;
}

function readObject(body: Fields): Omit<Problem, 'status'> {
	const gateway = isObject(body.responseInfo) ? body.responseInfo : {};
	const result = isObject(body.result) ? body.result : {};
	const fields = readFields(body.extraDetails ?? body.invalidParams);
	const codeField = fields.find(({ name }) => name === 'ErrorCode');
	return {
		message:
			joinTitleAndDetail(text(body.title), text(body.detail)) ??
			firstText(
				body.errorMessage,
				result.message,
				gateway.responseMessage,
				body.error_description,
				body.message,
				body.error,
			),
		code: firstText(codeField?.reason, body.errorCode, body.code, body.error),
		traceId: firstText(body.traceId, body.contextId),
		fields: fields.filter((field) => field !== codeField),
	};
}

function parseJson(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return body;
	}
}

/**
 * Reads every documented shape of an unsuccessful answer: problem+json in its three spellings,
 * `{code, message}`, `{errorCode, errorMessage, contextId}`, the gateway's
 * `{responseInfo, result}`, OAuth's `{error}`, HTML, and nothing at all.
 *
 * @see https://developer.vippsmobilepay.com/docs/knowledge-base/errors/
 */
export function readProblem(status: number, body: unknown, headers: Fields = {}): Problem {
	const parsed = typeof body === 'string' ? parseJson(body) : body;
	const content = isObject(parsed)
		? readObject(parsed)
		: { message: typeof parsed === 'string' ? readMarkup(parsed) : undefined, fields: [] };
	return {
		...content,
		status,
		traceId: firstText(content.traceId, headers['x-request-id'], headers['request-id']),
	};
}
