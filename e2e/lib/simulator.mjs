import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Background } from './process.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** The API simulator as a process of its own, and its control API. */
export class Simulator {
	#process;

	/**
	 * @param {{ data?: string, log: string }} options the data set, and where its output goes
	 * @returns {Promise<Simulator>}
	 */
	static async start({ data = 'demo', log }) {
		const args = [path.join(root, 'simulator', 'cli.mts'), '--port', '0', '--json', '--data', data];
		const child = new Background(process.execPath, args, { cwd: root, log });
		const lines = readline.createInterface({ input: child.stdout });
		const line = await Promise.race([
			new Promise((resolve) => lines.once('line', resolve)),
			child.ended.then(() => undefined),
		]);
		lines.close();
		child.stdout.resume();
		if (line === undefined) throw new Error(`The simulator did not start; see ${log}`);
		const simulator = new Simulator();
		simulator.#process = child;
		Object.assign(simulator, JSON.parse(line));
		return simulator;
	}

	/** The credentials of n8n for the simulated keys. */
	get credentials() {
		const { accounting, merchant, partner } = this.keys;
		const server = { environment: 'custom', baseUrl: this.url };
		return {
			accounting: {
				name: 'Vipps MobilePay Accounting API',
				type: 'vippsMobilePayAccountingApi',
				data: { ...server, clientId: accounting.clientId, clientSecret: accounting.clientSecret },
			},
			merchant: {
				name: 'Vipps MobilePay Merchant API',
				type: 'vippsMobilePayMerchantApi',
				data: {
					...server,
					clientId: merchant.clientId,
					clientSecret: merchant.clientSecret,
					subscriptionKey: merchant.subscriptionKey,
					merchantSerialNumber: merchant.merchantSerialNumber,
				},
			},
			partner: {
				name: 'Vipps MobilePay Partner Keys',
				type: 'vippsMobilePayMerchantApi',
				data: {
					...server,
					clientId: partner.clientId,
					clientSecret: partner.clientSecret,
					subscriptionKey: partner.subscriptionKey,
				},
			},
		};
	}

	/** Every ledger, entry and sale that there is. */
	async truth() {
		return await this.control('GET', '/truth');
	}

	/**
	 * A request to the control API.
	 *
	 * @param {string} method
	 * @param {string} path below /simulator
	 * @param {object} [body]
	 */
	async control(method, path, body) {
		const response = await fetch(`${this.url}/simulator${path}`, {
			method,
			headers: body ? { 'content-type': 'application/json' } : {},
			body: body ? JSON.stringify(body) : undefined,
		});
		if (!response.ok) throw new Error(`simulator: ${path} gave ${response.status}`);
		return await response.json();
	}

	/** Ends it. */
	async stop() {
		await this.#process.stop(5_000);
	}
}
