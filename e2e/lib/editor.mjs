import { promises as fs } from 'node:fs';
import path from 'node:path';
import { actionWorkflow } from './workflows.mjs';

const byTestId = (id) => `[data-test-id="${id}"]`;

/** n8n's editor, in the words of the person who uses it. */
export class Editor {
	/**
	 * @param {import('playwright-core').Page} page in which the owner is logged in
	 * @param {string} url n8n's address
	 * @param {string} [pictures] the folder for pictures; none are taken when it is left out
	 */
	constructor(page, url, pictures) {
		this.page = page;
		this.url = url;
		this.pictures = pictures;
	}

	/** The dialog of the open node. */
	get node() {
		return this.page.locator(byTestId('ndv'));
	}

	/** What the open node gave or complains about. */
	get output() {
		return this.node.locator(byTestId('output-panel'));
	}

	/** Opens a page of n8n. */
	async open(place) {
		await this.page.goto(`${this.url}${place}`);
	}

	/** Opens a node of the workflow that is on the canvas, by its name. */
	async openNode(name) {
		const node = this.page.locator(byTestId('canvas-node')).filter({ hasText: name }).first();
		await node.waitFor();
		// The canvas lies over its nodes, so an ordinary click would wait for ever.
		await node.dblclick({ force: true });
		await this.node.waitFor();
	}

	/**
	 * Opens the action node of a new workflow.
	 *
	 * @param {import('./rest.mjs').Rest} rest saves the workflow
	 * @param {{ name: string, parameters: object, credential: object }} step see actionWorkflow
	 * @returns {Promise<string>} the workflow's id
	 */
	async openStep(rest, step) {
		const { id } = await rest.createWorkflow(actionWorkflow(step));
		await this.open(`/workflow/${id}`);
		await this.openNode('Vipps MobilePay');
		return id;
	}

	/** Closes the open node. */
	async closeNode() {
		await this.node.locator(byTestId('ndv-close-button')).click();
		await this.node.waitFor({ state: 'hidden' });
	}

	/** The names of the fields that the open node shows. */
	async fields() {
		const labels = this.node.locator(byTestId('input-label'));
		await labels.first().waitFor();
		return (await labels.allInnerTexts()).map((text) => text.split('\n')[0].trim()).filter(Boolean);
	}

	/** The field of the open dialog, a node's or a credential's. */
	field(name) {
		return this.page.locator(byTestId(`parameter-input-${name}`)).last();
	}

	/** Writes into a field. */
	async write(name, text) {
		await this.field(name).locator('input, textarea').first().fill(text);
	}

	/** Writes a date and leaves the calendar that opens. */
	async writeDate(name, date) {
		await this.write(name, date);
		await this.page.keyboard.press('Enter');
	}

	/** Chooses an option of a field by its name in the list. */
	async choose(name, option) {
		await this.field(name).click();
		await this.page.getByRole('option', { name: option }).first().click();
	}

	/** Chooses the credential of the open node. */
	async chooseCredential({ id }) {
		await this.node.locator(byTestId('node-credentials-select')).click();
		await this.page.locator(byTestId(`node-credentials-select-item-${id}`)).click();
	}

	/**
	 * Searches in the list of a resource locator.
	 *
	 * @param {string} text typed into the list's search field
	 * @param {string} expected the one that is left
	 */
	async pickFromList(text, expected) {
		await this.node.locator(byTestId('rlc-input')).first().click();
		const items = this.page.locator(byTestId('rlc-item'));
		await items.first().waitFor();
		const all = await items.count();
		const search = this.page.locator(byTestId('rlc-search'));
		await search
			.locator('input')
			.or(search.and(this.page.locator('input')))
			.fill(text);
		const left = items.filter({ hasText: expected });
		await this.page.waitForFunction(
			([selector, before]) => {
				const { length } = document.querySelectorAll(selector);
				return length > 0 && length < before;
			},
			[byTestId('rlc-item'), all],
		);
		await left.click();
	}

	/** Runs the open node, and waits until it has given something or failed. */
	async execute() {
		await this.node.locator(byTestId('node-execute-button')).click();
		await this.output
			.locator(`${byTestId('node-run-status-success')}, ${byTestId('node-run-status-danger')}`)
			.first()
			.waitFor();
	}

	/** Publishes the workflow that is on the canvas, by its button. */
	async publish() {
		await this.page.locator(byTestId('workflow-open-publish-modal-button')).click();
		await this.page.locator(byTestId('workflow-publish-button')).click();
		await this.page.locator(byTestId('workflow-active-version-indicator')).waitFor();
		const told = this.page.getByRole('dialog').filter({ hasText: 'Workflow published' });
		await told.getByRole('button', { name: 'Got it' }).click();
		await told.waitFor({ state: 'hidden' });
	}

	/**
	 * Opens the tab Executions, and there the newest one.
	 *
	 * @param {string} result its line in the list, e.g. Succeeded
	 */
	async openExecution(result) {
		await this.page.locator(byTestId('radio-button-executions')).click();
		const list = this.page.locator(byTestId('current-executions-list'));
		const execution = list.locator('[data-test-id^="execution-details-"]').filter({
			hasText: result,
		});
		await execution.first().click();
		const preview = this.page.locator('[data-test-id^="execution-preview-details-"]');
		await preview.filter({ hasText: result }).waitFor();
	}

	/** Takes a picture, when pictures are wanted. */
	async picture(name) {
		if (!this.pictures) return;
		await fs.mkdir(this.pictures, { recursive: true });
		await this.page.screenshot({ path: path.join(this.pictures, `${name}.png`) });
	}
}
