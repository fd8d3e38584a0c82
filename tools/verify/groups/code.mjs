import { loadedFrom, methodsCalled, modulesOf } from '../code.mjs';
import { lintProblems } from '../lint.mjs';
import { unless } from '../line.mjs';
import { refusedRuns } from '../refusedRuns.mjs';

/** What there is where n8n runs the package: narrower than n8n's own list, which allows more. */
const ALLOWED = /^(n8n-workflow|(node:)?crypto|\.\.?\/.*)$/;
const SUPPRESSION = /eslint-(disable|enable)|@ts-(ignore|nocheck|expect-error)/;
const LEFTOVER =
	/(^|\/)(__tests__|test|tests|fixtures?|node_modules)\/|\.(test|spec)\.|(^|\/)test\.[jt]s$|\.(bak|orig|rej|swp|tmp|log|map)$|~$|(^|\/)\.(?!vscode)/i;

const isEmoji = (text) => /\p{Extended_Pictographic}/u.test(text ?? '');

/** @type {import('../line.mjs').Line[]} */
export const codeLines = [
	{
		id: 'C1',
		text: 'the shipped code loads n8n-workflow, crypto and its own files, and nothing else',
		check: async (subject) => {
			const problems = [];
			for (const file of subject.files.filter((name) => name.endsWith('.js'))) {
				for (const module of modulesOf(await subject.packedText(file))) {
					if (!ALLOWED.test(module)) problems.push(`${file} loads ${module}`);
				}
			}
			return [...problems, ...(await lintProblems(subject, 'no-restricted-imports'))];
		},
	},
	{
		id: 'C2',
		text: 'no process, no timers, no global objects, no __dirname',
		check: async (subject) => await lintProblems(subject, 'no-restricted-globals'),
	},
	{
		id: 'C3',
		text: 'no environment variables, files, programs, evaluated code or console',
		check: async (subject) =>
			await lintProblems(
				subject,
				'no-restricted-globals',
				'no-restricted-imports',
				'no-dangerous-functions',
				'no-console',
			),
	},
	{
		id: 'C4',
		text: "requests go through n8n's helper with the credential, never around it, and use no deprecated helper",
		check: async (subject) =>
			await lintProblems(
				subject,
				'no-http-request-with-manual-auth',
				'no-deprecated-workflow-functions',
			),
	},
	{
		id: 'C5',
		text: "failures are n8n's errors, with the item; Continue On Fail gives an item instead, and each item names the one that it comes from",
		check: async (subject) => {
			const problems = [];
			for (const { file, name, type } of subject.nodes.filter((node) => node.type.execute)) {
				const called = new Set();
				for (const [from, text] of await loadedFrom(subject, file)) {
					for (const method of methodsCalled(from, text)) called.add(method);
				}
				problems.push(
					...unless(called.has('continueOnFail'), `${name} does not ask for Continue On Fail`),
				);
				for (const { operation, items, thrown } of await refusedRuns(type)) {
					if (thrown) problems.push(`${operation} throws in spite of Continue On Fail: ${thrown}`);
					else if (!items.length) problems.push(`${operation} gives no item when it is refused`);
					else if (!items.every(({ json, pairedItem }) => json.error && pairedItem?.item === 0)) {
						problems.push(`${operation} gives an item without its error or its source`);
					}
				}
			}
			return [
				...problems,
				...(await lintProblems(
					subject,
					'require-node-api-error',
					'missing-paired-item',
					'no-silent-error-swallowing',
					/node-execute-block/,
				)),
			];
		},
	},
	{
		id: 'C6',
		text: "connections are named by n8n's constant, names hold no emoji, and nothing looks like a secret",
		check: async (subject) => [
			...subject.nodes
				.filter(({ description: { displayName, name } }) => isEmoji(displayName) || isEmoji(name))
				.map(({ name }) => `${name} has an emoji in its name`),
			...subject.nodes
				.flatMap(({ description: { inputs, outputs } }) => [...inputs, ...outputs])
				.filter((connection) => connection !== 'main')
				.map((connection) => `an unknown connection: ${JSON.stringify(connection)}`),
			...(await lintProblems(
				subject,
				'node-connection-type-literal',
				'no-emoji-in-options',
				'no-hardcoded-secrets',
			)),
		],
	},
	{
		id: 'C7',
		text: 'no check is switched off, and the public scanner finds nothing at all',
		check: async (subject) => {
			const problems = [];
			for (const file of subject.sources) {
				if (SUPPRESSION.test(await subject.sourceText(file))) {
					problems.push(`${file} switches a check off`);
				}
			}
			const { findings } = await subject.lint();
			return [
				...problems,
				...findings.map(({ file, rule, message }) => `${file}: ${message} (${rule})`),
			];
		},
	},
	{
		id: 'C8',
		text: 'incoming items are left as they are',
		check: async ({ nodes }) => {
			const problems = [];
			for (const { type } of nodes.filter((node) => node.type.execute)) {
				for (const { operation, items, input, thrown } of await refusedRuns(type)) {
					// The input is frozen, so that a change of it is an error of JavaScript's.
					const said = [thrown, ...items.map(({ json }) => json.error)].join(' ');
					if (/read only|not extensible|Cannot (assign|delete|add)/.test(said)) {
						problems.push(`${operation} changes its input`);
					}
					if (items.some((item) => input.includes(item))) {
						problems.push(`${operation} gives its input out again`);
					}
				}
			}
			return problems;
		},
	},
	{
		id: 'C9',
		text: 'there are no tests, backups or leftovers in what is shipped or scanned',
		check: async (subject) => [
			...[...subject.files, ...subject.sources]
				.filter((file) => LEFTOVER.test(file))
				.map((file) => `${file} is a leftover`),
			...(await lintProblems(subject, 'no-dead-files')),
		],
	},
];
