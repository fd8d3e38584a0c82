import { setTimeout as sleep } from 'node:timers/promises';
import { readExample } from './examples.mjs';
import { retry, triggered } from './killsExecutions.mjs';
import { judge } from './killsJudge.mjs';
import { LifeLog, TALKATIVE } from './killsLog.mjs';
import { MOMENTS } from './killsMoments.mjs';
import { Mover } from './killsMover.mjs';
import { storedEntries } from './killsStore.mjs';
import { eventually } from './polls.mjs';
import { compare, expectedItems } from './truth.mjs';
import { createWorld } from './world.mjs';

const EXAMPLE = 'store-entries.json';

/** The world in which money moves: ledgers of three countries, with and without sales. */
const WORLD = { data: 'merchants', options: { ledgers: 5, days: 2, salesPerDay: 4 } };

/** What a killed server has printed may still be on its way into the log file. */
const LAST_WORDS_MS = 500;

/** The last entries come with the next poll, or with the one after that. */
const LAST_POLLS_S = 150;

/** An execution that n8n has not come to the end of, nor found to be cut off. */
const isUnderWay = ({ status }) => ['new', 'running', 'waiting'].includes(status);

/**
 * A server with the example workflow that stores entries is killed again and again while money
 * moves, and started again. In the end all is compared.
 *
 * @param {import('node:test').TestContext} test
 * @param {object} what
 * @param {Record<string, string>} what.env of n8n
 * @param {string[]} what.moments names of MOMENTS, one for each kill
 * @param {(line: string) => void} what.tell takes what happens, for people
 * @returns {Promise<object>} the figures; `lost`, `lostToEngine` and `wronglyStored` hold what is wrong
 */
export async function liveThroughKills(test, { env, moments, tell }) {
	const world = await createWorld(test, { env: { ...env, ...TALKATIVE } });
	const { simulator, server } = world;
	await simulator.control('POST', '/reset', WORLD);
	let log = await LifeLog.from(server.log);
	const { workflow, trigger, table } = await publishExample(world);

	const mover = new Mover(simulator);
	await mover.start();
	const kills = [];
	for (const moment of moments) {
		await MOMENTS[moment]({ simulator, log });
		await server.kill();
		const at = Date.now();
		await simulator.control('DELETE', '/faults');
		await sleep(LAST_WORDS_MS);
		kills.push({ moment, at, unstored: await log.endsBetweenEmitAndStore() });
		tell(`kill ${kills.length} of ${moments.length}, ${moment}`);
		log = await LifeLog.from(server.log);
		await world.restart();
	}
	await mover.stop();

	const expected = async () =>
		expectedItems(await simulator.truth(), 'accounting', world.credentials.accounting.data);
	let executions;
	let truth;
	let verdict;
	const isComplete = async () => {
		executions = await triggered(world.rest, workflow.id, trigger);
		if (executions.some(isUnderWay)) return false;
		truth = await expected();
		verdict = judge({ executions, expected: truth, kills, addedAt: mover.addedAt });
		return verdict.lost.length + verdict.lostToEngine.length === 0;
	};
	// What is missing is told by the verdict.
	await eventually(isComplete, 'All entries', LAST_POLLS_S).catch((error) => {
		if (!verdict) throw error;
	});

	const cutOff = executions.filter(({ status, items }) => status !== 'success' && items.length > 0);
	await retry(world.rest, cutOff);
	const stored = await storedEntries(world.rest, table);
	const missing = new Set([...verdict.lost, ...verdict.lostToEngine]);
	const handedOver = truth.filter((entry) => !missing.has(entry));
	const { byRoute } = await simulator.control('GET', '/requests');
	return {
		...verdict,
		kills,
		polls: byRoute['GET /settlement/v1/ledgers'],
		executions: executions.length,
		cutOff: cutOff.length,
		failed: executions.filter(({ items }) => items.length === 0).length,
		stored: stored.length,
		wronglyStored: compare(stored, handedOver),
	};
}

/** Imports the example with the simulator's keys and publishes it, as its notes say. */
export async function publishExample({ rest, credentials }) {
	const example = await readExample(EXAMPLE);
	const { id, name, type } = credentials.accounting;
	const trigger = example.nodes.find(({ type: node }) => node.endsWith('.vippsMobilePayTrigger'));
	trigger.credentials[type] = { id, name };
	const { parameters } = example.nodes.find(({ parameters: { tableName } }) => tableName);
	const workflow = await rest.createWorkflow(example);
	await rest.activate(workflow);
	return { workflow, trigger: trigger.name, table: parameters.tableName };
}
