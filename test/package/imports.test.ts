/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root, shippedSources } from './project';

/**
 * n8n's lint rule lets anything pass that is a development dependency, but none of these is
 * installed where n8n runs the package.
 */
const ALLOWED = /^(n8n-workflow|(node:)?crypto|\.\.?\/.*)$/;

/** Every module that a file loads, in whichever way; `(computed)` when its name is not a literal. */
function modulesOf(file: string, text: string): string[] {
	const modules: string[] = [];
	const add = (name?: ts.Node) =>
		modules.push(name && ts.isStringLiteralLike(name) ? name.text : '(computed)');
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node)) add(node.moduleSpecifier);
		if (ts.isExportDeclaration(node) && node.moduleSpecifier) add(node.moduleSpecifier);
		if (ts.isExternalModuleReference(node)) add(node.expression);
		if (ts.isImportTypeNode(node))
			add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined);
		if (ts.isCallExpression(node)) {
			const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
			const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
			const isResolve =
				ts.isPropertyAccessExpression(node.expression) &&
				ts.isIdentifier(node.expression.expression) &&
				node.expression.expression.text === 'require';
			if (isImport || isRequire || isResolve) add(node.arguments[0]);
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
	return modules;
}

const sources = shippedSources();

it('finds modules however they are loaded', () => {
	const text = `import a from 'a'; import type { B } from 'b'; export * from 'c'; import d = require('d');
		const e = require('e'); const f = import('f'); type G = import('g').G; require.resolve('h'); import(name);`;
	expect(modulesOf('x.ts', text)).toEqual([...'abcdefgh', '(computed)']);
	expect(sources.length).toBeGreaterThan(10);
});

it.each(sources)('%s loads n8n-workflow, crypto and its own files only', (file) => {
	const modules = modulesOf(file, readFileSync(join(root, file), 'utf8'));
	expect(modules.filter((name) => !ALLOWED.test(name))).toEqual([]);
});

it.each(sources)('%s switches no check off', (file) => {
	const text = readFileSync(join(root, file), 'utf8');
	expect(text).not.toMatch(/eslint-disable|eslint-enable|@ts-(ignore|nocheck|expect-error)/);
});
