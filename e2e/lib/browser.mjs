import { existsSync } from 'node:fs';
import path from 'node:path';
import { Editor } from './editor.mjs';
import { OWNER } from './rest.mjs';

const PROGRAMS = [
	process.env.CHROMIUM_PATH,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const OPTIONS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** The browser of this computer, or undefined when there is none. */
export const findBrowser = () => PROGRAMS.find((program) => program && existsSync(program));

/**
 * A page in a headless browser.
 *
 * @param {import('node:test').TestContext} test closes the browser afterwards; takes a picture when it failed
 * @param {{ folder: string }} world the picture's place
 * @returns {Promise<import('playwright-core').Page>}
 */
export async function openPage(test, { folder }) {
	const { chromium } = await import('playwright-core');
	const browser = await chromium.launch({ executablePath: findBrowser(), args: OPTIONS });
	const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
	page.setDefaultTimeout(120_000);
	// n8n's pages ask for fonts elsewhere; nothing of these tests leaves this computer.
	await page.route(
		({ hostname }) => !['127.0.0.1', 'localhost'].includes(hostname),
		async (route) => await route.abort(),
	);
	const picture = async ({ name, passed }) => {
		const file = `failed-${name.replace(/\W+/g, '-')}.png`;
		if (passed === false) await page.screenshot({ path: path.join(folder, file) });
	};
	test.afterEach(picture);
	test.after(async () => {
		await picture(test);
		await browser.close();
	});
	return page;
}

/**
 * n8n's editor in a headless browser, with the owner logged in as a person would. Pictures are
 * taken when `N8N_VIPPSMOBILEPAY_PICTURES` names a folder for them.
 *
 * @param {import('node:test').TestContext} test closes the browser afterwards; takes a picture when it failed
 * @param {{ server: { url: string }, password: string, folder: string }} world
 * @returns {Promise<Editor>}
 */
export async function openEditor(test, { server, password, folder }) {
	const page = await openPage(test, { folder });
	await page.goto(`${server.url}/signin`);
	await page.fill('input[type=email]', OWNER.email);
	await page.fill('input[type=password]', password);
	await page.keyboard.press('Enter');
	await page.waitForURL((url) => !url.pathname.includes('signin'));
	return new Editor(page, server.url, process.env.N8N_VIPPSMOBILEPAY_PICTURES);
}
