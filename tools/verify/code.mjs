import path from 'node:path';
import ts from 'typescript';

const parse = (file, text) => ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);

function* nodesIn(root) {
	const open = [root];
	while (open.length > 0) {
		const node = open.pop();
		yield node;
		open.push(...node.getChildren());
	}
}

/** The modules that a file loads, in whichever way. */
export const modulesOf = (text) =>
	ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);

/** The names of what a file calls as a method, e.g. `continueOnFail` of `context.continueOnFail()`. */
export function methodsCalled(file, text) {
	const names = new Set();
	for (const node of nodesIn(parse(file, text))) {
		if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
			names.add(node.expression.name.text);
		}
	}
	return names;
}

/** The fixed texts of a file, also the fixed parts of those that are put together. */
export function literalsOf(file, text) {
	const literals = [];
	for (const node of nodesIn(parse(file, text))) {
		if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken?.(node)) literals.push(node.text);
	}
	return literals;
}

/**
 * A packed file and all files of the package that it loads, directly or through others.
 *
 * @param {import('./subject.mjs').Subject} subject
 * @param {string} file
 * @returns {Promise<Map<string, string>>} their texts by their names
 */
export async function loadedFrom({ files, packedText }, file) {
	const texts = new Map();
	const open = [file];
	while (open.length > 0) {
		const next = open.pop();
		if (texts.has(next)) continue;
		texts.set(next, await packedText(next));
		for (const module of modulesOf(texts.get(next)).filter((name) => name.startsWith('.'))) {
			const place = path.posix.join(path.posix.dirname(next), module);
			const found = [`${place}.js`, `${place}/index.js`, place].find((one) => files.includes(one));
			if (found?.endsWith('.js')) open.push(found);
		}
	}
	return texts;
}
