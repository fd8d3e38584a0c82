import { isDate } from './world/dates.mts';

/** How the simulator answers where the real API has a choice, is undocumented or can be configured. */
export interface Behaviour {
	/** Standard-flow tokens, in seconds; 3600 is the test environment's, 86400 production's. */
	tokenLifetimeSeconds: number;
	ledgersPageSize: number;
	reportPageSize: number;
	/** Default page size of the Sales API. */
	salesPageSize: number;
	/** Whether a feed says that it has ended along with the last items, or on an extra empty page. */
	feedEnd: 'withItems' | 'emptyPage';
	/**
	 * What the cursor at the end of a report feed leads to: behind the last page, or to that page
	 * itself, which then comes again with what was added. "The same cursor" can be read either way.
	 */
	endCursor: 'next' | 'same';
	/** `feedEnd` for the pages of one date. */
	dateEnd: 'withItems' | 'emptyPage';
	referenceEnvelope: 'page' | 'array' | 'object';
	unknownReference: 'empty' | '404';
	/** The documentation names both for a ledger that the keys do not reach. */
	noAccess: '404' | 'empty';
	refundSign: 'negative' | 'positive';
	/** What the customer does about a new payment without being told to. */
	customer: 'waits' | 'approves' | 'aborts';
	/** How long after the creation the customer does it. */
	customerSeconds: number;
	/** Creating and changing a payment, per reference and sales unit; 0 for no limit. */
	writesPerMinute: number;
	/** Reading a payment, per reference and subscription key; 0 for no limit. */
	readsPerMinute: number;
	/** Whether answers are given again when their Idempotency-Key comes again. How long the real API does that is not documented. */
	idempotency: 'remembers' | 'forgets';
	/** Whether and how an answer 429 says when to come again; which one is not documented. */
	retryAfter: 'seconds' | 'date' | 'none';
	/** The documentation declares `application/problem+json` for successful captures, refunds and cancellations. */
	modificationContentType: 'json' | 'problem';
	/** Serial numbers in lists of sales units as numbers, as in samples of 2023. */
	msnAsNumber: boolean;
	/** Sources differ on whether the details of a sales unit have its bank account. */
	settlementBankAccountShown: boolean;
	/** Whether product orders wait to be moved on, or take a step each time their details are read. */
	orders: 'wait' | 'progress';
	/**
	 * Product orders that leave work to the merchant: for online payments without a website, or with a
	 * logo that cannot be shown. They are documented as wrong, but taken.
	 */
	incompleteOrders: 'refused' | 'accepted';
	/** Webhooks for events that are not documented by name. */
	unknownEvents: 'refused' | 'accepted';
	/** The status of deleting a webhook that is not there, or another's. */
	unknownWebhook: '404' | '400';
	/** How many deliveries a webhook has under way at once. */
	webhookConcurrency: number;
	/** How many times faster deliveries are repeated than documented. */
	webhookRetrySpeed: number;
	/** Whether repeated deliveries are dated and signed anew; the documentation does not tell. */
	webhookRetryDate: 'renewed' | 'original';
	/** How long an endpoint may take for its answer, in seconds of real time. */
	webhookTimeoutSeconds: number;
	/** Whether deliveries leave this computer. */
	webhookTargets: 'loopback' | 'anywhere';
}

/** What a data set may be told. Each has its own default where it is left out. */
export interface DataSettings {
	ledgers?: number;
	days?: number;
	salesPerDay?: number;
	/** The last generated ledger date. */
	until?: string;
	entriesPerLedger?: number;
	/** `entriesPerLedger` for the first ledger alone. */
	firstLedgerEntries?: number;
	topic?: 'funds' | 'fees';
}

export type Options = Partial<Behaviour> & DataSettings;

const defaults: Behaviour = {
	tokenLifetimeSeconds: 3600,
	ledgersPageSize: 100,
	reportPageSize: 1000,
	salesPageSize: 100,
	feedEnd: 'withItems',
	endCursor: 'next',
	dateEnd: 'withItems',
	referenceEnvelope: 'page',
	unknownReference: 'empty',
	noAccess: '404',
	refundSign: 'negative',
	customer: 'waits',
	customerSeconds: 0,
	writesPerMinute: 5,
	readsPerMinute: 120,
	idempotency: 'remembers',
	retryAfter: 'seconds',
	modificationContentType: 'json',
	msnAsNumber: false,
	settlementBankAccountShown: false,
	orders: 'wait',
	incompleteOrders: 'refused',
	unknownEvents: 'refused',
	unknownWebhook: '404',
	webhookConcurrency: 10,
	webhookRetrySpeed: 1,
	webhookRetryDate: 'renewed',
	webhookTimeoutSeconds: 10,
	webhookTargets: 'loopback',
};

const choices: Record<string, readonly string[]> = {
	feedEnd: ['withItems', 'emptyPage'],
	endCursor: ['next', 'same'],
	dateEnd: ['withItems', 'emptyPage'],
	referenceEnvelope: ['page', 'array', 'object'],
	unknownReference: ['empty', '404'],
	noAccess: ['404', 'empty'],
	refundSign: ['negative', 'positive'],
	customer: ['waits', 'approves', 'aborts'],
	idempotency: ['remembers', 'forgets'],
	retryAfter: ['seconds', 'date', 'none'],
	modificationContentType: ['json', 'problem'],
	orders: ['wait', 'progress'],
	incompleteOrders: ['refused', 'accepted'],
	unknownEvents: ['refused', 'accepted'],
	unknownWebhook: ['404', '400'],
	webhookRetryDate: ['renewed', 'original'],
	webhookTargets: ['loopback', 'anywhere'],
	topic: ['funds', 'fees'],
};

const switches = ['msnAsNumber', 'settlementBankAccountShown'];

const counts = [
	'tokenLifetimeSeconds',
	'ledgersPageSize',
	'reportPageSize',
	'salesPageSize',
	'ledgers',
	'days',
	'salesPerDay',
	'entriesPerLedger',
	'firstLedgerEntries',
	'webhookConcurrency',
	'webhookRetrySpeed',
	'webhookTimeoutSeconds',
];

const countsFromZero = ['customerSeconds', 'writesPerMinute', 'readsPerMinute'];

/**
 * Checks options that came from outside.
 * @throws Error that names the first option that is unknown or has an impossible value
 */
export function checkOptions(given: object): Options {
	for (const [name, value] of Object.entries(given)) {
		if (name in choices) {
			const allowed = choices[name]!;
			if (!allowed.includes(value)) throw new Error(`${name} is one of ${allowed.join(', ')}`);
		} else if (counts.includes(name)) {
			if (!Number.isSafeInteger(value) || value < 1)
				throw new Error(`${name} is a whole number > 0`);
		} else if (countsFromZero.includes(name)) {
			if (!Number.isSafeInteger(value) || value < 0)
				throw new Error(`${name} is a whole number, 0 or more`);
		} else if (switches.includes(name)) {
			if (typeof value !== 'boolean') throw new Error(`${name} is true or false`);
		} else if (name === 'until') {
			if (typeof value !== 'string' || !isDate(value))
				throw new Error('until is a YYYY-MM-DD date');
		} else {
			throw new Error(`Unknown option ${name}`);
		}
	}
	return given;
}

export function behaviourOf(options: Options): Behaviour {
	return { ...defaults, ...options };
}
