import assert from 'node:assert/strict';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openEditor } from './lib/browser.mjs';
import { createWorld } from './lib/world.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const EXAMPLES = path.join(root, 'examples');
const PICTURES = path.join(root, 'docs', 'images', 'examples');
const MOST_BYTES = 150_000;

/** Buttons, tabs and messages that lie over the workflow and are the same in every picture. */
const WITHOUT_BUTTONS =
	'button, [role=tablist], [role=radiogroup], .el-notification { visibility: hidden !important }';
const MARGIN = 24;
/** The name of a node is wider than its box, and stands below it. */
const ROOM_FOR_NAME = 64;

/** The part of the page that holds all nodes and notes. */
async function frameOf(page) {
	const boxes = await Promise.all(
		(await page.locator('.vue-flow__node').all()).map(async (node) => await node.boundingBox()),
	);
	const x = Math.min(...boxes.map((box) => box.x)) - MARGIN;
	const y = Math.min(...boxes.map((box) => box.y)) - MARGIN;
	const right = Math.max(...boxes.map((box) => box.x + box.width)) + ROOM_FOR_NAME;
	const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + ROOM_FOR_NAME;
	return { x, y, width: right - x, height: bottom - y };
}

test('A picture of each example', { timeout: 1_200_000 }, async (t) => {
	const world = await createWorld(t);
	const { page } = await openEditor(t, world);
	await page.setViewportSize({ width: 1600, height: 800 });
	await fs.mkdir(PICTURES, { recursive: true });
	for (const file of (await fs.readdir(EXAMPLES)).filter((name) => name.endsWith('.json'))) {
		await t.test(file, async () => {
			const example = JSON.parse(await fs.readFile(path.join(EXAMPLES, file), 'utf8'));
			const { id } = await world.rest.createWorkflow(example);
			await page.goto(`${world.server.url}/workflow/${id}`);
			await page.locator('[data-test-id="canvas-node"]').first().waitFor();
			await page.addStyleTag({ content: WITHOUT_BUTTONS });
			// The editor's own key for the whole workflow in one view.
			await page
				.locator('[data-test-id="canvas"]')
				.first()
				.click({ position: { x: 5, y: 5 } });
			await page.keyboard.press('1');
			await page.waitForTimeout(1_500);
			const place = path.join(PICTURES, file.replace(/json$/, 'jpg'));
			const clip = await frameOf(page);
			await page.screenshot({ path: place, type: 'jpeg', quality: 80, clip });
			const { size } = await fs.stat(place);
			assert.ok(size < MOST_BYTES, `${place} has ${size} bytes`);
		});
	}
});
