/**
 * Runs this package's nodes in n8n's own executor, poll engine, editor context and credential handling,
 * against a simulator over HTTP. Import it at the top of a test file: it cleans up after the last test.
 *
 * @example
 * const simulator = await startSimulator<{ accounting: object }>();
 * const credentials = await storeCredentials({
 * 	vippsMobilePayAccountingApi: {
 * 		environment: 'custom',
 * 		baseUrl: simulator.url,
 * 		...simulator.keys.accounting,
 * 	},
 * });
 * const { json, error } = await runNode({ type, credentials, parameters: { resource: 'ledger' } });
 */
import { stopEngine } from './engine';
import { engineLog } from './engine-log';
import { stopSimulators } from './simulator';
import { stopWebhooks } from './webhook';

export { storeCredentials, CredentialStore } from './credential-store';
export { engineLog };
export { loadOptions } from './load-options';
export { loadPackage, packageFolder } from './package';
export { createPoller, Poller } from './poller';
export { runNode } from './run-node';
export { runWorkflow } from './run-workflow';
export { expectNoSecrets } from './secrets';
export { startSimulator } from './simulator';
export { testCredential } from './test-credential';
export { WebhookWorkflow } from './webhook';
export type { CredentialData } from './credential-store';
export type { LoadedPackage } from './package';
export type { PollEngine, PollerOptions, PollOptions } from './poller';
export type { NodeResult, RunNodeOptions } from './run-node';
export type { RunWorkflowOptions, WorkflowFile, WorkflowResult } from './run-workflow';
export type { Simulator, SimulatorOptions } from './simulator';
export type { WebhookOptions } from './webhook';

beforeEach(() => engineLog.clear());

afterAll(async () => {
	await stopWebhooks();
	await stopSimulators();
	await stopEngine();
});
