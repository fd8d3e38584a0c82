import { parseArgs } from 'node:util';
import { dataSetNames } from './data/sets.mts';
import { createSimulator, type RunningSimulator } from './server.mts';

const usage = `Usage: node simulator/cli.mts [options]

  --port N     port on 127.0.0.1 (default 4010; 0 takes a free one)
  --seed N     the same seed gives the same data (default 1)
  --data NAME  ${dataSetNames.join(', ')} (default demo)
  --now TIME   the clock stands still at this time (default: it runs in real time)
  --json       prints one line of JSON, { "url", "keys" }, when ready
`;

const options = {
	port: { type: 'string', default: '4010' },
	seed: { type: 'string', default: '1' },
	data: { type: 'string', default: 'demo' },
	now: { type: 'string' },
	json: { type: 'boolean', default: false },
	help: { type: 'boolean', short: 'h', default: false },
} as const;

/** The fields of an n8n credential, one to a line. */
function credential(title: string, fields: Record<string, string>): string {
	const lines = Object.entries(fields).map(([name, value]) => `  ${name.padEnd(24)}${value}`);
	return [title, ...lines].join('\n');
}

function forPeople({ url, keys: { accounting, merchant, partner, management } }: RunningSimulator) {
	const server = { Environment: 'Custom', 'Base URL': url };
	const pair = (of: { clientId: string; clientSecret: string }) => ({
		...server,
		'Client ID': of.clientId,
		'Client Secret': of.clientSecret,
	});
	return [
		`Vipps MobilePay simulator: ${url}`,
		credential('Vipps MobilePay Accounting API (ledgers, Report, Sales)', pair(accounting)),
		credential('Vipps MobilePay Merchant API (ledgers, Report, Management, ePayment, Webhooks)', {
			...pair(merchant),
			'Subscription Key': merchant.subscriptionKey,
			'Merchant Serial Number': merchant.merchantSerialNumber,
		}),
		credential('Vipps MobilePay Merchant API with partner keys (Management, ePayment, Webhooks)', {
			...pair(partner),
			'Subscription Key': partner.subscriptionKey,
		}),
		credential(
			'Vipps MobilePay Accounting API with older management keys (Management)',
			pair(management),
		),
		`State and control: ${url}/simulator (see simulator/README.md). Ctrl+C ends it.`,
	].join('\n\n');
}

async function main(): Promise<void> {
	const { values } = parseArgs({ options });
	if (values.help) {
		console.log(usage);
		return;
	}
	const simulator = await createSimulator({
		port: Number(values.port),
		seed: Number(values.seed),
		data: values.data,
		now: values.now,
	});
	// Before the address is printed: whoever reads it may end the simulator at once.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void simulator.close());
	}
	const { url, keys } = simulator;
	console.log(values.json ? JSON.stringify({ url, keys }) : forPeople(simulator));
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
