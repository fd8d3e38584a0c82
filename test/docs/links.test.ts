/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exampleFiles } from '../examples/example';
import { packageFolder } from '../harness';

const GUIDES = readdirSync(join(packageFolder, 'docs'))
	.filter((file) => file.endsWith('.md'))
	.map((file) => `docs/${file}`);
const PAGES = [
	...GUIDES,
	'README.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
	'CHANGELOG.md',
	'simulator/README.md',
];

const textOf = (page: string) => readFileSync(join(packageFolder, page), 'utf8');

/** A heading as GitHub makes a link of it. */
const anchorOf = (heading: string) =>
	heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.trim()
		.replace(/\s/g, '-');

const anchorsOf = (page: string) =>
	[...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading));

it.each(PAGES)('%s links what there is', (page) => {
	const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);
	const broken = links
		.filter((link) => !/^[a-z]+:/.test(link))
		.filter((link) => {
			const [file, anchor] = link.split('#');
			const target = file ? join(dirname(page), file) : page;
			if (!existsSync(join(packageFolder, target))) return true;
			return anchor !== undefined && !anchorsOf(target).includes(anchor);
		});
	expect(broken).toEqual([]);
});

it.each(GUIDES)('%s is read in ten minutes', (page) => {
	const wordsPerMinute = 200;
	const words = textOf(page)
		.split(/\s+/)
		.filter((word) => /\p{L}/u.test(word)).length;
	expect(words / wordsPerMinute).toBeLessThan(10);
});

it.each(exampleFiles())('%s has a paragraph and a small picture', (file) => {
	const picture = `images/examples/${file.replace(/json$/, 'jpg')}`;
	const text = textOf('docs/examples.md');
	const [, part = ''] = text.split(`](${picture})`);
	expect(part.trimStart().startsWith(`[${file}](../examples/${file})`)).toBe(true);
	expect(statSync(join(packageFolder, 'docs', picture)).size).toBeLessThan(150_000);
});
