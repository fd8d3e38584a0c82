import assert from 'node:assert/strict';

const TYPES = [
	{ keys: 'accounting', displayName: 'Vipps MobilePay Accounting API' },
	{ keys: 'merchant', displayName: 'Vipps MobilePay Merchant API' },
];
const WRONG = 'not the secret';
const HAND_MS = 500;
const PATIENCE_MS = 30_000;

/** Makes both credentials in n8n's dialog: first with a wrong secret, then with the right one. */
export async function credentialsByHand(world) {
	for (const type of TYPES) await makeByHand(world, type);
}

async function makeByHand({ editor, simulator }, { keys, displayName }) {
	const { page } = editor;
	const { environment, clientSecret, ...texts } = simulator.credentials[keys].data;
	assert.equal(environment, 'custom');

	await editor.open('/home/credentials/create');
	await page.locator('[data-test-id="new-credential-type-select"] input').fill('vipps');
	await page
		.locator('[data-test-id="new-credential-type-select-option"]')
		.filter({ hasText: displayName })
		.click();
	await page.locator('[data-test-id="new-credential-type-button"]').click();

	const dialog = page.locator('[data-test-id="editCredential-modal"]');
	await editor.choose('environment', /^Custom/);
	for (const [name, text] of Object.entries(texts)) await editor.write(name, text);
	await editor.write('clientSecret', WRONG);
	const save = dialog.locator('[data-test-id="credential-save-button"]');
	await save.click();
	await dialog.getByText('Couldn’t connect with these settings').waitFor();
	await dialog.getByText('More details').click();
	await dialog.getByText('did not accept the keys of this credential').waitFor();
	assert.ok(!(await dialog.innerText()).includes(WRONG), 'the secret is shown');
	await editor.picture(`credential-${keys}-wrong`);

	await editor.write('clientSecret', clientSecret);
	// n8n takes a text over a moment after it was written: who presses Save before that saves the
	// old one. A person needs longer to get there, and presses it again where it still can be.
	await page.waitForTimeout(HAND_MS);
	await save.click();
	const told = dialog.getByText('Connection tested successfully');
	await told.waitFor({ timeout: PATIENCE_MS }).catch(async () => await save.click());
	await told.waitFor();
	await editor.picture(`credential-${keys}`);
}
