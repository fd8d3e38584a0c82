import type { INodeParameters } from 'n8n-workflow';
import { createPoller, startSimulator, type CredentialStore, type Simulator } from '../harness';
import { asItems, expectExactly, truthOf } from '../support/truth';
import { accountingKeys, merchantKeys, TRIGGER } from '../support/vipps';
import { readExample } from './example';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator();
});

/** What the trigger of an example hands out at its first poll and the one after. */
async function delivered(file: string, credentials: CredentialStore) {
	const [node] = readExample(file).nodes.filter(({ type }) => type === TRIGGER);
	const { name, typeVersion } = node;
	const parameters = node.parameters as INodeParameters;
	const poller = await createPoller({ type: TRIGGER, typeVersion, name, parameters, credentials });
	await poller.poll();
	await poller.poll();
	return poller.delivered;
}

it('new-entries.json hands out every entry and sale of all ledgers once', async () => {
	const { entries, sales } = await truthOf(simulator);
	const items = await delivered('new-entries.json', await accountingKeys(simulator));
	expectExactly(items, [...entries, ...asItems(sales)]);
});

it('own-ledger.json hands out every entry of the own ledger once', async () => {
	const { ledgers, entries } = await truthOf(simulator);
	const msn = simulator.keys.merchant.merchantSerialNumber;
	const own = ledgers.filter(({ alsoReachedBy }) => alsoReachedBy === msn);
	expect(own).toHaveLength(1);
	const items = await delivered('own-ledger.json', await merchantKeys(simulator));
	expectExactly(
		items,
		entries.filter(({ ledgerId }) => ledgerId === own[0].ledgerId),
	);
	expect(items.length).toBeGreaterThan(0);
});
