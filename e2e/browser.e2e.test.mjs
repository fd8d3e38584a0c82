import { test } from 'node:test';
import { credentialsByHand } from './browser/credentials.mjs';
import { failedRun } from './browser/failedRun.mjs';
import { fields } from './browser/fields.mjs';
import { fieldsBeforeRun, listRefused } from './browser/firstRun.mjs';
import { ledgerFromList } from './browser/ledger.mjs';
import { refundByHand } from './browser/refund.mjs';
import { eachResource } from './browser/resources.mjs';
import { pollingTrigger, webhookTrigger } from './browser/triggers.mjs';
import { findBrowser, openEditor } from './lib/browser.mjs';
import { createWorld } from './lib/world.mjs';

const NO_BROWSER = 'there is no Chromium here; set CHROMIUM_PATH to one';

/** What a person does, in the order in which a person does it. */
const JOURNEY = {
	'both credentials are made by hand, and say whether the keys are right': credentialsByHand,
	'a refund is built by hand, from the search to the money': refundByHand,
	'a ledger is picked by typing, and its entries are read': ledgerFromList,
	'a list that the keys may not read says which keys may': listRefused,
	'the fields of an operation can be dragged before it has ever run': fieldsBeforeRun,
	'fields depend on the choices, and a wrong amount says what is wrong': fields,
	'each resource is run once': eachResource,
	'the polling trigger shows a sample, is published and starts an execution': pollingTrigger,
	'the webhook trigger is published and starts when a customer pays': webhookTrigger,
	'a failed run is opened and its error read': failedRun,
};

test(
	'The nodes in the editor, as people use them',
	{ skip: findBrowser() ? false : NO_BROWSER, timeout: 1_200_000 },
	async (t) => {
		const world = await createWorld(t);
		world.editor = await openEditor(t, world);
		for (const [what, part] of Object.entries(JOURNEY)) {
			await t.test(what, async () => await part(world));
		}
	},
);
