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

function forPeople({
	url,
	keys: { accounting, merchant, partner, management },
}: RunningSimulator): string {
	return `Vipps MobilePay simulator: ${url}

Vipps MobilePay Accounting API (ledgers, Report, Sales)
  Environment             Custom
  Base URL                ${url}
  Client ID               ${accounting.clientId}
  Client Secret           ${accounting.clientSecret}

Vipps MobilePay Merchant API (ledgers, Report)
  Environment             Custom
  Base URL                ${url}
  Client ID               ${merchant.clientId}
  Client Secret           ${merchant.clientSecret}
  Subscription Key        ${merchant.subscriptionKey}
  Merchant Serial Number  ${merchant.merchantSerialNumber}

The same two for a partner, with partner keys (Management, ePayment)
  Client ID               ${partner.clientId}
  Client Secret           ${partner.clientSecret}
  Subscription Key        ${partner.subscriptionKey}
and, in the Accounting API credential, with older management keys (Management)
  Client ID               ${management.clientId}
  Client Secret           ${management.clientSecret}

State and control: ${url}/simulator (see simulator/README.md). Ctrl+C ends it.`;
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
