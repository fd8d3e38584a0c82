import { NotApplicable } from './line.mjs';
import { codeLines } from './groups/code.mjs';
import { credentialLines } from './groups/credential.mjs';
import { nodeLines } from './groups/node.mjs';
import { packageLines } from './groups/package.mjs';

/** What n8n asks of a community package before it verifies it, group by group. */
export const GROUPS = {
	Package: packageLines,
	Code: codeLines,
	Nodes: nodeLines,
	Credentials: credentialLines,
};

const LINES = Object.values(GROUPS).flat();

/**
 * @typedef {{ id: string, text: string, result: 'PASS' | 'FAIL' | 'n/a', problems: string[], reason?: string }} Result
 */

/**
 * Looks at a package line by line.
 *
 * @param {import('./subject.mjs').Subject} subject
 * @param {string[]} [ids] only these lines
 * @returns {Promise<Result[]>}
 */
export async function runChecklist(subject, ids) {
	const results = [];
	for (const line of LINES.filter(({ id }) => !ids || ids.includes(id))) {
		results.push(await resultOf(line, subject));
	}
	return results;
}

async function resultOf({ id, text, check }, subject) {
	try {
		// A node that is not there breaks no rule, so that silence would look like success.
		if (subject.notLoaded.length > 0 && id !== 'P2') throw new Error(subject.notLoaded[0]);
		const found = await check(subject);
		if (found instanceof NotApplicable) {
			return { id, text, result: 'n/a', problems: [], reason: found.reason };
		}
		const problems = [...new Set(found)];
		return { id, text, result: problems.length > 0 ? 'FAIL' : 'PASS', problems };
	} catch (error) {
		// A package so broken that it cannot even be looked at does not hold the line.
		return { id, text, result: 'FAIL', problems: [`cannot be checked: ${error.message}`] };
	}
}

/**
 * The results as people read them.
 *
 * @param {Result[]} results
 */
export function show(results) {
	const byId = new Map(results.map((result) => [result.id, result]));
	const parts = [];
	for (const [group, lines] of Object.entries(GROUPS)) {
		parts.push(`\n${group}\n`);
		for (const { id } of lines.filter((line) => byId.has(line.id))) {
			const { result, text, reason, problems } = byId.get(id);
			parts.push(`  ${result}  ${id.padEnd(3)}  ${text}${reason ? ` (${reason})` : ''}\n`);
			parts.push(...problems.map((problem) => `             - ${problem}\n`));
		}
	}
	return parts.join('');
}
