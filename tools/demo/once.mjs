import { nextPoll } from '../../e2e/lib/polls.mjs';
import { compare, isExact } from '../../e2e/lib/truth.mjs';
import { step } from '../lib/progress.mjs';
import { formatAmount } from './table.mjs';

const LIMIT_SECONDS = 360;

/**
 * `npm start -- --once`: waits until each entry of the example data has arrived exactly once, and
 * shows that none comes again after n8n was started anew.
 *
 * @param {import('./world.mjs').DemoWorld} world
 * @param {import('./follow.mjs').Follower} follower
 * @returns {Promise<number>} exit status
 */
export async function runOnce(world, follower) {
	const began = Date.now();
	const left = () => Math.max(1, LIMIT_SECONDS - (Date.now() - began) / 1000);
	const check = async () => {
		const each = world.kinds.map(async (keys) =>
			compare(follower.itemsBy(keys), await world.expected(keys)),
		);
		return join(await Promise.all(each));
	};

	const complete = async () => (await check()).missing.length === 0;
	await follower.until(complete, { seconds: left() });
	const first = await check();
	if (!isExact(first)) return fail('Not every example entry arrived exactly once.', first);
	for (const keys of world.kinds) summarize(keys, follower.itemsBy(keys));
	process.stdout.write('\n');

	await step('Restarting n8n and waiting for its next poll', '10 to 80 s', async () => {
		await world.restart();
		await nextPoll(world.simulator, { seconds: left(), keys: world.kinds });
		// A ledger date that ends right now brings its payout with the poll after.
		await follower.until(complete, { seconds: left() });
	});
	const second = await check();
	if (!isExact(second)) return fail('After the restart something came again.', second);
	process.stdout.write('Nothing came again: n8n has kept the cursors.\n');
	return 0;
}

/** One comparison of several. */
function join(comparisons) {
	const all = (name) => comparisons.flatMap((comparison) => comparison[name]);
	return {
		missing: all('missing'),
		unexpected: all('unexpected'),
		repeatedKeys: all('repeatedKeys'),
	};
}

function summarize(keys, items) {
	const ledgers = [...new Set(items.map(({ ledgerId }) => ledgerId))];
	process.stdout.write(`\nWith ${keys} keys ${items.length} entries, each exactly once:\n`);
	for (const ledgerId of ledgers) {
		const own = items.filter((item) => item.ledgerId === ledgerId);
		const count = (name) => own.filter(({ topic }) => topic === name).length;
		const funds = own.filter(({ topic }) => topic === 'funds');
		const sum = funds.reduce((total, { amount }) => total + amount, 0);
		process.stdout.write(
			`  ledger ${ledgerId}: ${count('funds')} funds (sum ${formatAmount(sum, funds[0]?.currency ?? '')}), ` +
				`${count('fees')} fees, ${count('sales')} sales\n`,
		);
	}
}

function fail(sentence, { missing, unexpected, repeatedKeys }) {
	const list = (title, entries) =>
		entries.length === 0
			? ''
			: `\n${title}:\n${entries.map((entry) => `  ${JSON.stringify(entry)}`).join('\n')}`;
	process.stderr.write(
		`\n${sentence}${list('Missing', missing)}${list('Unexpected', unexpected)}${list('Keys that came more than once', repeatedKeys)}\n`,
	);
	return 1;
}
