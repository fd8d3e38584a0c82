import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * What the public scanner of n8n finds in the packed files and in the sources, rule by rule.
 * Comments that switch rules off do not count for it.
 *
 * @param {{ packed: string, repository: string, cli: string }} folders
 * @returns {Promise<{ rules: Set<string>, findings: Array<{ file: string, rule: string, message: string }> }>}
 *   rules: those that are on for at least one kind of file
 */
export async function lint({ packed, repository, cli }) {
	const scanner = path.join(cli, 'node_modules/@n8n/scan-community-package/scanner/scanner.mjs');
	const { buildScanConfig, SOURCE_FILE_PATTERNS } = await import(pathToFileURL(scanner).href);
	const require = createRequire(scanner);
	const { ESLint } = await import(pathToFileURL(require.resolve('eslint')).href);
	const config = await buildScanConfig();

	const rules = new Set();
	for (const part of config) {
		for (const [rule, setting] of Object.entries(part.rules ?? {})) {
			if (!['off', 0].includes([setting].flat()[0])) rules.add(rule);
		}
	}
	const findings = [];
	for (const [cwd, patterns] of [
		[packed, ['dist/**/*.js', 'index.js', 'package.json']],
		[repository, SOURCE_FILE_PATTERNS],
	]) {
		const eslint = new ESLint({
			cwd,
			allowInlineConfig: false,
			overrideConfigFile: true,
			overrideConfig: config,
		});
		for (const { filePath, messages } of await eslint.lintFiles(patterns)) {
			for (const { ruleId, message, severity } of messages) {
				if (severity < 2) continue;
				const file = path.relative(cwd, filePath).split(path.sep).join('/');
				findings.push({ file, rule: ruleId ?? 'cannot be read', message });
			}
		}
	}
	return { rules, findings };
}

const PLUGIN = '@n8n/community-nodes/';
const BASE = 'n8n-nodes-base/';

/** The full name of a rule: those of the older plugin begin with the kind of file that they are for. */
const fullName = (rules, rule) =>
	[rule, PLUGIN + rule, BASE + rule].find((name) => rules.has(name)) ?? rule;

/**
 * What the scanner finds with some of its rules. A rule that it does not have any more is a
 * finding, too: silence would look like success.
 *
 * @param {import('./subject.mjs').Subject} subject
 * @param {Array<string | RegExp>} names without the plugin's name; an expression stands for all rules that it fits
 * @returns {Promise<string[]>}
 */
export async function lintProblems(subject, ...names) {
	const { rules, findings } = await subject.lint();
	const problems = [];
	const wanted = new Set();
	for (const name of names) {
		const fitting =
			typeof name === 'string'
				? [fullName(rules, name)].filter((rule) => rules.has(rule))
				: [...rules].filter((rule) => name.test(rule));
		if (fitting.length === 0) problems.push(`the scanner has no rule ${name}`);
		for (const rule of fitting) wanted.add(rule);
	}
	for (const { file, rule, message } of findings) {
		if (wanted.has(rule)) problems.push(`${file}: ${message} (${rule})`);
	}
	return problems;
}
