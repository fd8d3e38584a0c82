import { createHash } from 'node:crypto';
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { createClient, type ApiClient } from '../shared/transport/client';
import { readOwn, type OwnRegistration } from '../shared/webhooks/registration';
import { CREDENTIAL_TYPE } from './parameters';

type Context = IHookFunctions | IWebhookFunctions;

/** What the node keeps in its static data: plain JSON. A test run in the editor has its own. */
export interface TriggerState {
	/** The current one first, then those before it, as long as their secrets count. */
	registrations?: OwnRegistration[];
	/** Dedupe keys of the latest events, the newest last, for after a restart. */
	recent?: string[];
	/** Whether this is the state of a test run. */
	test?: boolean;
}

export const stateOf = (context: Context): TriggerState =>
	context.getWorkflowStaticData('node') as TriggerState;

/**
 * Names this node: what a workflow holds that was copied from another one, or from another n8n,
 * is not its own.
 */
export const ownerOf = (context: Context): string =>
	createHash('sha256')
		.update(
			JSON.stringify([context.getInstanceId(), context.getWorkflow().id, context.getNode().id]),
		)
		.digest('base64url');

/** The registrations of this very node whose secrets count. */
export const ownRegistrations = (context: Context): OwnRegistration[] =>
	readOwn(stateOf(context).registrations, ownerOf(context), Date.now());

/** Activation waits for requests, and n8n for no answer: what takes longer comes to an error. */
const LONGEST_REQUEST_MS = 20_000;

/**
 * The door to the API for a sales unit.
 *
 * @param msn empty for what the credential says
 * @param deadline until when (milliseconds since 1970) anything is repeated
 */
export const clientFor = (context: Context, msn: string, deadline?: number): ApiClient =>
	createClient(context, CREDENTIAL_TYPE, {
		totalTimeMs: LONGEST_REQUEST_MS,
		deadline,
		...(msn !== '' && { headers: { 'Merchant-Serial-Number': msn } }),
	});

/** Where and what it is, for n8n's log. */
export const logDetails = (context: Context) => ({
	workflowId: context.getWorkflow().id,
	nodeName: context.getNode().name,
});
