import { promises as fs } from 'node:fs';

/** How many tests passed and failed. */
export class Tally {
	passed = 0;
	failed = 0;

	/**
	 * Adds jest's JSON result. A test file that could not run at all counts as a failure.
	 *
	 * @param {string} file
	 */
	async addJest(file) {
		const text = await fs.readFile(file, 'utf8').catch(() => undefined);
		if (text === undefined) {
			this.failed += 1;
			return;
		}
		const result = JSON.parse(text);
		this.passed += result.numPassedTests;
		this.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
	}

	/**
	 * Adds the TAP result of `node --test`. A run that was cut off counts as a failure.
	 *
	 * @param {string} file
	 */
	async addNodeTest(file) {
		const text = await fs.readFile(file, 'utf8').catch(() => '');
		const last = (name) => [...text.matchAll(new RegExp(`^# ${name} (\\d+)$`, 'gm'))].at(-1)?.[1];
		if (last('pass') === undefined) {
			this.failed += 1;
			return;
		}
		this.passed += Number(last('pass'));
		this.failed += Number(last('fail')) + Number(last('cancelled'));
	}

	/**
	 * A failure that no test counted, e.g. a build that did not work.
	 *
	 * @param {number} status exit status of a step
	 */
	addStatus(status) {
		if (status !== 0 && this.failed === 0) this.failed += 1;
	}

	/** The one line that ends a run. */
	toString() {
		return `${this.passed} passed, ${this.failed} failed`;
	}
}
