import type { IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { parseLedgerDate } from '../shared/ledger/dates';
import type { Topic } from '../shared/ledger/feed';
import type { StartAgain } from '../shared/trigger/startAgain';
import { CREDENTIAL_TYPES, type Authentication } from '../shared/descriptions/authentication';
import { DEFAULT_LIMITS, limitsOf, MOST_SIDE_BY_SIDE, type Limits } from '../shared/transport/gate';

export interface TriggerParameters {
	credentialType: string;
	topics: Topic[];
	newLedger: boolean;
	/** Undefined means all ledgers that the keys have access to. */
	ledgerIds?: string[];
	startFrom: 'now' | 'beginning' | 'date';
	startDate?: string;
	maxEntriesPerPoll: number;
	includePersonalData: boolean;
	startAgain?: StartAgain;
	limits: Limits;
}

const TOPIC_OF_EVENT: Readonly<Record<string, Topic>> = {
	fundsEntry: 'funds',
	feesEntry: 'fees',
	salesEntry: 'sales',
	ledgerDateClosed: 'ledgerDate',
	payoutScheduled: 'payout',
};

const DEFAULT_MAX_ENTRIES = 10_000;

/** Reads a list that may come from the picker or, by an expression, as text with commas. */
function readIds(value: unknown): string[] {
	const list = Array.isArray(value) ? value : String(value ?? '').split(',');
	return [...new Set(list.map((id) => String(id).trim()).filter((id) => id !== ''))];
}

/** Reads and checks the trigger's parameters before anything is sent or remembered. */
export function readParameters(context: IPollFunctions): TriggerParameters {
	const refuse = (message: string, description: string) =>
		new NodeOperationError(context.getNode(), message, { description });

	const authentication = context.getNodeParameter('authentication') as Authentication;
	const triggerOn = context.getNodeParameter('triggerOn', []) as string[];
	const startFrom = context.getNodeParameter('startFrom') as TriggerParameters['startFrom'];
	const options = context.getNodeParameter('options', {}) as {
		maxEntriesPerPoll?: number;
		includePersonalData?: boolean;
		startAgain?: unknown;
		startAgainLedgers?: unknown;
		maxConcurrency?: number;
		requestsPerSecond?: number;
	};
	const topics = triggerOn.flatMap((event) => TOPIC_OF_EVENT[event] ?? []);
	const newLedger = triggerOn.includes('newLedger');

	if (topics.length === 0 && !newLedger) {
		throw refuse(
			"The parameter 'Trigger On' is empty",
			'Choose at least one event, for example New Funds Entry.',
		);
	}
	if (authentication === 'merchantApi' && topics.includes('sales')) {
		throw refuse(
			"'New Sales Entry' needs accounting keys",
			'The Sales API takes accounting keys only. Choose Accounting API under Authentication, or leave New Sales Entry out.',
		);
	}

	let ledgerIds: string[] | undefined;
	if (context.getNodeParameter('ledgers') === 'selected') {
		ledgerIds = readIds(context.getNodeParameter('ledgerIds', []));
		if (ledgerIds.length === 0 && topics.length > 0) {
			throw refuse("The parameter 'Ledger Names or IDs' is empty", 'Choose at least one ledger.');
		}
	}

	let startDate: string | undefined;
	if (startFrom === 'date') {
		const given = context.getNodeParameter('startDate', '');
		startDate = parseLedgerDate(given);
		if (startDate === undefined) {
			throw refuse(
				`The parameter 'Start Date' is no date that exists: ${JSON.stringify(given)}`,
				'Enter a date such as 2026-03-31.',
			);
		}
	}

	const maxEntriesPerPoll = Number(options.maxEntriesPerPoll ?? DEFAULT_MAX_ENTRIES);
	if (!Number.isInteger(maxEntriesPerPoll) || maxEntriesPerPoll < 1) {
		throw refuse(
			"The option 'Max Entries per Poll' must be a whole number of at least 1",
			`Remove the option for the default of ${DEFAULT_MAX_ENTRIES}.`,
		);
	}

	const concurrency = Number(options.maxConcurrency ?? DEFAULT_LIMITS.concurrency);
	if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > MOST_SIDE_BY_SIDE) {
		throw refuse(
			`The option 'Max Concurrent Requests' must be a whole number from 1 to ${MOST_SIDE_BY_SIDE}`,
			`Remove the option for the default of ${DEFAULT_LIMITS.concurrency}.`,
		);
	}
	const perSecond = Number(options.requestsPerSecond ?? 0);
	if (!Number.isInteger(perSecond) || perSecond < 0) {
		throw refuse(
			"The option 'Requests per Second' must be a whole number, 0 or more",
			'Remove the option, or enter 0, for no limit.',
		);
	}

	const mark = String(options.startAgain ?? '').trim();
	const again = readIds(options.startAgainLedgers);

	return {
		credentialType: CREDENTIAL_TYPES[authentication],
		topics,
		newLedger,
		ledgerIds,
		startFrom,
		startDate,
		maxEntriesPerPoll,
		includePersonalData: options.includePersonalData === true,
		limits: limitsOf(concurrency, perSecond),
		...(mark !== '' && {
			startAgain: { mark, ...(again.length > 0 && { ledgerIds: again }) },
		}),
	};
}
